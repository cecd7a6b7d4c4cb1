// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// output: what commands write to the terminal. Main thread.

#include "base/result.h"
#include "cli/exitcodes.h"

/// To stdout, at once.
void print(QByteArrayView text);
/// What is wrong, with what it is about.
[[nodiscard]] QByteArray failureText(const Error& error);
/// One line to stderr that says what is wrong and, when it is about a setting, names it; gives the exit code.
[[nodiscard]] ExitCode fail(const Error& error);
