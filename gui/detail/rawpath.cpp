// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/rawpath.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

QString rawPath(const QString& path, const QJsonObject& call, const QJsonObject& body)
{
    if (path == QLatin1String("input.tools"))
        return QStringLiteral("tools");
    if (path == QLatin1String("input.messages"))
        return body.contains(QLatin1String("system"))      ? QStringLiteral("system")
            : body.contains(QLatin1String("instructions")) ? QStringLiteral("instructions")
                                                           : QStringLiteral("messages[0]");
    static const QRegularExpression place(QStringLiteral(R"(^input\.messages\[(\d+)\]\.parts\[(\d+)\]$)"));
    const QRegularExpressionMatch match = place.match(path);
    if (!match.hasMatch())
        return {};
    const QJsonArray messages = call.value(QLatin1String("input"))[QLatin1String("messages")].toArray();
    for (const char* list : {"messages", "contents", "input"}) {
        const QJsonArray raw = body.value(QLatin1String(list)).toArray();
        if (raw.isEmpty())
            continue;
        // Instructions that stand beside the list come first among the messages.
        const qsizetype index = match.captured(1).toLongLong() - (messages.size() - raw.size());
        if (index < 0 || index >= raw.size())
            return {};
        const QString found = QStringLiteral("%1[%2]").arg(QLatin1String(list)).arg(index);
        const qsizetype part = match.captured(2).toLongLong();
        for (const char* parts : {"content", "parts"}) {
            if (part < raw.at(index)[QLatin1String(parts)].toArray().size())
                return found + QStringLiteral(".%1[%2]").arg(QLatin1String(parts)).arg(part);
        }
        return found;
    }
    return {};
}
