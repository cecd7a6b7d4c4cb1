// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaichatreader.h"

#include "wire/openaicontent.h"
#include "wire/openaiusage.h"

namespace {

constexpr qint64 oldStyleIndex = -1; // of a `function_call`

} // namespace

OpenAiChatReader::OpenAiChatReader(const DialectContext& context)
    : FramedReader(context)
    , m_choices(&result().output)
{
}

void OpenAiChatReader::readEvent(QByteArrayView, JsonValue root)
{
    readHead(root);
    for (const JsonValue choice : root["choices"])
        readChoiceDelta(choice);
    result().isComplete = m_isDone || m_choices.areFinished();
}

void OpenAiChatReader::readMarker(QByteArrayView data)
{
    if (data.trimmed() != "[DONE]")
        return;
    m_isDone = true;
    result().isComplete = true;
}

void OpenAiChatReader::readDocument(JsonValue root)
{
    readHead(root);
    for (const JsonValue choice : root["choices"]) {
        Message* const message = m_choices.message(choice["index"].integer().value_or(0));
        if (!message)
            return;
        *message = OpenAiContent::readMessage(choice["message"], "assistant");
        message->finishReason = choice["finish_reason"].text();
        readChoiceExtras(choice);
        for (Part& part : message->parts)
            budget().charge(&part);
    }
}

void OpenAiChatReader::readUsage(JsonValue usage)
{
    if (std::optional<Usage> read = readOpenAiUsage(usage))
        result().usage = std::move(read);
}

/// What chunks and documents have in common.
void OpenAiChatReader::readHead(JsonValue root)
{
    const auto keep = [](QByteArray* target, JsonValue value) {
        if (const QByteArray text = value.text(); !text.isEmpty())
            *target = text;
    };
    keep(&result().id, root["id"]);
    keep(&result().model, root["model"]);
    keep(&result().serviceTier, root["service_tier"]);
    readUsage(root["x_groq"]["usage"]); // Groq's streams, besides or instead of the next
    if (const JsonValue error = root["x_groq"]["error"]; error.isString() && !result().error)
        result().error = ParsedError{{}, {}, error.text()};
    readUsage(root["usage"]);
}

/// What some servers tell in the choice instead of beside it: Moonshot its usage, OpenRouter a failure.
void OpenAiChatReader::readChoiceExtras(JsonValue choice)
{
    readUsage(choice["usage"]);
    const JsonValue error = choice["error"];
    if (error.isObject() && !result().error)
        result().error = ParsedError{error["type"].scalar(), error["code"].scalar(), error["message"].text()};
}

/// A piece of `content` or of `reasoning_details` in a delta: text goes on where it was, all else is a part.
void OpenAiChatReader::appendDeltaPart(Message* message, Part part)
{
    if (part.kind == Part::Kind::Text || part.kind == Part::Kind::Thinking) {
        Part* const target = partOfKind(message, part.kind);
        if (!target)
            return;
        budget().append(&target->text, part.text);
        target->signature += budget().whole(part.signature);
    } else {
        budget().charge(&part);
        if (!appendPart(message, std::move(part)))
            return;
    }
    noteContent();
}

void OpenAiChatReader::readChoiceDelta(JsonValue choice)
{
    const qint64 index = choice["index"].integer().value_or(0);
    Message* const message = m_choices.message(index);
    if (!message)
        return;
    const JsonValue delta = choice["delta"];
    const JsonValue thoughts = OpenAiContent::reasoning(delta);
    appendText(message, Part::Kind::Thinking, thoughts);
    for (Part& part : OpenAiContent::readReasoningDetails(delta)) {
        if (thoughts.isString())
            part.text = part.kind == Part::Kind::Thinking ? QByteArray() : part.text;
        appendDeltaPart(message, part);
    }
    appendText(message, Part::Kind::Text, delta["content"]);
    appendText(message, Part::Kind::Refusal, delta["refusal"]);
    for (const JsonValue call : delta["tool_calls"])
        readCallDelta(call, index, message);
    if (delta["function_call"].isObject())
        readCallDelta(delta, index, message);
    if (delta["audio"].isObject())
        readAudioDelta(delta["audio"], message);
    for (const JsonValue list : {delta["content"], delta["images"]}) { // Mistral, OpenRouter
        if (!list.isArray())
            continue;
        for (const JsonValue part : list)
            appendDeltaPart(message, OpenAiContent::readPart(part));
    }
    readChoiceExtras(choice);
    if (const QByteArray reason = choice["finish_reason"].text(); !reason.isEmpty())
        message->finishReason = reason;
}

void OpenAiChatReader::appendText(Message* message, Part::Kind kind, JsonValue text)
{
    if (!text.isString() || text.raw().size() == 2)
        return;
    noteContent();
    if (Part* const part = partOfKind(message, kind))
        budget().append(&part->text, text.text());
}

/// One delta of `tool_calls`, or the delta itself with the older `function_call` in it.
void OpenAiChatReader::readCallDelta(JsonValue call, qint64 choice, Message* message)
{
    noteContent();
    Part* const part = callPart(call, choice, message);
    if (!part)
        return;
    JsonValue function = call["function"].exists() ? call["function"] : call["function_call"];
    if (call["custom"].isObject())
        function = call["custom"];
    if (const QByteArray name = function["name"].text(); !name.isEmpty())
        part->name = name;
    const JsonValue arguments = function["arguments"];
    if (arguments.isString())
        budget().append(&part->json, arguments.text());
    else if (arguments.isObject()) // some compatible servers send them parsed, at once
        budget().append(&part->json, arguments.raw());

    // The free-form input of a custom tool is text: kept as one JSON string, joined from its pieces.
    if (const JsonValue input = function["input"]; input.isString()) {
        QByteArrayView raw = input.raw();
        if (!part->json.isEmpty()) {
            part->json.chop(1);
            raw = raw.sliced(1);
        }
        budget().append(&part->json, raw);
    }
}

/// The part that a delta belongs to. By index; several compatible servers leave it out or give every parallel
/// call the same one, then a new id begins a new call.
Part* OpenAiChatReader::callPart(JsonValue call, qint64 choice, Message* message)
{
    const bool isOldStyle = call["function_call"].exists(); // one a message, without id and index
    const QByteArray id = isOldStyle ? QByteArray() : call["id"].text();
    const std::optional<qint64> index = isOldStyle ? oldStyleIndex : call["index"].integer();
    for (qsizetype i = m_calls.size() - 1; i >= 0; --i) {
        const OpenCall& open = m_calls[i];
        if (open.choice != choice || (index && open.index != *index))
            continue;
        Part& part = message->parts[open.part];
        if (!id.isEmpty() && !part.id.isEmpty() && part.id != id)
            break;
        if (part.id.isEmpty())
            part.id = id;
        return &part;
    }
    Part part;
    part.kind = Part::Kind::ToolCall;
    part.id = id;
    Part* const added = appendPart(message, std::move(part));
    if (added)
        m_calls.append({choice, index.value_or(m_calls.size()), message->parts.size() - 1});
    return added;
}

/// The transcript is kept. The sound comes in separately encoded pieces that do not make one file, so it is
/// counted as left out.
void OpenAiChatReader::readAudioDelta(JsonValue audio, Message* message)
{
    noteContent();
    Part* const part = partOfKind(message, Part::Kind::Audio);
    if (!part)
        return;
    if (const QByteArray id = audio["id"].text(); !id.isEmpty())
        part->id = id;
    if (audio["transcript"].isString())
        budget().append(&part->name, audio["transcript"].text());
    if (audio["data"].isString())
        budget().omit(audio["data"].raw().size() - 2);
}
