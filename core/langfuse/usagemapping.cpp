// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/usagemapping.h"

#include "langfuse/jsonwriter.h"

namespace UsageMapping {

namespace {

// Models whose price table splits one bucket or misses another (default-model-prices.json of 2026-08-20).
struct ModelQuirks
{
    bool namesTextPart = false; // priced by input_text_tokens and output_text_tokens
    bool hasSearchPrice = false; // priced by web_search_queries
    bool hasReasoningPrice = true;
    bool hasInputAudioPrice = true;
    bool hasOutputAudioPrice = true;
    bool hasOutputImagePrice = true;
};

ModelQuirks quirksOf(QByteArrayView model)
{
    QByteArray name = model.toByteArray().toLower();
    name = name.sliced(name.lastIndexOf('/') + 1);
    ModelQuirks quirks;
    if (name.startsWith("gemini")) {
        quirks.hasOutputAudioPrice = false;
        quirks.hasOutputImagePrice = false;
        quirks.hasInputAudioPrice = name == "gemini-2.5-flash" || name == "gemini-2.5-flash-lite"
            || name == "gemini-3.1-flash-lite" || name == "gemini-3.1-flash-lite-preview";
        quirks.hasSearchPrice = name.startsWith("gemini-3");
        return quirks;
    }
    quirks.namesTextPart = name.contains("audio") || name.contains("realtime");
    quirks.hasReasoningPrice = !name.startsWith("gpt-5.4-mini") && !name.startsWith("gpt-5.4-nano");
    return quirks;
}

qint64 take(std::optional<qint64>* bucket)
{
    const qint64 tokens = bucket->value_or(0);
    bucket->reset();
    return tokens;
}

struct Bucket
{
    const char* key;
    qint64 tokens;
};

} // namespace

QByteArray usageDetails(const Usage& usage, QByteArrayView model)
{
    Usage rest = usage;
    const ModelQuirks quirks = quirksOf(model);
    qint64 input = take(&rest.input);
    qint64 output = take(&rest.output);
    if (!quirks.hasInputAudioPrice)
        input += take(&rest.inputAudio);
    if (!quirks.hasReasoningPrice)
        output += take(&rest.outputReasoning);
    if (!quirks.hasOutputAudioPrice)
        output += take(&rest.outputAudio);
    if (!quirks.hasOutputImagePrice)
        output += take(&rest.outputImage);

    const Bucket buckets[] = {
        {quirks.namesTextPart || usage.inputImage ? "input_text_tokens" : "input", input},
        {"input_cached_tokens", take(&rest.inputCached)},
        {"input_cache_creation", take(&rest.cacheWrite)},
        {"input_cache_creation_5m", take(&rest.cacheWrite5m)},
        {"input_cache_creation_1h", take(&rest.cacheWrite1h)},
        {"input_audio_tokens", take(&rest.inputAudio)},
        {"input_image_tokens", take(&rest.inputImage)},
        {quirks.namesTextPart || rest.outputImage ? "output_text_tokens" : "output", output},
        {"output_reasoning_tokens", take(&rest.outputReasoning)},
        {"output_audio_tokens", take(&rest.outputAudio)},
        {"output_image_tokens", take(&rest.outputImage)},
    };
    qint64 sum = 0;
    JsonWriter out;
    out.beginObject();
    for (const Bucket& bucket : buckets) {
        if (bucket.tokens <= 0)
            continue;
        sum += bucket.tokens;
        out.key(bucket.key);
        out.raw(QByteArray::number(bucket.tokens));
    }
    if (sum == 0 && usage.total.value_or(0) <= 0) {
        const bool isKnown = usage.input || usage.output || usage.total;
        return isKnown ? noUsage() : QByteArray();
    }
    if (const qint64 searches = usage.webSearches.value_or(0); quirks.hasSearchPrice && searches > 0) {
        out.key("web_search_queries"); // no tokens: not in the total
        out.raw(QByteArray::number(searches));
    }
    out.key("total");
    out.raw(QByteArray::number(usage.total.value_or(sum)));
    out.endObject();
    return out.json();
}

QByteArray noUsage()
{
    return R"({"input":0,"output":0,"total":0})";
}

QByteArray costDetails(const Usage& usage)
{
    const QByteArray cost = usage.costJson.trimmed();
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (cost.isEmpty() || !isDigit(cost.front()) || !isDigit(cost.back()) || !isCompleteJson(cost))
        return {};
    return "{\"total\":" + cost + "}";
}

} // namespace UsageMapping
