// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/geminicontent.h"

using GeminiContent::member;

namespace {

Part::Kind mediaKind(const QByteArray& mediaType)
{
    if (mediaType.startsWith("image/"))
        return Part::Kind::Image;
    return mediaType.startsWith("audio/") ? Part::Kind::Audio : Part::Kind::Document;
}

Part blobPart(JsonValue blob)
{
    Part part;
    part.mediaType = member(blob, "mimeType", "mime_type").text();
    part.kind = mediaKind(part.mediaType);
    part.name = member(blob, "displayName", "display_name").text();
    part.text = "data:" + part.mediaType + ";base64," + blob["data"].text();
    return part;
}

Part fileDataPart(JsonValue file)
{
    Part part;
    part.mediaType = member(file, "mimeType", "mime_type").text();
    part.kind = mediaKind(part.mediaType);
    part.text = member(file, "fileUri", "file_uri").text();
    return part;
}

Part functionCallPart(JsonValue call)
{
    Part part;
    part.kind = Part::Kind::ToolCall;
    part.id = call["id"].text();
    part.name = call["name"].text();
    part.json = call["args"].exists() ? call["args"].json() : QByteArrayLiteral("{}");
    return part;
}

Part responsePart(JsonValue response)
{
    Part part;
    part.kind = Part::Kind::ToolResult;
    part.id = response["id"].text();
    part.name = response["name"].text();
    part.json = response["response"].json();
    return part;
}

QByteArray contentRole(JsonValue content)
{
    const QByteArray role = content["role"].text();
    if (role == "model")
        return QByteArrayLiteral("assistant");
    return role.isEmpty() ? QByteArrayLiteral("user") : role;
}

/// Adds a part to the message, or the message so far and the part as a tool's message.
void addPart(Part part, Message* message, QList<Message>* messages)
{
    if (part.kind != Part::Kind::ToolResult) {
        message->parts.append(std::move(part));
        return;
    }
    if (!message->parts.isEmpty())
        messages->append({message->role, {}, std::exchange(message->parts, {}), {}});
    messages->append({QByteArrayLiteral("tool"), {}, {std::move(part)}, {}});
}

void appendContent(JsonValue content, const QByteArray& role, QList<Message>* messages)
{
    Message message;
    message.role = role;
    const JsonValue parts = content["parts"];
    if (parts.isObject()) { // one part without its array is accepted
        addPart(GeminiContent::readPart(parts), &message, messages);
    } else {
        for (const JsonValue part : parts)
            addPart(GeminiContent::readPart(part), &message, messages);
    }
    if (!message.parts.isEmpty())
        messages->append(std::move(message));
}

void appendDeclarations(JsonValue declarations, QList<ToolDefinition>* tools)
{
    for (const JsonValue function : declarations) {
        const JsonValue schema = member(function, "parametersJsonSchema", "parameters_json_schema");
        tools->append({function["name"].text(), function["description"].text(),
            schema.exists() ? schema.json() : function["parameters"].json(), function.json()});
    }
}

} // namespace

JsonValue GeminiContent::member(JsonValue object, QByteArrayView camelCase, QByteArrayView snakeCase)
{
    const JsonValue value = object[camelCase];
    return value.exists() ? value : object[snakeCase];
}

Part GeminiContent::readPart(JsonValue value)
{
    Part part;
    if (value["text"].isString()) {
        part.kind = value["thought"].isTrue() ? Part::Kind::Thinking : Part::Kind::Text;
        part.text = value["text"].text();
    } else if (const JsonValue call = member(value, "functionCall", "function_call"); call.isObject()) {
        part = functionCallPart(call);
    } else if (const JsonValue response = member(value, "functionResponse", "function_response");
               response.isObject()) {
        part = responsePart(response);
    } else if (const JsonValue blob = member(value, "inlineData", "inline_data"); blob.isObject()) {
        part = blobPart(blob);
    } else if (const JsonValue file = member(value, "fileData", "file_data"); file.isObject()) {
        part = fileDataPart(file);
    } else if (const JsonValue signature = member(value, "thoughtSignature", "thought_signature");
               signature.exists()) {
        part.kind = Part::Kind::Text; // a signature alone; what it signs is the text before
    } else {
        part.kind = Part::Kind::Unknown;
        part.json = value.json();
        return part;
    }
    part.signature = member(value, "thoughtSignature", "thought_signature").text();
    return part;
}

QList<Message> GeminiContent::readMessages(JsonValue request, QByteArrayView name)
{
    QList<Message> messages;
    const JsonValue system = member(request, "systemInstruction", "system_instruction");
    appendContent(system, QByteArrayLiteral("system"), &messages);
    const JsonValue contents = request[name];
    if (contents.isObject()) { // one content without its array is accepted
        appendContent(contents, contentRole(contents), &messages);
        return messages;
    }
    for (const JsonValue content : contents)
        appendContent(content, contentRole(content), &messages);
    return messages;
}

QList<ToolDefinition> GeminiContent::readTools(JsonValue request)
{
    QList<ToolDefinition> tools;
    const JsonValue list = request["tools"];
    if (!list.isArray())
        return tools;
    for (const JsonValue tool : list) {
        if (!tool.isObject())
            continue;
        for (const JsonValue entry : tool) {
            const QByteArray name = entry.name();
            if (name == "functionDeclarations" || name == "function_declarations")
                appendDeclarations(entry, &tools);
            else
                tools.append({name, {}, {}, tool.json()});
        }
    }
    return tools;
}
