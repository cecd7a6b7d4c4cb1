// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/anthropicmessagesreader.h"

#include "wire/anthropiccontent.h"
#include "wire/choices.h"

#include <algorithm>

void AnthropicMessagesReader::readEvent(QByteArrayView, JsonValue root)
{
    const QByteArray type = root["type"].text(); // the same word as the event's
    if (type == "message_start") {
        readHead(root["message"]);
    } else if (type == "content_block_start") {
        startBlock(root);
    } else if (type == "content_block_delta") {
        readDelta(root);
    } else if (type == "content_block_stop") {
        stopBlock(root);
    } else if (type == "message_delta") {
        if (const QByteArray reason = root["delta"]["stop_reason"].text(); !reason.isEmpty())
            message()->finishReason = reason;
        readUsage(root["usage"]);
    } else if (type == "message_stop") {
        result().isComplete = true;
    }
}

void AnthropicMessagesReader::readMarker(QByteArrayView) { }

void AnthropicMessagesReader::readDocument(JsonValue root)
{
    readHead(root);
    if (root["content"].isArray()) {
        for (const JsonValue block : root["content"]) {
            Part part = AnthropicContent::readBlock(block);
            budget().charge(&part);
            if (!appendPart(message(), std::move(part)))
                break;
        }
    }
}

void AnthropicMessagesReader::readUsage(JsonValue usage)
{
    m_usage.merge(usage);
    if (std::optional<Usage> read = m_usage.usage())
        result().usage = std::move(read);
    if (const QByteArray tier = usage["service_tier"].text(); !tier.isEmpty())
        result().serviceTier = tier;
}

/// The one message of the answer; made when it is first needed.
Message* AnthropicMessagesReader::message()
{
    QList<Message>& messages = result().output.messages;
    if (messages.isEmpty())
        messages.append({QByteArrayLiteral("assistant"), {}, {}, {}});
    return &messages.first();
}

/// The message object of a document, or of message_start (where its content is empty).
void AnthropicMessagesReader::readHead(JsonValue head)
{
    result().id = head["id"].text();
    result().model = head["model"].text();
    if (head["type"].text() == "message" || head["role"].exists())
        message()->finishReason = head["stop_reason"].text();
    readUsage(head["usage"]);
}

AnthropicMessagesReader::OpenBlock* AnthropicMessagesReader::findBlock(JsonValue index)
{
    const qint64 wanted = index.integer().value_or(0);
    const auto found = std::find_if(m_blocks.rbegin(), m_blocks.rend(),
        [wanted](const OpenBlock& block) { return block.index == wanted; });
    return found == m_blocks.rend() ? nullptr : &*found;
}

void AnthropicMessagesReader::startBlock(JsonValue root)
{
    Part part = AnthropicContent::readBlock(root["content_block"]);
    OpenBlock block;
    block.index = root["index"].integer().value_or(0);
    if (part.kind == Part::Kind::ToolCall)
        block.input = std::exchange(part.json, QByteArray());
    // An empty text or thinking block is only a promise of content.
    const bool isPromise
        = (part.kind == Part::Kind::Text || part.kind == Part::Kind::Thinking) && part.text.isEmpty();
    if (!isPromise)
        noteContent();
    budget().charge(&part);
    if (!appendPart(message(), std::move(part)))
        return;
    block.part = message()->parts.size() - 1;
    m_blocks.append(std::move(block));
}

void AnthropicMessagesReader::readDelta(JsonValue root)
{
    const OpenBlock* const block = findBlock(root["index"]);
    if (!block)
        return;
    Part& part = message()->parts[block->part];
    const JsonValue delta = root["delta"];
    const QByteArray type = delta["type"].text();
    if (type == "text_delta") {
        budget().append(&part.text, delta["text"].text());
    } else if (type == "thinking_delta") {
        budget().append(&part.text, delta["thinking"].text());
    } else if (type == "input_json_delta") {
        budget().append(&part.json, delta["partial_json"].text());
    } else {
        if (type == "signature_delta")
            part.signature += budget().whole(delta["signature"].text());
        else if (type == "citations_delta")
            addCitation(&part, delta["citation"]);
        return;
    }
    noteContent();
}

/// Citations come one by one; together they are the array that a document has.
void AnthropicMessagesReader::addCitation(Part* part, JsonValue citation)
{
    if (part->kind != Part::Kind::Text || !citation.isObject())
        return;
    const QByteArray json = budget().whole(citation.json());
    if (json.isEmpty())
        return;
    if (part->json.endsWith(']'))
        part->json.chop(1);
    part->json += (part->json.isEmpty() ? "[" : ",") + json + ']';
}

/// A tool call without arguments may have no delta at all.
void AnthropicMessagesReader::stopBlock(JsonValue root)
{
    OpenBlock* const block = findBlock(root["index"]);
    if (!block)
        return;
    Part& part = message()->parts[block->part];
    if (part.kind == Part::Kind::ToolCall && part.json.isEmpty())
        budget().append(&part.json, block->input);
    block->input.clear();
}
