// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TextBoundary: where a word, a number begins and ends in UTF-8 text, for the detectors of personal data.
// Only ASCII letters, digits and '_' are word characters: in scripts without spaces a number stands between
// letters. Pure.

#include <QByteArrayView>

namespace TextBoundary {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

constexpr bool isLetter(char c)
{
    return isUpper(c) || (c >= 'a' && c <= 'z');
}

constexpr bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr bool isWord(char c)
{
    return isDigit(c) || isLetter(c) || c == '_';
}

/// The character there, NUL outside of the text.
inline char charAt(QByteArrayView text, qsizetype at)
{
    return at >= 0 && at < text.size() ? text[at] : '\0';
}

/// Whether a word can begin at `at`: also behind the letter of an escape (`\n4111`), as it stands in JSON
/// that was not unescaped.
inline bool isWordStart(QByteArrayView text, qsizetype at)
{
    const char before = charAt(text, at - 1);
    if (!isWord(before))
        return true;
    return (before == 'n' || before == 'r' || before == 't') && charAt(text, at - 2) == '\\';
}

/// Whether a word has ended before `at`.
inline bool isWordEnd(QByteArrayView text, qsizetype at)
{
    return !isWord(charAt(text, at));
}

} // namespace TextBoundary
