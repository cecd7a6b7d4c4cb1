// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaimediausage.h"

#include "wire/openaiusage.h"
#include "wire/tokencount.h"

std::optional<Usage> readOpenAiMediaUsage(JsonValue usage)
{
    std::optional<Usage> read = readOpenAiUsage(usage);
    if (!read && usage["seconds"].isNumber()) {
        read.emplace();
        read->json = usage.json();
    }
    if (!read)
        return read;
    read->inputImage = TokenCount::read(usage["input_tokens_details"]["image_tokens"]);
    read->input = TokenCount::without(read->input, {read->inputImage});
    read->outputImage = TokenCount::read(usage["output_tokens_details"]["image_tokens"]);
    read->output = TokenCount::without(read->output, {read->outputImage});
    return read;
}
