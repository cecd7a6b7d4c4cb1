// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TerminalScreen: what somebody sees of a terminal that got these bytes: characters in rows, the rows that
// have left at the top included. Knows what the program writes: line ends, tabs, backspaces, colours, cursor
// up, erasing; everything else is noted as strange(). Pure.

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

class TerminalScreen final
{
public:
    TerminalScreen(int columns, int rows)
        : m_columns(columns)
        , m_rows(rows)
        , m_lines(1)
    {
    }

    void feed(const QByteArray& bytes);
    /// Lines that are too long now are broken, as most terminals do.
    void resize(int columns, int rows);

    /// Without spaces at their ends.
    [[nodiscard]] QStringList lines() const;
    [[nodiscard]] QString text() const { return lines().join(u'\n'); }
    /// Escape sequences and control characters that this does not know, or that a program has no reason to
    /// send: each once, escaped.
    [[nodiscard]] const QByteArrayList& strange() const { return m_strange; }
    /// Rows that went on in the next one because they were too long for the screen.
    [[nodiscard]] int wraps() const { return m_wraps; }
    [[nodiscard]] bool hasColours() const { return m_hasColours; }

private:
    void put(char32_t character);
    void control(char character);
    void escape(const QByteArray& sequence);
    void newLine();

    struct Cell
    {
        QString text; // with what combines with it
        int columns = 1; // 0: the right half of a wide one
    };
    using Line = QList<Cell>;

    int m_columns;
    int m_rows;
    QList<Line> m_lines;
    int m_row = 0; // in m_lines
    int m_column = 0;
    int m_wraps = 0;
    bool m_hasColours = false;
    QByteArray m_waiting; // of a sequence or character that is not whole yet
    QByteArrayList m_strange;
};
