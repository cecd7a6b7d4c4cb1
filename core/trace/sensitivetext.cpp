// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/sensitivetext.h"

#include "trace/apikeydetector.h"
#include "trace/contactdetectors.h"
#include "trace/nationalids.h"
#include "trace/numberdetectors.h"
#include "trace/textboundary.h"

#include <array>

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

/// Which detectors have something that begins with each byte.
std::array<quint8, 256> startTable()
{
    std::array<quint8, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const char c = char(i);
        Detectors detectors;
        detectors.setFlag(Detector::Phone, isDigit(c) || c == '+' || c == '(');
        detectors.setFlag(Detector::Card, isDigit(c));
        detectors.setFlag(Detector::Ip, isHexDigit(c) || c == ':');
        detectors.setFlag(Detector::NationalId, isDigit(c) || isUpper(c));
        detectors.setFlag(Detector::ApiKey, ApiKeyDetector::canStartWith(c));
        table[i] = quint8(detectors.toInt());
    }
    return table;
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
    static const std::array<quint8, 256> starts = startTable();
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
        const quint8 candidates = starts[uchar(c)] & active;
        if (candidates != 0 && (!isWord(c) || isWordStart(text, at))) {
            Detector found{};
            const qsizetype end = endOfMatch(text, at, Detectors::fromInt(candidates), &found);
            if (end > at) {
                finds.append({at, end - at, found});
                at = end;
                continue;
            }
        }
        ++at;
    }
    return finds;
}

} // namespace SensitiveText
