// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// NationalIds: the numbers that states give to persons, in the forms in which people write them. Hand-written
// scanner that looks at a bounded number of bytes for each place. Pure; used by SensitiveText.

#include <QByteArrayView>

namespace NationalIds {

/// The end of the number that begins at `at`, -1: none. Letters are capitals. Known forms, d a digit, A a
/// letter:
///
///     US  Social Security number   ddd-dd-dddd (or spaces), without the areas and zeros never issued
///     DE  Steuer-ID                ddddddddddd, dd ddd ddd ddd; check digit, one digit repeated
///     FR  NIR                      15 digits, d dd dd dd ddd ddd dd; key (department 2A and 2B too)
///     ES  DNI, NIE                 ddddddddA, AdddddddA; check letter
///     IT  codice fiscale           AAAAAAddAddAdddA; check letter
///     GB  National Insurance       AAddddddA, AA dd dd dd A; no check digit, prefixes in use
///     BR  CPF                      ddd.ddd.ddd-dd, ddddddddddd; two check digits
///     CN  resident identity        17 digits and a digit or X; date of birth and check digit
[[nodiscard]] qsizetype endOf(QByteArrayView text, qsizetype at);

} // namespace NationalIds
