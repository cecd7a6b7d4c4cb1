// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Conversation -> JSON in the one shape that Langfuse's interface reads best whatever the provider was:
// `{"messages":[...],"tools":[...]}` for what was asked, assistant message objects for what was answered.
// Pure; telemetry thread.

#include "langfuse/eventmedia.h"
#include "trace/tracerecord.h"

/// `media` finds what stands for images, audio and documents; null: nothing is uploaded.
namespace ConversationJson {

/// `{"messages":[{"role":"system","content":"..."},...],"tools":[{"name",...,"parameters":{...}}]}`. Empty
/// for an empty conversation.
[[nodiscard]] QByteArray input(const Conversation& conversation, EventMedia* media = nullptr);

/// One message object, or an array of them when there are several choices. Empty for no message.
/// `{"role":"assistant","content":"...","thinking":[...],"tool_calls":[{"id","type":"function",
/// "function":{"name","arguments":"{...}"}}]}`.
[[nodiscard]] QByteArray output(const Conversation& conversation, EventMedia* media = nullptr);

} // namespace ConversationJson
