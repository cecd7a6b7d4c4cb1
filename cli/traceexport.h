// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// traceexport: calls in forms that other programs read. What is exported is what the store keeps: credentials
// are masked there already.

#include "cli/commandline.h"

class ApiClient;

/// `traces export`: the calls named, or those that fit the filters, oldest first, to a file or stdout. Says
/// how far it is on stderr when that takes a while.
[[nodiscard]] ExitCode exportTraces(ApiClient* api, const CommandLine& commandLine);
