// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/callrow.h"

#include "cli/terminaltext.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace {

QByteArray wordOf(const QJsonObject& object, const char* name)
{
    return terminalSafe(object.value(QLatin1String(name)).toString().toUtf8());
}

QByteArray secondsText(const QJsonValue& milliseconds)
{
    if (!milliseconds.isDouble())
        return {};
    const double seconds = milliseconds.toDouble() / 1000;
    if (seconds < 1)
        return QByteArray::number(milliseconds.toDouble(), 'f', 0) + "ms";
    return QByteArray::number(seconds, 'f', seconds < 10 ? 2 : 1) + 's';
}

QByteArray countText(const QJsonValue& count)
{
    return count.isDouble() ? QByteArray::number(count.toInteger()) : QByteArray();
}

QByteArray costText(const QJsonValue& dollars)
{
    if (!dollars.isDouble())
        return {};
    const double value = dollars.toDouble();
    return '$' + QByteArray::number(value, 'f', value != 0 && value < 0.01 ? 5 : value < 1 ? 4 : 2);
}

QByteArray rateText(const QJsonObject& call, const QJsonObject& tokens)
{
    const QJsonValue first = call.value(QLatin1String("firstTokenMs"));
    const QJsonValue whole = call.value(QLatin1String("durationMs"));
    const double count = tokens.value(QLatin1String("output")).toDouble()
        + tokens.value(QLatin1String("reasoning")).toDouble();
    const double milliseconds = whole.toDouble() - first.toDouble();
    if (!first.isDouble() || !whole.isDouble() || count < 2 || milliseconds < 1)
        return {};
    return QByteArray::number(count * 1000 / milliseconds, 'f', 0);
}

QByteArray statusText(const QJsonObject& call)
{
    const QByteArray outcome = wordOf(call, "outcome");
    const QJsonValue status = call.value(QLatin1String("status"));
    if (outcome == "completed" && status.isDouble())
        return QByteArray::number(status.toInt());
    if (outcome == "upstream_failed")
        return "failed";
    if (outcome == "timed_out")
        return "timeout";
    return outcome.isEmpty() ? QByteArray("open") : outcome;
}

} // namespace

CallRow callRow(const QJsonObject& call)
{
    const QJsonObject tokens = call.value(QLatin1String("tokens")).toObject();
    CallRow row;
    row.id = wordOf(call, "id");
    row.time = QDateTime::fromString(call.value(QLatin1String("startedAt")).toString(), Qt::ISODateWithMs)
                   .toLocalTime()
                   .toString(QStringLiteral("HH:mm:ss"))
                   .toUtf8();
    row.provider = wordOf(call, "provider");
    row.model = wordOf(call, "model");
    if (row.model.isEmpty())
        row.model = wordOf(call, "path");
    row.status = statusText(call);
    row.firstToken = secondsText(call.value(QLatin1String("firstTokenMs")));
    row.duration = secondsText(call.value(QLatin1String("durationMs")));
    row.input = countText(tokens.value(QLatin1String("input")));
    row.cached = countText(tokens.value(QLatin1String("cached")));
    row.output = countText(tokens.value(QLatin1String("output")));
    row.reasoning = countText(tokens.value(QLatin1String("reasoning")));
    row.tokensPerSecond = rateText(call, tokens);
    row.cost = costText(call.value(QLatin1String("costUsd")));
    row.delivery = wordOf(call.value(QLatin1String("delivery")).toObject(), "state");
    row.isError = call.value(QLatin1String("error")).isString() && row.status != "cancelled";
    return row;
}

QList<CallRow> callRows(const QByteArray& answer)
{
    QList<CallRow> rows;
    const QJsonArray calls
        = QJsonDocument::fromJson(answer).object().value(QLatin1String("traces")).toArray();
    for (const QJsonValue& call : calls)
        rows.prepend(callRow(call.toObject()));
    return rows;
}
