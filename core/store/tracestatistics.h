// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TraceStatistics: many calls summed up by provider and model: how many, how they ended, tokens, cost, and
// how long they took. Filled by the StoreReader row by row. A value; query thread.

#include "store/tracesummary.h"

#include <QHash>
#include <QMap>

#include <utility>
#include <vector>

class QSqlQuery;
class QString;

/// The usual quantiles of a number of times, exact (nearest rank); absent when there were none.
struct Percentiles
{
    std::optional<qint64> p50;
    std::optional<qint64> p90;
    std::optional<qint64> p95;
    std::optional<qint64> p99;

    /// Orders the values.
    [[nodiscard]] static Percentiles of(std::vector<qint64>* values);
    bool operator==(const Percentiles&) const = default;
};

struct CallStatistics
{
    qint64 calls = 0;
    qint64 errors = 0; // as StatusClass::Error
    qint64 cancelled = 0;
    qint64 streams = 0;
    qint64 capturedBytes = 0;
    TokenCounts tokens; // of the calls that know
    std::optional<qint64> picodollars; // of the calls that have a cost
    qint64 callsWithTokens = 0;
    qint64 callsWithCost = 0;
    Percentiles durationUs; // of the calls that know it, as the next two
    Percentiles firstByteUs;
    Percentiles firstTokenUs;
};

/// So many calls took at most that long, and longer than the bar before says.
struct TimeCount
{
    std::optional<qint64> upToUs; // absent in the last of all: longer
    qint64 calls = 0;

    bool operator==(const TimeCount&) const = default;
};

class TraceStatistics final
{
public:
    /// By provider and model.
    using ByModel = QMap<std::pair<QByteArray, QByteArray>, CallStatistics>;

    /// Models beyond so many are counted as one without a name: what a client sends as a model is any text.
    static constexpr qsizetype maxModels = 500;

    /// Sums up `parts` equal parts of that time too, without quantiles. Before the first row.
    void divide(qint64 sinceUs, qint64 untilUs, qsizetype parts);
    /// What stands behind SELECT for add(); of the table `trace`.
    [[nodiscard]] QString columns() const;
    /// The current row of a query for columns().
    void add(const QSqlQuery& query);
    /// After the last row.
    void finish();

    [[nodiscard]] const CallStatistics& all() const { return m_all; }
    [[nodiscard]] ByModel byModel() const;
    /// In the order of time; none without divide().
    [[nodiscard]] qsizetype parts() const { return qsizetype(m_parts.size()); }
    [[nodiscard]] qint64 partSinceUs(qsizetype part) const;
    [[nodiscard]] ByModel byModelIn(qsizetype part) const;
    /// How many of all calls took how long, the fastest first; only with divide().
    [[nodiscard]] const QList<TimeCount>& durationCounts() const { return m_durationCounts; }
    [[nodiscard]] const QList<TimeCount>& firstTokenCounts() const { return m_firstTokenCounts; }

private:
    struct Group
    {
        CallStatistics statistics;
        std::vector<qint64> durations;
        std::vector<qint64> firstBytes;
        std::vector<qint64> firstTokens;

        void add(const QSqlQuery& query);
        void add(const Group& other);
        void finish();
    };

    CallStatistics m_all; // of the finished groups
    QHash<QByteArray, Group> m_groups; // by provider and model as they are read
    qint64 m_sinceUs = 0; // of the first part
    qint64 m_untilUs = 0; // of the last
    std::vector<QHash<QByteArray, CallStatistics>> m_parts; // by the same names
    QList<TimeCount> m_durationCounts;
    QList<TimeCount> m_firstTokenCounts;
};
