// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SensitiveText: finds what the detectors of REDACT look for, in one pass over a text. Linear: each detector
// looks at a bounded number of bytes for each place. Pure; used by TextRedaction.
//
//     SensitiveText::findIn("mail jo@example.com", Detector::Email) -> {5, 14, Email}

#include <QByteArray>
#include <QByteArrayView>
#include <QFlags>
#include <QList>

#include <optional>

namespace SensitiveText {

enum class Detector {
    Email = 1,
    Phone = 2,
    Card = 4,
    Ip = 8,
    NationalId = 16,
    ApiKey = 32,
};
Q_DECLARE_FLAGS(Detectors, Detector)
Q_DECLARE_OPERATORS_FOR_FLAGS(Detectors)

/// `email`, `phone`, `card`, `ip`, `national-id`, `api-key`; nothing for any other word.
[[nodiscard]] std::optional<Detector> detectorNamed(QByteArrayView name);
/// What stands in the place of a find: `[EMAIL]`, `[NATIONAL_ID]` ...
[[nodiscard]] QByteArray labelOf(Detector detector);

struct Find
{
    qsizetype start = 0;
    qsizetype length = 0;
    Detector detector = Detector::Email;

    bool operator==(const Find&) const = default;
};

/// What of UTF-8 `text` is sensitive: in order, without overlaps.
[[nodiscard]] QList<Find> findIn(QByteArrayView text, Detectors detectors);

} // namespace SensitiveText
