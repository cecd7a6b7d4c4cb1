// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// check: shows every setting with its source, and tries what the proxy will need: the upstreams, Langfuse,
// the trace database. Main thread.

#include "cli/commandline.h"

/// Prints to stdout; Unavailable when something cannot be used. Needs a QCoreApplication.
[[nodiscard]] ExitCode runCheck(const CommandLine& commandLine);
