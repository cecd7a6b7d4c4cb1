// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/choices.h"

#include <algorithm>

namespace {

constexpr qsizetype maxChoices = 128;
constexpr qsizetype maxParts = 4096; // bounds what empty parts can cost

} // namespace

Message* Choices::message(qint64 index)
{
    const auto at = std::lower_bound(m_indexes.cbegin(), m_indexes.cend(), index);
    const qsizetype position = at - m_indexes.cbegin();
    if (at == m_indexes.cend() || *at != index) {
        if (m_indexes.size() == maxChoices)
            return nullptr;
        m_indexes.insert(position, index);
        m_conversation->messages.insert(position, Message{QByteArrayLiteral("assistant"), {}, {}, {}});
    }
    return &m_conversation->messages[position];
}

bool Choices::areFinished() const
{
    const QList<Message>& messages = m_conversation->messages;
    return !messages.isEmpty() && std::all_of(messages.cbegin(), messages.cend(), [](const Message& message) {
        return !message.finishReason.isEmpty();
    });
}

Part* partOfKind(Message* message, Part::Kind kind)
{
    for (qsizetype i = message->parts.size() - 1; i >= 0; --i) {
        if (message->parts[i].kind == kind)
            return &message->parts[i];
    }
    Part part;
    part.kind = kind;
    return appendPart(message, std::move(part));
}

Part* appendPart(Message* message, Part part)
{
    if (message->parts.size() == maxParts)
        return nullptr;
    message->parts.append(std::move(part));
    return &message->parts.last();
}
