// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// tail: the calls of a proxy as they happen, until a signal ends it; or the text of one call as it comes.

#include "cli/commandline.h"

/// Needs a QCoreApplication.
[[nodiscard]] ExitCode runTail(const CommandLine& commandLine);
