// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Usage: token counts of one call in exclusive buckets, the same for every provider. Absent means unknown,
// never zero. Exclusive: `input` has no cached, cache-written, audio or image token in it; `output` no
// reasoning, audio or image token. Only inputCachedAudio is a part of another bucket. The mapping from each
// provider's numbers is in the dialects; langfuse/ gives the buckets their price keys.

#include <QByteArray>

#include <optional>

struct Usage
{
    std::optional<qint64> input;
    std::optional<qint64> inputCached; // read from the provider's prompt cache
    std::optional<qint64> inputCachedAudio; // those of inputCached that are sound: priced apart
    std::optional<qint64> cacheWrite; // written, lifetime unknown
    std::optional<qint64> cacheWrite5m;
    std::optional<qint64> cacheWrite1h;
    std::optional<qint64> inputAudio;
    std::optional<qint64> inputImage; // only where the provider counts pictures apart (OpenAI's image API)
    std::optional<qint64> output;
    std::optional<qint64> outputReasoning;
    std::optional<qint64> outputAudio;
    std::optional<qint64> outputImage; // as inputImage
    std::optional<qint64> total; // as reported, else the sum of the buckets
    std::optional<qint64> webSearches; // searches that the provider made and charges apart; not tokens
    QByteArray costJson; // a cost the provider itself reported (OpenRouter `usage.cost`), JSON number
    QByteArray json; // the provider's usage object as it came

    bool operator==(const Usage&) const = default;
};
