// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ConversationText: parts and messages of a conversation as text: for cards, for the clipboard. Stateless;
// main thread.

#include "gui/conversation/conversationblocks.h"

struct CallFacts;
class QJsonValue;

class ConversationText final
{
    Q_DECLARE_TR_FUNCTIONS(ConversationText)

public:
    /// What a part says: its text, else its JSON, indented. Lists of texts (results of tools) line by line.
    [[nodiscard]] static QString ofPart(const QJsonObject& part);
    /// Its parts, an empty line between them.
    [[nodiscard]] static QString ofMessage(const QJsonObject& message);
    [[nodiscard]] static QString json(const QJsonValue& value);
    /// No sign of Markdown in it means anything.
    [[nodiscard]] static QString escaped(const QString& text);
    [[nodiscard]] static QString title(ConversationBlock::Kind kind);
    /// "stop end_turn · in 48.2k (96% cached) · out 512 (180 thinking) · $0.041"
    [[nodiscard]] static QString end(const CallFacts& facts);
    /// All cards, for other programs.
    [[nodiscard]] static QString markdown(const QList<ConversationBlock>& blocks);
};
