// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// traceimport: calls of `traces export --format records` put into a trace database. The database has one
// writer: no proxy may run on it meanwhile. Main thread.

#include "cli/commandline.h"

/// `traces import`: what is there already, by its id, stays as it is; what is older than STORE_MAX_AGE is
/// left out, since retention would delete it. Says how many of each. CannotStore when a proxy uses the
/// database; Usage for a line that is no such call, which ends it: what came before it is kept.
[[nodiscard]] ExitCode importTraces(const CommandLine& commandLine);
