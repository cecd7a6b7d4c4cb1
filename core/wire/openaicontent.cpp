// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaicontent.h"

#include <algorithm>

namespace {

Part openAiTextPart(Part::Kind kind, const QByteArray& text)
{
    Part part;
    part.kind = kind;
    part.text = text;
    return part;
}

Part unknownPart(JsonValue value)
{
    Part part;
    part.kind = Part::Kind::Unknown;
    part.json = value.json();
    return part;
}

/// Media type of a `data:` URI; empty for every other text.
QByteArray dataUriMediaType(const QByteArray& uri)
{
    if (!uri.startsWith("data:"))
        return {};
    const QByteArray head = uri.left(128);
    return head.sliced(5, qMax(0, head.indexOf(';') - 5));
}

/// Mistral's reasoning: a text, or text parts.
Part thinkingPart(JsonValue thinking)
{
    Part part = openAiTextPart(Part::Kind::Thinking, thinking.text());
    for (const JsonValue piece : thinking)
        part.text += piece["text"].text();
    return part;
}

Part imagePart(JsonValue image)
{
    Part part;
    part.kind = Part::Kind::Image;
    part.text = image.isString() ? image.text() : image["url"].text();
    part.mediaType = dataUriMediaType(part.text);
    if (part.text.isEmpty())
        part.json = image.json();
    return part;
}

/// `input_image` and `computer_screenshot`: the URL is a plain text, or there is a file instead.
Part inputImagePart(JsonValue content)
{
    Part part = imagePart(content["image_url"].isString() ? content["image_url"] : content["file_id"]);
    if (part.text.isEmpty())
        part.json = content.json();
    return part;
}

Part inputAudioPart(JsonValue audio)
{
    Part part;
    part.kind = Part::Kind::Audio;
    part.mediaType = "audio/" + audio["format"].text();
    part.text = "data:" + part.mediaType + ";base64," + audio["data"].text();
    return part;
}

Part inputFilePart(JsonValue file)
{
    Part part;
    part.kind = Part::Kind::Document;
    part.name = file["filename"].text();
    part.text = file["file_data"].text();
    part.mediaType = dataUriMediaType(part.text);
    for (const QByteArrayView name : {QByteArrayView("file_url"), QByteArrayView("file_id")}) {
        if (part.text.isEmpty())
            part.text = file[name].text();
    }
    if (part.text.isEmpty())
        part.json = file.json();
    return part;
}

/// Which container a base64 text holds, from its first bytes; the answer itself does not say.
QByteArray audioType(QByteArrayView base64)
{
    if (base64.startsWith("UklGR")) // RIFF
        return QByteArrayLiteral("audio/wav");
    if (base64.startsWith("ZkxhQ")) // fLaC
        return QByteArrayLiteral("audio/flac");
    if (base64.startsWith("T2dnUw")) // OggS
        return QByteArrayLiteral("audio/ogg");
    if (base64.startsWith("SUQz") || base64.startsWith("//")) // ID3, or an MPEG frame
        return QByteArrayLiteral("audio/mpeg");
    return QByteArrayLiteral("audio/pcm");
}

Part answeredAudioPart(JsonValue audio)
{
    Part part;
    part.kind = Part::Kind::Audio;
    part.id = audio["id"].text();
    part.name = audio["transcript"].text();
    if (const QByteArray data = audio["data"].text(); !data.isEmpty()) {
        part.mediaType = audioType(data);
        part.text = "data:" + part.mediaType + ";base64," + data;
    }
    return part;
}

Part toolCallPart(JsonValue call, JsonValue function)
{
    Part part;
    part.kind = Part::Kind::ToolCall;
    part.id = call["id"].text();
    part.name = function["name"].text();
    const JsonValue arguments = function["arguments"];
    part.json = arguments.isString() ? arguments.text() : arguments.json();
    return part;
}

/// The content of a message with the role tool or function: plain text, else the parts as they came.
Part toolResultPart(JsonValue message)
{
    Part part;
    part.kind = Part::Kind::ToolResult;
    part.id = message["tool_call_id"].text();
    part.name = message["name"].text();
    const JsonValue content = message["content"];
    if (content.isString())
        part.text = content.text();
    else if (content.isArray() && !content.isEmpty() && (*content.begin())["type"].text() == "text"
        && ++content.begin() == content.end())
        part.text = (*content.begin())["text"].text();
    else if (content.exists() && !content.isNull())
        part.json = content.json();
    return part;
}

void readContent(JsonValue content, Message* message)
{
    if (content.isString() && content.raw().size() > 2)
        message->parts.append(openAiTextPart(Part::Kind::Text, content.text()));
    if (!content.isArray())
        return;
    for (const JsonValue part : content)
        message->parts.append(OpenAiContent::readPart(part));
}

void readCalls(JsonValue value, Message* message)
{
    for (const JsonValue call : value["tool_calls"]) {
        if (call["function"].isObject())
            message->parts.append(toolCallPart(call, call["function"]));
        else if (call["custom"].isObject()) { // free-form input instead of JSON arguments
            Part part = toolCallPart(call, call["custom"]);
            part.json = call["custom"]["input"].json();
            message->parts.append(part);
        } else
            message->parts.append(unknownPart(call));
    }
    if (value["function_call"].isObject())
        message->parts.append(toolCallPart({}, value["function_call"]));
}

ToolDefinition toolDefinition(JsonValue tool, JsonValue function)
{
    ToolDefinition definition;
    definition.name = function["name"].text();
    if (definition.name.isEmpty())
        definition.name = tool["type"].text();
    definition.description = function["description"].text();
    definition.parametersJson = function["parameters"].json();
    definition.json = tool.json();
    return definition;
}

} // namespace

Message OpenAiContent::readMessage(JsonValue value, QByteArrayView defaultRole)
{
    Message message;
    message.role = value["role"].text();
    if (message.role.isEmpty())
        message.role = defaultRole.toByteArray();
    if (message.role == "tool" || message.role == "function") {
        message.role = QByteArrayLiteral("tool");
        message.parts.append(toolResultPart(value));
        return message;
    }
    message.name = value["name"].text();
    const QByteArray thoughts = reasoning(value).text();
    if (!thoughts.isEmpty())
        message.parts.append(openAiTextPart(Part::Kind::Thinking, thoughts));
    for (const Part& part : readReasoningDetails(value)) {
        if (part.kind == Part::Kind::Thinking && !thoughts.isEmpty())
            message.parts.first().signature += part.signature;
        else
            message.parts.append(part);
    }
    readContent(value["content"], &message);
    if (const JsonValue refusal = value["refusal"]; refusal.isString())
        message.parts.append(openAiTextPart(Part::Kind::Refusal, refusal.text()));
    for (const JsonValue image : value["images"])
        message.parts.append(OpenAiContent::readPart(image));
    if (value["audio"].isObject())
        message.parts.append(answeredAudioPart(value["audio"]));
    readCalls(value, &message);
    return message;
}

Part OpenAiContent::readPart(JsonValue content)
{
    const QByteArray type = content["type"].text();
    if (type == "text" || type == "input_text" || type == "output_text" || type == "summary_text")
        return openAiTextPart(Part::Kind::Text, content["text"].text());
    if (type == "thinking")
        return thinkingPart(content["thinking"]);
    if (type == "reasoning_text")
        return openAiTextPart(Part::Kind::Thinking, content["text"].text());
    if (type == "refusal")
        return openAiTextPart(Part::Kind::Refusal, content["refusal"].text());
    if (type == "image_url")
        return imagePart(content["image_url"]);
    if (type == "input_image" || type == "computer_screenshot")
        return inputImagePart(content);
    if (type == "input_audio")
        return inputAudioPart(content["input_audio"]);
    if (type == "file")
        return inputFilePart(content["file"]);
    if (type == "input_file")
        return inputFilePart(content);
    return unknownPart(content);
}

QList<ToolDefinition> OpenAiContent::readTools(JsonValue request)
{
    QList<ToolDefinition> tools;
    for (const JsonValue tool : request["tools"]) {
        const JsonValue function = tool["function"].exists() ? tool["function"] : tool["custom"];
        tools.append(toolDefinition(tool, function));
    }
    for (const JsonValue function : request["functions"])
        tools.append(toolDefinition(function, function));
    return tools;
}

QList<Part> OpenAiContent::readReasoningDetails(JsonValue message)
{
    QList<Part> parts;
    for (const JsonValue detail : message["reasoning_details"]) {
        if (const QByteArray data = detail["data"].text(); !data.isEmpty()) {
            parts.append(openAiTextPart(Part::Kind::RedactedThinking, data));
            continue;
        }
        Part part = openAiTextPart(Part::Kind::Thinking, detail["text"].text() + detail["summary"].text());
        part.signature = detail["signature"].text();
        if (!part.text.isEmpty() || !part.signature.isEmpty())
            parts.append(part);
    }
    return parts;
}

JsonValue OpenAiContent::reasoning(JsonValue message)
{
    for (const QByteArrayView name : {QByteArrayView("reasoning_content"), QByteArrayView("reasoning")}) {
        const JsonValue text = message[name];
        if (text.isString() && text.raw().size() > 2)
            return text;
    }
    return {};
}
