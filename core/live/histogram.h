// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Histogram: how often values fell below each of some fixed bounds, in whole units, so that sums are exact. A
// value; part of CallMetrics, telemetry thread.

#include <QList>

#include <span>

class Histogram final
{
public:
    /// The bounds, ascending, must outlive this: constants.
    explicit Histogram(std::span<const qint64> bounds = {})
        : m_bounds(bounds)
        , m_counts(qsizetype(bounds.size()) + 1, 0)
    {
    }

    /// A value at a bound counts below it, as Prometheus' `le` says.
    void add(qint64 value);

    [[nodiscard]] std::span<const qint64> bounds() const { return m_bounds; }
    /// How many were up to the bound of that index; the index after the last one: all.
    [[nodiscard]] qint64 countUpTo(qsizetype index) const;
    [[nodiscard]] qint64 count() const { return countUpTo(m_counts.size() - 1); }
    [[nodiscard]] qint64 sum() const { return m_sum; }

private:
    std::span<const qint64> m_bounds;
    QList<qint64> m_counts; // of each bucket alone
    qint64 m_sum = 0;
};
