// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/calltable.h"

#include "cli/terminaltext.h"

#include <algorithm>
#include <array>

namespace {

struct TableColumn
{
    const char* name;
    int width;
    QByteArray CallRow::*cell;
    bool isRight;
    int importance; // 1: always shown
};

constexpr std::array tableColumns{
    TableColumn{"TIME", 8, &CallRow::time, false, 4},
    TableColumn{"ID", 8, &CallRow::id, false, 2},
    TableColumn{"PROVIDER", 9, &CallRow::provider, false, 5},
    TableColumn{"MODEL", 0, &CallRow::model, false, 1},
    TableColumn{"STATUS", 9, &CallRow::status, false, 1},
    TableColumn{"TTFT", 6, &CallRow::firstToken, true, 4},
    TableColumn{"TOTAL", 7, &CallRow::duration, true, 1},
    TableColumn{"IN", 7, &CallRow::input, true, 2},
    TableColumn{"CACHED", 7, &CallRow::cached, true, 6},
    TableColumn{"OUT", 6, &CallRow::output, true, 2},
    TableColumn{"REASON", 6, &CallRow::reasoning, true, 7},
    TableColumn{"TOK/S", 5, &CallRow::tokensPerSecond, true, 8},
    TableColumn{"COST", 8, &CallRow::cost, true, 4},
    TableColumn{"DELIVERY", 9, &CallRow::delivery, false, 3},
};
constexpr int leastImportance = 8;

constexpr int wantedModelWidth = 20; // then another column has its place
constexpr int usualModelWidth = 24; // without a terminal
constexpr int leastModelWidth = 10;
constexpr int mostModelWidth = 40;

/// All but the names of models.
int widthUpTo(int importance)
{
    int width = 0;
    for (const TableColumn& column : tableColumns) {
        if (column.importance <= importance && column.cell != &CallRow::model)
            width += column.width + 2;
    }
    return width;
}

QByteArray withoutTrailingSpace(QByteArray line)
{
    while (line.endsWith(' '))
        line.chop(1);
    return line;
}

/// An id is long; its front finds the call.
QByteArray cellOf(const CallRow& row, const TableColumn& column)
{
    const QByteArray& cell = row.*(column.cell);
    return column.cell == &CallRow::id ? cell.left(column.width) : cell;
}

} // namespace

CallTable::CallTable(int columns, bool hasColours)
    : m_leastImportance(leastImportance)
    , m_modelWidth(usualModelWidth)
    , m_hasColours(hasColours)
{
    if (columns <= 0)
        return;
    while (m_leastImportance > 1 && widthUpTo(m_leastImportance) + wantedModelWidth > columns)
        --m_leastImportance;
    m_modelWidth = std::clamp(columns - widthUpTo(m_leastImportance), leastModelWidth, mostModelWidth);
}

QByteArray CallTable::head() const
{
    QByteArray line;
    for (const TableColumn& column : tableColumns) {
        if (isShown(column.importance))
            line += fitted(column.name, columnWidth(column.width), column.isRight) + "  ";
    }
    return withoutTrailingSpace(line);
}

QByteArray CallTable::line(const CallRow& row) const
{
    QByteArray line;
    for (const TableColumn& column : tableColumns) {
        if (!isShown(column.importance))
            continue;
        QByteArray cell = fitted(cellOf(row, column), columnWidth(column.width), column.isRight);
        if (m_hasColours && row.isError && column.cell == &CallRow::status)
            cell = "\x1b[31m" + cell + "\x1b[0m";
        line += cell + "  ";
    }
    return withoutTrailingSpace(line);
}

QByteArray CallTable::whole(const QList<CallRow>& rows) const
{
    if (rows.isEmpty())
        return "No calls.\n";
    QByteArray out = head() + '\n';
    qint64 input = 0;
    qint64 output = 0;
    double dollars = 0;
    bool isCostKnown = false;
    qsizetype errors = 0;
    for (const CallRow& row : rows) {
        out += line(row) + '\n';
        input += row.input.toLongLong() + row.cached.toLongLong();
        output += row.output.toLongLong() + row.reasoning.toLongLong();
        dollars += row.cost.mid(1).toDouble();
        isCostKnown = isCostKnown || !row.cost.isEmpty();
        errors += row.isError ? 1 : 0;
    }
    out += QByteArray::number(rows.size()) + (rows.size() == 1 ? " call, " : " calls, ");
    if (errors > 0)
        out += QByteArray::number(errors) + (errors == 1 ? " error, " : " errors, ");
    out += QByteArray::number(input) + " tokens in, " + QByteArray::number(output) + " out";
    if (isCostKnown)
        out += ", $" + QByteArray::number(dollars, 'f', 4);
    return out + '\n';
}
