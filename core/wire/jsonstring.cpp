// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/jsonstring.h"

namespace {

constexpr char32_t replacement = 0xFFFD;

/// The code unit of the `\uXXXX` at `position`; -1 when there is none.
int codeUnit(QByteArrayView text, qsizetype position)
{
    if (position + 6 > text.size() || text[position] != '\\' || text[position + 1] != 'u')
        return -1;
    bool isHex = false;
    const QByteArrayView digits = text.sliced(position + 2, 4);
    for (const char c : digits) {
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
            return -1;
    }
    const int unit = digits.toByteArray().toInt(&isHex, 16);
    return isHex ? unit : -1;
}

void appendUtf8(QByteArray* out, char32_t c)
{
    if (c < 0x80) {
        out->append(char(c));
    } else if (c < 0x800) {
        out->append(char(0xC0 | (c >> 6)));
        out->append(char(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        out->append(char(0xE0 | (c >> 12)));
        out->append(char(0x80 | ((c >> 6) & 0x3F)));
        out->append(char(0x80 | (c & 0x3F)));
    } else {
        out->append(char(0xF0 | (c >> 18)));
        out->append(char(0x80 | ((c >> 12) & 0x3F)));
        out->append(char(0x80 | ((c >> 6) & 0x3F)));
        out->append(char(0x80 | (c & 0x3F)));
    }
}

/// Decodes the `\u` escape, or pair of them, at `position`; returns how long it is, 0 when it is none.
qsizetype takeUnicodeEscape(QByteArrayView text, qsizetype position, QByteArray* out)
{
    const int high = codeUnit(text, position);
    if (high < 0)
        return 0;
    if (high < 0xD800 || high > 0xDFFF) {
        appendUtf8(out, char32_t(high));
        return 6;
    }
    const int low = high < 0xDC00 ? codeUnit(text, position + 6) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
        appendUtf8(out, replacement);
        return 6;
    }
    appendUtf8(out, 0x10000 + (char32_t(high - 0xD800) << 10) + char32_t(low - 0xDC00));
    return 12;
}

/// What the character behind a backslash stands for; 0 when it is no short escape.
char shortEscape(char c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
        return c;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return 0;
    }
}

} // namespace

QByteArray unescapeJson(QByteArrayView escaped)
{
    qsizetype backslash = escaped.indexOf('\\');
    if (backslash < 0)
        return escaped.toByteArray();
    QByteArray out;
    out.reserve(escaped.size());
    qsizetype position = 0;
    while (backslash >= 0) {
        out.append(escaped.sliced(position, backslash - position));
        position = backslash;
        const char c = backslash + 1 < escaped.size() ? shortEscape(escaped[backslash + 1]) : '\0';
        if (c != 0) {
            out.append(c);
            position += 2;
        } else if (const qsizetype length = takeUnicodeEscape(escaped, backslash, &out); length > 0) {
            position += length;
        } else {
            out.append('\\');
            ++position;
        }
        backslash = escaped.indexOf('\\', position);
    }
    out.append(escaped.sliced(position));
    return out;
}

QByteArray quoteJson(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size() + 2);
    out.append('"');
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.append('\\');
            out.append(c);
        } else if (uchar(c) < 0x20) {
            static constexpr char digits[] = "0123456789abcdef";
            out.append("\\u00");
            out.append(digits[uchar(c) >> 4]);
            out.append(digits[uchar(c) & 0xF]);
        } else {
            out.append(c);
        }
    }
    out.append('"');
    return out;
}
