// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/searchtext.h"

#include "trace/plaintext.h"
#include "wire/jsonstring.h"

#include <algorithm>

namespace {

/// Adds a line as far as there is room.
void addSearchLine(QByteArray* text, const QByteArray& line)
{
    const qsizetype room = SearchText::maxBytes - text->size() - 1;
    if (line.isEmpty() || room <= 0)
        return;
    if (!text->isEmpty())
        text->append('\n');
    text->append(PlainText::cutAtCharacter(line, room));
}

void addSearchPart(QByteArray* text, const Part& part)
{
    switch (part.kind) {
    case Part::Kind::Text:
    case Part::Kind::Thinking:
    case Part::Kind::Refusal:
        addSearchLine(text, part.text);
        break;
    case Part::Kind::ToolCall:
    case Part::Kind::ToolResult:
        addSearchLine(text, part.name);
        addSearchLine(text,
            part.text.isEmpty() ? unescapeJson(
                QByteArrayView(part.json).first(std::min(part.json.size(), 2 * SearchText::maxBytes)))
                                : part.text);
        break;
    case Part::Kind::Image:
    case Part::Kind::Audio:
    case Part::Kind::Document:
        addSearchLine(text, part.name); // a transcript, a title; the text may be megabytes of base64
        break;
    case Part::Kind::RedactedThinking:
    case Part::Kind::Unknown:
        break;
    }
}

bool isAnswer(const Message& message)
{
    return message.role == "assistant";
}

bool isInstruction(const Message& message)
{
    return message.role == "system" || message.role == "developer";
}

QByteArray inputText(const QList<Message>& messages)
{
    QByteArray text;
    for (qsizetype i = messages.size() - 1; i >= 0; --i) {
        const Message& message = messages[i];
        if (isAnswer(message) && i + 1 < messages.size())
            break;
        if (isInstruction(message))
            continue;
        for (const Part& part : message.parts)
            addSearchPart(&text, part);
    }
    return text;
}

QByteArray outputText(const QList<Message>& messages)
{
    QByteArray text;
    for (const Message& message : messages) {
        for (const Part& part : message.parts)
            addSearchPart(&text, part);
    }
    return text;
}

} // namespace

SearchText searchTextOf(const TraceRecord& record)
{
    if (record.isContentOmitted)
        return {};
    SearchText text{inputText(record.input.messages), outputText(record.output.messages)};
    if (text.input.isEmpty())
        addSearchLine(&text.input, record.requestText);
    if (text.output.isEmpty())
        addSearchLine(&text.output, record.responseText);
    addSearchLine(&text.output, record.errorMessage);
    return text;
}
