// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// run: starts a program whose LLM calls go through the proxy, gives it signals and standard streams, ends
// with its status, and shows its calls. A proxy that runs already at HOST and PORT (or --url) is used; else
// one is started for it on a free port of the loopback.

#include "cli/commandline.h"

/// The program's own status, 128 + the number of the signal that ended it, or an ExitCode.
[[nodiscard]] int runProgram(const CommandLine& commandLine);
