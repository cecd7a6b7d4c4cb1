// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// output: what commands write to the terminal. Main thread.

#include "base/result.h"
#include "cli/exitcodes.h"

/// To stdout, at once.
void print(QByteArrayView text);
/// JSON to stdout. On a terminal what it would obey (U+0080 to U+009F, marks that turn the direction of
/// writing) is written as escapes, which mean the same; bytes for a program stay as they are.
void printJson(const QByteArray& json);
/// The same as text.
[[nodiscard]] QByteArray jsonForTerminal(const QByteArray& json);
/// What is wrong, with what it is about.
[[nodiscard]] QByteArray failureText(const Error& error);
/// One line to stderr that says what is wrong and, when it is about a setting, names it; gives the exit code.
[[nodiscard]] ExitCode fail(const Error& error);
