// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/jsonscanner.h"

#include <QVarLengthArray>

#include <cstring>

namespace {

constexpr qsizetype maxScanDepth = 1024;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

qsizetype skipDigits(QByteArrayView text, qsizetype position)
{
    while (position < text.size() && isDigit(text[position]))
        ++position;
    return position;
}

qsizetype skipContainer(QByteArrayView text, qsizetype position)
{
    QVarLengthArray<char, 64> closers;
    while (position < text.size()) {
        const char c = text[position];
        if (c == '"') {
            position = JsonScanner::skipString(text, position);
            if (position < 0)
                return -1;
            continue;
        }
        if (c == '{' || c == '[') {
            if (closers.size() == maxScanDepth)
                return -1;
            closers.append(c == '{' ? '}' : ']');
        } else if (c == '}' || c == ']') {
            if (closers.last() != c)
                return -1;
            closers.removeLast();
            if (closers.isEmpty())
                return position + 1;
        }
        ++position;
    }
    return -1;
}

} // namespace

qsizetype JsonScanner::skipSpace(QByteArrayView text, qsizetype position)
{
    while (position < text.size() && isSpace(text[position]))
        ++position;
    return position;
}

qsizetype JsonScanner::skipString(QByteArrayView text, qsizetype position)
{
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const char* const first = begin + position + 1;
    const char* at = first;
    while (at < end) {
        const char* const quote = static_cast<const char*>(std::memchr(at, '"', std::size_t(end - at)));
        if (!quote)
            return -1;
        const char* escape = quote;
        while (escape > first && escape[-1] == '\\')
            --escape;
        if ((quote - escape) % 2 == 0)
            return quote - begin + 1;
        at = quote + 1;
    }
    return -1;
}

qsizetype JsonScanner::skipValue(QByteArrayView text, qsizetype position)
{
    if (position >= text.size())
        return -1;
    const char c = text[position];
    if (c == '"')
        return skipString(text, position);
    if (c == '{' || c == '[')
        return skipContainer(text, position);
    qsizetype end = position;
    while (end < text.size() && !isSpace(text[end]) && !std::strchr(",:]}[{\"", text[end]))
        ++end;
    const QByteArrayView word = text.sliced(position, end - position);
    if (word == "true" || word == "false" || word == "null" || isNumber(word))
        return end;
    return -1;
}

bool JsonScanner::isNumber(QByteArrayView text)
{
    qsizetype at = text.startsWith('-') ? 1 : 0;
    const qsizetype integer = at;
    at = skipDigits(text, at);
    if (at == integer || (text[integer] == '0' && at > integer + 1))
        return false;
    if (at < text.size() && text[at] == '.') {
        const qsizetype fraction = at + 1;
        at = skipDigits(text, fraction);
        if (at == fraction)
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const qsizetype exponent = at;
        at = skipDigits(text, exponent);
        if (at == exponent)
            return false;
    }
    return at == text.size();
}
