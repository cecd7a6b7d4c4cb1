// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallTable: calls as a table in a terminal, one line each. Columns that do not fit are left out, the least
// needed first. Pure.

#include "cli/callrow.h"

class CallTable final
{
public:
    /// `columns`: of the terminal; 0: there is none, and every column is shown.
    explicit CallTable(int columns, bool hasColours = false);

    /// Each without a line end.
    [[nodiscard]] QByteArray head() const;
    [[nodiscard]] QByteArray line(const CallRow& row) const;
    /// Head, lines and a line of sums.
    [[nodiscard]] QByteArray whole(const QList<CallRow>& rows) const;

private:
    [[nodiscard]] bool isShown(int importance) const { return importance <= m_leastImportance; }

    /// 0 stands for the names of models, which take what is left.
    [[nodiscard]] int columnWidth(int width) const { return width > 0 ? width : m_modelWidth; }

    int m_leastImportance;
    int m_modelWidth;
    bool m_hasColours;
};
