// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// geminiusage: Gemini's token counts in exclusive buckets. Pure; telemetry thread.

#include "wire/jsonvalue.h"
#include "wire/usage.h"

/// `usageMetadata`. Prompt counts include the cached tokens and not those of tool use; candidates do not
/// include thoughts. What was heard, said and drawn is told apart by the lists of modalities; what was seen
/// is not, because it costs as much as text (ai.google.dev/gemini-api/docs/pricing: "text / image / video").
/// Nothing when it has no known count.
/// Source: ai.google.dev/api/generate-content#UsageMetadata (2026-11).
[[nodiscard]] std::optional<Usage> readGeminiUsage(JsonValue usage);
