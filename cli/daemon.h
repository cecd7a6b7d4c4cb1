// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Daemon: the headless program: reads the settings, runs the Engine, and stops it on a signal. Lives on the
// main thread.

#include "cli/commandline.h"

/// Runs until a signal ends it; the process's exit code. Needs a QCoreApplication.
[[nodiscard]] ExitCode runDaemon(const CommandLine& commandLine);
