// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Detectors of payment card numbers and of IP addresses. Hand-written scanners that look at a bounded number
// of bytes for each place. Pure; used by SensitiveText.

#include <QByteArrayView>

namespace NumberDetectors {

/// The end of the card number that begins at `at`, -1: none. 13 to 19 digits, whole or in groups with one
/// space or dash between, of an issuer's range with its length (ISO/IEC 7812-1; Visa, Mastercard, American
/// Express, Discover, JCB, Diners Club, UnionPay, Maestro), with the right Luhn digit.
[[nodiscard]] qsizetype cardEnd(QByteArrayView text, qsizetype at);

/// Whether these are the digits of a card and nothing else, as a JSON number has them.
[[nodiscard]] bool isCard(QByteArrayView digits);

/// The end of the IP address that begins at `at`, -1: none. IPv4: four decimals up to 255 without leading
/// zeros; not a part of something longer, nor a version (`v1.2.3.4`, `version 1.2.3.4`, `Chrome/120.0.0.0`).
/// IPv6 (RFC 4291 2.2), but not what code has: `::`, `::1`, `a::b`, `[1::2]`, times and MAC addresses.
[[nodiscard]] qsizetype ipEnd(QByteArrayView text, qsizetype at);

} // namespace NumberDetectors
