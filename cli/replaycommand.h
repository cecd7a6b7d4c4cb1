// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// replay: sends a stored call again, through the proxy, and shows both answers side by side.

#include "cli/commandline.h"

[[nodiscard]] ExitCode runReplay(const CommandLine& commandLine);
