// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samples.h"

#include "jsonline.h"

#include <algorithm>
#include <map>

void Samples::add(const Samples& others)
{
    m_nanoseconds.insert(m_nanoseconds.end(), others.m_nanoseconds.begin(), others.m_nanoseconds.end());
}

std::string Samples::quantiles() const
{
    std::vector<int64_t> sorted = m_nanoseconds;
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&sorted](double quantile) {
        if (sorted.empty())
            return 0.0;
        return double(sorted[size_t(quantile * double(sorted.size() - 1))]) / 1000.0;
    };
    return JsonLine()
        .add("count", int64_t(sorted.size()))
        .add("p50", at(0.50))
        .add("p90", at(0.90))
        .add("p99", at(0.99))
        .add("p999", at(0.999))
        .add("max", at(1.0))
        .text();
}

std::string Samples::histogram() const
{
    std::map<int64_t, int64_t> buckets;
    for (const int64_t nanoseconds : m_nanoseconds) {
        int64_t upper = 1;
        while (upper * 1000 < nanoseconds)
            upper *= 2;
        ++buckets[upper];
    }
    std::string json = "[";
    for (const auto& [upper, count] : buckets) {
        if (json.size() > 1)
            json += ',';
        json += '[' + std::to_string(upper) + ',' + std::to_string(count) + ']';
    }
    return json + ']';
}
