// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openairesponsesitems.h"

#include "wire/jsonstring.h"
#include "wire/openaicontent.h"

#include <algorithm>

namespace OpenAiResponsesItems {

namespace {

using Place = ItemPart::Place;

/// The object without those members; the others with the bytes they had.
QByteArray jsonWithout(JsonValue object, std::initializer_list<QByteArrayView> names)
{
    QByteArray json = "{";
    for (const JsonValue member : object) {
        const QByteArray name = member.name();
        if (std::find(names.begin(), names.end(), name) == names.end())
            json += (json.size() > 1 ? "," : "") + quoteJson(name) + ':' + member.raw().toByteArray();
    }
    return json + '}';
}

Part partOf(Part::Kind kind, const QByteArray& text)
{
    Part part;
    part.kind = kind;
    part.text = text;
    return part;
}

bool isSomething(JsonValue value)
{
    return value.exists() && !value.isNull();
}

/// The id that results of the call name; built-in calls that are answered at once have only their own.
QByteArray callId(JsonValue item)
{
    const QByteArray id = item["call_id"].text();
    return id.isEmpty() ? item["id"].text() : id;
}

void readItemContent(JsonValue content, QList<ItemPart>* parts)
{
    if (content.isString() && content.raw().size() > 2)
        parts->append({Place::Content, 0, partOf(Part::Kind::Text, content.text())});
    if (!content.isArray())
        return;
    qint64 index = 0;
    for (const JsonValue value : content) {
        Part part = OpenAiContent::readPart(value);
        if (const JsonValue annotations = value["annotations"]; !annotations.isEmpty())
            part.json = annotations.json();
        parts->append({Place::Content, index++, part});
    }
}

void readThoughts(JsonValue list, Place place, QList<ItemPart>* parts)
{
    if (!list.isArray())
        return;
    qint64 index = 0;
    for (const JsonValue thought : list)
        parts->append({place, index++, partOf(Part::Kind::Thinking, thought["text"].text())});
}

void readReasoning(JsonValue item, QList<ItemPart>* parts)
{
    readThoughts(item["summary"], Place::Summary, parts);
    readThoughts(item["content"], Place::Content, parts);
    const QByteArray encrypted = item["encrypted_content"].text();
    if (encrypted.isEmpty())
        return;
    if (parts->isEmpty())
        parts->append({Place::Call, 0, partOf(Part::Kind::RedactedThinking, encrypted)});
    else
        parts->last().part.signature = encrypted;
}

Part callPart(JsonValue item, const QByteArray& name, const QByteArray& arguments)
{
    Part part;
    part.kind = Part::Kind::ToolCall;
    part.id = callId(item);
    part.name = name;
    part.json = arguments;
    return part;
}

/// Plain text, else the parts as they came.
Part resultPart(JsonValue item, JsonValue output)
{
    Part part;
    part.kind = Part::Kind::ToolResult;
    part.id = callId(item);
    if (output.isString())
        part.text = output.text();
    else if (output.isArray() && !output.isEmpty() && (*output.begin())["type"].text().endsWith("_text")
        && ++output.begin() == output.end())
        part.text = (*output.begin())["text"].text();
    else if (isSomething(output))
        part.json = output.json();
    return part;
}

void readImageCall(JsonValue item, QList<ItemPart>* parts)
{
    parts->append({Place::Call, 0,
        callPart(item, QByteArrayLiteral("image_generation"), jsonWithout(item, {"result"}))});
    const QByteArray base64 = item["result"].text();
    if (base64.isEmpty())
        return;
    const QByteArray format = item["output_format"].text();
    Part image;
    image.kind = Part::Kind::Image;
    image.mediaType = "image/" + (format.isEmpty() ? QByteArray("png") : format);
    image.text = "data:" + image.mediaType + ";base64," + base64;
    parts->append({Place::Content, 0, image});
}

void readMcpCall(JsonValue item, QList<ItemPart>* parts)
{
    parts->append({Place::Call, 0, callPart(item, item["name"].text(), item["arguments"].text())});
    const bool isError = isSomething(item["error"]);
    const JsonValue output = isError ? item["error"] : item["output"];
    if (!isSomething(output))
        return;
    Part result = resultPart(item, output);
    result.isError = isError;
    parts->append({Place::Content, 0, result});
}

void readCall(JsonValue item, const QByteArray& type, QList<ItemPart>* parts)
{
    const QByteArray name = item["name"].text();
    const JsonValue arguments = item["arguments"];
    if (type == "function_call")
        parts->append({Place::Call, 0,
            callPart(item, name, arguments.isString() ? arguments.text() : arguments.json())});
    else if (type == "custom_tool_call")
        parts->append({Place::Call, 0, callPart(item, name, item["input"].json())});
    else if (type == "mcp_call")
        readMcpCall(item, parts);
    else if (type == "image_generation_call")
        readImageCall(item, parts);
    else
        parts->append({Place::Call, 0, callPart(item, type.chopped(5), item.json())});
}

QByteArray itemRole(JsonValue item, const QByteArray& type)
{
    if (const QByteArray role = item["role"].text(); !role.isEmpty() && type != "additional_tools")
        return role;
    if (type.endsWith("_output"))
        return QByteArrayLiteral("tool");
    const bool isAsked = type.isEmpty() || type == "message" || type == "item_reference"
        || type == "mcp_approval_response" || type == "compaction_trigger" || type == "additional_tools";
    return isAsked ? QByteArrayLiteral("user") : QByteArrayLiteral("assistant");
}

ToolDefinition readTool(JsonValue tool)
{
    ToolDefinition definition;
    definition.name = tool["name"].text();
    if (definition.name.isEmpty())
        definition.name = tool["type"].text();
    definition.description = tool["description"].text();
    definition.parametersJson = tool["parameters"].json();
    definition.json = tool.json();
    if (tool["type"].text() == "mcp") {
        if (const QByteArray label = tool["server_label"].text(); !label.isEmpty())
            definition.name += '.' + label;
        if (definition.description.isEmpty())
            definition.description = tool["server_description"].text();
        definition.json = jsonWithout(tool, {"authorization", "headers"});
    }
    return definition;
}

} // namespace

Item readItem(JsonValue item)
{
    const QByteArray type = item["type"].text();
    Item read;
    read.role = itemRole(item, type);
    if ((type.isEmpty() && item["content"].exists()) || type == "message") {
        readItemContent(item["content"], &read.parts);
    } else if (type == "reasoning") {
        readReasoning(item, &read.parts);
    } else if (type == "compaction" || type == "compaction_summary") {
        read.parts.append(
            {Place::Content, 0, partOf(Part::Kind::RedactedThinking, item["encrypted_content"].text())});
    } else if (type.endsWith("_call")) {
        readCall(item, type, &read.parts);
    } else if (type.endsWith("_output")) {
        const JsonValue output = item["output"].exists() ? item["output"] : item;
        read.parts.append({Place::Content, 0, resultPart(item, output)});
    } else {
        Part part;
        part.kind = Part::Kind::Unknown;
        part.json = item.json();
        read.parts.append({Place::Content, 0, part});
    }
    return read;
}

void appendItems(JsonValue items, QList<Message>* messages)
{
    if (!items.isArray())
        return;
    bool isGoingOn = false; // the assistant is
    for (const JsonValue value : items) {
        Item item = readItem(value);
        const bool isAssistant = item.role == "assistant";
        if (isAssistant && item.parts.isEmpty())
            continue; // reasoning that is neither shown nor encrypted
        if (!isAssistant || !isGoingOn)
            messages->append({item.role, {}, {}, {}});
        isGoingOn = isAssistant;
        for (ItemPart& each : item.parts)
            messages->last().parts.append(std::move(each.part));
    }
}

QList<Message> readInput(JsonValue request)
{
    QList<Message> messages;
    if (const JsonValue instructions = request["instructions"]; instructions.isString())
        messages.append(
            {QByteArrayLiteral("system"), {}, {partOf(Part::Kind::Text, instructions.text())}, {}});
    else
        appendItems(instructions, &messages);
    if (const JsonValue input = request["input"]; input.isString())
        messages.append({QByteArrayLiteral("user"), {}, {partOf(Part::Kind::Text, input.text())}, {}});
    else
        appendItems(input, &messages);
    return messages;
}

QList<ToolDefinition> readTools(JsonValue request)
{
    QList<ToolDefinition> tools;
    for (const JsonValue tool : request["tools"])
        tools.append(readTool(tool));
    return tools;
}

} // namespace OpenAiResponsesItems
