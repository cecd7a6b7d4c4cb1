// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/terminalscreen.h"

#include <algorithm>

#include <wchar.h>

namespace {

/// Bytes of the character that begins so, by its first byte (RFC 3629).
int utf8Length(unsigned char first)
{
    return first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

/// Of an escape sequence that is whole: ESC [ parameters letter, ESC ] text BEL, or ESC and one more.
qsizetype sequenceLength(const QByteArray& bytes)
{
    if (bytes.size() < 2)
        return 0;
    if (bytes[1] == ']') {
        const qsizetype end = bytes.indexOf('\a');
        return end < 0 ? 0 : end + 1;
    }
    if (bytes[1] != '[')
        return 2;
    for (qsizetype i = 2; i < bytes.size(); ++i) {
        if (bytes[i] >= 0x40 && bytes[i] <= 0x7e)
            return i + 1;
    }
    return 0;
}

} // namespace

void TerminalScreen::feed(const QByteArray& bytes)
{
    m_waiting += bytes;
    while (!m_waiting.isEmpty()) {
        const auto first = static_cast<unsigned char>(m_waiting[0]);
        if (first == 0x1b) {
            const qsizetype size = sequenceLength(m_waiting);
            if (size == 0)
                return;
            escape(m_waiting.first(size));
            m_waiting.remove(0, size);
        } else if (first < 0x20 || first == 0x7f) {
            control(m_waiting[0]);
            m_waiting.remove(0, 1);
        } else {
            const int size = utf8Length(first);
            if (m_waiting.size() < size)
                return;
            for (const char32_t character : QString::fromUtf8(m_waiting.first(size)).toUcs4())
                put(character);
            m_waiting.remove(0, size);
        }
    }
}

void TerminalScreen::resize(int columns, int rows)
{
    QList<Line> broken;
    int row = 0;
    for (int i = 0; i < m_lines.size(); ++i) {
        if (i == m_row)
            row = int(broken.size()) + m_column / columns;
        qsizetype start = 0;
        do {
            broken.append(m_lines[i].mid(start, columns));
            start += columns;
        } while (start < m_lines[i].size());
    }
    m_lines = broken;
    m_row = row;
    m_column %= columns;
    m_columns = columns;
    m_rows = rows;
}

QStringList TerminalScreen::lines() const
{
    QStringList lines;
    for (const Line& line : m_lines) {
        QString text;
        for (const Cell& cell : line)
            text += cell.columns > 0 ? cell.text : QString();
        while (text.endsWith(u' '))
            text.chop(1);
        lines.append(text);
    }
    return lines;
}

void TerminalScreen::put(char32_t character)
{
    const int width = ::wcwidth(wchar_t(character));
    const QString text = QString::fromUcs4(&character, 1);
    if (width < 0) { // C1 controls
        m_strange.append("\\u" + QByteArray::number(uint(character), 16));
        return;
    }
    if (width == 0) {
        if (m_column > 0 && m_column <= m_lines[m_row].size())
            m_lines[m_row][m_column - 1].text += text;
        return;
    }
    if (m_column + width > m_columns) {
        ++m_wraps;
        newLine();
        m_column = 0;
    }
    Line& line = m_lines[m_row];
    while (line.size() < m_column + width)
        line.append({QStringLiteral(" "), 1});
    line[m_column] = {text, width};
    if (width == 2)
        line[m_column + 1] = {{}, 0};
    m_column += width;
}

void TerminalScreen::newLine()
{
    ++m_row;
    if (m_row == m_lines.size())
        m_lines.append(Line());
}

void TerminalScreen::control(char character)
{
    if (character == '\n')
        newLine();
    else if (character == '\r')
        m_column = 0;
    else if (character == '\b')
        m_column = std::max(0, m_column - 1);
    else
        m_strange.append("\\x" + QByteArray(1, character).toHex());
}

void TerminalScreen::escape(const QByteArray& sequence)
{
    const QByteArray parameters
        = sequence.size() > 3 ? sequence.sliced(2, sequence.size() - 3) : QByteArray();
    const char command = sequence.startsWith("\x1b[") ? sequence.back() : '\0';
    const int count = std::max(1, parameters.toInt());
    if (command == 'm') {
        m_hasColours = true;
    } else if (command == 'A') {
        // A cursor cannot climb to what has left the screen.
        m_row = std::max({0, int(m_lines.size()) - m_rows, m_row - count});
    } else if (command == 'J' && parameters.isEmpty()) {
        m_lines[m_row].resize(std::min<qsizetype>(m_lines[m_row].size(), m_column));
        m_lines.resize(m_row + 1);
    } else if (command == 'K' && parameters.isEmpty()) {
        m_lines[m_row].resize(std::min<qsizetype>(m_lines[m_row].size(), m_column));
    } else {
        m_strange.append("ESC" + sequence.sliced(1));
    }
}
