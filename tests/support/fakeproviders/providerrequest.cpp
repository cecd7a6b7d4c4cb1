// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakeproviders/providerrequest.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

ProviderRequest ProviderRequestReader::read(const ReceivedRequest& request)
{
    ProviderRequest result;
    result.raw = request;
    const qsizetype question = request.target.indexOf('?');
    result.path = request.target.first(question < 0 ? request.target.size() : question);
    result.query = question < 0 ? QByteArray() : request.target.sliced(question + 1);
    if (request.headers.value("Content-Type").startsWith("application/json"))
        result.json = QJsonDocument::fromJson(request.body).object();
    result.model = result.json.value(QStringLiteral("model")).toString().toUtf8();
    const qsizetype models = result.path.indexOf("/models/");
    if (models >= 0) {
        const QByteArray rest = result.path.sliced(models + 8);
        result.model = rest.first(rest.contains(':') ? rest.indexOf(':') : rest.size());
    }
    result.attempt = m_attempts[result.path + ' ' + result.model]++;
    return result;
}

static QByteArray quotedParameter(const QByteArray& header, const QByteArray& name)
{
    const qsizetype start = header.indexOf(QByteArray(name + "=\""));
    if (start < 0)
        return {};
    const qsizetype valueStart = start + name.size() + 2;
    return header.mid(valueStart, header.indexOf('"', valueStart) - valueStart);
}

UploadedFile parseMultipart(const ReceivedRequest& request)
{
    UploadedFile file;
    const QByteArray type = request.headers.value("Content-Type");
    const qsizetype start = type.indexOf("boundary=");
    if (start < 0)
        return file;
    const QByteArray boundary = "--" + type.sliced(start + 9);
    qsizetype position = request.body.indexOf(boundary);
    while (position >= 0) {
        const qsizetype partStart = position + boundary.size() + 2;
        const qsizetype next = request.body.indexOf(QByteArray("\r\n" + boundary), partStart);
        if (next < 0)
            break;
        const QByteArray part = request.body.sliced(partStart, next - partStart);
        const qsizetype headEnd = part.indexOf("\r\n\r\n");
        const QByteArray head = part.first(qMax<qsizetype>(headEnd, 0));
        const QByteArray name = quotedParameter(head, " name");
        if (head.contains("filename=")) {
            file.name = quotedParameter(head, "filename");
            const qsizetype partType = head.toLower().indexOf("content-type: ");
            file.contentType = partType < 0 ? QByteArray() : head.sliced(partType + 14).split('\r').first();
            file.bytes = part.sliced(headEnd + 4);
        } else {
            file.fields.insert(name, part.sliced(headEnd + 4));
        }
        position = next + 2;
    }
    return file;
}

QByteArray sha1Hex(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex();
}

QByteArray jsonString(const QByteArray& text)
{
    const QByteArray array
        = QJsonDocument(QJsonArray{QString::fromUtf8(text)}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

QByteArray filled(QByteArray text, const QHash<QByteArray, QByteArray>& values)
{
    for (auto entry = values.cbegin(); entry != values.cend(); ++entry)
        text.replace(QByteArray('%' + entry.key() + '%'), entry.value());
    return text;
}

QList<QByteArray> sseEvents(const QByteArray& lines)
{
    QList<QByteArray> events;
    for (const QByteArray& line : lines.split('\n')) {
        const QByteArray text = line.trimmed();
        if (text.isEmpty())
            continue;
        const qsizetype bar = text.indexOf('|');
        const qsizetype brace = text.indexOf('{');
        if (bar >= 0 && (brace < 0 || bar < brace))
            events.append("event: " + text.first(bar) + "\ndata: " + text.sliced(bar + 1) + "\n\n");
        else
            events.append("data: " + text + "\n\n");
    }
    return events;
}
