// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/usage/usagedata.h"

#include "base/csv.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace {

std::optional<qint64> wholeIn(const QJsonObject& object, QLatin1String key)
{
    const QJsonValue value = object.value(key);
    return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
}

std::optional<double> realIn(const QJsonObject& object, QLatin1String key)
{
    const QJsonValue value = object.value(key);
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

qint64 momentIn(const QJsonObject& object, QLatin1String key)
{
    return QDateTime::fromString(object.value(key).toString(), Qt::ISODateWithMs).toMSecsSinceEpoch() * 1000;
}

QList<ModelUsage> modelsIn(const QJsonObject& object)
{
    QList<ModelUsage> models;
    for (const QJsonValue& model : object.value(QLatin1String("models")).toArray())
        models.append(ModelUsage::fromJson(model.toObject()));
    return models;
}

QList<TimeBar> timeBarsIn(const QJsonObject& object, QLatin1String key)
{
    QList<TimeBar> bars;
    for (const QJsonValue& bar : object.value(key).toArray()) {
        const QJsonObject one = bar.toObject();
        bars.append({realIn(one, QLatin1String("upToMs")).value_or(std::numeric_limits<double>::infinity()),
            one.value(QLatin1String("calls")).toInteger()});
    }
    return bars;
}

QByteArray csvNumber(const std::optional<qint64>& number)
{
    return number ? QByteArray::number(*number) : QByteArray();
}

} // namespace

QString ModelUsage::name() const
{
    return model.isEmpty() ? QCoreApplication::translate("UsageData", "(no model)") : model;
}

std::optional<double> ModelUsage::cachedPercent() const
{
    const qint64 prompt = inputTokens.value_or(0) + cachedTokens.value_or(0) + cacheWriteTokens.value_or(0);
    if (!cachedTokens || prompt <= 0)
        return std::nullopt;
    return 100.0 * double(*cachedTokens) / double(prompt);
}

ModelUsage ModelUsage::fromJson(const QJsonObject& object)
{
    ModelUsage usage;
    usage.provider = object.value(QLatin1String("provider")).toString();
    usage.model = object.value(QLatin1String("model")).toString();
    usage.calls = object.value(QLatin1String("calls")).toInteger();
    usage.errors = object.value(QLatin1String("errors")).toInteger();
    const QJsonObject tokens = object.value(QLatin1String("tokens")).toObject();
    usage.inputTokens = wholeIn(tokens, QLatin1String("input"));
    usage.cachedTokens = wholeIn(tokens, QLatin1String("cached"));
    usage.cacheWriteTokens = wholeIn(tokens, QLatin1String("cacheWrite"));
    usage.outputTokens = wholeIn(tokens, QLatin1String("output"));
    usage.reasoningTokens = wholeIn(tokens, QLatin1String("reasoning"));
    usage.totalTokens = wholeIn(tokens, QLatin1String("total"));
    usage.callsWithTokens = object.value(QLatin1String("callsWithTokens")).toInteger();
    usage.callsWithCost = object.value(QLatin1String("callsWithCost")).toInteger();
    usage.costUsd = realIn(object, QLatin1String("costUsd"));
    const QJsonObject duration = object.value(QLatin1String("durationMs")).toObject();
    usage.durationP50Ms = realIn(duration, QLatin1String("p50"));
    usage.durationP95Ms = realIn(duration, QLatin1String("p95"));
    const QJsonObject firstToken = object.value(QLatin1String("firstTokenMs")).toObject();
    usage.firstTokenP50Ms = realIn(firstToken, QLatin1String("p50"));
    usage.firstTokenP95Ms = realIn(firstToken, QLatin1String("p95"));
    return usage;
}

std::optional<UsageData> UsageData::parse(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (!object.value(QLatin1String("all")).isObject() || !object.value(QLatin1String("buckets")).isArray())
        return std::nullopt;
    UsageData data;
    data.sinceUs = momentIn(object, QLatin1String("since"));
    data.untilUs = momentIn(object, QLatin1String("until"));
    data.all = ModelUsage::fromJson(object.value(QLatin1String("all")).toObject());
    data.models = modelsIn(object);
    for (const QJsonValue& bucket : object.value(QLatin1String("buckets")).toArray()) {
        const QJsonObject one = bucket.toObject();
        data.buckets.append({momentIn(one, QLatin1String("since")), modelsIn(one)});
    }
    const QJsonObject histograms = object.value(QLatin1String("histograms")).toObject();
    data.durations = timeBarsIn(histograms, QLatin1String("durationMs"));
    data.firstTokens = timeBarsIn(histograms, QLatin1String("firstTokenMs"));
    return data;
}

QByteArray UsageData::csv() const
{
    QByteArray out = "since,provider,model,calls,errors,input_tokens,cached_tokens,cache_write_tokens,"
                     "output_tokens,reasoning_tokens,total_tokens,cost_usd,calls_with_cost\r\n";
    for (const UsageBucket& bucket : buckets) {
        const QByteArray since
            = QDateTime::fromMSecsSinceEpoch(bucket.startUs / 1000, Qt::UTC).toString(Qt::ISODate).toLatin1();
        for (const ModelUsage& usage : bucket.models) {
            out += since + ',' + Csv::field(usage.provider) + ',' + Csv::field(usage.model) + ','
                + QByteArray::number(usage.calls) + ',' + QByteArray::number(usage.errors);
            for (const auto& count : {usage.inputTokens, usage.cachedTokens, usage.cacheWriteTokens,
                     usage.outputTokens, usage.reasoningTokens, usage.totalTokens})
                out += ',' + csvNumber(count);
            out += ',' + (usage.costUsd ? QByteArray::number(*usage.costUsd, 'g', 12) : QByteArray()) + ','
                + QByteArray::number(usage.callsWithCost) + "\r\n";
        }
    }
    return out;
}
