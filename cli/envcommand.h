// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// env: prints what points clients at the proxy, for a shell to read: `eval "$(langfuse-proxy env)"`.

#include "cli/commandline.h"

[[nodiscard]] ExitCode runEnv(const CommandLine& commandLine);
