// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openairesponsesreader.h"

#include "wire/openaiusage.h"

#include <algorithm>

namespace {

constexpr qsizetype maxItems = 4096; // an index comes from the network
constexpr qsizetype maxItemParts = 4096;

bool isVisible(const Part& part)
{
    return part.kind != Part::Kind::RedactedThinking
        && (!part.text.isEmpty() || !part.json.isEmpty() || !part.name.isEmpty());
}

/// The provider's word for how it ended: why it is incomplete, else the status.
QByteArray finishReasonOf(JsonValue response)
{
    const QByteArray reason = response["incomplete_details"]["reason"].text();
    return reason.isEmpty() ? response["status"].text() : reason;
}

/// What a message says, without what only describes it.
qsizetype proseBytes(const QList<Part>& parts)
{
    qsizetype bytes = 0;
    for (const Part& part : parts) {
        const bool isProse = part.kind == Part::Kind::Text || part.kind == Part::Kind::Thinking
            || part.kind == Part::Kind::Refusal;
        bytes += isProse ? part.text.size() : 0;
    }
    return bytes;
}

} // namespace

/// An event that brings a piece of text, or the whole of it at the end.
struct OpenAiResponsesReader::TextEvent
{
    QByteArrayView type;
    QByteArrayView member; // of the event: the text
    Place place;
    QByteArrayView indexMember; // empty: the item has only one
    Part::Kind kind;
    bool isFreeForm; // kept as a JSON string, because the arguments of a call are JSON
    bool isWhole;
};

const OpenAiResponsesReader::TextEvent* OpenAiResponsesReader::textEvent(QByteArrayView type)
{
    using Kind = Part::Kind;
    constexpr QByteArrayView content = "content_index";
    constexpr QByteArrayView summary = "summary_index";
    static constexpr TextEvent events[] = {
        {"output_text.delta", "delta", Place::Content, content, Kind::Text, false, false},
        {"output_text.done", "text", Place::Content, content, Kind::Text, false, true},
        {"refusal.delta", "delta", Place::Content, content, Kind::Refusal, false, false},
        {"refusal.done", "refusal", Place::Content, content, Kind::Refusal, false, true},
        {"reasoning_text.delta", "delta", Place::Content, content, Kind::Thinking, false, false},
        {"reasoning_text.done", "text", Place::Content, content, Kind::Thinking, false, true},
        {"reasoning_summary_text.delta", "delta", Place::Summary, summary, Kind::Thinking, false, false},
        {"reasoning_summary_text.done", "text", Place::Summary, summary, Kind::Thinking, false, true},
        {"function_call_arguments.delta", "delta", Place::Call, {}, Kind::ToolCall, false, false},
        {"function_call_arguments.done", "arguments", Place::Call, {}, Kind::ToolCall, false, true},
        {"mcp_call_arguments.delta", "delta", Place::Call, {}, Kind::ToolCall, false, false},
        {"mcp_call_arguments.done", "arguments", Place::Call, {}, Kind::ToolCall, false, true},
        {"custom_tool_call_input.delta", "delta", Place::Call, {}, Kind::ToolCall, true, false},
        {"custom_tool_call_input.done", "input", Place::Call, {}, Kind::ToolCall, true, true},
        {"code_interpreter_call_code.delta", "delta", Place::Call, {}, Kind::ToolCall, true, false},
        {"code_interpreter_call_code.done", "code", Place::Call, {}, Kind::ToolCall, true, true},
    };
    constexpr QByteArrayView prefix = "response.";
    if (!type.startsWith(prefix))
        return nullptr;
    const auto found = std::find_if(std::begin(events), std::end(events),
        [name = type.sliced(prefix.size())](const TextEvent& event) { return event.type == name; });
    return found == std::end(events) ? nullptr : found;
}

void OpenAiResponsesReader::readEvent(QByteArrayView sseType, JsonValue root)
{
    QByteArray type = root["type"].text(); // the same word as the event's
    if (type.isEmpty())
        type = sseType.toByteArray();
    if (const TextEvent* const event = textEvent(type)) {
        takeText(*event, root);
    } else if (type == "response.output_item.added" || type == "response.output_item.done") {
        if (OpenItem* const item = itemAt(root["output_index"].integer()))
            takeItem(item, root["item"], type.endsWith("done"));
    } else if (type == "response.image_generation_call.partial_image") {
        takePartialImage(root);
    } else if (type == "response.completed" || type == "response.incomplete" || type == "response.failed"
        || type == "response.cancelled" || type == "response.done") {
        takeFinal(root["response"]);
    } else if (type == "error") {
        if (!root["error"].isObject()) // its `type` is the event's
            result().error = ParsedError{{}, root["code"].scalar(), root["message"].text()};
    } else {
        readHead(root["response"]); // response.created, .queued, .in_progress
    }
}

void OpenAiResponsesReader::readMarker(QByteArrayView) { }

void OpenAiResponsesReader::readDocument(JsonValue root)
{
    readHead(root);
    QList<Message>& messages = result().output.messages;
    OpenAiResponsesItems::appendItems(root["output"], &messages);
    for (Message& each : messages) {
        for (Part& part : each.parts)
            budget().charge(&part);
    }
    finishWith(finishReasonOf(root));
}

void OpenAiResponsesReader::readUsage(JsonValue usage)
{
    if (std::optional<Usage> read = readOpenAiUsage(usage))
        result().usage = std::move(read);
}

/// What every event with a response object in it and the document have in common.
void OpenAiResponsesReader::readHead(JsonValue response)
{
    const auto keep = [](QByteArray* target, JsonValue value) {
        if (const QByteArray text = value.text(); !text.isEmpty())
            *target = text;
    };
    keep(&result().id, response["id"]);
    keep(&result().model, response["model"]);
    keep(&result().serviceTier, response["service_tier"]);
    if (!result().id.isEmpty())
        result().isContinuable = response["store"].raw() != "false";
    readUsage(response["usage"]);
}

/// An answer that is still on its way, or failed with nothing said, has no message.
void OpenAiResponsesReader::finishWith(const QByteArray& reason)
{
    QList<Message>& messages = result().output.messages;
    if (reason == "failed" && !result().error)
        result().error = ParsedError{reason, {}, {}};
    const bool isUnanswered = reason == "failed" || reason == "queued" || reason == "in_progress";
    if (reason.isEmpty() || (messages.isEmpty() && isUnanswered))
        return;
    if (messages.isEmpty() || messages.last().role != "assistant")
        messages.append({QByteArrayLiteral("assistant"), {}, {}, {}});
    messages.last().finishReason = reason;
}

void OpenAiResponsesReader::takeFinal(JsonValue response)
{
    readHead(response);
    if (const JsonValue error = response["error"]; error.isObject())
        result().error = ParsedError{error["type"].text(), error["code"].scalar(), error["message"].text()};
    qint64 index = 0;
    if (response["output"].isArray()) {
        for (const JsonValue value : response["output"]) {
            if (OpenItem* const item = itemAt(index++); item && !item->isDone)
                takeItem(item, value, true);
        }
    }
    finishWith(finishReasonOf(response));
    result().isComplete = true;
}

/// The one message of a streamed answer; made when it is first needed.
Message* OpenAiResponsesReader::message()
{
    QList<Message>& messages = result().output.messages;
    if (messages.isEmpty())
        messages.append({QByteArrayLiteral("assistant"), {}, {}, {}});
    return &messages.first();
}

/// The item with that output_index, made when it is new; without an index the last one. Null beyond the
/// bound. Valid until the next call.
OpenAiResponsesReader::OpenItem* OpenAiResponsesReader::itemAt(std::optional<qint64> outputIndex)
{
    const qint64 index = outputIndex.value_or(m_items.isEmpty() ? 0 : m_items.last().index);
    auto at = std::lower_bound(m_items.begin(), m_items.end(), index,
        [](const OpenItem& item, qint64 wanted) { return item.index < wanted; });
    if (at == m_items.end() || at->index != index) {
        if (m_items.size() == maxItems)
            return nullptr;
        OpenItem item;
        item.index = index;
        at = m_items.insert(at, item);
    }
    return &*at;
}

qsizetype OpenAiResponsesReader::firstPartOf(const OpenItem& item) const
{
    qsizetype first = 0;
    for (const OpenItem* each = m_items.constData(); each != &item; ++each)
        first += each->places.size();
    return first;
}

/// The part at that place, made when it is new. Null beyond the bound.
Part* OpenAiResponsesReader::partAt(OpenItem* item, PartPlace place, Part::Kind kind)
{
    QList<Part>& parts = message()->parts;
    const qsizetype first = firstPartOf(*item);
    const auto at = std::lower_bound(item->places.cbegin(), item->places.cend(), place);
    const qsizetype offset = at - item->places.cbegin();
    if (at == item->places.cend() || *at != place) {
        if (parts.size() == maxItemParts)
            return nullptr;
        item->places.insert(offset, place);
        parts.insert(first + offset, Part());
        parts[first + offset].kind = kind;
    }
    return &parts[first + offset];
}

/// Remembers what the action takes from the budget, so that it can be given back when the item comes whole.
template <typename Action>
void OpenAiResponsesReader::onAccountOf(OpenItem* item, Action act)
{
    const qsizetype remaining = budget().remainingBytes();
    const qint64 omitted = budget().omittedBytes();
    act();
    item->chargedBytes += remaining - budget().remainingBytes();
    item->omittedBytes += budget().omittedBytes() - omitted;
}

/// The item as it begins, or as a whole: in the place of its deltas, unless it says less than they did.
void OpenAiResponsesReader::takeItem(OpenItem* item, JsonValue value, bool isDone)
{
    if (!value.isObject())
        return;
    item->isDone = isDone;
    const QList<ItemPart> whole = OpenAiResponsesItems::readItem(value).parts;
    if (whole.isEmpty() && item->places.isEmpty())
        return;
    QList<Part> wholeParts;
    for (const ItemPart& each : whole)
        wholeParts.append(each.part);
    QList<Part>& parts = message()->parts;
    const qsizetype first = firstPartOf(*item);
    const qsizetype streamed = proseBytes(parts.mid(first, item->places.size()));
    if (item->omittedBytes == 0 && proseBytes(wholeParts) < streamed)
        return;

    parts.remove(first, item->places.size());
    item->places.clear();
    budget().giveBack(std::exchange(item->chargedBytes, 0), std::exchange(item->omittedBytes, 0));
    for (qsizetype i = 0; i < whole.size() && parts.size() < maxItemParts; ++i) {
        if (isVisible(wholeParts[i]))
            noteContent();
        onAccountOf(item, [&] { budget().charge(&wholeParts[i]); });
        parts.insert(first + i, wholeParts[i]);
        item->places.append({whole[i].place, whole[i].index});
    }
}

void OpenAiResponsesReader::takeText(const TextEvent& event, JsonValue root)
{
    const JsonValue text = root[event.member];
    OpenItem* const item = itemAt(root["output_index"].integer());
    if (!item || item->isDone || !text.isString() || text.raw().size() == 2)
        return;
    const qint64 index = event.indexMember.isEmpty() ? 0 : root[event.indexMember].integer().value_or(0);
    Part* const part = partAt(item, {event.place, index}, event.kind);
    if (!part || part->kind != event.kind)
        return;
    noteContent();
    onAccountOf(item, [&] {
        if (event.isFreeForm) {
            takeFreeForm(part, text, event.isWhole);
            return;
        }
        QByteArray* const target = part->kind == Part::Kind::ToolCall ? &part->json : &part->text;
        const QByteArray piece = text.text();
        if (!event.isWhole)
            budget().append(target, piece);
        else if (item->omittedBytes == 0
            && piece.startsWith(*target)) // the end of it, where deltas are missing
            budget().append(target, QByteArrayView(piece).sliced(target->size()));
    });
}

/// Joins the pieces to one JSON string; a piece that is more than may be kept is left out whole.
void OpenAiResponsesReader::takeFreeForm(Part* part, JsonValue text, bool isWhole)
{
    QByteArray& json = part->json;
    if (!json.startsWith('"'))
        json = "\"\""; // as the item began
    if (isWhole && json.size() > 2)
        return;
    const QByteArrayView piece = text.raw().sliced(1).chopped(1);
    if (piece.size() > budget().remainingBytes()) {
        budget().omit(piece.size());
        return;
    }
    json.chop(1);
    budget().append(&json, piece);
    json += '"';
}

/// A preview of the image, worse than the one that takes its place.
void OpenAiResponsesReader::takePartialImage(JsonValue root)
{
    noteContent();
    const QByteArray base64 = root["partial_image_b64"].text();
    OpenItem* const item = itemAt(root["output_index"].integer());
    if (!item || item->isDone || base64.isEmpty())
        return;
    Part* const part = partAt(item, {Place::Content, 0}, Part::Kind::Image);
    if (!part || part->kind != Part::Kind::Image)
        return;
    const QByteArray format = root["output_format"].text();
    part->mediaType = "image/" + (format.isEmpty() ? QByteArray("png") : format);
    budget().giveBack(part->text.size(), 0);
    item->chargedBytes -= part->text.size();
    onAccountOf(item, [&] { part->text = budget().whole("data:" + part->mediaType + ";base64," + base64); });
}
