// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/geminiusage.h"

#include "wire/tokencount.h"

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
    read.json = usage.json();
    return read;
}
