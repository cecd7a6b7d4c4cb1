// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ConversationMessages: the messages of a call as the API has them, and what is looked for in them. Pure.

#include <QHash>
#include <QJsonArray>
#include <QJsonValue>
#include <QList>
#include <QString>

class QJsonObject;

namespace ConversationMessages {

struct Placed
{
    QJsonValue message;
    qsizetype place = 0; // in input.messages
};

struct ToolOutcome
{
    QString text;
    bool isError = false;
};

[[nodiscard]] QString memberText(const QJsonObject& object, const char* key);
/// `side`: "input" or "output".
[[nodiscard]] QJsonArray messagesOf(const QJsonObject& call, const char* side);
[[nodiscard]] QString messageRole(const QJsonValue& message);
[[nodiscard]] bool isInstruction(const QJsonValue& message);
[[nodiscard]] bool isAnswerRole(const QJsonValue& message);
/// Role and parts; finish reasons are the answer's alone.
[[nodiscard]] bool isSameMessage(const QJsonValue& a, const QJsonValue& b);
/// Of the request, all but instructions.
[[nodiscard]] QList<Placed> saidMessages(const QJsonObject& call);
/// Of the request, by the id of the call of the tool.
[[nodiscard]] QHash<QString, ToolOutcome> toolResults(const QJsonObject& call);
[[nodiscard]] QHash<QString, QString> toolNames(const QJsonObject& call);

} // namespace ConversationMessages
