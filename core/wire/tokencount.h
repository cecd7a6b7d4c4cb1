// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TokenCount: arithmetic on counts that may be unknown. Pure; used by the dialects' usage mappings.

#include "wire/jsonvalue.h"

#include <initializer_list>

namespace TokenCount {

/// A count: a whole number, zero or more; anything else is unknown.
[[nodiscard]] std::optional<qint64> read(JsonValue value);
/// The first count that is known.
[[nodiscard]] std::optional<qint64> firstOf(std::initializer_list<JsonValue> values);
/// The total without those parts; unknown parts count nothing. Never below zero; unknown stays unknown.
[[nodiscard]] std::optional<qint64> without(
    std::optional<qint64> total, std::initializer_list<std::optional<qint64>> parts);
/// The sum of what is known; unknown when nothing is. Does not overflow.
[[nodiscard]] std::optional<qint64> sum(std::initializer_list<std::optional<qint64>> parts);

} // namespace TokenCount
