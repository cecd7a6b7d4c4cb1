// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/geminigeneratereader.h"

#include "wire/geminicontent.h"
#include "wire/geminiusage.h"

GeminiGenerateReader::GeminiGenerateReader(const DialectContext& context)
    : FramedReader(context)
    , m_choices(&result().output)
{
}

void GeminiGenerateReader::readEvent(QByteArrayView, JsonValue root)
{
    readDocument(root);
    result().isComplete = m_choices.areFinished();
}

void GeminiGenerateReader::readMarker(QByteArrayView) { }

void GeminiGenerateReader::readDocument(JsonValue root)
{
    const auto keep = [](QByteArray* target, JsonValue value) {
        if (const QByteArray text = value.text(); !text.isEmpty())
            *target = text;
    };
    keep(&result().id, root["responseId"]);
    keep(&result().model, root["modelVersion"]);
    keep(&result().serviceTier, root["usageMetadata"]["serviceTier"]);
    for (const JsonValue candidate : root["candidates"])
        readCandidate(candidate);
    readBlock(root["promptFeedback"]);
    readUsage(root["usageMetadata"]);
    if (result().usage)
        result().usage->webSearches = m_searches;
}

void GeminiGenerateReader::readUsage(JsonValue usage)
{
    if (std::optional<Usage> read = readGeminiUsage(usage))
        result().usage = std::move(read);
}

void GeminiGenerateReader::readCandidate(JsonValue candidate)
{
    Message* const message = m_choices.message(candidate["index"].integer().value_or(0));
    if (!message)
        return;
    for (const JsonValue part : candidate["content"]["parts"])
        addPart(message, GeminiContent::readPart(part));
    if (const QByteArray reason = candidate["finishReason"].text(); !reason.isEmpty())
        message->finishReason = reason;
    readGrounding(message, candidate);
}

/// What the answer rests on: what a search found, or whom it quotes. A stream tells the whole of it at its
/// end, so the last one counts.
void GeminiGenerateReader::readGrounding(Message* message, JsonValue candidate)
{
    const JsonValue grounding = candidate["groundingMetadata"];
    const JsonValue source = grounding.isObject() ? grounding : candidate["citationMetadata"];
    if (source.isObject() && !source.isEmpty()) {
        Part* const text = partOfKind(message, Part::Kind::Text);
        if (text && text->json != source.raw())
            text->json = budget().whole(source.json());
    }
    if (const JsonValue queries = grounding["webSearchQueries"]; queries.isArray()) {
        qint64 searches = 0;
        for ([[maybe_unused]] const JsonValue query : queries)
            ++searches;
        m_searches = searches;
    }
}

/// A stream cuts one text into many parts: they are joined again, up to the one that carries a signature,
/// which must not be merged with what follows (ai.google.dev/gemini-api/docs/thought-signatures).
void GeminiGenerateReader::addPart(Message* message, Part part)
{
    const bool isText = part.kind == Part::Kind::Text || part.kind == Part::Kind::Thinking;
    if (!isText || !part.text.isEmpty())
        noteContent();
    Part* const last = message->parts.isEmpty() ? nullptr : &message->parts.last();
    const bool isSignatureOnly = isText && part.text.isEmpty();
    if (isSignatureOnly && part.signature.isEmpty())
        return;
    const bool isSame = last && last->signature.isEmpty()
        && (last->kind == part.kind
            || (isSignatureOnly && (last->kind == Part::Kind::Text || last->kind == Part::Kind::Thinking)));
    if (isText && isSame) {
        budget().append(&last->text, part.text);
        last->signature = budget().whole(part.signature);
        return;
    }
    budget().charge(&part);
    (void)appendPart(message, std::move(part)); // beyond the bound it is left out
}

/// A prompt that was refused has no candidates: the refusal becomes the answer.
void GeminiGenerateReader::readBlock(JsonValue feedback)
{
    const QByteArray reason = feedback["blockReason"].text();
    if (reason.isEmpty() || !result().output.messages.isEmpty())
        return;
    Message* const message = m_choices.message(0);
    message->finishReason = reason;
    Part refusal;
    refusal.kind = Part::Kind::Refusal;
    refusal.text = feedback["blockReasonMessage"].text();
    if (refusal.text.isEmpty())
        refusal.text = reason;
    budget().charge(&refusal);
    message->parts.append(refusal);
}
