// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/messagejson.h"

#include "langfuse/jsonwriter.h"
#include "live/tracejson.h"

#include <utility>

namespace TraceJson {

namespace {

const char* kindWord(Part::Kind kind)
{
    switch (kind) {
    case Part::Kind::Text:
        return "text";
    case Part::Kind::Thinking:
        return "thinking";
    case Part::Kind::RedactedThinking:
        return "redacted_thinking";
    case Part::Kind::ToolCall:
        return "tool_call";
    case Part::Kind::ToolResult:
        return "tool_result";
    case Part::Kind::Image:
        return "image";
    case Part::Kind::Audio:
        return "audio";
    case Part::Kind::Document:
        return "document";
    case Part::Kind::Refusal:
        return "refusal";
    case Part::Kind::Unknown:
        break;
    }
    return "unknown";
}

void writeMessagePart(JsonWriter* out, const Part& part)
{
    out->beginObject();
    writeText(out, "kind", kindWord(part.kind));
    for (const auto& [key, text] :
        {std::pair("text", &part.text), std::pair("id", &part.id), std::pair("name", &part.name),
            std::pair("mediaType", &part.mediaType), std::pair("signature", &part.signature)}) {
        if (!text->isEmpty())
            writeText(out, key, *text);
    }
    if (!part.json.isEmpty()) {
        out->key("json");
        out->rawOrString(part.json);
    }
    if (part.isError)
        writeSwitch(out, "isError", true);
    out->endObject();
}

void writeTool(JsonWriter* out, const ToolDefinition& tool)
{
    out->beginObject();
    writeText(out, "name", tool.name);
    writeText(out, "description", tool.description);
    out->key("definition");
    if (tool.json.isEmpty())
        out->raw("null");
    else
        out->rawOrString(tool.json);
    out->endObject();
}

} // namespace

void writeConversation(JsonWriter* out, const Conversation& conversation)
{
    out->beginObject();
    out->key("messages");
    out->beginArray();
    for (const Message& message : conversation.messages) {
        out->beginObject();
        writeText(out, "role", message.role);
        writeText(out, "name", message.name);
        writeText(out, "finishReason", message.finishReason);
        out->key("parts");
        out->beginArray();
        for (const Part& part : message.parts)
            writeMessagePart(out, part);
        out->endArray();
        out->endObject();
    }
    out->endArray();
    out->key("tools");
    out->beginArray();
    for (const ToolDefinition& tool : conversation.tools)
        writeTool(out, tool);
    out->endArray();
    out->endObject();
}

} // namespace TraceJson
