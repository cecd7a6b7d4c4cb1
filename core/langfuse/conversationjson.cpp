// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/conversationjson.h"

#include "base/medianote.h"
#include "langfuse/contentjson.h"
#include "langfuse/inlinemedia.h"
#include "langfuse/jsonwriter.h"

namespace ConversationJson {

namespace {

using InlineMedia::withoutInlineMedia;

bool isContent(const Part& part)
{
    switch (part.kind) {
    case Part::Kind::Text:
    case Part::Kind::Image:
    case Part::Kind::Audio:
    case Part::Kind::Document:
    case Part::Kind::Unknown:
        return true;
    case Part::Kind::Thinking:
    case Part::Kind::RedactedThinking:
    case Part::Kind::ToolCall:
    case Part::Kind::ToolResult:
    case Part::Kind::Refusal:
        return false;
    }
    return false;
}

QList<Part> partsOfKind(const QList<Part>& parts, Part::Kind kind)
{
    QList<Part> found;
    for (const Part& part : parts) {
        if (part.kind == kind)
            found.append(part);
    }
    return found;
}

void writeContent(JsonWriter* out, const QList<Part>& content, EventMedia* media)
{
    out->key("content");
    if (content.isEmpty()) {
        out->string("");
        return;
    }
    if (content.size() == 1 && content.first().kind == Part::Kind::Text) {
        out->string(ContentJson::textOf(content.first(), media));
        return;
    }
    out->beginArray();
    for (const Part& part : content)
        ContentJson::writePart(out, part, media);
    out->endArray();
}

// Only the provider can read it: of a long one the length says as much.
QByteArray opaque(const QByteArray& text)
{
    return text.size() < InlineMedia::maxInlineBase64 ? text : mediaNote("encrypted", text);
}

void writeThinking(JsonWriter* out, const QList<Part>& thinking, const QList<Part>& redacted)
{
    if (!thinking.isEmpty()) {
        out->key("thinking");
        out->beginArray();
        for (const Part& part : thinking) {
            out->beginObject();
            out->key("type");
            out->string("thinking");
            out->key("content");
            out->string(part.text);
            if (!part.signature.isEmpty()) {
                out->key("signature");
                out->string(opaque(part.signature));
            }
            out->endObject();
        }
        out->endArray();
    }
    if (!redacted.isEmpty()) {
        out->key("redacted_thinking");
        out->beginArray();
        for (const Part& part : redacted) {
            out->beginObject();
            out->key("type");
            out->string("redacted_thinking");
            out->key("data");
            out->string(opaque(part.text));
            out->endObject();
        }
        out->endArray();
    }
}

// Citations and grounding, as the provider gave them.
void writeSources(JsonWriter* out, const QList<Part>& content, EventMedia* media)
{
    bool isOpen = false;
    for (const Part& part : content) {
        if (part.kind != Part::Kind::Text || part.json.isEmpty())
            continue;
        if (!std::exchange(isOpen, true)) {
            out->key("citations");
            out->beginArray();
        }
        out->rawOrString(withoutInlineMedia(part.json, media));
    }
    if (isOpen)
        out->endArray();
}

void writeToolCalls(JsonWriter* out, const QList<Part>& calls, EventMedia* media)
{
    if (calls.isEmpty())
        return;
    out->key("tool_calls");
    out->beginArray();
    for (const Part& call : calls) {
        out->beginObject();
        out->key("id");
        out->string(call.id);
        out->key("type");
        out->string("function");
        out->key("function");
        out->beginObject();
        out->key("name");
        out->string(call.name);
        out->key("arguments");
        out->string(withoutInlineMedia(call.json, media));
        out->endObject();
        out->endObject();
    }
    out->endArray();
}

void writeToolResult(JsonWriter* out, const Part& result, EventMedia* media)
{
    out->beginObject();
    out->key("role");
    out->string("tool");
    if (!result.id.isEmpty()) {
        out->key("tool_call_id");
        out->string(result.id);
    }
    if (!result.name.isEmpty()) {
        out->key("name");
        out->string(result.name);
    }
    out->key("content");
    if (result.json.isEmpty())
        out->string(withoutInlineMedia(result.text, media));
    else
        out->rawOrString(withoutInlineMedia(result.json, media));
    if (result.isError) {
        out->key("is_error");
        out->raw("true");
    }
    out->endObject();
}

// One message object of everything but tool results.
void writeParts(JsonWriter* out, const Message& message, const QList<Part>& parts, EventMedia* media)
{
    QList<Part> content;
    for (const Part& part : parts) {
        if (isContent(part))
            content.append(part);
    }
    out->beginObject();
    out->key("role");
    out->string(message.role);
    if (!message.name.isEmpty()) {
        out->key("name");
        out->string(message.name);
    }
    writeContent(out, content, media);
    writeSources(out, content, media);
    writeThinking(
        out, partsOfKind(parts, Part::Kind::Thinking), partsOfKind(parts, Part::Kind::RedactedThinking));
    writeToolCalls(out, partsOfKind(parts, Part::Kind::ToolCall), media);
    const QList<Part> refusals = partsOfKind(parts, Part::Kind::Refusal);
    if (!refusals.isEmpty()) {
        QByteArray text;
        for (const Part& refusal : refusals)
            text += refusal.text;
        out->key("refusal");
        out->string(text);
    }
    out->endObject();
}

// Tool results become messages of their own, in their place among the other parts.
void writeMessage(JsonWriter* out, const Message& message, EventMedia* media)
{
    QList<Part> waiting;
    bool hasWritten = false;
    for (const Part& part : message.parts) {
        if (part.kind != Part::Kind::ToolResult) {
            waiting.append(part);
            continue;
        }
        if (!waiting.isEmpty())
            writeParts(out, message, waiting, media);
        waiting.clear();
        writeToolResult(out, part, media);
        hasWritten = true;
    }
    if (!waiting.isEmpty() || !hasWritten)
        writeParts(out, message, waiting, media);
}

void writeTool(JsonWriter* out, const ToolDefinition& tool)
{
    if (tool.name.isEmpty()) { // a provider's built-in tool: its own words say the most
        out->rawOrString(tool.json);
        return;
    }
    out->beginObject();
    out->key("name");
    out->string(tool.name);
    if (!tool.description.isEmpty()) {
        out->key("description");
        out->string(tool.description);
    }
    if (!tool.parametersJson.isEmpty()) {
        out->key("parameters");
        out->rawOrString(tool.parametersJson);
    }
    out->endObject();
}

} // namespace

QByteArray input(const Conversation& conversation, EventMedia* media)
{
    EventMedia none;
    media = media ? media : &none;
    if (conversation.isEmpty())
        return {};
    JsonWriter out;
    out.beginObject();
    out.key("messages");
    out.beginArray();
    for (const Message& message : conversation.messages)
        writeMessage(&out, message, media);
    out.endArray();
    if (!conversation.tools.isEmpty()) {
        out.key("tools");
        out.beginArray();
        for (const ToolDefinition& tool : conversation.tools)
            writeTool(&out, tool);
        out.endArray();
    }
    out.endObject();
    return out.json();
}

QByteArray output(const Conversation& conversation, EventMedia* media)
{
    EventMedia none;
    media = media ? media : &none;
    const QList<Message>& messages = conversation.messages;
    if (messages.isEmpty())
        return {};
    JsonWriter out;
    const bool isList
        = messages.size() > 1 || !partsOfKind(messages.first().parts, Part::Kind::ToolResult).isEmpty();
    if (isList)
        out.beginArray();
    for (const Message& message : messages)
        writeMessage(&out, message, media);
    if (isList)
        out.endArray();
    return out.json();
}

} // namespace ConversationJson
