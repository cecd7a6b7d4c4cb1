// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaiusage.h"

#include "wire/tokencount.h"

namespace {

/// Reasoning is part of completion_tokens. Some compatible servers (xAI) count it beside them, which the
/// total gives away.
bool isReasoningOutside(std::optional<qint64> prompt, std::optional<qint64> completion,
    std::optional<qint64> reasoning, std::optional<qint64> total)
{
    return reasoning && *reasoning > 0 && total && prompt && completion
        && *total == *prompt + *completion + *reasoning;
}

} // namespace

std::optional<Usage> readOpenAiUsage(JsonValue usage)
{
    // Chat's words, else those of the Responses API.
    const auto member = [usage](QByteArrayView name, QByteArrayView otherName) {
        return usage[name].exists() ? usage[name] : usage[otherName];
    };
    const JsonValue soundDetails = usage["input_token_details"]; // transcriptions have their own spelling
    const JsonValue promptDetails
        = soundDetails.isObject() ? soundDetails : member("prompt_tokens_details", "input_tokens_details");
    const JsonValue completionDetails = member("completion_tokens_details", "output_tokens_details");
    const auto prompt = TokenCount::read(member("prompt_tokens", "input_tokens"));
    const auto completion = TokenCount::read(member("completion_tokens", "output_tokens"));
    const auto total = TokenCount::read(usage["total_tokens"]);
    if (!prompt && !completion && !total)
        return std::nullopt;

    Usage read;
    read.inputCached = TokenCount::firstOf(
        {promptDetails["cached_tokens"], usage["prompt_cache_hit_tokens"], usage["cached_tokens"]});
    read.inputCachedAudio = TokenCount::read(promptDetails["cached_tokens_details"]["audio_tokens"]);
    read.cacheWrite = TokenCount::read(promptDetails["cache_write_tokens"]);
    read.inputAudio
        = TokenCount::without(TokenCount::read(promptDetails["audio_tokens"]), {read.inputCachedAudio});
    read.input = TokenCount::without(prompt, {read.inputCached, read.cacheWrite, read.inputAudio});
    read.outputReasoning = TokenCount::read(completionDetails["reasoning_tokens"]);
    read.outputAudio = TokenCount::read(completionDetails["audio_tokens"]);
    read.output = isReasoningOutside(prompt, completion, read.outputReasoning, total)
        ? TokenCount::without(completion, {read.outputAudio})
        : TokenCount::without(completion, {read.outputReasoning, read.outputAudio});
    read.total = total ? total : TokenCount::sum({prompt, completion});
    // OpenRouter, Perplexity, DeepInfra
    for (const JsonValue cost : {usage["cost"], usage["cost"]["total_cost"], usage["estimated_cost"]}) {
        if (read.costJson.isEmpty() && cost.isNumber())
            read.costJson = cost.json();
    }
    read.json = usage.json();
    return read;
}
