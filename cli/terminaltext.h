// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// terminalText: text of models and providers made fit for a terminal. Stateless.

#include "base/obeyedcharacter.h"

#include <QByteArray>

/// Without control characters: what a model says must not move the cursor, change the title or colours. Line
/// ends and tabs become spaces; broken UTF-8 is replaced.
[[nodiscard]] QByteArray terminalSafe(const QByteArray& text);
/// The same, with line ends kept.
[[nodiscard]] QByteArray terminalSafeLines(const QByteArray& text);

/// How many columns the text takes, by code points; East Asian wide ones take two, colours none.
[[nodiscard]] int columnsOf(const QByteArray& text);
/// As wide as `columns`: cut with an ellipsis, or filled with spaces.
[[nodiscard]] QByteArray fitted(const QByteArray& text, int columns, bool isRight = false);

struct TerminalSize
{
    int columns = 0;
    int rows = 0;
};

/// Of the terminal on stdout; both 0 when stdout is none.
[[nodiscard]] TerminalSize terminalSize();
/// Its columns.
[[nodiscard]] int terminalColumns();
/// The same of stderr.
[[nodiscard]] int errorTerminalColumns();
/// Whether colours are wanted on stdout: a terminal, NO_COLOR not set, TERM not dumb.
[[nodiscard]] bool hasTerminalColours();
