// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/curlcommand.h"

#include <QJsonArray>
#include <QJsonObject>

namespace {

QByteArray keyVariable(const QByteArray& provider)
{
    return provider == "anthropic" ? "$ANTHROPIC_API_KEY"
        : provider == "gemini"     ? "$GEMINI_API_KEY"
                                   : "$OPENAI_API_KEY";
}

/// Set by curl itself, or of the connection.
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

QByteArray singleQuoted(QByteArray text)
{
    return '\'' + text.replace("'", "'\\''") + '\'';
}

QByteArray headerArgument(const QByteArray& name, const QByteArray& value, const QByteArray& provider)
{
    if (!isCredential(name))
        return singleQuoted(name + ": " + value);
    const QByteArray key
        = name.toLower() == "x-proxy-api-key" ? QByteArray("$PROXY_API_KEY") : keyVariable(provider);
    const bool hasScheme = value.startsWith("Bearer ") || value.startsWith("bearer ");
    return '"' + name + ": " + (hasScheme ? "Bearer " : "") + key + '"';
}

} // namespace

QByteArray curlCommand(const QJsonObject& call)
{
    const QJsonObject request = call.value(QLatin1String("request")).toObject();
    const QByteArray provider = call.value(QLatin1String("provider")).toString().toUtf8();
    QByteArray target = request.value(QLatin1String("target")).toString().toUtf8();
    QByteArray url = singleQuoted(request.value(QLatin1String("upstream")).toString().toUtf8() + target);
    if (const qsizetype key = url.indexOf("key="); key > 0 && (url[key - 1] == '?' || url[key - 1] == '&')) {
        const qsizetype end = url.indexOf('&', key);
        const QByteArray rest = end < 0 ? QByteArray("'") : url.sliced(end);
        url = url.first(key + 4) + "'\"" + keyVariable(provider) + "\"'" + rest;
    }
    QByteArray out = "curl -sS -X " + request.value(QLatin1String("method")).toString().toUtf8() + ' ' + url;
    for (const QJsonValue& header : request.value(QLatin1String("headers")).toArray()) {
        const QByteArray name = header.toArray().at(0).toString().toUtf8();
        if (!isLeftOut(name))
            out += " \\\n  -H " + headerArgument(name, header.toArray().at(1).toString().toUtf8(), provider);
    }
    const QJsonObject body = request.value(QLatin1String("body")).toObject();
    const QByteArray text = body.value(QLatin1String("text")).toString().toUtf8();
    if (!text.isEmpty())
        out += " \\\n  --data-binary " + singleQuoted(text);
    const bool isCut = text.size() < request.value(QLatin1String("bytes")).toInteger()
        && call.value(QLatin1String("truncated")).toBool();
    if (isCut || body.contains(QLatin1String("base64")))
        out.prepend("# the body below is not whole: it was cut, or is not text\n");
    return out + '\n';
}
