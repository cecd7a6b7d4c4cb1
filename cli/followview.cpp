// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/followview.h"

#include "cli/callrow.h"
#include "cli/terminaltext.h"

#include <QJsonArray>
#include <QJsonDocument>

QByteArray FollowView::take(QByteArrayView type, QByteArrayView data)
{
    if (m_asJson) {
        m_isOver = type == "call.ended" || type == "call.lost";
        return type.startsWith("call.") ? data.toByteArray() + '\n' : QByteArray();
    }
    const QJsonObject event = QJsonDocument::fromJson(data.toByteArray()).object();
    if (type == "call.progress") {
        QByteArray out;
        if (!event.value(QLatin1String("textShown")).toBool(true) && !std::exchange(m_isHiddenSaid, true))
            out += "(the text is not shown while it comes: REDACT or TELEMETRY_CONTENT is set)\n";
        for (const QJsonValue& text : event.value(QLatin1String("texts")).toArray())
            out += textOf(text.toObject());
        return out;
    }
    if (type == "call.lost") {
        m_isOver = true;
        return "\n(how the call went on is not known)\n";
    }
    if (type != "call.ended")
        return {};
    m_isOver = true;
    const CallRow row = callRow(event.value(QLatin1String("call")).toObject());
    QByteArray line = "\n" + row.model + ", " + row.status + ", " + row.duration;
    if (!row.output.isEmpty())
        line += ", " + row.input + " tokens in, " + row.output + " out";
    return line + (row.cost.isEmpty() ? QByteArray() : ", " + row.cost) + '\n';
}

QByteArray FollowView::textOf(const QJsonObject& text)
{
    const QByteArray kind = text.value(QLatin1String("kind")).toString().toUtf8();
    const QByteArray place = kind + QByteArray::number(text.value(QLatin1String("message")).toInt()) + '/'
        + QByteArray::number(text.value(QLatin1String("part")).toInt());
    QByteArray out;
    if (place != m_part) {
        const QByteArray name = terminalSafe(text.value(QLatin1String("name")).toString().toUtf8());
        if (!m_part.isEmpty())
            out += '\n';
        if (kind == "tool_call")
            out += "-> " + name + ' ';
        else if (kind != "text")
            out += '(' + kind + ") ";
        m_part = place;
    }
    const QByteArray words = terminalSafeLines(text.value(QLatin1String("text")).toString().toUtf8());
    return out + (m_hasColours && kind == "thinking" ? "\x1b[2m" + words + "\x1b[0m" : words);
}
