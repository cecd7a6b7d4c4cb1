// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/contactdetectors.h"

#include "trace/textboundary.h"

#include <array>
#include <cstring>

namespace ContactDetectors {

using namespace TextBoundary;

namespace {

constexpr qsizetype maxLocalBytes = 64; // RFC 5321 4.5.3.1.1
constexpr qsizetype maxDomainBytes = 255; // 4.5.3.1.2

bool isLocal(char c)
{
    return isWord(c) || (c != '\0' && std::strchr(".%+-'", c));
}

bool isContinuation(char c)
{
    return (uchar(c) & 0xc0) == 0x80;
}

/// The lead of a two-byte character: Latin, Greek, Cyrillic and other alphabets, but not the scripts that are
/// written without spaces.
bool isAlphabetLead(char c)
{
    return uchar(c) >= 0xc3 && uchar(c) <= 0xdf;
}

qsizetype localStart(QByteArrayView text, qsizetype at)
{
    qsizetype start = at;
    while (start > 0 && at - start < maxLocalBytes) {
        if (isLocal(text[start - 1]))
            --start;
        else if (start > 1 && isContinuation(text[start - 1]) && isAlphabetLead(text[start - 2]))
            start -= 2;
        else
            break;
    }
    // An escape's letter is none of the name: `\njo@example.com`.
    if (start > 0 && text[start - 1] == '\\' && std::strchr("nrt", text[start]))
        ++start;
    while (start < at && std::strchr(".%+-'", text[start]))
        ++start;
    return start;
}

qsizetype labelEnd(QByteArrayView text, qsizetype at)
{
    while (at < text.size()) {
        if (isLetter(text[at]) || isDigit(text[at]) || text[at] == '-')
            ++at;
        else if (isAlphabetLead(text[at]) && isContinuation(charAt(text, at + 1)))
            at += 2;
        else
            break;
    }
    return at;
}

bool isTopLevel(QByteArrayView label)
{
    if (label.size() < 2 || label.size() > 63)
        return false;
    if (label.startsWith("xn--"))
        return true;
    for (const char c : label) {
        if (isDigit(c) || c == '-')
            return false;
    }
    return true;
}

/// The end of the longest domain with a top level that begins at `at`; -1: none.
qsizetype domainEnd(QByteArrayView text, qsizetype at)
{
    const qsizetype start = at;
    qsizetype found = -1;
    while (at - start < maxDomainBytes) {
        const qsizetype end = labelEnd(text, at);
        if (end == at)
            break;
        if (at > start && isTopLevel(text.sliced(at, end - at)))
            found = end;
        if (charAt(text, end) != '.')
            break;
        at = end + 1;
    }
    return found;
}

/// `2x.png` as in `icon@2x.png`.
bool isImageScale(QByteArrayView domain)
{
    return domain.size() > 2 && isDigit(domain[0]) && domain[1] == 'x' && domain[2] == '.';
}

bool separatesDigits(char c)
{
    return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')';
}

/// Digits with separators from `at` on.
struct DigitRun
{
    std::array<char, 20> digits{};
    int count = 0;
    int separators = 0;
    qsizetype end = 0; // behind the last digit
};

/// At most one separator between two digits; behind a bracket or for one, two: `+1 (212) 555`.
DigitRun digitRun(QByteArrayView text, qsizetype at)
{
    DigitRun run;
    while (at < text.size()) {
        if (isDigit(text[at])) {
            if (run.count == int(run.digits.size()))
                break;
            run.digits[std::size_t(run.count++)] = text[at];
            run.end = ++at;
            continue;
        }
        qsizetype next = at;
        while (next < text.size() && next - at < 3 && separatesDigits(text[next]))
            ++next;
        const bool hasBracket = charAt(text, at) == '(' || charAt(text, at) == ')'
            || charAt(text, at + 1) == '(' || charAt(text, at + 1) == ')';
        const bool isSeparated = next - at == 1 || (next > at && hasBracket);
        if (!isSeparated || !isDigit(charAt(text, next)))
            break;
        ++run.separators;
        at = next;
    }
    return run;
}

bool areDigits(QByteArrayView text, qsizetype at, qsizetype count)
{
    for (qsizetype i = 0; i < count; ++i) {
        if (!isDigit(charAt(text, at + i)))
            return false;
    }
    return true;
}

/// Nothing of the same number or id follows.
bool isNumberEnd(QByteArrayView text, qsizetype end)
{
    if (!isWordEnd(text, end))
        return false;
    const char c = charAt(text, end);
    return !((c == '-' || c == '.' || c == ':' || c == '/') && isWord(charAt(text, end + 1)));
}

bool startsAlone(QByteArrayView text, qsizetype at)
{
    const char before = charAt(text, at - 1);
    const bool isJoined = before == '-' || before == '.' || before == '/' || before == '#';
    return isWordStart(text, at) && !isJoined && !(before == ',' && isDigit(charAt(text, at - 2)));
}

qsizetype internationalEnd(QByteArrayView text, qsizetype at)
{
    if (isWord(charAt(text, at - 1)) && !isWordStart(text, at))
        return -1;
    const DigitRun run = digitRun(text, at + 1);
    if (run.count < 8 || run.count > 15 || run.digits[0] == '0')
        return -1;
    return isNumberEnd(text, run.end) ? run.end : -1;
}

/// `dddSdddSdddd`, in the North American plan: area and exchange begin with 2 to 9.
qsizetype northAmericanEnd(QByteArrayView text, qsizetype at)
{
    const bool hasBracket = text[at] == '(';
    qsizetype digit = hasBracket ? at + 1 : at;
    if (!hasBracket && charAt(text, digit) == '1'
        && (charAt(text, digit + 1) == '-' || charAt(text, digit + 1) == '.'))
        digit += 2;
    if (!areDigits(text, digit, 3) || text[digit] < '2')
        return -1;
    qsizetype exchange = digit + 3;
    char separator = charAt(text, exchange);
    if (hasBracket) {
        if (separator != ')')
            return -1;
        ++exchange;
        if (charAt(text, exchange) == ' ')
            ++exchange;
    } else {
        if (separator != '-' && separator != '.')
            return -1;
        ++exchange;
    }
    const char second = charAt(text, exchange + 3);
    const bool isGood = areDigits(text, exchange, 3) && text[exchange] >= '2'
        && areDigits(text, exchange + 4, 4)
        && (hasBracket ? second == '-' || second == '.' || second == ' ' : second == separator);
    return isGood && isNumberEnd(text, exchange + 8) ? exchange + 8 : -1;
}

/// `dd.dd.dddd`, `dd-dd-dddd`, `dd/dd/dddd`.
bool isDate(QByteArrayView text, qsizetype at)
{
    const char separator = charAt(text, at + 2);
    return separator == charAt(text, at + 5) && !isDigit(separator) && areDigits(text, at + 6, 4);
}

qsizetype trunkEnd(QByteArrayView text, qsizetype at)
{
    const DigitRun run = digitRun(text, at);
    const bool isDecimal = !isDigit(charAt(text, at + 1));
    if (run.separators == 0 || isDecimal || isDate(text, at) || !isNumberEnd(text, run.end))
        return -1;
    const bool isInternational = run.digits[1] == '0';
    if (isInternational)
        return run.digits[2] != '0' && run.count >= 10 && run.count <= 17 ? run.end : -1;
    return run.count >= 9 && run.count <= 12 ? run.end : -1;
}

} // namespace

Span emailAround(QByteArrayView text, qsizetype at)
{
    const qsizetype start = localStart(text, at);
    if (start == at)
        return {};
    const qsizetype end = domainEnd(text, at + 1);
    if (end < 0 || text.sliced(start, at - start) == "git" || isImageScale(text.sliced(at + 1, end - at - 1)))
        return {};
    return {start, end};
}

qsizetype phoneEnd(QByteArrayView text, qsizetype at)
{
    const char c = text[at];
    if (c == '+')
        return internationalEnd(text, at);
    if (at >= 4 && text.sliced(at - 4, 4) == "tel:") {
        const DigitRun run = digitRun(text, at);
        return run.count >= 7 && run.count <= 15 ? run.end : -1;
    }
    if (!startsAlone(text, at))
        return -1;
    if (c == '0')
        return trunkEnd(text, at);
    return c == '(' || isDigit(c) ? northAmericanEnd(text, at) : -1;
}

} // namespace ContactDetectors
