// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Detectors of mail addresses and telephone numbers. Hand-written scanners that look at a bounded number of
// bytes for each place. Pure; used by SensitiveText.

#include <QByteArrayView>

namespace ContactDetectors {

struct Span
{
    qsizetype start = -1; // -1: nothing here
    qsizetype end = -1;
};

/// The mail address around the '@' at `at`: `name@host.tld` with letters for a top-level domain (RFC
/// 5321 4.1.2 without quoted names). Not an address: `git@host` (a repository's URL), `image@2x.png`,
/// `package@1.2.3`.
[[nodiscard]] Span emailAround(QByteArrayView text, qsizetype at);

/// The end of the telephone number that begins at `at`, -1: none. Three forms: international, `+` and 8 to 15
/// digits (E.164), or `00` with separators; North American, `(212) 555-0123`, `212-555-0123`, `212.555.0123`;
/// national with a leading 0 and separators, `030 1234567`, `01 23 45 67 89`. And any digits behind `tel:`.
/// Digits alone are no number, nor are parts of an id (`...-a716-446655440000`), dates or decimals.
[[nodiscard]] qsizetype phoneEnd(QByteArrayView text, qsizetype at);

} // namespace ContactDetectors
