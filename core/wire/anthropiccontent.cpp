// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/anthropiccontent.h"

#include "wire/documentreader.h"

namespace {

/// `source` of an image or a document: base64, url, file, text, or something else that stays JSON.
void readSource(JsonValue source, Part* part)
{
    const QByteArray type = source["type"].text();
    part->mediaType = source["media_type"].text();
    if (type == "base64")
        part->text = "data:" + part->mediaType + ";base64," + source["data"].text();
    else if (type == "url")
        part->text = source["url"].text();
    else if (type == "file")
        part->text = source["file_id"].text();
    if (part->text.isEmpty())
        part->json = source.json();
}

void readToolResult(JsonValue block, Part* part)
{
    part->kind = Part::Kind::ToolResult;
    part->id = block["tool_use_id"].text();
    part->isError = block["is_error"].isTrue();
    const JsonValue content = block["content"];
    if (content["type"].text().endsWith("_error")) // of a server tool: it has no is_error
        part->isError = true;
    if (content.isString())
        part->text = content.text();
    else if (content.isArray() && !content.isEmpty() && (*content.begin())["type"].text() == "text"
        && ++content.begin() == content.end())
        part->text = (*content.begin())["text"].text();
    else if (content.exists() && !content.isNull())
        part->json = content.json();
}

/// A message of the request, with each tool result split off.
void appendMessage(JsonValue value, QList<Message>* messages)
{
    Message message;
    message.role = value["role"].text();
    const JsonValue content = value["content"];
    if (content.isString())
        message.parts.append(textPart(content.text()));
    for (const JsonValue block : content) {
        Part part = AnthropicContent::readBlock(block);
        if (part.kind != Part::Kind::ToolResult || message.role != "user") {
            message.parts.append(std::move(part));
            continue;
        }
        if (!message.parts.isEmpty())
            messages->append({message.role, {}, std::exchange(message.parts, {}), {}});
        messages->append({QByteArrayLiteral("tool"), {}, {std::move(part)}, {}});
    }
    if (!message.parts.isEmpty() || content.isEmpty())
        messages->append(std::move(message));
}

} // namespace

Part AnthropicContent::readBlock(JsonValue block)
{
    const QByteArray type = block["type"].text();
    Part part;
    if (type == "text") {
        part.text = block["text"].text();
        if (block["citations"].isArray() && !block["citations"].isEmpty())
            part.json = block["citations"].json();
    } else if (type == "thinking") {
        part.kind = Part::Kind::Thinking;
        part.text = block["thinking"].text();
        part.signature = block["signature"].text();
    } else if (type == "redacted_thinking") {
        part.kind = Part::Kind::RedactedThinking;
        part.text = block["data"].text();
    } else if (type.endsWith("tool_use")) { // also server_tool_use and mcp_tool_use
        part.kind = Part::Kind::ToolCall;
        part.id = block["id"].text();
        part.name = block["name"].text();
        part.json = block["input"].json();
    } else if (type.endsWith("tool_result")) { // also web_search_tool_result and its kin
        readToolResult(block, &part);
    } else if (type == "image") {
        part.kind = Part::Kind::Image;
        readSource(block["source"], &part);
    } else if (type == "document") {
        part.kind = Part::Kind::Document;
        part.name = block["title"].text();
        readSource(block["source"], &part);
    } else {
        part.kind = Part::Kind::Unknown;
        part.json = block.json();
    }
    return part;
}

QList<Message> AnthropicContent::readMessages(JsonValue request)
{
    QList<Message> messages;
    const JsonValue system = request["system"];
    Message first;
    first.role = QByteArrayLiteral("system");
    if (system.isString())
        first.parts.append(textPart(system.text()));
    for (const JsonValue block : system)
        first.parts.append(readBlock(block));
    if (!first.parts.isEmpty())
        messages.append(first);
    for (const JsonValue message : request["messages"])
        appendMessage(message, &messages);
    return messages;
}

QList<ToolDefinition> AnthropicContent::readTools(JsonValue request)
{
    QList<ToolDefinition> tools;
    for (const JsonValue tool : request["tools"])
        tools.append(
            {tool["name"].text(), tool["description"].text(), tool["input_schema"].json(), tool.json()});
    return tools;
}
