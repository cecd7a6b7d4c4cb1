// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ConversationBlock: one card of a conversation, and the cards of a call: instructions, tools, what is old,
// what is new, the answer, its end. Made of the API's answer for one call and for its neighbours. Values of
// the main thread that know no colours.

#include <QCoreApplication>
#include <QJsonObject>
#include <QList>
#include <QString>

struct ConversationBlock
{
    enum class Kind {
        System,
        Tools,
        History, // what the previous call already said, folded
        User,
        Assistant,
        Thinking,
        RedactedThinking,
        ToolCall,
        ToolResult,
        Image,
        Document,
        Audio,
        Refusal,
        Error,
        Unknown,
        Footer,
    };
    enum class Form { Markdown, Plain, Code };

    Kind kind = Kind::User;
    Form form = Form::Plain;
    QString title;
    QString note; // beside the title
    QString text;
    QString path; // of the part in the API's answer: input.messages[3].parts[0]; empty: none
    QByteArray media; // data: URI of a picture
    bool isNew = false; // in this call
    bool isError = false;
    bool hasResult = false; // of a tool call: what follows
    bool isResultError = false;
    QString result;
    QString resultNote; // "from #24"

    bool operator==(const ConversationBlock&) const = default;
};

/// What other calls say about this one. Empty objects: not known.
struct ConversationNeighbours
{
    QJsonObject previous; // the call whose conversation this one goes on
    QString previousName; // "#22"
    QJsonObject next; // the call that goes on from here
    QString nextName;
};

class ConversationBlocks final
{
    Q_DECLARE_TR_FUNCTIONS(ConversationBlocks)

public:
    /// `call`: of GET /api/traces/{id}.
    [[nodiscard]] static QList<ConversationBlock> of(
        const QJsonObject& call, const ConversationNeighbours& neighbours);
    /// How many messages both begin with, instructions left out.
    [[nodiscard]] static qsizetype sharedMessages(const QJsonObject& previous, const QJsonObject& call);
    /// Of the kind, as settings know it: "thinking".
    [[nodiscard]] static QString word(ConversationBlock::Kind kind);
    /// About four bytes a token.
    [[nodiscard]] static QString tokenEstimate(const QString& text);
};
