// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/boundedconversation.h"

#include "base/medianote.h"
#include "trace/plaintext.h"
#include "wire/textbudget.h"

namespace {

bool isCutAsMedia(const Part& part)
{
    return part.kind == Part::Kind::Image || part.kind == Part::Kind::Audio
        || part.kind == Part::Kind::Document || part.kind == Part::Kind::RedactedThinking;
}

bool isDataUri(const Part& part)
{
    return isCutAsMedia(part) && part.text.startsWith("data:");
}

// Data URIs are bounded by themselves, and what took their places is short.
bool isCountedApart(const Part& part)
{
    constexpr qsizetype maxNoteBytes = 256;
    return isDataUri(part)
        || (isCutAsMedia(part) && part.text.startsWith('[') && part.text.size() <= maxNoteBytes);
}

qsizetype sizeOf(const Part& part)
{
    return (isCountedApart(part) ? 0 : part.text.size()) + part.json.size() + part.signature.size();
}

qsizetype sizeOf(const Conversation& conversation)
{
    qsizetype bytes = 0;
    for (const Message& message : conversation.messages) {
        for (const Part& part : message.parts)
            bytes += sizeOf(part);
    }
    for (const ToolDefinition& tool : conversation.tools)
        bytes += tool.json.size() + tool.description.size() + tool.parametersJson.size();
    return bytes;
}

bool boundMedia(Conversation* conversation, qsizetype remaining)
{
    bool isCut = false;
    for (auto message = conversation->messages.rbegin(); message != conversation->messages.rend();
         ++message) {
        for (auto part = message->parts.rbegin(); part != message->parts.rend(); ++part) {
            if (!isDataUri(*part))
                continue;
            if (part->text.size() > remaining) {
                part->text = mediaNoteOf(part->text, part->mediaType);
                isCut = true;
            } else {
                remaining -= part->text.size();
            }
        }
    }
    return isCut;
}

void cut(Part* part, qsizetype remaining)
{
    part->signature.clear();
    if (part->kind == Part::Kind::Text)
        part->json.clear(); // its sources; the text itself matters more
    if (isCutAsMedia(*part))
        remaining = 0; // half an image is of no use to anybody
    if (!part->json.isEmpty()) {
        part->text = PlainText::cutWithMark(part->json, remaining); // half a JSON value is text
        part->json.clear();
    } else {
        part->text = PlainText::cutWithMark(part->text, remaining);
    }
}

} // namespace

bool boundConversation(Conversation* conversation, qsizetype maximumBytes)
{
    const bool isMediaCut = boundMedia(conversation, maximumBytes * TextBudget::mediaFactor);
    if (sizeOf(*conversation) <= maximumBytes)
        return isMediaCut;
    qsizetype remaining = maximumBytes;
    for (auto message = conversation->messages.rbegin(); message != conversation->messages.rend();
         ++message) {
        for (auto part = message->parts.rbegin(); part != message->parts.rend(); ++part) {
            const qsizetype size = sizeOf(*part);
            if (size > remaining)
                cut(&*part, remaining);
            remaining = qMax<qsizetype>(0, remaining - size);
        }
    }
    for (ToolDefinition& tool : conversation->tools) {
        const qsizetype size = tool.json.size() + tool.description.size() + tool.parametersJson.size();
        if (size > remaining) {
            tool.json.clear();
            tool.parametersJson.clear();
            tool.description = PlainText::cutWithMark(tool.description, qMin<qsizetype>(remaining, 200));
        }
        remaining = qMax<qsizetype>(0, remaining - size);
    }
    return true;
}
