// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracestatistics.h"

#include <QSqlQuery>
#include <QVariant>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

enum Column {
    NameColumn, // provider and model, one cell: what a row costs is its cells
    FlagsColumn,
    BytesColumn,
    DurationColumn,
    FirstByteColumn,
    FirstTokenColumn,
    CostColumn,
    InputColumn, // the six kinds of tokens, in the order of TokenCounts
    TotalColumn = InputColumn + 5,
    StartColumn, // only where the time is divided
};

// Of the bars of a distribution: 1, 1.5, 2, 3, 5, 7 times a power of ten, from 1 ms to 700 s.
constexpr qint64 leastBarUs = 1000;
constexpr int barDecades = 6;
constexpr std::array<qint64, 6> barTenths{10, 15, 20, 30, 50, 70};

constexpr char nameBorder = '\n'; // in no provider's name
constexpr qint64 errorFlag = 1;
constexpr qint64 cancelledFlag = 2;
constexpr qint64 streamFlag = 4;

void addKnown(std::optional<qint64>* sum, const QVariant& value)
{
    if (!value.isNull())
        *sum = sum->value_or(0) + value.toLongLong();
}

void addKnown(std::optional<qint64>* sum, const std::optional<qint64>& value)
{
    if (value)
        *sum = sum->value_or(0) + *value;
}

void addTime(std::vector<qint64>* times, const QVariant& value)
{
    if (const qint64 time = value.toLongLong(); time >= 0)
        times->push_back(time);
}

void append(std::vector<qint64>* times, const std::vector<qint64>& more)
{
    times->insert(times->end(), more.begin(), more.end());
}

/// Everything but times.
void addCounts(CallStatistics* statistics, const QSqlQuery& query)
{
    ++statistics->calls;
    const qint64 flags = query.value(FlagsColumn).toLongLong();
    statistics->errors += (flags & errorFlag) != 0 ? 1 : 0;
    statistics->cancelled += (flags & cancelledFlag) != 0 ? 1 : 0;
    statistics->streams += (flags & streamFlag) != 0 ? 1 : 0;
    statistics->capturedBytes += query.value(BytesColumn).toLongLong();
    const QVariant cost = query.value(CostColumn);
    statistics->callsWithCost += cost.isNull() ? 0 : 1;
    addKnown(&statistics->picodollars, cost);
    statistics->callsWithTokens += query.value(TotalColumn).isNull() ? 0 : 1;
    int column = InputColumn;
    TokenCounts& tokens = statistics->tokens;
    for (std::optional<qint64>* count :
        {&tokens.input, &tokens.cached, &tokens.cacheWrite, &tokens.output, &tokens.reasoning, &tokens.total})
        addKnown(count, query.value(column++));
}

/// From the bar before the first one with calls to the last one with calls.
QList<TimeCount> timeCounts(const std::vector<qint64>& times)
{
    QList<TimeCount> bars;
    qint64 decadeUs = leastBarUs;
    for (int decade = 0; decade < barDecades; ++decade, decadeUs *= 10) {
        for (const qint64 tenths : barTenths)
            bars.append({decadeUs * tenths / 10, 0});
    }
    bars.append({std::nullopt, 0});
    for (const qint64 time : times) {
        const auto bar = std::lower_bound(bars.begin(), bars.end() - 1, time,
            [](const TimeCount& one, qint64 wanted) { return *one.upToUs < wanted; });
        ++bar->calls;
    }
    while (!bars.isEmpty() && bars.last().calls == 0)
        bars.removeLast();
    while (bars.size() > 1 && bars.at(1).calls == 0 && bars.first().calls == 0)
        bars.removeFirst();
    return bars;
}

std::pair<QByteArray, QByteArray> namesIn(const QByteArray& name)
{
    const qsizetype border = name.indexOf(nameBorder);
    return {name.first(border), name.sliced(border + 1)};
}

} // namespace

Percentiles Percentiles::of(std::vector<qint64>* values)
{
    if (values->empty())
        return {};
    auto behind = values->begin(); // everything before it is smaller: only the rest is looked at
    const auto at = [&](std::size_t percent) {
        const auto place = values->begin() + std::ptrdiff_t((values->size() * percent + 99) / 100 - 1);
        std::nth_element(behind, place, values->end());
        behind = place;
        return *place;
    };
    const qint64 p50 = at(50);
    const qint64 p90 = at(90);
    const qint64 p95 = at(95);
    return {p50, p90, p95, at(99)};
}

void TraceStatistics::divide(qint64 sinceUs, qint64 untilUs, qsizetype parts)
{
    m_sinceUs = sinceUs;
    m_untilUs = std::max(sinceUs + 1, untilUs);
    m_parts.resize(std::size_t(parts));
}

QString TraceStatistics::columns() const
{
    // As a blob the names come as they are stored; as text they would be made UTF-16 and UTF-8 again.
    const QString columns = QStringLiteral(
        "CAST(trace.provider || char(%1) || trace.model AS BLOB),"
        " (trace.status >= 400 OR trace.error_code <> '') * %2 + (trace.outcome = %3) * %4"
        " + (trace.is_stream <> 0) * %5,"
        " trace.captured_bytes, trace.duration, trace.first_byte, trace.first_token, trace.cost,"
        " trace.tokens_input, trace.tokens_cached, trace.tokens_cache_write, trace.tokens_output,"
        " trace.tokens_reasoning, trace.tokens_total")
                                .arg(int(nameBorder))
                                .arg(errorFlag)
                                .arg(int(CallOutcome::ClientCancelled))
                                .arg(cancelledFlag)
                                .arg(streamFlag);
    return m_parts.empty() ? columns : columns + QStringLiteral(", trace.started_at");
}

void TraceStatistics::Group::add(const QSqlQuery& query)
{
    addCounts(&statistics, query);
    addTime(&durations, query.value(DurationColumn));
    addTime(&firstBytes, query.value(FirstByteColumn));
    addTime(&firstTokens, query.value(FirstTokenColumn));
}

void TraceStatistics::Group::add(const Group& other)
{
    const CallStatistics& calls = other.statistics;
    statistics.calls += calls.calls;
    statistics.errors += calls.errors;
    statistics.cancelled += calls.cancelled;
    statistics.streams += calls.streams;
    statistics.capturedBytes += calls.capturedBytes;
    addKnown(&statistics.tokens.input, calls.tokens.input);
    addKnown(&statistics.tokens.cached, calls.tokens.cached);
    addKnown(&statistics.tokens.cacheWrite, calls.tokens.cacheWrite);
    addKnown(&statistics.tokens.output, calls.tokens.output);
    addKnown(&statistics.tokens.reasoning, calls.tokens.reasoning);
    addKnown(&statistics.tokens.total, calls.tokens.total);
    addKnown(&statistics.picodollars, calls.picodollars);
    statistics.callsWithTokens += calls.callsWithTokens;
    statistics.callsWithCost += calls.callsWithCost;
    append(&durations, other.durations);
    append(&firstBytes, other.firstBytes);
    append(&firstTokens, other.firstTokens);
}

void TraceStatistics::Group::finish()
{
    statistics.durationUs = Percentiles::of(&durations);
    statistics.firstByteUs = Percentiles::of(&firstBytes);
    statistics.firstTokenUs = Percentiles::of(&firstTokens);
}

void TraceStatistics::add(const QSqlQuery& query)
{
    QByteArray name = query.value(NameColumn).toByteArray();
    if (m_groups.size() >= maxModels && !m_groups.contains(name))
        name.truncate(name.indexOf(nameBorder) + 1);
    m_groups[name].add(query);
    if (m_parts.empty())
        return;
    const double into
        = double(query.value(StartColumn).toLongLong() - m_sinceUs) / double(m_untilUs - m_sinceUs);
    const double part
        = std::clamp(std::floor(into * double(m_parts.size())), 0.0, double(m_parts.size() - 1));
    addCounts(&m_parts[std::size_t(part)][name], query);
}

void TraceStatistics::finish()
{
    Group all;
    for (Group& group : m_groups) {
        all.add(group);
        group.finish();
    }
    if (!m_parts.empty()) {
        m_durationCounts = timeCounts(all.durations);
        m_firstTokenCounts = timeCounts(all.firstTokens);
    }
    all.finish();
    m_all = all.statistics;
}

TraceStatistics::ByModel TraceStatistics::byModel() const
{
    ByModel groups;
    for (auto it = m_groups.begin(); it != m_groups.end(); ++it)
        groups.insert(namesIn(it.key()), it->statistics);
    return groups;
}

qint64 TraceStatistics::partSinceUs(qsizetype part) const
{
    const double share = double(part) / double(m_parts.size());
    return m_sinceUs + std::llround(share * double(m_untilUs - m_sinceUs));
}

TraceStatistics::ByModel TraceStatistics::byModelIn(qsizetype part) const
{
    ByModel groups;
    const QHash<QByteArray, CallStatistics>& counted = m_parts.at(std::size_t(part));
    for (auto it = counted.begin(); it != counted.end(); ++it)
        groups.insert(namesIn(it.key()), it.value());
    return groups;
}
