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

/// What `\c` stands for between double quotes; a backslash before anything else is a backslash (Windows
/// paths).
std::optional<char> unescaped(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case '"':
    case '\\':
    case '$':
        return c;
    default:
        return std::nullopt;
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

    /// The text between the quote at the front and its partner, when nothing but a comment follows on that
    /// line; else nothing, and nothing is consumed.
    std::optional<QByteArray> takeQuoted()
    {
        const char quote = m_rest.front();
        QByteArray text;
        for (qsizetype i = 1; i < m_rest.size(); ++i) {
            const char c = m_rest[i];
            if (c == quote)
                return takeRestOfLineAfter(i + 1) ? std::optional(text) : std::nullopt;
            const bool isEscape = quote == '"' && c == '\\' && i + 1 < m_rest.size();
            const std::optional<char> escaped = isEscape ? unescaped(m_rest[i + 1]) : std::nullopt;
            text.append(escaped.value_or(c));
            if (escaped)
                ++i;
        }
        return std::nullopt;
    }

    void advance(qsizetype count)
    {
        m_line += int(m_rest.first(count).count('\n'));
        m_rest = m_rest.sliced(count);
    }

    [[nodiscard]] QByteArrayView rest() const { return m_rest; }
    [[nodiscard]] qsizetype left() const { return m_rest.size(); }

private:
    /// Consumes up to the end of the line when only white space and a comment stand after `offset`.
    bool takeRestOfLineAfter(qsizetype offset)
    {
        const qsizetype lineEnd = m_rest.indexOf('\n', offset);
        const QByteArrayView after = m_rest.sliced(offset, (lineEnd < 0 ? m_rest.size() : lineEnd) - offset);
        if (const QByteArrayView text = after.trimmed(); !text.isEmpty() && !text.startsWith('#'))
            return false;
        advance(offset);
        takeLine();
        return true;
    }

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

/// The value as parseEnvFile() takes it back: bare where that is clear, else between quotes.
QByteArray written(const QByteArray& value)
{
    const bool isBare = std::all_of(value.begin(), value.end(),
        [](char c) { return isNameChar(c) || QByteArrayView("/:@,+=%[]~$*").contains(c); });
    if (isBare)
        return value;
    if (!value.contains('\''))
        return '\'' + value + '\'';
    QByteArray text = value;
    text.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + text + '"';
}

QByteArray endOfLine(const QByteArray& content)
{
    return content.contains("\r\n") ? "\r\n" : "\n";
}

} // namespace

EnvFile parseEnvFile(QByteArrayView content)
{
    EnvFile file;
    const qsizetype size = content.size();
    if (content.startsWith("\xef\xbb\xbf"))
        content = content.sliced(3);
    Cursor cursor(content);
    while (!cursor.isAtEnd()) {
        const int number = cursor.line();
        const qsizetype begin = size - cursor.left();
        const QByteArrayView rest = cursor.rest();
        const qsizetype lineEnd = rest.indexOf('\n') < 0 ? rest.size() : rest.indexOf('\n');
        const QByteArrayView trimmed = rest.first(lineEnd).trimmed();
        if (trimmed.isEmpty() || trimmed.startsWith('#')) {
            cursor.takeLine();
            continue;
        }
        const qsizetype equals = rest.first(lineEnd).indexOf('=');
        QByteArrayView name = equals < 0 ? QByteArrayView() : rest.first(equals).trimmed();
        if (name.startsWith("export ") || name.startsWith("export\t"))
            name = name.sliced(7).trimmed();
        if (name.isEmpty() || !std::all_of(name.begin(), name.end(), isNameChar)) {
            file.ignoredLines.append(number);
            cursor.takeLine();
            continue;
        }
        cursor.advance(equals + 1);
        while (!cursor.isAtEnd() && (cursor.rest().front() == ' ' || cursor.rest().front() == '\t'))
            cursor.advance(1);
        const bool isQuoted = !cursor.isAtEnd() && QByteArrayView("\"'`").contains(cursor.rest().front());
        const std::optional<QByteArray> quoted = isQuoted ? cursor.takeQuoted() : std::nullopt;
        file.values.insert(name.toByteArray(), quoted ? *quoted : plainValue(cursor.takeLine()));
        file.entries.append({name.toByteArray(), begin, size - cursor.left()});
    }
    return file;
}

QByteArray editEnvFile(const QByteArray& content, const QMap<QByteArray, std::optional<QByteArray>>& changes)
{
    const QByteArray newline = endOfLine(content);
    const EnvFile parsed = parseEnvFile(content);
    QByteArray edited = content;
    QMap<QByteArray, std::optional<QByteArray>> left = changes; // what has no place yet
    for (auto entry = parsed.entries.crbegin(); entry != parsed.entries.crend(); ++entry) {
        if (!changes.contains(entry->name))
            continue;
        const auto change = left.constFind(entry->name);
        QByteArray line;
        if (change != left.cend() && *change)
            line = entry->name + '=' + written(**change) + newline;
        left.remove(entry->name);
        edited.replace(entry->begin, entry->end - entry->begin, line);
    }
    for (auto change = left.cbegin(); change != left.cend(); ++change) {
        if (!*change)
            continue;
        if (!edited.isEmpty() && !edited.endsWith('\n'))
            edited += newline;
        edited += change.key() + '=' + written(**change) + newline;
    }
    return edited;
}
