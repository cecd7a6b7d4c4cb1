// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/sentrequest.h"

#include <QJsonArray>
#include <QJsonObject>

namespace {

QByteArray keyVariable(const QByteArray& provider)
{
    return provider == "anthropic" ? "ANTHROPIC_API_KEY"
        : provider == "gemini"     ? "GEMINI_API_KEY"
                                   : "OPENAI_API_KEY";
}

/// Set by the client that sends it, or of the connection.
bool isLeftOut(const QByteArray& name)
{
    const QByteArray lower = name.toLower();
    return lower == "host" || lower == "content-length" || lower == "connection" || lower == "accept-encoding"
        || lower == "transfer-encoding" || lower == "content-encoding";
}

bool isCredential(const QByteArray& name)
{
    const QByteArray lower = name.toLower();
    return lower == "authorization" || lower == "x-api-key" || lower == "x-goog-api-key" || lower == "api-key"
        || lower == "x-proxy-api-key";
}

SentHeader headerOf(const QByteArray& name, const QByteArray& value, const QByteArray& provider)
{
    if (!isCredential(name))
        return {name, value, {}};
    const bool hasScheme = value.startsWith("Bearer ") || value.startsWith("bearer ");
    return {name, hasScheme ? "Bearer " : "",
        name.toLower() == "x-proxy-api-key" ? QByteArray("PROXY_API_KEY") : keyVariable(provider)};
}

} // namespace

SentRequest SentRequest::of(const QJsonObject& call)
{
    const QJsonObject request = call.value(QLatin1String("request")).toObject();
    const QByteArray provider = call.value(QLatin1String("provider")).toString().toUtf8();
    SentRequest sent;
    sent.method = request.value(QLatin1String("method")).toString().toUtf8();
    sent.url = (request.value(QLatin1String("upstream")).toString()
        + request.value(QLatin1String("target")).toString())
                   .toUtf8();
    const qsizetype key = sent.url.indexOf("key=");
    if (key > 0 && (sent.url[key - 1] == '?' || sent.url[key - 1] == '&')) {
        const qsizetype end = sent.url.indexOf('&', key);
        sent.urlVariable = keyVariable(provider);
        sent.urlRest = end < 0 ? QByteArray() : sent.url.sliced(end);
        sent.url.truncate(key + 4);
    }
    for (const QJsonValue& header : request.value(QLatin1String("headers")).toArray()) {
        const QByteArray name = header.toArray().at(0).toString().toUtf8();
        if (!isLeftOut(name))
            sent.headers.append(headerOf(name, header.toArray().at(1).toString().toUtf8(), provider));
    }
    const QJsonObject body = request.value(QLatin1String("body")).toObject();
    sent.body = body.value(QLatin1String("text")).toString().toUtf8();
    const bool isCut = sent.body.size() < request.value(QLatin1String("bytes")).toInteger()
        && call.value(QLatin1String("truncated")).toBool();
    sent.isWhole = !isCut && !sent.body.contains('\0') && !body.contains(QLatin1String("base64"));
    return sent;
}
