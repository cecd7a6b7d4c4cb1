// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// demo: the real proxy in front of a built-in provider, and calls of all three kinds through it. Needs no
// key, no account and no network; keeps nothing unless STORE_PATH says where.

#include "cli/commandline.h"

/// Shows the calls as `tail` does until a signal comes; with --once ends when they are over.
[[nodiscard]] ExitCode runDemo(const CommandLine& commandLine);
