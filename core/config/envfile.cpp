// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/envfile.h"

#include "base/httpsyntax.h"

#include <algorithm>
#include <optional>

namespace {

bool isNameChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'
        || c == '-';
}

char unescaped(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

/// A cursor over the file; each take function consumes what it returns.
class Cursor final
{
public:
    explicit Cursor(QByteArrayView text)
        : m_rest(text)
    {
    }

    [[nodiscard]] bool isAtEnd() const { return m_rest.isEmpty(); }
    [[nodiscard]] int line() const { return m_line; }

    QByteArrayView takeLine()
    {
        const qsizetype end = m_rest.indexOf('\n');
        QByteArrayView line = end < 0 ? m_rest : m_rest.first(end);
        advance(end < 0 ? m_rest.size() : end + 1);
        if (line.endsWith('\r'))
            line.chop(1);
        return line;
    }

    /// The text between the quote at the front and its partner; nothing when there is no partner.
    std::optional<QByteArray> takeQuoted()
    {
        const char quote = m_rest.front();
        QByteArray text;
        for (qsizetype i = 1; i < m_rest.size(); ++i) {
            const char c = m_rest[i];
            if (c == quote) {
                advance(i + 1);
                return text;
            }
            if (quote == '"' && c == '\\' && i + 1 < m_rest.size())
                text.append(unescaped(m_rest[++i]));
            else
                text.append(c);
        }
        return std::nullopt;
    }

    void advance(qsizetype count)
    {
        m_line += int(m_rest.first(count).count('\n'));
        m_rest = m_rest.sliced(count);
    }

    [[nodiscard]] QByteArrayView rest() const { return m_rest; }

private:
    QByteArrayView m_rest;
    int m_line = 1;
};

QByteArray plainValue(QByteArrayView line)
{
    for (qsizetype i = 1; i < line.size(); ++i) {
        if (line[i] == '#' && (line[i - 1] == ' ' || line[i - 1] == '\t'))
            line = line.first(i);
    }
    return line.startsWith('#') ? QByteArray() : HttpSyntax::trimmed(line).toByteArray();
}

} // namespace

EnvFile parseEnvFile(QByteArrayView content)
{
    EnvFile file;
    if (content.startsWith("\xef\xbb\xbf"))
        content = content.sliced(3);
    Cursor cursor(content);
    while (!cursor.isAtEnd()) {
        const int number = cursor.line();
        const QByteArrayView rest = cursor.rest();
        const qsizetype lineEnd = rest.indexOf('\n') < 0 ? rest.size() : rest.indexOf('\n');
        const QByteArrayView trimmed = rest.first(lineEnd).trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith('#')) {
            cursor.takeLine();
            continue;
        }
        const qsizetype equals = rest.first(lineEnd).indexOf('=');
        QByteArrayView name = equals < 0 ? QByteArrayView() : rest.first(equals).trimmed();
        if (name.startsWith("export "))
            name = name.sliced(7).trimmed();
        if (name.isEmpty() || !std::all_of(name.begin(), name.end(), isNameChar)) {
            file.ignoredLines.append(number);
            cursor.takeLine();
            continue;
        }
        cursor.advance(equals + 1);
        while (!cursor.isAtEnd() && (cursor.rest().front() == ' ' || cursor.rest().front() == '\t'))
            cursor.advance(1);
        const bool isQuoted = cursor.rest().startsWith('"') || cursor.rest().startsWith('\'');
        const std::optional<QByteArray> quoted = isQuoted ? cursor.takeQuoted() : std::nullopt;
        const QByteArrayView remainder = cursor.takeLine(); // after a quoted value: a comment at most
        file.values.insert(name.toByteArray(), quoted ? *quoted : plainValue(remainder));
    }
    return file;
}
