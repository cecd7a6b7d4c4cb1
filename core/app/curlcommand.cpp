// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/curlcommand.h"

#include "app/sentrequest.h"
#include "base/obeyedcharacter.h"

#include <QString>

#include <algorithm>

namespace {

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

QByteArray headerArgument(const SentHeader& header)
{
    if (header.variable.isEmpty())
        return shellQuoted(header.name + ": " + header.value);
    return '"' + header.name + ": " + header.value + '$' + header.variable + '"';
}

/// With the variable for a masked `key=`.
QByteArray urlArgument(const SentRequest& request)
{
    if (request.urlVariable.isEmpty())
        return shellQuoted(request.url);
    return shellQuoted(request.url) + "\"$" + request.urlVariable + '"'
        + (request.urlRest.isEmpty() ? QByteArray() : shellQuoted(request.urlRest));
}

} // namespace

QByteArray curlCommand(const QJsonObject& call)
{
    const SentRequest request = SentRequest::of(call);
    // The method is a token (RFC 9110 5.6.2), which may mean something to a shell.
    QByteArray out = "curl -sS -X " + shellQuoted(request.method) + ' ' + urlArgument(request);
    for (const SentHeader& header : request.headers)
        out += " \\\n  -H " + headerArgument(header);
    if (!request.body.isEmpty()) // raw: a body that begins with @ names no file
        out += " \\\n  --data-raw " + shellQuoted(request.body);
    if (!request.isWhole)
        out.prepend("# the body below is not whole: it was cut, or is not text\n");
    return out + '\n';
}
