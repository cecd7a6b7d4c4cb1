// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UsageData: GET /api/stats with `buckets` as values: what calls have used, over time and by model. Pure.

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

class QJsonObject;

struct ModelUsage
{
    QString provider; // empty, with the model: all, or those that are too many to be told apart
    QString model;
    qint64 calls = 0;
    qint64 errors = 0;
    std::optional<qint64> inputTokens; // not from the cache; of calls that know, as all tokens
    std::optional<qint64> cachedTokens; // read from the cache
    std::optional<qint64> cacheWriteTokens;
    std::optional<qint64> outputTokens; // without reasoning
    std::optional<qint64> reasoningTokens;
    std::optional<qint64> totalTokens;
    qint64 callsWithTokens = 0;
    qint64 callsWithCost = 0;
    std::optional<double> costUsd; // of the calls whose price is known
    std::optional<double> durationP50Ms;
    std::optional<double> durationP95Ms;
    std::optional<double> firstTokenP50Ms;
    std::optional<double> firstTokenP95Ms;

    [[nodiscard]] QString name() const;
    /// There are calls with tokens whose price is not known: the cost is at least what it says.
    [[nodiscard]] bool isCostPartial() const { return callsWithTokens > callsWithCost; }
    /// Share of the prompt's tokens that came from the cache, 0..100.
    [[nodiscard]] std::optional<double> cachedPercent() const;

    [[nodiscard]] static ModelUsage fromJson(const QJsonObject& object);
};

struct UsageBucket
{
    qint64 startUs = 0; // since 1970 UTC
    QList<ModelUsage> models; // those that had calls
};

/// So many calls took at most that long, and longer than the one before.
struct TimeBar
{
    double upToMs = 0; // infinite for the last of all
    qint64 calls = 0;
};

struct UsageData
{
    qint64 sinceUs = 0;
    qint64 untilUs = 0;
    ModelUsage all;
    QList<ModelUsage> models;
    QList<UsageBucket> buckets; // equal parts of the time, all of them
    QList<TimeBar> durations;
    QList<TimeBar> firstTokens;

    /// Nothing: that is no such answer.
    [[nodiscard]] static std::optional<UsageData> parse(const QByteArray& json);
    /// A line for each model of each bucket, RFC 4180.
    [[nodiscard]] QByteArray csv() const;
};
