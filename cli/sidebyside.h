// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// sideBySide: two texts in two columns of a terminal, lines broken at words. Pure.

#include <QByteArray>

/// `columns`: of both together, with a bar between them; 0: one text below the other.
[[nodiscard]] QByteArray sideBySide(const QByteArray& leftTitle, const QByteArray& left,
    const QByteArray& rightTitle, const QByteArray& right, int columns);
