// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/callcost.h"

#include "trace/picodollars.h"

#include <QDateTime>
#include <QtNumeric>

#include <algorithm>
#include <array>

namespace {

struct PricedTokens
{
    PriceBucket bucket;
    std::optional<qint64> Usage::*tokens;
    std::optional<PriceBucket> billedAs; // without a price of its own
};

constexpr std::array buckets{
    PricedTokens{PriceBucket::Input, &Usage::input, {}},
    PricedTokens{PriceBucket::InputCached, &Usage::inputCached, {}},
    PricedTokens{PriceBucket::InputCachedAudio, &Usage::inputCachedAudio, {}},
    PricedTokens{PriceBucket::CacheWrite, &Usage::cacheWrite, PriceBucket::CacheWrite5m},
    PricedTokens{PriceBucket::CacheWrite5m, &Usage::cacheWrite5m, {}},
    PricedTokens{PriceBucket::CacheWrite1h, &Usage::cacheWrite1h, {}},
    PricedTokens{PriceBucket::InputAudio, &Usage::inputAudio, {}},
    PricedTokens{PriceBucket::Output, &Usage::output, {}},
    PricedTokens{PriceBucket::OutputReasoning, &Usage::outputReasoning, PriceBucket::Output},
    PricedTokens{PriceBucket::OutputAudio, &Usage::outputAudio, {}},
};

QByteArray valueOfParameter(const TraceRecord& record, QByteArrayView name)
{
    for (const ModelParameter& parameter : record.parameters) {
        if (parameter.name == name && parameter.json.startsWith('"') && parameter.json.size() >= 2)
            return parameter.json.sliced(1, parameter.json.size() - 2);
    }
    return {};
}

/// How the call was served, as far as it changes the price; empty for the ordinary way.
struct Service
{
    QByteArray tier;
    QByteArray speed;
    qint64 inputTokens = 0;
};

QByteArray withoutOrdinary(const QByteArray& word)
{
    static constexpr std::array ordinary{"default", "standard", "auto", "on_demand", "global"};
    for (const char* name : ordinary) {
        if (word.compare(name, Qt::CaseInsensitive) == 0)
            return {};
    }
    return word.toLower();
}

Service serviceOf(const TraceRecord& record)
{
    QByteArray tier = record.serviceTier;
    for (const char* name : {"service_tier", "serviceTier"})
        tier = tier.isEmpty() ? valueOfParameter(record, name) : tier;
    Service service{withoutOrdinary(tier), withoutOrdinary(valueOfParameter(record, "speed")), 0};
    const Usage& usage = *record.usage;
    for (const auto& tokens : {usage.input, usage.inputCached, usage.cacheWrite, usage.cacheWrite5m,
             usage.cacheWrite1h, usage.inputAudio})
        service.inputTokens += tokens.value_or(0); // a count is below 2^53
    return service;
}

bool isAmong(const QList<QByteArray>& words, const QByteArray& word)
{
    return words.isEmpty() ? word.isEmpty() : words.contains(word);
}

/// Null when the entry does not say what this way of serving costs.
const BucketPrices* pricesFor(const PriceEntry& entry, const Service& service)
{
    for (const PriceTier& tier : entry.tiers) {
        if (isAmong(tier.serviceTiers, service.tier) && isAmong(tier.speeds, service.speed)
            && service.inputTokens > tier.inputAbove
            && (tier.inputUpTo < 0 || service.inputTokens <= tier.inputUpTo))
            return &tier.prices;
    }
    return service.tier.isEmpty() && service.speed.isEmpty() ? &entry.prices : nullptr;
}

std::optional<qint64> priceOf(const BucketPrices& prices, const PricedTokens& bucket)
{
    const std::optional<qint64> own = prices.of(bucket.bucket);
    return !own && bucket.billedAs ? prices.of(*bucket.billedAs) : own;
}

/// Sound may be among what was cached, at another price, and it is not said how much.
bool isCachedAudioUnknown(const Usage& usage, const BucketPrices& prices)
{
    return !usage.inputCachedAudio && usage.inputCached.value_or(0) > 0 && usage.inputAudio.value_or(0) > 0
        && prices.of(PriceBucket::InputCachedAudio) != prices.of(PriceBucket::InputCached);
}

/// Sound from the cache in a bucket of its own.
Usage withoutOverlap(const Usage& usage)
{
    Usage exclusive = usage;
    const qint64 sound = std::min(usage.inputCachedAudio.value_or(0), usage.inputCached.value_or(0));
    if (sound > 0) {
        exclusive.inputCached = *usage.inputCached - sound;
        exclusive.inputCachedAudio = sound;
    } else {
        exclusive.inputCachedAudio.reset();
    }
    return exclusive;
}

std::optional<Cost> costFromList(const Usage& counted, const PriceEntry& entry, const BucketPrices& prices)
{
    const Usage usage = withoutOverlap(counted);
    if (isCachedAudioUnknown(counted, prices))
        return std::nullopt;
    if (usage.inputImage.value_or(0) > 0 || usage.outputImage.value_or(0) > 0)
        return std::nullopt; // the list has no price for pictures
    Cost cost;
    cost.price = entry.models.first() + (entry.date.isEmpty() ? QByteArray() : " of " + entry.date);
    bool isKnown = false;
    for (const PricedTokens& bucket : buckets) {
        const std::optional<qint64> tokens = usage.*bucket.tokens;
        isKnown = isKnown || tokens.has_value();
        if (tokens.value_or(0) <= 0)
            continue;
        const std::optional<qint64> price = priceOf(prices, bucket);
        qint64 amount = 0;
        if (!price || qMulOverflow(*tokens, *price, &amount)
            || qAddOverflow(cost.picodollars, amount, &cost.picodollars))
            return std::nullopt;
        cost.items.append({priceBucketName(bucket.bucket), amount});
    }
    return isKnown ? std::optional(cost) : std::nullopt;
}

} // namespace

std::optional<Cost> costOf(const TraceRecord& record, const PriceList& prices)
{
    if (!record.usage)
        return std::nullopt;
    if (const auto reported = Picodollars::fromJsonNumber(record.usage->costJson.trimmed()))
        return Cost{Cost::Source::Provider, *reported, {}, {}};
    if (!withoutOrdinary(valueOfParameter(record, "inference_geo")).isEmpty())
        return std::nullopt; // costs more, by how much no price file says
    const QDate day = QDateTime::fromMSecsSinceEpoch(record.startedAtUs / 1000).toUTC().date();
    const PriceEntry* entry = prices.find(record.model(), day);
    const BucketPrices* tier = entry ? pricesFor(*entry, serviceOf(record)) : nullptr;
    return tier ? costFromList(*record.usage, *entry, *tier) : std::nullopt;
}
