// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// anthropiccontent: content blocks in Anthropic's shape, of requests and of answers. Pure; telemetry thread.
// Source: docs.anthropic.com/en/api/messages (2026-11).

#include "wire/conversation.h"
#include "wire/jsonvalue.h"

namespace AnthropicContent {

/// One content block. Blocks of later inventions become Unknown with their JSON.
[[nodiscard]] Part readBlock(JsonValue block);

/// `system` and `messages` as messages. A tool result stands in a user message there; here it is a message
/// of its own with the role tool, in its place.
[[nodiscard]] QList<Message> readMessages(JsonValue request);

[[nodiscard]] QList<ToolDefinition> readTools(JsonValue request);

} // namespace AnthropicContent
