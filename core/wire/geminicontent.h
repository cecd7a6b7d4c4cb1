// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// geminicontent: contents and parts in Gemini's shape, of requests and of answers. Pure; telemetry thread.
// Source: ai.google.dev/api/caching#Content and /api/generate-content (2026-11). The API is protobuf behind
// JSON: every name is also accepted in snake_case, so both are read.

#include "wire/conversation.h"
#include "wire/jsonvalue.h"

namespace GeminiContent {

/// The member under its camelCase name, else under its snake_case one.
[[nodiscard]] JsonValue member(JsonValue object, QByteArrayView camelCase, QByteArrayView snakeCase);

/// One part. Parts that are none of ours (executable code, its result) become Unknown with their JSON.
[[nodiscard]] Part readPart(JsonValue part);

/// `systemInstruction` and `contents` (or the member of another name) as messages: role model is assistant;
/// each function response is a message of its own with the role tool, in its place.
[[nodiscard]] QList<Message> readMessages(JsonValue request, QByteArrayView name = "contents");

/// Function declarations one by one; built-in tools (`googleSearch`) under their own name.
[[nodiscard]] QList<ToolDefinition> readTools(JsonValue request);

} // namespace GeminiContent
