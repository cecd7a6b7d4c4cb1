// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// openaicontent: messages in OpenAI's chat shape, of requests and of answers. Pure; telemetry thread.
// Source: platform.openai.com/docs/api-reference/chat/create and /chat/object (2026-11).

#include "wire/conversation.h"
#include "wire/jsonvalue.h"

namespace OpenAiContent {

/// A whole message: role, content (string or parts), reasoning, refusal, tool calls, audio. A role that is
/// missing is the given one.
[[nodiscard]] Message readMessage(JsonValue message, QByteArrayView defaultRole);

/// One element of a content array, also in the Responses API's words (`input_image`, `input_file`).
[[nodiscard]] Part readPart(JsonValue content);

/// `tools`, and the older `functions`.
[[nodiscard]] QList<ToolDefinition> readTools(JsonValue request);

/// OpenRouter's `reasoning_details`, of a message or of a delta: Thinking with text and signature as far as
/// they are there, RedactedThinking for what is encrypted. The texts repeat `reasoning` where that is sent
/// too.
[[nodiscard]] QList<Part> readReasoningDetails(JsonValue message);

/// The model's reasoning under any of the names that compatible servers use: `reasoning_content` (DeepSeek,
/// vLLM), `reasoning` (OpenRouter, Groq). Not a string when there is none.
[[nodiscard]] JsonValue reasoning(JsonValue message);

} // namespace OpenAiContent
