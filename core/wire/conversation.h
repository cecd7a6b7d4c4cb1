// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Conversation: what was said in one call, the same for every provider: messages of parts, and the tools
// offered. Dialects write it, the viewer, the store and the Langfuse mapping read it. A value; all text is
// UTF-8 bytes, all `json` fields are JSON text exactly as it came (no number is ever re-encoded).

#include <QByteArray>
#include <QList>

/// One piece of a message. Which fields are used depends on the kind; the others stay empty.
struct Part
{
    enum class Kind {
        Text, // text; json = what the provider says it rests on (citations, grounding), as it came
        Thinking, // text; signature when the provider signed it
        RedactedThinking, // text = the opaque data
        ToolCall, // id, name, json = arguments (may be incomplete JSON when the stream was cut)
        ToolResult, // id = of the call, name when known, text when it is plain text, else json; isError
        Image, // mediaType, and text = URL or data URI or file reference, or json when it is neither
        Audio, // same; transcript in name
        Document, // same; title in name
        Refusal, // text
        Unknown, // json
    };

    Kind kind = Kind::Text;
    QByteArray text;
    QByteArray id;
    QByteArray name;
    QByteArray json;
    QByteArray mediaType;
    QByteArray signature;
    bool isError = false;

    bool operator==(const Part&) const = default;
};

struct Message
{
    QByteArray role; // system, developer, user, assistant, tool
    QByteArray name; // of the participant, when given
    QList<Part> parts;
    QByteArray finishReason; // of an answer, in the provider's word; empty while unknown

    bool operator==(const Message&) const = default;
};

struct ToolDefinition
{
    QByteArray name;
    QByteArray description;
    QByteArray parametersJson; // JSON Schema as it came; empty when there is none
    QByteArray json; // the whole definition as it came

    bool operator==(const ToolDefinition&) const = default;
};

struct Conversation
{
    QList<Message> messages; // an answer with several choices has one message a choice, in index order
    QList<ToolDefinition> tools;

    [[nodiscard]] bool isEmpty() const { return messages.isEmpty() && tools.isEmpty(); }
    bool operator==(const Conversation&) const = default;
};
