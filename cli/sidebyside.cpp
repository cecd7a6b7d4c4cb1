// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/sidebyside.h"

#include "cli/terminaltext.h"

#include <QByteArrayList>

#include <algorithm>

namespace {

constexpr int least = 20; // columns of a side

QByteArrayList wrappedLines(const QByteArray& text, int columns)
{
    QByteArrayList lines;
    for (const QByteArray& paragraph : terminalSafeLines(text).split('\n')) {
        QByteArray line;
        for (const QByteArray& word : paragraph.split(' ')) {
            if (!line.isEmpty() && columnsOf(line) + 1 + columnsOf(word) > columns) {
                lines.append(line);
                line.clear();
            }
            line += (line.isEmpty() ? QByteArray() : QByteArray(" ")) + word;
        }
        lines.append(line);
    }
    return lines;
}

} // namespace

QByteArray sideBySide(const QByteArray& leftTitle, const QByteArray& left, const QByteArray& rightTitle,
    const QByteArray& right, int columns)
{
    const int side = (columns - 3) / 2;
    if (side < least)
        return leftTitle + ":\n" + terminalSafeLines(left) + "\n\n" + rightTitle + ":\n"
            + terminalSafeLines(right) + '\n';
    const QByteArrayList lefts = QByteArrayList{leftTitle, QByteArray(side, '-')} + wrappedLines(left, side);
    const QByteArrayList rights
        = QByteArrayList{rightTitle, QByteArray(side, '-')} + wrappedLines(right, side);
    QByteArray out;
    for (qsizetype i = 0; i < std::max(lefts.size(), rights.size()); ++i) {
        QByteArray line = fitted(lefts.value(i), side) + " | " + fitted(rights.value(i), side);
        while (line.endsWith(' '))
            line.chop(1);
        out += line + '\n';
    }
    return out;
}
