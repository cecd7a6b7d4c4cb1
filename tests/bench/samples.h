// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Samples: durations measured one by one, and what is said of them: quantiles in microseconds and a histogram
// whose buckets double in width.

#include <cstdint>
#include <string>
#include <vector>

class Samples final
{
public:
    void add(int64_t nanoseconds) { m_nanoseconds.push_back(nanoseconds); }
    void add(const Samples& others);
    [[nodiscard]] size_t count() const { return m_nanoseconds.size(); }
    /// {"count":..,"p50":..,"p90":..,"p99":..,"p999":..,"max":..}, microseconds.
    [[nodiscard]] std::string quantiles() const;
    /// [[upper bound in microseconds, count], ...], without the empty buckets.
    [[nodiscard]] std::string histogram() const;

private:
    std::vector<int64_t> m_nanoseconds;
};
