// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// traceRemoval: `traces rm`. Main thread.

#include "cli/apiclient.h"
#include "cli/commandline.h"

/// Finds the calls, then deletes them, some hundred at a time: each request ends long before its timeout, and
/// when one fails it is known what is gone.
[[nodiscard]] ExitCode removeTraces(ApiClient* api, const CommandLine& commandLine);
