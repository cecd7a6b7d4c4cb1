// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/callpreview.h"

#include "trace/plaintext.h"

#include <QString>

#include <algorithm>
#include <array>

namespace CallPreview {

namespace {

constexpr qsizetype maxReadBytes = 4096; // 200 characters, and what white space there may be
constexpr qsizetype maxTools = 16;

bool isAnswer(const Message& message)
{
    return message.role == "assistant" || message.role == "model";
}

/// Clients put their own remarks, in tags, among the parts of a user's message.
bool isRemark(const QByteArray& text)
{
    static constexpr std::array tags{"<system-reminder>", "<environment_context>", "<user_instructions>",
        "<local-command-stdout>", "<command-name>", "<command-message>"};
    const QByteArray front = text.left(64).trimmed();
    return std::any_of(tags.begin(), tags.end(), [&](const char* tag) { return front.startsWith(tag); });
}

QByteArray contentOf(const Part& part)
{
    return part.text.isEmpty() ? part.json : part.text;
}

const char* noteOf(Part::Kind kind)
{
    switch (kind) {
    case Part::Kind::Image:
        return "[image]";
    case Part::Kind::Audio:
        return "[audio]";
    case Part::Kind::Document:
        return "[document]";
    default:
        return nullptr;
    }
}

QByteArray toolName(const Part& result, const QList<Message>& messages)
{
    if (!result.name.isEmpty())
        return result.name;
    for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
        for (const Part& part : message->parts) {
            if (part.kind == Part::Kind::ToolCall && part.id == result.id && !part.name.isEmpty())
                return part.name;
        }
    }
    return "tool";
}

struct Found
{
    const Part* text = nullptr;
    const Part* remark = nullptr;
    const Part* result = nullptr;
    const Part* failedResult = nullptr;
    const Part* other = nullptr;
    const Part* instruction = nullptr; // of the system's
    qsizetype results = 0;
};

Found findIn(const QList<Message>& messages)
{
    Found found;
    for (const Message& message : messages) {
        const bool isInstruction = message.role == "system" || message.role == "developer";
        for (const Part& part : message.parts) {
            if (part.kind == Part::Kind::ToolResult) {
                ++found.results;
                found.result = found.result ? found.result : &part;
                if (part.isError && !found.failedResult)
                    found.failedResult = &part;
            } else if (part.kind == Part::Kind::Text && !part.text.trimmed().isEmpty()) {
                (isInstruction ? found.instruction : isRemark(part.text) ? found.remark : found.text) = &part;
            } else if (noteOf(part.kind)) {
                found.other = &part;
            }
        }
    }
    return found;
}

} // namespace

QByteArray line(const QByteArray& utf8)
{
    QString text = QString::fromUtf8(PlainText::cutAtCharacter(utf8, maxReadBytes)).simplified();
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
    const bool isCut = text.size() > maxCharacters || utf8.size() > maxReadBytes;
    if (text.size() >= maxCharacters && isCut) {
        qsizetype size = maxCharacters - 1;
        if (text.at(size - 1).isHighSurrogate())
            --size;
        text.truncate(size);
    }
    if (isCut && !text.isEmpty())
        text.append(QChar(0x2026));
    return text.toUtf8();
}

QList<Message> newMessages(const QList<Message>& messages)
{
    qsizetype end = messages.size();
    if (end > 0 && isAnswer(messages.at(end - 1)))
        --end; // what the answer goes on from
    qsizetype begin = end;
    while (begin > 0 && !isAnswer(messages.at(begin - 1)))
        --begin;
    return messages.sliced(begin, end - begin);
}

QByteArray ofInput(const Conversation& input)
{
    const QList<Message> messages = newMessages(input.messages);
    const Found found = findIn(messages);
    if (found.text)
        return line(found.text->text);
    if (const Part* result = found.failedResult ? found.failedResult : found.result) {
        const QByteArray more
            = found.results > 1 ? " (+" + QByteArray::number(found.results - 1) + ')' : QByteArray();
        const QByteArray content = contentOf(*result).left(maxReadBytes);
        const QByteArray name = line(toolName(*result, input.messages)).left(64);
        return line(name + more + (result->isError ? " failed: " : " \xe2\x86\x92 ") + content);
    }
    if (found.other)
        return line(noteOf(found.other->kind)
            + (found.other->name.isEmpty() ? QByteArray() : ' ' + found.other->name));
    if (const Part* rest = found.remark ? found.remark : found.instruction)
        return line(rest->text);
    return {};
}

QList<QByteArray> calledTools(const Conversation& output)
{
    QList<QByteArray> names;
    for (const Message& message : output.messages) {
        for (const Part& part : message.parts) {
            const QByteArray name = part.kind == Part::Kind::ToolCall ? line(part.name) : QByteArray();
            if (!name.isEmpty() && !names.contains(name) && names.size() < maxTools)
                names.append(name);
        }
    }
    return names;
}

} // namespace CallPreview
