// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/tokencount.h"

namespace {

constexpr qint64 largest = qint64(1) << 53; // so that sums of a few counts cannot overflow

} // namespace

std::optional<qint64> TokenCount::read(JsonValue value)
{
    const std::optional<qint64> count = value.integer();
    if (!count || *count < 0 || *count > largest)
        return std::nullopt;
    return count;
}

std::optional<qint64> TokenCount::firstOf(std::initializer_list<JsonValue> values)
{
    for (const JsonValue value : values) {
        if (const std::optional<qint64> count = read(value))
            return count;
    }
    return std::nullopt;
}

std::optional<qint64> TokenCount::without(
    std::optional<qint64> total, std::initializer_list<std::optional<qint64>> parts)
{
    if (!total)
        return std::nullopt;
    return qMax<qint64>(0, *total - sum(parts).value_or(0));
}

std::optional<qint64> TokenCount::sum(std::initializer_list<std::optional<qint64>> parts)
{
    std::optional<qint64> total;
    for (const std::optional<qint64> part : parts) {
        if (part)
            total = total.value_or(0) + *part;
    }
    return total;
}
