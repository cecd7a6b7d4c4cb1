// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/conversation/conversationmessages.h"

#include "gui/conversation/conversationtext.h"

#include <QJsonArray>
#include <QJsonObject>

namespace ConversationMessages {

QString memberText(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1String(key)).toString();
}

QJsonArray messagesOf(const QJsonObject& call, const char* side)
{
    return call.value(QLatin1String(side)).toObject().value(QLatin1String("messages")).toArray();
}

QString messageRole(const QJsonValue& message)
{
    return memberText(message.toObject(), "role");
}

bool isInstruction(const QJsonValue& message)
{
    const QString role = messageRole(message);
    return role == QLatin1String("system") || role == QLatin1String("developer");
}

bool isAnswerRole(const QJsonValue& message)
{
    const QString role = messageRole(message);
    return role == QLatin1String("assistant") || role == QLatin1String("model");
}

bool isSameMessage(const QJsonValue& a, const QJsonValue& b)
{
    return messageRole(a) == messageRole(b)
        && a.toObject().value(QLatin1String("parts")) == b.toObject().value(QLatin1String("parts"));
}

QList<Placed> saidMessages(const QJsonObject& call)
{
    QList<Placed> said;
    const QJsonArray messages = messagesOf(call, "input");
    for (qsizetype i = 0; i < messages.size(); ++i) {
        if (!isInstruction(messages.at(i)))
            said.append({messages.at(i), i});
    }
    return said;
}

QHash<QString, ToolOutcome> toolResults(const QJsonObject& call)
{
    QHash<QString, ToolOutcome> results;
    for (const QJsonValue& message : messagesOf(call, "input")) {
        for (const QJsonValue& value : message.toObject().value(QLatin1String("parts")).toArray()) {
            const QJsonObject part = value.toObject();
            const QString id = memberText(part, "id");
            if (memberText(part, "kind") == QLatin1String("tool_result") && !id.isEmpty())
                results.insert(
                    id, {ConversationText::ofPart(part), part.value(QLatin1String("isError")).toBool()});
        }
    }
    return results;
}

QHash<QString, QString> toolNames(const QJsonObject& call)
{
    QHash<QString, QString> names;
    for (const QJsonValue& message : messagesOf(call, "input")) {
        for (const QJsonValue& value : message.toObject().value(QLatin1String("parts")).toArray()) {
            const QJsonObject part = value.toObject();
            if (memberText(part, "kind") == QLatin1String("tool_call"))
                names.insert(memberText(part, "id"), memberText(part, "name"));
        }
    }
    return names;
}

} // namespace ConversationMessages
