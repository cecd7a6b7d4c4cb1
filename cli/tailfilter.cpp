// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/tailfilter.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace {

CallFit decided(bool fits)
{
    return fits ? CallFit::Yes : CallFit::No;
}

} // namespace

CallFit TailFilter::fitOf(const QJsonObject& call, bool isOver, qint64 elapsedMs) const
{
    const auto text = [&call](const char* name) { return call.value(QLatin1String(name)).toString(); };
    QStringList tags;
    for (const QJsonValue& tag : call.value(QLatin1String("tags")).toArray())
        tags.append(tag.toString());
    const CallFit fits[]{
        textFit("provider", {text("provider")}, isOver),
        textFit("model", {text("model"), text("requestModel")}, isOver),
        textFit("session", {text("session")}, isOver),
        textFit("user", {text("user")}, isOver),
        textFit("tag", tags, isOver),
        statusFit(call, isOver),
        deliveryFit(call, isOver),
        durationFit(call, isOver, elapsedMs),
    };
    const auto has
        = [&fits](CallFit fit) { return std::find(std::begin(fits), std::end(fits), fit) != std::end(fits); };
    return has(CallFit::No) ? CallFit::No : has(CallFit::Unknown) ? CallFit::Unknown : CallFit::Yes;
}

/// What is not known of an open call may come with its body or its answer.
CallFit TailFilter::textFit(const char* parameter, const QStringList& known, bool isOver) const
{
    const QByteArray wanted = m_filters.value(parameter);
    if (wanted.isEmpty() || known.contains(QString::fromUtf8(wanted)))
        return CallFit::Yes;
    return isOver ? CallFit::No : CallFit::Unknown;
}

CallFit TailFilter::statusFit(const QJsonObject& call, bool isOver) const
{
    const QByteArray wanted = m_filters.value("status");
    if (wanted.isEmpty())
        return CallFit::Yes;
    if (!isOver)
        return CallFit::Unknown; // a stream that began with 200 may fail
    const int status = call.value(QLatin1String("status")).toInt();
    if (wanted == "cancelled")
        return decided(call.value(QLatin1String("outcome")) == QLatin1String("cancelled"));
    if (wanted == "error")
        return decided(status >= 400 || call.value(QLatin1String("error")).isString());
    return decided(wanted.startsWith(QByteArray::number(status / 100)));
}

CallFit TailFilter::deliveryFit(const QJsonObject& call, bool isOver) const
{
    const QByteArray wanted = m_filters.value("delivery");
    if (wanted.isEmpty())
        return CallFit::Yes;
    if (!isOver)
        return CallFit::Unknown;
    const QString state
        = call.value(QLatin1String("delivery")).toObject().value(QLatin1String("state")).toString();
    if (state == QString::fromUtf8(wanted))
        return CallFit::Yes;
    return state == QLatin1String("pending") ? CallFit::Unknown : CallFit::No;
}

CallFit TailFilter::durationFit(const QJsonObject& call, bool isOver, qint64 elapsedMs) const
{
    const auto wanted = m_filters.constFind("minDurationMs");
    if (wanted == m_filters.constEnd())
        return CallFit::Yes;
    const double took = isOver ? call.value(QLatin1String("durationMs")).toDouble() : double(elapsedMs);
    if (took >= wanted->toDouble())
        return CallFit::Yes;
    return isOver ? CallFit::No : CallFit::Unknown;
}
