// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/bodytext.h"

#include "base/httpsyntax.h"
#include "trace/plaintext.h"

QByteArray mediaTypeOf(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    return HttpSyntax::trimmed(end < 0 ? contentType : contentType.first(end)).toByteArray().toLower();
}

QByteArray bodyText(QByteArrayView contentType, const QByteArray& body)
{
    const QByteArray type = mediaTypeOf(contentType);
    const bool isText = type.startsWith("text/") || type.endsWith("json") || type.endsWith("xml")
        || type == "application/x-www-form-urlencoded" || type.endsWith("jsonl")
        || type == "application/x-ndjson";
    return isText ? PlainText::toUtf8(body) : QByteArray();
}
