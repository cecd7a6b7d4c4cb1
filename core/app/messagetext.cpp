// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/messagetext.h"

#include <QByteArrayList>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

QByteArray jsonText(const QJsonValue& value)
{
    if (value.isUndefined())
        return {};
    if (value.isString())
        return value.toString().toUtf8();
    // An array of one keeps what a lone value cannot have: a document around it.
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

QByteArray messageText(const QJsonValue& message)
{
    QByteArrayList lines;
    for (const QJsonValue& value : message.toObject().value(QLatin1String("parts")).toArray()) {
        const QJsonObject part = value.toObject();
        const QByteArray kind = part.value(QLatin1String("kind")).toString().toUtf8();
        QByteArray line = kind == "text" ? QByteArray() : kind + ": ";
        for (const char* member : {"name", "text"}) {
            const QByteArray word = part.value(QLatin1String(member)).toString().toUtf8();
            line += word.isEmpty() || line.isEmpty() || line.endsWith(' ') ? word : ' ' + word;
        }
        if (part.contains(QLatin1String("json")))
            line += ' ' + jsonText(part.value(QLatin1String("json")));
        lines.append(line);
    }
    return lines.join('\n');
}
