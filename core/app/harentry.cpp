// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/harentry.h"

#include "base/version.h"

#include <QJsonArray>
#include <QUrl>
#include <QUrlQuery>

namespace {

QJsonArray harHeaders(const QJsonObject& side)
{
    QJsonArray headers;
    for (const QJsonValue& header : side.value(QLatin1String("headers")).toArray()) {
        headers.append(QJsonObject{{QStringLiteral("name"), header.toArray().at(0)},
            {QStringLiteral("value"), header.toArray().at(1)}});
    }
    return headers;
}

QString headerValue(const QJsonObject& side, const QString& name)
{
    for (const QJsonValue& header : side.value(QLatin1String("headers")).toArray()) {
        if (header.toArray().at(0).toString().compare(name, Qt::CaseInsensitive) == 0)
            return header.toArray().at(1).toString();
    }
    return {};
}

QJsonArray queryString(const QString& url)
{
    QJsonArray query;
    for (const auto& [name, value] : QUrlQuery(QUrl(url)).queryItems(QUrl::FullyDecoded))
        query.append(QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
    return query;
}

double at(const QJsonObject& timings, const char* name, double otherwise)
{
    const QJsonValue value = timings.value(QLatin1String(name));
    return value.isDouble() ? value.toDouble() : otherwise;
}

QJsonObject requestOf(const QJsonObject& call)
{
    const QJsonObject request = call.value(QLatin1String("request")).toObject();
    const QString url = request.value(QLatin1String("upstream")).toString()
        + request.value(QLatin1String("target")).toString();
    QJsonObject har{{QStringLiteral("method"), request.value(QLatin1String("method"))},
        {QStringLiteral("url"), url}, {QStringLiteral("httpVersion"), QStringLiteral("HTTP/1.1")},
        {QStringLiteral("cookies"), QJsonArray()}, {QStringLiteral("headers"), harHeaders(request)},
        {QStringLiteral("queryString"), queryString(url)}, {QStringLiteral("headersSize"), -1},
        {QStringLiteral("bodySize"), request.value(QLatin1String("bytes"))}};
    const QJsonObject body = request.value(QLatin1String("body")).toObject();
    if (!body.isEmpty()) {
        const bool isText = body.contains(QLatin1String("text"));
        QJsonObject data{{QStringLiteral("mimeType"), headerValue(request, QStringLiteral("content-type"))},
            {QStringLiteral("text"), body.value(isText ? QLatin1String("text") : QLatin1String("base64"))}};
        if (!isText) // HAR has a word for it in answers only
            data.insert(QStringLiteral("_encoding"), QStringLiteral("base64"));
        har.insert(QStringLiteral("postData"), data);
    }
    return har;
}

QJsonObject responseOf(const QJsonObject& call)
{
    const QJsonObject response = call.value(QLatin1String("response")).toObject();
    const QJsonObject body = response.value(QLatin1String("body")).toObject();
    QJsonObject content{{QStringLiteral("size"), response.value(QLatin1String("bytes"))},
        {QStringLiteral("mimeType"), headerValue(response, QStringLiteral("content-type"))}};
    if (body.contains(QLatin1String("text"))) {
        content.insert(QStringLiteral("text"), body.value(QLatin1String("text")));
    } else if (body.contains(QLatin1String("base64"))) {
        content.insert(QStringLiteral("text"), body.value(QLatin1String("base64")));
        content.insert(QStringLiteral("encoding"), QStringLiteral("base64"));
    }
    return {{QStringLiteral("status"), response.value(QLatin1String("status")).toInt()}, // 0: there was none
        {QStringLiteral("statusText"), QString()},
        {QStringLiteral("httpVersion"), QStringLiteral("HTTP/1.1")},
        {QStringLiteral("cookies"), QJsonArray()}, {QStringLiteral("headers"), harHeaders(response)},
        {QStringLiteral("content"), content}, {QStringLiteral("redirectURL"), QString()},
        {QStringLiteral("headersSize"), -1},
        {QStringLiteral("bodySize"), response.value(QLatin1String("bytes"))}};
}

/// What HTTP does not say of the call; names that begin with _ are for that.
QJsonObject extrasOf(const QJsonObject& call)
{
    QJsonObject extras;
    for (const char* key :
        {"provider", "outcome", "error", "errorMessage", "session", "user", "name", "tags"}) {
        const QJsonValue value = call.value(QLatin1String(key));
        if (!value.isNull() && !value.isUndefined())
            extras.insert(QLatin1String(key), value);
    }
    const QJsonValue first
        = call.value(QLatin1String("timings")).toObject().value(QLatin1String("firstTokenMs"));
    if (first.isDouble())
        extras.insert(QStringLiteral("firstTokenMs"), first);
    return extras;
}

} // namespace

QByteArray harHead()
{
    return QByteArray(R"({"log":{"version":"1.2","creator":{"name":"langfuse-proxy","version":")")
        + versionText + "\"},\"entries\":[\n";
}

QByteArray harTail()
{
    return "\n]}}\n";
}

QJsonObject harEntry(const QJsonObject& call)
{
    const QJsonObject timings = call.value(QLatin1String("timings")).toObject();
    const double whole = at(timings, "durationMs", 0);
    const double sent = at(timings, "requestSentMs", 0);
    const double head = at(timings, "firstByteMs", whole);
    return {{QStringLiteral("startedDateTime"), call.value(QLatin1String("startedAt"))},
        {QStringLiteral("time"), whole}, {QStringLiteral("request"), requestOf(call)},
        {QStringLiteral("response"), responseOf(call)}, {QStringLiteral("cache"), QJsonObject()},
        {QStringLiteral("timings"),
            QJsonObject{{QStringLiteral("send"), sent}, {QStringLiteral("wait"), qMax(0.0, head - sent)},
                {QStringLiteral("receive"), qMax(0.0, whole - head)}}},
        {QStringLiteral("comment"), call.value(QLatin1String("id"))},
        {QStringLiteral("_llm"), extrasOf(call)}};
}
