// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// openaimediausage: token counts of the image and audio APIs of OpenAI in exclusive buckets, those of
// pictures apart: there they have a price of their own, in a chat they have not. Pure; telemetry thread.

#include "wire/jsonvalue.h"
#include "wire/usage.h"

/// `{"input_tokens":50,"output_tokens":4160,"total_tokens":4210,"input_tokens_details":{"text_tokens":10,
/// "image_tokens":40}}`, for sound `input_token_details` with `audio_tokens`. A duration
/// (`{"type":"duration", "seconds":9}`) has no tokens: its JSON is all there is. Nothing when there is
/// neither. Source: platform.openai.com/docs/api-reference/images/object and /audio/json-object (2026-11).
[[nodiscard]] std::optional<Usage> readOpenAiMediaUsage(JsonValue usage);
