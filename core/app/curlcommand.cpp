// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/curlcommand.h"

#include "base/obeyedcharacter.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

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

bool isQuotable(QChar c)
{
    return c == u'\n' || c == u'\t' || !isObeyed(c);
}

/// One word for a shell: 'text'; with characters that a terminal obeys $'text', which bash, zsh and ksh know.
QByteArray shellQuoted(const QByteArray& text)
{
    const QString characters = QString::fromUtf8(text);
    if (std::all_of(characters.begin(), characters.end(), isQuotable))
        return '\'' + QByteArray(text).replace("'", "'\\''") + '\'';
    QString word = QStringLiteral("$'");
    for (const QChar c : characters) {
        if (c == u'\'' || c == u'\\')
            word += u'\\';
        if (isQuotable(c)) {
            word += c;
            continue;
        }
        for (const char byte : QString(c).toUtf8())
            word += QStringLiteral("\\%1").arg(uchar(byte), 3, 8, QLatin1Char('0'));
    }
    return word.toUtf8() + '\'';
}

QByteArray headerArgument(const QByteArray& name, const QByteArray& value, const QByteArray& provider)
{
    if (!isCredential(name))
        return shellQuoted(name + ": " + value);
    const QByteArray key
        = name.toLower() == "x-proxy-api-key" ? QByteArray("$PROXY_API_KEY") : keyVariable(provider);
    const bool hasScheme = value.startsWith("Bearer ") || value.startsWith("bearer ");
    return '"' + name + ": " + (hasScheme ? "Bearer " : "") + key + '"';
}

/// With the variable for a masked `key=`.
QByteArray urlArgument(const QByteArray& url, const QByteArray& provider)
{
    const qsizetype key = url.indexOf("key=");
    if (key <= 0 || (url[key - 1] != '?' && url[key - 1] != '&'))
        return shellQuoted(url);
    const qsizetype end = url.indexOf('&', key);
    return shellQuoted(url.first(key + 4)) + '"' + keyVariable(provider) + '"'
        + (end < 0 ? QByteArray() : shellQuoted(url.sliced(end)));
}

} // namespace

QByteArray curlCommand(const QJsonObject& call)
{
    const QJsonObject request = call.value(QLatin1String("request")).toObject();
    const QByteArray provider = call.value(QLatin1String("provider")).toString().toUtf8();
    const QByteArray url = (request.value(QLatin1String("upstream")).toString()
        + request.value(QLatin1String("target")).toString())
                               .toUtf8();
    // The method is a token (RFC 9110 5.6.2), which may mean something to a shell.
    QByteArray out = "curl -sS -X " + shellQuoted(request.value(QLatin1String("method")).toString().toUtf8())
        + ' ' + urlArgument(url, provider);
    for (const QJsonValue& header : request.value(QLatin1String("headers")).toArray()) {
        const QByteArray name = header.toArray().at(0).toString().toUtf8();
        if (!isLeftOut(name))
            out += " \\\n  -H " + headerArgument(name, header.toArray().at(1).toString().toUtf8(), provider);
    }
    const QJsonObject body = request.value(QLatin1String("body")).toObject();
    const QByteArray text = body.value(QLatin1String("text")).toString().toUtf8();
    if (!text.isEmpty()) // raw: a body that begins with @ names no file
        out += " \\\n  --data-raw " + shellQuoted(text);
    const bool isCut = text.size() < request.value(QLatin1String("bytes")).toInteger()
        && call.value(QLatin1String("truncated")).toBool();
    if (isCut || text.contains('\0') || body.contains(QLatin1String("base64")))
        out.prepend("# the body below is not whole: it was cut, or is not text\n");
    return out + '\n';
}
