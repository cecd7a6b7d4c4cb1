// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Message JSON: a Conversation as the API shows it, part by part, with nothing left out and no provider's
// shape put on it. Pure; query thread.

#include "wire/conversation.h"

class JsonWriter;

namespace TraceJson {

/// {"messages":[{"role":"user","name":null,"finishReason":null,"parts":[{"kind":"text","text":"Hi"}]}],
/// "tools":[{"name":"f","description":null,"definition":{...}}]}. A part has the members that are not empty:
/// `kind` (text, thinking, redacted_thinking, tool_call, tool_result, image, audio, document, refusal,
/// unknown), `text`, `id`, `name`, `json`, `mediaType`, `signature`, `isError`.
void writeConversation(JsonWriter* out, const Conversation& conversation);

} // namespace TraceJson
