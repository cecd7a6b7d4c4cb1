// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/numberdetectors.h"

#include "trace/textboundary.h"

#include <algorithm>
#include <array>

namespace NumberDetectors {

using namespace TextBoundary;

namespace {

constexpr int minCardDigits = 13;
constexpr int maxCardDigits = 19;

/// An issuer's range of leading digits and the lengths its numbers have.
struct IssuerRange
{
    int digits; // how many leading digits are compared
    int first;
    int last;
    int minLength;
    int maxLength;
};

// The networks' published ranges (en.wikipedia.org/wiki/Payment_card_number, read 2026-11).
constexpr std::array issuerRanges{
    IssuerRange{1, 4, 4, 13, 19}, // Visa: 13, 16 and 19
    IssuerRange{2, 51, 55, 16, 16}, // Mastercard
    IssuerRange{4, 2221, 2720, 16, 16}, // Mastercard
    IssuerRange{2, 34, 34, 15, 15}, // American Express
    IssuerRange{2, 37, 37, 15, 15}, // American Express
    IssuerRange{4, 6011, 6011, 16, 19}, // Discover
    IssuerRange{3, 644, 649, 16, 19}, // Discover
    IssuerRange{2, 65, 65, 16, 19}, // Discover
    IssuerRange{4, 3528, 3589, 16, 19}, // JCB
    IssuerRange{3, 300, 305, 14, 19}, // Diners Club
    IssuerRange{2, 36, 36, 14, 19}, // Diners Club
    IssuerRange{2, 38, 39, 14, 19}, // Diners Club
    IssuerRange{2, 62, 62, 16, 19}, // UnionPay
    IssuerRange{2, 50, 50, 16, 19}, // Maestro; its shorter lengths would match too much
    IssuerRange{2, 56, 58, 16, 19}, // Maestro
};

bool isOfIssuer(QByteArrayView digits)
{
    return std::any_of(issuerRanges.begin(), issuerRanges.end(), [&](const IssuerRange& range) {
        int leading = 0;
        for (int i = 0; i < range.digits; ++i)
            leading = leading * 10 + (digits[i] - '0');
        if (leading < range.first || leading > range.last)
            return false;
        if (range.digits == 1 && digits.size() != 13 && digits.size() != 16 && digits.size() != 19)
            return false;
        return digits.size() >= range.minLength && digits.size() <= range.maxLength;
    });
}

/// ISO/IEC 7812-1, annex B.
bool hasLuhnDigit(QByteArrayView digits)
{
    int sum = 0;
    bool isDoubled = false;
    for (qsizetype i = digits.size() - 1; i >= 0; --i) {
        int digit = digits[i] - '0';
        if (isDoubled)
            digit = digit > 4 ? digit * 2 - 9 : digit * 2;
        sum += digit;
        isDoubled = !isDoubled;
    }
    return sum % 10 == 0;
}

/// The value of the decimal octet at *at, which moves behind it; -1: none.
int takeOctet(QByteArrayView text, qsizetype* at)
{
    const qsizetype start = *at;
    int value = 0;
    while (*at - start < 3 && isDigit(charAt(text, *at)))
        value = value * 10 + (text[(*at)++] - '0');
    const qsizetype length = *at - start;
    if (length == 0 || value > 255 || (length > 1 && text[start] == '0'))
        return -1;
    return value;
}

/// Behind the last octet of `d.d.d.d`; -1: none. Looks at nothing around it.
qsizetype dottedEnd(QByteArrayView text, qsizetype at)
{
    for (int octet = 0; octet < 4; ++octet) {
        if (octet > 0 && charAt(text, at++) != '.')
            return -1;
        if (takeOctet(text, &at) < 0)
            return -1;
    }
    return at;
}

bool endsWithWord(QByteArrayView text, QByteArrayView lowerWord)
{
    if (text.size() < lowerWord.size())
        return false;
    const QByteArrayView tail = text.last(lowerWord.size());
    return std::equal(tail.begin(), tail.end(), lowerWord.begin(), [](char a, char b) {
        return (isUpper(a) ? char(a + 32) : a) == b;
    }) && !isWord(charAt(text, text.size() - lowerWord.size() - 1));
}

bool isVersion(QByteArrayView before)
{
    if (before.endsWith('/')) // Chrome/120.0.0.0, but not http://10.0.0.1
        return isLetter(charAt(before, before.size() - 2));
    for (int i = 0; i < 3 && !before.isEmpty(); ++i) {
        if (before.back() == ' ' || before.back() == ':' || before.back() == '=')
            before.chop(1);
    }
    static constexpr std::array words{"version", "ver", "v", "release", "build", "firmware"};
    return std::any_of(
        words.begin(), words.end(), [&](const char* word) { return endsWithWord(before, word); });
}

qsizetype ip4End(QByteArrayView text, qsizetype at)
{
    const char before = charAt(text, at - 1);
    if (before == '.' || before == '-')
        return -1;
    const qsizetype end = dottedEnd(text, at);
    if (end < 0 || !isWordEnd(text, end) || isVersion(text.first(at)))
        return -1;
    const char after = charAt(text, end);
    const bool goesOn = (after == '.' || after == '-') && isWord(charAt(text, end + 1));
    return goesOn ? -1 : end;
}

qsizetype ip6End(QByteArrayView text, qsizetype at)
{
    if (charAt(text, at - 1) == ':' && (isHexDigit(charAt(text, at - 2)) || charAt(text, at - 2) == ':'))
        return -1;
    int groups = 0;
    int longest = 0;
    bool isCompressed = false;
    bool hasDigit = false;
    qsizetype end = at;
    while (groups < 8) {
        const qsizetype start = end;
        if (const qsizetype dotted = groups > 0 || isCompressed ? dottedEnd(text, start) : -1; dotted > 0) {
            groups += 2;
            longest = 4;
            hasDigit = true;
            end = dotted;
            break;
        }
        while (end - start < 5 && isHexDigit(charAt(text, end)))
            hasDigit = isDigit(text[end++]) || hasDigit;
        const int length = int(end - start);
        if (length > 4)
            return -1;
        if (length > 0) {
            ++groups;
            longest = std::max(longest, length);
        }
        const bool isPair = charAt(text, end) == ':' && charAt(text, end + 1) == ':';
        if (isPair && isCompressed)
            return -1;
        if (isPair) {
            isCompressed = true;
            end += 2;
        } else if (length > 0 && charAt(text, end) == ':' && isHexDigit(charAt(text, end + 1))) {
            ++end;
        } else {
            break;
        }
    }
    if (!isWordEnd(text, end)
        || (charAt(text, end) == ':' && charAt(text, end - 1) != ':' && isWord(charAt(text, end + 1))))
        return -1;
    if (isCompressed)
        return groups >= 2 && groups < 8 && longest >= 3 && hasDigit ? end : -1;
    return groups == 8 ? end : -1;
}

} // namespace

bool isCard(QByteArrayView digits)
{
    return digits.size() >= minCardDigits && digits.size() <= maxCardDigits
        && std::all_of(digits.begin(), digits.end(), isDigit) && isOfIssuer(digits) && hasLuhnDigit(digits);
}

qsizetype cardEnd(QByteArrayView text, qsizetype at)
{
    if (charAt(text, at - 1) == '.')
        return -1;
    std::array<char, maxCardDigits> digits;
    std::size_t count = 0;
    char separator = '\0';
    qsizetype group = 0;
    qsizetype found = -1;
    for (qsizetype i = at; count <= digits.size(); ++i) {
        const char c = charAt(text, i);
        if (isDigit(c)) {
            if (count == digits.size())
                break;
            digits[count++] = c;
            ++group;
            continue;
        }
        const bool isEnd = isWordEnd(text, i) && !(c == '.' && isDigit(charAt(text, i + 1)));
        if (isEnd && isCard(QByteArrayView(digits.data(), qsizetype(count))))
            found = i;
        // Groups as cards print them: four digits first, then four to six; only the last may be shorter.
        const bool isGroup = separator == '\0' ? group == 4 : group >= 4 && group <= 6;
        if ((c != ' ' && c != '-') || (separator != '\0' && c != separator) || !isGroup
            || !isDigit(charAt(text, i + 1)))
            break;
        separator = c;
        group = 0;
    }
    return found;
}

qsizetype ipEnd(QByteArrayView text, qsizetype at)
{
    if (isDigit(text[at])) {
        if (const qsizetype end = ip4End(text, at); end >= 0)
            return end;
    }
    return ip6End(text, at);
}

} // namespace NumberDetectors
