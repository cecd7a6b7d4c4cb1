// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/bodytext.h"

#include "base/httpsyntax.h"
#include "trace/plaintext.h"

namespace {

/// The value of a parameter like `boundary=x` or `name="x"`; empty when it is not there.
QByteArray parameterOf(QByteArrayView value, QByteArrayView name)
{
    for (const QByteArray& part : value.toByteArray().split(';')) {
        const QByteArray trimmed = HttpSyntax::trimmed(part).toByteArray();
        const qsizetype equals = trimmed.indexOf('=');
        if (equals < 0 || !isSameHeaderName(QByteArrayView(trimmed).first(equals), name))
            continue;
        QByteArray text = trimmed.mid(equals + 1);
        if (text.size() >= 2 && text.startsWith('"') && text.endsWith('"'))
            text = text.mid(1, text.size() - 2);
        return text;
    }
    return {};
}

/// One part of multipart/form-data (RFC 7578) as a line.
QByteArray formLine(QByteArrayView part)
{
    const qsizetype headEnd = part.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return {};
    const Result<HeaderList> headers = HttpSyntax::parseFields(part.first(headEnd + 2));
    if (!headers)
        return {};
    const QByteArrayView content = part.sliced(headEnd + 4);
    const QByteArray disposition = headers->value("content-disposition");
    const QByteArray name = parameterOf(disposition, "name");
    const QByteArray file = parameterOf(disposition, "filename");
    if (!file.isEmpty())
        return name + "=[file: " + file + ", " + QByteArray::number(content.size()) + " bytes]\n";
    return name + '=' + content.toByteArray() + '\n';
}

QByteArray formText(const QByteArray& boundary, QByteArrayView body)
{
    const QByteArray delimiter = "--" + boundary;
    QByteArray text;
    qsizetype at = boundary.isEmpty() ? -1 : body.indexOf(delimiter);
    while (at >= 0) {
        const qsizetype start = at + delimiter.size() + 2; // CRLF, or "--" at the end
        if (start > body.size())
            break;
        const qsizetype next = body.indexOf("\r\n" + delimiter, start - 2);
        const qsizetype end = next < 0 ? body.size() : next;
        if (end > start)
            text += formLine(body.sliced(start, end - start));
        at = next < 0 ? -1 : next + 2;
    }
    return text;
}

} // namespace

QByteArray mediaTypeOf(QByteArrayView contentType)
{
    const qsizetype end = contentType.indexOf(';');
    return HttpSyntax::trimmed(end < 0 ? contentType : contentType.first(end)).toByteArray().toLower();
}

QByteArray bodyText(QByteArrayView contentType, const QByteArray& body)
{
    const QByteArray type = mediaTypeOf(contentType);
    if (type == "multipart/form-data")
        return PlainText::toUtf8(formText(parameterOf(contentType, "boundary"), body));
    const bool isText = type.startsWith("text/") || type.endsWith("json") || type.endsWith("xml")
        || type == "application/x-www-form-urlencoded" || type == "application/jsonl"
        || type == "application/x-ndjson";
    return isText ? PlainText::toUtf8(body) : QByteArray();
}
