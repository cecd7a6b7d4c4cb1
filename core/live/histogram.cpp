// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/histogram.h"

#include <algorithm>
#include <numeric>

void Histogram::add(qint64 value)
{
    const auto bound = std::lower_bound(m_bounds.begin(), m_bounds.end(), value);
    ++m_counts[qsizetype(bound - m_bounds.begin())];
    m_sum += value;
}

qint64 Histogram::countUpTo(qsizetype index) const
{
    return std::accumulate(m_counts.begin(), m_counts.begin() + index + 1, qint64(0));
}
