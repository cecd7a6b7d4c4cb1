// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Choices: the answers of one response in index order, for APIs that stream several interleaved (OpenAI
// choices, Gemini candidates). Writes into ParsedResponse::output; owned by a reader; telemetry thread.

#include "wire/conversation.h"

class Choices final
{
public:
    /// The messages live in `conversation`, which must outlive this.
    explicit Choices(Conversation* conversation)
        : m_conversation(conversation)
    {
    }

    /// The assistant message of that index, made when it is new. Null beyond 128 of them (OpenAI's `n` ends
    /// there): an index comes from the network. Valid until the next call.
    [[nodiscard]] Message* message(qint64 index);
    /// There is an answer, and every one has a finish reason.
    [[nodiscard]] bool areFinished() const;

private:
    Conversation* m_conversation;
    QList<qint64> m_indexes; // of the messages, ascending
};

/// The last part of that kind, made at the end when there is none. Null beyond 4096 parts.
[[nodiscard]] Part* partOfKind(Message* message, Part::Kind kind);
/// A new part at the end; null beyond 4096 parts.
[[nodiscard]] Part* appendPart(Message* message, Part part);
