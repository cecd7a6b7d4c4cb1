// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// openaiusage: OpenAI's token counts in exclusive buckets. Pure; telemetry thread.

#include "wire/jsonvalue.h"
#include "wire/usage.h"

/// The `usage` object of a chat completion, of OpenAI and of compatible servers; unknown names are ignored.
/// Nothing when it is not an object with at least one known count.
/// Source: platform.openai.com/docs/api-reference/chat/object, api-docs.deepseek.com, openrouter.ai/docs.
[[nodiscard]] std::optional<Usage> readOpenAiUsage(JsonValue usage);
