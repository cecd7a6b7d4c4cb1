// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/contentomission.h"

#include "base/httpsyntax.h"
#include "wire/jsonparser.h"
#include "wire/jsonscanner.h"
#include "wire/jsonstring.h"

#include <algorithm>
#include <array>

namespace {

constexpr qsizetype maxWordBytes = 64;

// Parameters whose text is a word of the API's, never the consumer's.
constexpr std::array wordParameters{"service_tier", "serviceTier", "reasoning_effort", "reasoning.effort",
    "effort", "verbosity", "speed", "tool_choice", "truncation", "encoding_format", "quality", "size",
    "voice", "response_format", "inference_geo", "thinkingLevel", "responseMimeType"};

QByteArray note(qsizetype bytes)
{
    return "[omitted: " + QByteArray::number(bytes) + " bytes]";
}

void omitText(QByteArray* text)
{
    if (!text->isEmpty())
        *text = note(text->size());
}

void omitPart(Part* part)
{
    omitText(&part->text);
    if (!part->json.isEmpty())
        part->json = quoteJson(note(part->json.size()));
    part->id.clear();
    part->signature.clear();
    const bool isTool = part->kind == Part::Kind::ToolCall || part->kind == Part::Kind::ToolResult;
    if (!isTool)
        omitText(&part->name); // a transcript, a title
}

void omitTool(ToolDefinition* tool, JsonParser* parser)
{
    if (tool->name.isEmpty()) // a tool of the provider's own is named by its type
        tool->name = parser->parse(tool->json)["type"].text();
    tool->description.clear();
    tool->parametersJson.clear();
    tool->json.clear();
}

void omitConversation(Conversation* conversation)
{
    for (Message& message : conversation->messages) {
        message.name.clear();
        for (Part& part : message.parts)
            omitPart(&part);
    }
    JsonParser parser;
    for (ToolDefinition& tool : conversation->tools)
        omitTool(&tool, &parser);
}

bool isWord(const QByteArray& text)
{
    return text.size() <= maxWordBytes && HttpSyntax::isToken(text);
}

bool isKept(const ModelParameter& parameter)
{
    const QByteArray json = parameter.json.trimmed();
    if (JsonScanner::isNumber(json) || json == "true" || json == "false")
        return true;
    const bool isKnown = std::any_of(wordParameters.begin(), wordParameters.end(),
        [&](const char* name) { return parameter.name == name; });
    return isKnown && json.size() > 2 && json.startsWith('"') && isWord(json.sliced(1, json.size() - 2));
}

/// Ours say what happened to the connection; a provider's may quote the request.
bool isOwnMessage(const TraceRecord& record)
{
    return record.outcome == CallOutcome::TimedOut || record.outcome == CallOutcome::UpstreamFailed
        || record.outcome == CallOutcome::Rejected || record.errorCode == "client_cancelled"
        || record.errorCode == "incomplete";
}

} // namespace

void omitContent(TraceRecord* record)
{
    record->isContentOmitted = true;
    for (QByteArray* bytes : {&record->requestBody, &record->responseBody, &record->requestText,
             &record->responseText, &record->verbatimInput})
        bytes->clear();
    omitConversation(&record->input);
    omitConversation(&record->output);
    record->target = record->path();
    record->parameters.removeIf([](const ModelParameter& parameter) { return !isKept(parameter); });
    if (!isOwnMessage(*record))
        record->errorMessage.clear();
    if (!isWord(record->errorCode))
        record->errorCode = record->errorCode.isEmpty() ? QByteArray() : QByteArray("error");
}
