// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// One call as GET /api/traces/{id} has it, for tests of what is shown of it.

#include "../guisamples.h"

#include <QJsonArray>

inline QJsonObject detailPart(const QString& kind, const QString& text, const QJsonObject& more = {})
{
    QJsonObject part{{QStringLiteral("kind"), kind}};
    if (!text.isEmpty())
        part.insert(QStringLiteral("text"), text);
    for (auto it = more.begin(); it != more.end(); ++it)
        part.insert(it.key(), it.value());
    return part;
}

inline QJsonObject detailMessage(const QString& role, const QJsonArray& parts)
{
    return {{QStringLiteral("role"), role}, {QStringLiteral("name"), QJsonValue()},
        {QStringLiteral("finishReason"), QJsonValue()}, {QStringLiteral("parts"), parts}};
}

inline QJsonObject detailText(const QString& role, const QString& text)
{
    return detailMessage(role, {detailPart(QStringLiteral("text"), text)});
}

inline QJsonObject detailCall(const QString& id, const QJsonArray& input, const QJsonArray& output,
    const QJsonArray& tools = {}, const QJsonObject& more = {})
{
    QJsonObject call = sampleSummary(id, more);
    call.insert(QStringLiteral("input"),
        QJsonObject{{QStringLiteral("messages"), input}, {QStringLiteral("tools"), tools}});
    call.insert(QStringLiteral("output"),
        QJsonObject{{QStringLiteral("messages"), output}, {QStringLiteral("tools"), QJsonArray()}});
    return call;
}

inline QJsonObject detailTool(const QString& name, const QString& about)
{
    return {{QStringLiteral("name"), name}, {QStringLiteral("description"), about},
        {QStringLiteral("definition"), QJsonObject{{QStringLiteral("name"), name}}}};
}

/// A red pixel.
inline QString detailPicture()
{
    return QStringLiteral(
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8D"
        "wHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");
}

/// A turn of an agent with one of everything: what came before (a question, an answer that calls two tools),
/// the results, and an answer that thinks, speaks and calls again.
inline QJsonArray detailHistory()
{
    return {detailText(QStringLiteral("system"), QStringLiteral("You are careful.\nNever guess.")),
        detailText(QStringLiteral("user"), QStringLiteral("Why does the test fail?"))};
}

inline QJsonArray detailCallingAnswer()
{
    const auto toolCall = [](const char* id, const char* name) {
        return detailPart(QStringLiteral("tool_call"), {},
            {{QStringLiteral("id"), QLatin1String(id)}, {QStringLiteral("name"), QLatin1String(name)},
                {QStringLiteral("json"), QJsonObject{{QStringLiteral("path"), QStringLiteral("stats.py")}}}});
    };
    return {detailMessage(QStringLiteral("assistant"),
        {detailPart(QStringLiteral("thinking"), QStringLiteral("The sum looks wrong."),
             {{QStringLiteral("signature"), QStringLiteral("sig")}}),
            detailPart(QStringLiteral("redacted_thinking"), QStringLiteral("opaque-data")),
            detailPart(QStringLiteral("text"), QStringLiteral("I look **into** it.\n\n- one\n- two")),
            toolCall("t1", "Read"), toolCall("t2", "Bash")})};
}

inline QJsonArray detailResults()
{
    return {detailMessage(QStringLiteral("user"),
        {detailPart(QStringLiteral("tool_result"), QStringLiteral("return sum(values)"),
             {{QStringLiteral("id"), QStringLiteral("t1")}}),
            detailPart(QStringLiteral("tool_result"), QStringLiteral("no such command"),
                {{QStringLiteral("id"), QStringLiteral("t2")}, {QStringLiteral("isError"), true}}),
            detailPart(QStringLiteral("image"), detailPicture(),
                {{QStringLiteral("mediaType"), QStringLiteral("image/png")}}),
            detailPart(QStringLiteral("unknown"), {},
                {{QStringLiteral("json"),
                    QJsonObject{{QStringLiteral("type"), QStringLiteral("novelty")}}}})})};
}

inline QJsonArray joined(QJsonArray a, const QJsonArray& b)
{
    for (const QJsonValue& value : b)
        a.append(value);
    return a;
}

inline QJsonObject firstTurn()
{
    return detailCall(QStringLiteral("first"), detailHistory(), detailCallingAnswer(),
        {detailTool(QStringLiteral("Read"), QStringLiteral("Reads a file"))});
}

inline QJsonObject secondTurn()
{
    return detailCall(QStringLiteral("second"),
        joined(joined(detailHistory(), detailCallingAnswer()), detailResults()),
        {detailMessage(QStringLiteral("assistant"),
            {detailPart(QStringLiteral("text"), QStringLiteral("Divide by the count.")),
                detailPart(QStringLiteral("refusal"), QStringLiteral("I will not run that."))})},
        {detailTool(QStringLiteral("Read"), QStringLiteral("Reads a file"))});
}

inline QByteArray detailJson(const QJsonObject& call)
{
    return QJsonDocument(call).toJson(QJsonDocument::Compact);
}
