// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/sensitivetext.h"

#include "trace/apikeydetector.h"
#include "trace/contactdetectors.h"
#include "trace/nationalids.h"
#include "trace/numberdetectors.h"
#include "trace/textboundary.h"

#include <array>
#include <cstring>

namespace SensitiveText {

using namespace TextBoundary;

namespace {

struct Named
{
    Detector detector;
    const char* name;
    const char* label;
};

constexpr std::array named{
    Named{Detector::Email, "email", "[EMAIL]"},
    Named{Detector::Phone, "phone", "[PHONE]"},
    Named{Detector::Card, "card", "[CARD]"},
    Named{Detector::Ip, "ip", "[IP]"},
    Named{Detector::NationalId, "national-id", "[NATIONAL_ID]"},
    Named{Detector::ApiKey, "api-key", "[API_KEY]"},
};

using EndOf = qsizetype (*)(QByteArrayView text, qsizetype at);

struct Scanner
{
    Detector detector;
    EndOf endOf;
};

// Which one gets a place that several could claim: the more certain first.
constexpr std::array scanners{
    Scanner{Detector::ApiKey, ApiKeyDetector::endOf},
    Scanner{Detector::Card, NumberDetectors::cardEnd},
    Scanner{Detector::NationalId, NationalIds::endOf},
    Scanner{Detector::Ip, NumberDetectors::ipEnd},
    Scanner{Detector::Phone, ContactDetectors::phoneEnd},
};

/// Which detectors have something that begins with these two bytes: most words are ruled out by them.
Detectors startingWith(char c, char next)
{
    const bool isSeparator = next != '\0' && std::strchr(" -./()", next);
    Detectors detectors;
    detectors.setFlag(Detector::Phone,
        (isDigit(c) && (isDigit(next) || isSeparator)) || c == '+' || (c == '(' && isDigit(next)));
    detectors.setFlag(Detector::Card, isDigit(c) && isDigit(next));
    detectors.setFlag(Detector::Ip,
        (isHexDigit(c) && (isHexDigit(next) || next == ':')) || (isDigit(c) && next == '.')
            || (c == ':' && next == ':'));
    detectors.setFlag(Detector::NationalId,
        (isDigit(c) && (isDigit(next) || next == ' '))
            || (isUpper(c) && (isUpper(next) || isDigit(next) || next == '-')));
    detectors.setFlag(Detector::ApiKey, ApiKeyDetector::canStartWith(c, next));
    return detectors;
}

/// startingWith() of all pairs, the first byte's 256 together, and what of it holds for any second byte.
struct StartTables
{
    std::array<quint8, 256> first{};
    std::array<quint8, 65536> pairs{};
    std::array<bool, 256> isWord{};

    StartTables()
    {
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            pairs[i] = quint8(startingWith(char(i >> 8), char(i & 0xff)).toInt());
            first[i >> 8] |= pairs[i];
        }
        for (std::size_t i = 0; i < isWord.size(); ++i)
            isWord[i] = TextBoundary::isWord(char(i));
    }
};

/// Behind the word that goes on at `at`: nothing begins inside of one, but behind the letter of an escape.
qsizetype behindWord(const StartTables& tables, QByteArrayView text, qsizetype at)
{
    if (isWordStart(text, at))
        return at;
    while (at < text.size() && tables.isWord[uchar(text[at])])
        ++at;
    return at;
}

qsizetype endOfMatch(QByteArrayView text, qsizetype at, Detectors candidates, Detector* found)
{
    for (const Scanner& scanner : scanners) {
        if (!candidates.testFlag(scanner.detector))
            continue;
        if (const qsizetype end = scanner.endOf(text, at); end > at) {
            *found = scanner.detector;
            return end;
        }
    }
    return -1;
}

/// An address is found from its '@', so that it may begin in what was found before.
void addEmail(ContactDetectors::Span span, QList<Find>* finds)
{
    while (!finds->isEmpty() && finds->last().start >= span.start)
        finds->removeLast();
    if (!finds->isEmpty())
        span.start = qMax(span.start, finds->last().start + finds->last().length);
    finds->append({span.start, span.end - span.start, Detector::Email});
}

} // namespace

std::optional<Detector> detectorNamed(QByteArrayView name)
{
    for (const Named& candidate : named) {
        if (name == candidate.name)
            return candidate.detector;
    }
    return std::nullopt;
}

QByteArray labelOf(Detector detector)
{
    for (const Named& candidate : named) {
        if (candidate.detector == detector)
            return candidate.label;
    }
    return {};
}

QList<Find> findIn(QByteArrayView text, Detectors detectors)
{
    static const StartTables tables;
    const auto active = quint8(detectors.toInt());
    QList<Find> finds;
    qsizetype at = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '@' && detectors.testFlag(Detector::Email)) {
            if (const auto span = ContactDetectors::emailAround(text, at); span.start >= 0) {
                addEmail(span, &finds);
                at = span.end;
                continue;
            }
        }
        quint8 candidates = tables.first[uchar(c)] & active;
        if (candidates != 0)
            candidates &= tables.pairs[std::size_t(uchar(c)) << 8 | uchar(charAt(text, at + 1))];
        if (candidates != 0 && (!isWord(c) || isWordStart(text, at))) {
            Detector found{};
            const qsizetype end = endOfMatch(text, at, Detectors::fromInt(candidates), &found);
            if (end > at) {
                finds.append({at, end - at, found});
                at = end;
                continue;
            }
        }
        at = tables.isWord[uchar(c)] ? behindWord(tables, text, at + 1) : at + 1;
    }
    return finds;
}

} // namespace SensitiveText
