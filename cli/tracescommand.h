// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// traces list|show|export|rm, and diff: the calls that a proxy has kept, over its API.

#include "cli/commandline.h"

[[nodiscard]] ExitCode runTraces(const CommandLine& commandLine);
