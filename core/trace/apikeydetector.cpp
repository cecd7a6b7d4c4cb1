// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/apikeydetector.h"

#include "trace/textboundary.h"

#include <algorithm>
#include <array>

namespace ApiKeyDetector {

using namespace TextBoundary;

namespace {

enum class Alphabet {
    Word, // letters, digits, _
    WordDash, // and -
    WordDashDot, // and .
    AlphaNumeric,
    CapitalNumeric,
};

bool isOf(Alphabet alphabet, char c)
{
    switch (alphabet) {
    case Alphabet::Word:
        return isWord(c);
    case Alphabet::WordDash:
        return isWord(c) || c == '-';
    case Alphabet::WordDashDot:
        return isWord(c) || c == '-' || c == '.';
    case Alphabet::AlphaNumeric:
        return isWord(c) && c != '_';
    case Alphabet::CapitalNumeric:
        return isUpper(c) || isDigit(c);
    }
    return false;
}

struct Shape
{
    QByteArrayView prefix;
    Alphabet alphabet; // of what follows
    qsizetype minLength; // of what follows
    qsizetype maxLength = 512;
};

// From the providers' documentation and the lists that secret scanners publish (docs.github.com, "Supported
// secret scanning patterns", read 2026-11). The longer prefix first.
constexpr std::array shapes{
    Shape{"sk-", Alphabet::WordDash, 20},
    Shape{"pk-lf-", Alphabet::WordDash, 20},
    Shape{"AIza", Alphabet::WordDash, 35, 35},
    Shape{"ya29.", Alphabet::WordDashDot, 20},
    Shape{"ghp_", Alphabet::AlphaNumeric, 36},
    Shape{"gho_", Alphabet::AlphaNumeric, 36},
    Shape{"ghu_", Alphabet::AlphaNumeric, 36},
    Shape{"ghs_", Alphabet::AlphaNumeric, 36},
    Shape{"ghr_", Alphabet::AlphaNumeric, 36},
    Shape{"github_pat_", Alphabet::Word, 22},
    Shape{"glpat-", Alphabet::WordDashDot, 20},
    Shape{"AKIA", Alphabet::CapitalNumeric, 16, 16},
    Shape{"ASIA", Alphabet::CapitalNumeric, 16, 16},
    Shape{"xoxa-", Alphabet::WordDash, 10},
    Shape{"xoxb-", Alphabet::WordDash, 10},
    Shape{"xoxe-", Alphabet::WordDash, 10},
    Shape{"xoxp-", Alphabet::WordDash, 10},
    Shape{"xoxr-", Alphabet::WordDash, 10},
    Shape{"xoxs-", Alphabet::WordDash, 10},
    Shape{"xapp-", Alphabet::WordDash, 10},
    Shape{"sk_live_", Alphabet::AlphaNumeric, 16},
    Shape{"sk_test_", Alphabet::AlphaNumeric, 16},
    Shape{"rk_live_", Alphabet::AlphaNumeric, 16},
    Shape{"rk_test_", Alphabet::AlphaNumeric, 16},
    Shape{"whsec_", Alphabet::AlphaNumeric, 24},
    Shape{"hf_", Alphabet::AlphaNumeric, 30},
    Shape{"gsk_", Alphabet::AlphaNumeric, 32},
    Shape{"xai-", Alphabet::AlphaNumeric, 32},
    Shape{"r8_", Alphabet::AlphaNumeric, 32},
    Shape{"pplx-", Alphabet::AlphaNumeric, 32},
    Shape{"nvapi-", Alphabet::WordDash, 40},
    Shape{"npm_", Alphabet::AlphaNumeric, 36},
    Shape{"pypi-", Alphabet::WordDash, 50},
    Shape{"SG.", Alphabet::WordDashDot, 60},
};

constexpr QByteArrayView tokenStart("eyJ"); // `{"` in base64url, of a JWT's header and of its claims
constexpr qsizetype maxTokenBytes = 16 << 10;

qsizetype runEnd(QByteArrayView text, qsizetype at, Alphabet alphabet, qsizetype maximum)
{
    const qsizetype last = std::min(text.size(), at + maximum);
    while (at < last && isOf(alphabet, text[at]))
        ++at;
    return at;
}

qsizetype endOfShape(QByteArrayView text, qsizetype at, const Shape& shape)
{
    const qsizetype start = at + shape.prefix.size();
    // One more than allowed shows that it goes on.
    qsizetype end = runEnd(text, start, shape.alphabet, shape.maxLength + 1);
    while (end > start && (text[end - 1] == '.' || text[end - 1] == '-'))
        --end; // the end of a sentence
    const qsizetype length = end - start;
    if (length < shape.minLength || length > shape.maxLength || !isWordEnd(text, end))
        return -1;
    // Words in a row, `sk-learn-is-a-short-name-for`, have no digit.
    const QByteArrayView secret = text.sliced(start, length);
    return std::any_of(secret.begin(), secret.end(), isDigit) ? end : -1;
}

/// header.claims.signature; the signature of an unsigned one is empty (RFC 7519 6.1).
qsizetype endOfToken(QByteArrayView text, qsizetype at)
{
    const qsizetype headerEnd = runEnd(text, at, Alphabet::WordDash, maxTokenBytes);
    if (charAt(text, headerEnd) != '.' || !text.sliced(headerEnd + 1).startsWith(tokenStart))
        return -1;
    const qsizetype claimsEnd = runEnd(text, headerEnd + 1, Alphabet::WordDash, maxTokenBytes);
    if (charAt(text, claimsEnd) != '.')
        return -1;
    return runEnd(text, claimsEnd + 1, Alphabet::WordDash, maxTokenBytes);
}

} // namespace

bool canStartWith(char c, char next)
{
    return (c == tokenStart[0] && next == tokenStart[1])
        || std::any_of(shapes.begin(), shapes.end(),
            [=](const Shape& shape) { return shape.prefix[0] == c && shape.prefix[1] == next; });
}

qsizetype endOf(QByteArrayView text, qsizetype at)
{
    const QByteArrayView rest = text.sliced(at);
    if (rest.startsWith(tokenStart)) {
        if (const qsizetype end = endOfToken(text, at); end >= 0)
            return end;
    }
    for (const Shape& shape : shapes) {
        if (shape.prefix.front() == rest.front() && rest.startsWith(shape.prefix)) {
            if (const qsizetype end = endOfShape(text, at, shape); end >= 0)
                return end;
        }
    }
    return -1;
}

} // namespace ApiKeyDetector
