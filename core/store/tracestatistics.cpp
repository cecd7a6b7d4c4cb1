// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracestatistics.h"

#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace {

enum Column {
    ProviderColumn,
    ModelColumn,
    StatusColumn,
    ErrorColumn,
    OutcomeColumn,
    StreamColumn,
    BytesColumn,
    DurationColumn,
    FirstByteColumn,
    FirstTokenColumn,
    CostColumn,
    InputColumn, // the six kinds of tokens, in the order of TokenCounts
};

void addKnown(std::optional<qint64>* sum, const QVariant& value)
{
    if (!value.isNull())
        *sum = sum->value_or(0) + value.toLongLong();
}

void addTime(std::vector<qint64>* times, const QVariant& value)
{
    if (const qint64 time = value.toLongLong(); time >= 0)
        times->push_back(time);
}

} // namespace

Percentiles Percentiles::of(std::vector<qint64>* values)
{
    if (values->empty())
        return {};
    std::sort(values->begin(), values->end());
    const auto at
        = [values](std::size_t percent) { return (*values)[(values->size() * percent + 99) / 100 - 1]; };
    return {at(50), at(90), at(95), at(99)};
}

QString TraceStatistics::columns()
{
    return QStringLiteral("trace.provider, trace.model, trace.status, trace.error_code, trace.outcome,"
                          " trace.is_stream, trace.captured_bytes, trace.duration, trace.first_byte,"
                          " trace.first_token, trace.cost, trace.tokens_input, trace.tokens_cached,"
                          " trace.tokens_cache_write, trace.tokens_output, trace.tokens_reasoning,"
                          " trace.tokens_total");
}

void TraceStatistics::Group::add(const QSqlQuery& query)
{
    ++statistics.calls;
    const bool isError
        = query.value(StatusColumn).toInt() >= 400 || !query.value(ErrorColumn).toString().isEmpty();
    statistics.errors += isError ? 1 : 0;
    const bool isCancelled = query.value(OutcomeColumn).toInt() == int(CallOutcome::ClientCancelled);
    statistics.cancelled += isCancelled ? 1 : 0;
    statistics.streams += query.value(StreamColumn).toInt() != 0 ? 1 : 0;
    statistics.capturedBytes += query.value(BytesColumn).toLongLong();
    addTime(&durations, query.value(DurationColumn));
    addTime(&firstBytes, query.value(FirstByteColumn));
    addTime(&firstTokens, query.value(FirstTokenColumn));
    const QVariant cost = query.value(CostColumn);
    statistics.callsWithCost += cost.isNull() ? 0 : 1;
    addKnown(&statistics.picodollars, cost);
    int column = InputColumn;
    TokenCounts& tokens = statistics.tokens;
    for (std::optional<qint64>* count :
        {&tokens.input, &tokens.cached, &tokens.cacheWrite, &tokens.output, &tokens.reasoning, &tokens.total})
        addKnown(count, query.value(column++));
}

void TraceStatistics::Group::finish()
{
    statistics.durationUs = Percentiles::of(&durations);
    statistics.firstByteUs = Percentiles::of(&firstBytes);
    statistics.firstTokenUs = Percentiles::of(&firstTokens);
}

void TraceStatistics::add(const QSqlQuery& query)
{
    m_all.add(query);
    std::pair<QByteArray, QByteArray> key{
        query.value(ProviderColumn).toString().toUtf8(), query.value(ModelColumn).toString().toUtf8()};
    if (m_groups.size() >= maxModels && !m_groups.contains(key))
        key.second.clear();
    m_groups[key].add(query);
}

void TraceStatistics::finish()
{
    m_all.finish();
    for (Group& group : m_groups)
        group.finish();
}

QMap<std::pair<QByteArray, QByteArray>, CallStatistics> TraceStatistics::byModel() const
{
    QMap<std::pair<QByteArray, QByteArray>, CallStatistics> groups;
    for (auto it = m_groups.begin(); it != m_groups.end(); ++it)
        groups.insert(it.key(), it->statistics);
    return groups;
}
