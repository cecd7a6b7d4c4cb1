// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Picodollars: decimal money as whole numbers, 10^-12 US dollars each. No floating point anywhere. Pure.

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace Picodollars {

/// The price of one token from `dollars per million tokens`, "6.25" -> 6250000. Nothing for what is not plain
/// digits with at most one point, for more than six decimals, for a million dollars and more.
[[nodiscard]] std::optional<qint64> perToken(QByteArrayView dollarsPerMillion);

/// A JSON number of dollars, "1.5e-05" -> 15000000; beyond the twelfth decimal rounded half up. Nothing for
/// negative amounts, other text, and what does not fit.
[[nodiscard]] std::optional<qint64> fromJsonNumber(QByteArrayView dollars);

/// Plain decimal dollars without trailing zeros: 1500000000 -> "0.0015".
[[nodiscard]] QByteArray toDollars(qint64 picodollars);

} // namespace Picodollars
