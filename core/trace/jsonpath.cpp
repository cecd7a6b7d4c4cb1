// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/jsonpath.h"

#include <cstring>

namespace {

constexpr qsizetype maxSteps = 30; // one bit each while a document is walked

bool isSeparator(char c)
{
    return c == ',' || c == ' ' || c == '\t' || c == '\n';
}

} // namespace

/// Takes one path after the other from the text.
class JsonPath::Parser final
{
public:
    explicit Parser(QByteArrayView text)
        : m_text(text)
    {
    }

    Result<QList<JsonPath>> parse()
    {
        QList<JsonPath> paths;
        while (true) {
            while (isSeparator(peek()))
                ++m_at;
            if (m_at == m_text.size())
                return paths;
            m_start = m_at;
            JsonPath path;
            if (!takePath(&path))
                return failure();
            paths.append(path);
        }
    }

private:
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_text.size() || isSeparator(m_text[m_at]); }
    bool take(char c)
    {
        if (peek() != c || m_at == m_text.size())
            return false;
        ++m_at;
        return true;
    }
    bool refuse(const char* why)
    {
        m_why = why;
        return false;
    }

    bool takePath(JsonPath* path)
    {
        bool isFirst = !take('$');
        while (!isAtEnd()) {
            Step step;
            const bool hasDot = take('.');
            step.isAnyDepth = hasDot && take('.');
            if (!hasDot && !isFirst && peek() != '[')
                return refuse("a '.' or '[' is missing");
            isFirst = false;
            if (!(peek() == '[' ? takeBrackets(&step) : takeName(&step)))
                return false;
            path->m_steps.append(step);
            if (path->m_steps.size() > maxSteps)
                return refuse("the path is too long");
        }
        return path->m_steps.isEmpty() ? refuse("it names no member") : true;
    }

    bool takeName(Step* step)
    {
        if (take('*'))
            return true;
        const qsizetype start = m_at;
        while (!isAtEnd() && !std::strchr(".[]'\"*", peek()))
            ++m_at;
        if (m_at == start)
            return refuse("a name is missing");
        step->kind = Step::Kind::Member;
        step->name = m_text.sliced(start, m_at - start).toByteArray();
        return true;
    }

    bool takeBrackets(Step* step)
    {
        take('[');
        if (peek() == '\'' || peek() == '"') {
            const char quote = peek();
            const qsizetype start = ++m_at;
            while (m_at < m_text.size() && peek() != quote)
                ++m_at;
            step->kind = Step::Kind::Member;
            step->name = m_text.sliced(start, m_at - start).toByteArray();
            if (!take(quote))
                return refuse("a quote is not closed");
        } else if (!take('*')) {
            const qsizetype start = m_at;
            while (peek() >= '0' && peek() <= '9')
                ++m_at;
            bool isNumber = false;
            step->kind = Step::Kind::Element;
            step->index = m_text.sliced(start, m_at - start).toByteArray().toLongLong(&isNumber);
            if (!isNumber)
                return refuse("only a number, a quoted name or * can stand in brackets");
        }
        return take(']') || refuse("a ']' is missing");
    }

    [[nodiscard]] Error failure() const
    {
        qsizetype end = m_at;
        while (end < m_text.size() && !isSeparator(m_text[end]))
            ++end;
        return {ErrorCode::InvalidConfig,
            QStringLiteral("\"%1\" is not a path: %2 at character %3")
                .arg(QString::fromUtf8(m_text.sliced(m_start, end - m_start)), QString::fromLatin1(m_why))
                .arg(m_at - m_start + 1),
            {}};
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    qsizetype m_start = 0; // of the current path
    const char* m_why = "";
};

/// Goes down a document with the set of steps that could come next, of each path one bit a step.
class JsonPath::Walk final
{
public:
    explicit Walk(const QList<JsonPath>& paths)
        : m_paths(paths)
    {
    }

    QList<JsonValue> run(JsonValue root)
    {
        QList<quint32> states(m_paths.size(), 1);
        descend(root, states);
        return m_found;
    }

private:
    void descend(JsonValue value, const QList<quint32>& states)
    {
        qint64 index = 0;
        for (const JsonValue child : value) {
            bool isFound = false;
            bool isAlive = false;
            QList<quint32> next(m_paths.size(), 0);
            for (qsizetype path = 0; path < m_paths.size(); ++path) {
                next[path] = advance(m_paths[path], states[path], child, value.isObject() ? -1 : index);
                isFound = isFound || (next[path] >> m_paths[path].m_steps.size()) != 0;
                isAlive = isAlive || next[path] != 0;
            }
            if (isFound)
                m_found.append(child);
            else if (isAlive)
                descend(child, next);
            ++index;
        }
    }

    static quint32 advance(const JsonPath& path, quint32 state, JsonValue child, qint64 index)
    {
        quint32 next = 0;
        for (qsizetype i = 0; i < path.m_steps.size(); ++i) {
            if (!(state >> i & 1))
                continue;
            const Step& step = path.m_steps[i];
            if (step.matches(child, index))
                next |= 2U << i;
            if (step.isAnyDepth)
                next |= 1U << i;
        }
        return next;
    }

    const QList<JsonPath>& m_paths;
    QList<JsonValue> m_found;
};

bool JsonPath::Step::matches(JsonValue child, qint64 childIndex) const
{
    const bool isMember = childIndex < 0;
    switch (kind) {
    case Kind::Any:
        return true;
    case Kind::Member:
        return isMember && child.name() == name;
    case Kind::Element:
        return index == childIndex;
    }
    return false;
}

Result<QList<JsonPath>> JsonPath::parseList(QByteArrayView text)
{
    return Parser(text).parse();
}

QList<JsonValue> JsonPath::select(const QList<JsonPath>& paths, JsonValue root)
{
    return Walk(paths).run(root);
}
