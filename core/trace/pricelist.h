// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PriceList: what the models' tokens cost, from resources/prices.json and the user's PRICES_FILE. A value,
// made once at start and handed to the telemetry thread. The file:
//
//     {"prices": [{
//       "models": ["gpt-5.1", "gpt-5.1-chat-*"],
//       "from": "2025-11-13", "until": "2026-12-31",
//       "usd_per_million_tokens": {"input": "1.25", "input_cached": "0.125", "output": "10"},
//       "tiers": [{"service_tier": ["priority", "fast"], "input_up_to": 272000,
//                  "usd_per_million_tokens": {...}},
//                 {"input_above": 272000, "usd_per_million_tokens": {...}}],
//       "source": "https://...", "date": "2026-11-05", "note": "..."}]}
//
// A model matches by its whole name, `*` standing for anything, or by the name and a date behind it
// (`-2025-11-13`, `-20251113`). The first entry that matches model and day is the one.

#include "base/result.h"
#include "trace/cost.h"

#include <QByteArray>
#include <QDate>
#include <QList>

#include <optional>

/// The names of the buckets in the file; the fields of Usage.
enum class PriceBucket {
    Input,
    InputCached,
    CacheWrite,
    CacheWrite5m,
    CacheWrite1h,
    InputAudio,
    Output,
    OutputReasoning,
    OutputAudio,
    InputCachedAudio,
};
constexpr int priceBucketCount = 10;
[[nodiscard]] QByteArray priceBucketName(PriceBucket bucket);

/// Picodollars a token; absent: not known.
struct BucketPrices
{
    std::optional<qint64> picodollars[priceBucketCount];

    [[nodiscard]] std::optional<qint64> of(PriceBucket bucket) const { return picodollars[int(bucket)]; }
    bool operator==(const BucketPrices&) const = default;
};

/// Prices that hold instead of the entry's own when every given condition does; none: they are not known.
struct PriceTier
{
    QList<QByteArray> serviceTiers; // empty: any of the ordinary ones
    QList<QByteArray> speeds; // same
    qint64 inputAbove = -1; // more input tokens than that, cached and audio ones included; -1: any number
    qint64 inputUpTo = -1; // not more than that; -1: any number
    BucketPrices prices;

    bool operator==(const PriceTier&) const = default;
};

struct PriceEntry
{
    QList<QByteArray> models;
    QDate from; // first and last day, UTC; invalid: no bound
    QDate until;
    BucketPrices prices;
    QList<PriceTier> tiers; // the first that fits
    QByteArray source; // page
    QByteArray date; // when it was read there

    bool operator==(const PriceEntry&) const = default;
};

class PriceList final
{
public:
    /// InvalidConfig: `message` says in which entry and member what is wrong.
    [[nodiscard]] static Result<PriceList> parse(const QByteArray& json);

    /// The entries of both, the others' first.
    void putBefore(const PriceList& others);

    /// The entry for a model on a day, null when there is none. Gemini's `models/` in front does not count.
    [[nodiscard]] const PriceEntry* find(QByteArrayView model, QDate day) const;
    [[nodiscard]] const QList<PriceEntry>& entries() const { return m_entries; }

private:
    QList<PriceEntry> m_entries;
};
