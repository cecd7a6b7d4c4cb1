// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/geminiusage.h"

#include "wire/tokencount.h"

namespace {

/// The tokens of a modality in a list of `{"modality": "AUDIO", "tokenCount": 12}`; nothing when it is not
/// in.
std::optional<qint64> tokensOfModality(JsonValue details, QByteArrayView modality)
{
    std::optional<qint64> tokens;
    for (const JsonValue detail : details) {
        if (detail["modality"].text() == modality)
            tokens = TokenCount::sum({tokens, TokenCount::read(detail["tokenCount"])});
    }
    return tokens;
}

/// Moves them out of the bucket that counts them with all others, as far as they are in there.
std::optional<qint64> takeOut(std::optional<qint64> tokens, std::optional<qint64>* bucket)
{
    if (!tokens || !*bucket)
        return std::nullopt;
    const qint64 taken = qMin(*tokens, **bucket);
    **bucket -= taken;
    return taken;
}

} // namespace

std::optional<Usage> readGeminiUsage(JsonValue usage)
{
    const auto prompt = TokenCount::read(usage["promptTokenCount"]);
    const auto toolUse = TokenCount::read(usage["toolUsePromptTokenCount"]);
    Usage read;
    read.inputCached = TokenCount::read(usage["cachedContentTokenCount"]);
    if (prompt || toolUse)
        read.input = TokenCount::without(prompt, {read.inputCached}).value_or(0) + toolUse.value_or(0);
    read.output = TokenCount::read(usage["candidatesTokenCount"]);
    read.outputReasoning = TokenCount::read(usage["thoughtsTokenCount"]);
    read.total = TokenCount::read(usage["totalTokenCount"]);
    if (!read.total)
        read.total = TokenCount::sum({read.input, read.inputCached, read.output, read.outputReasoning});
    if (!read.total)
        return std::nullopt;
    if (const JsonValue cached = usage["cacheTokensDetails"]; cached.isArray())
        read.inputCachedAudio = tokensOfModality(cached, "AUDIO").value_or(0);
    const auto promptSound = TokenCount::without(
        tokensOfModality(usage["promptTokensDetails"], "AUDIO"), {read.inputCachedAudio});
    const auto toolUseSound = tokensOfModality(usage["toolUsePromptTokensDetails"], "AUDIO");
    read.inputAudio = takeOut(TokenCount::sum({promptSound, toolUseSound}), &read.input);
    const JsonValue answered = usage["candidatesTokensDetails"];
    read.outputAudio = takeOut(tokensOfModality(answered, "AUDIO"), &read.output);
    read.outputImage = takeOut(tokensOfModality(answered, "IMAGE"), &read.output);
    read.json = usage.json();
    return read;
}
