// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/requestbody.h"

#include "base/bytepipe.h"

#include <QIODevice>

namespace {

Error lengthMismatch(const char* message)
{
    return {ErrorCode::BadRequest, QString::fromLatin1(message), {}};
}

} // namespace

RequestBody::RequestBody(QIODevice* device, const HttpSyntax::Framing& framing)
    : m_device(device)
    , m_pipe(qobject_cast<BytePipe*>(device))
    , m_framing(framing)
    , m_remaining(framing.kind == HttpSyntax::Framing::Kind::Length ? framing.contentLength : 0)
    , m_complete(framing.kind == HttpSyntax::Framing::Kind::None
          || (framing.kind == HttpSyntax::Framing::Kind::Length && framing.contentLength == 0))
{
}

Result<QByteArray> RequestBody::take(qsizetype maxBytes)
{
    if (m_complete)
        return QByteArray();
    return m_framing.kind == HttpSyntax::Framing::Kind::Length ? takeWithLength(maxBytes)
                                                               : takeChunked(maxBytes);
}

bool RequestBody::isSequential() const
{
    return m_device && m_device->isSequential();
}

QIODevice* RequestBody::device() const
{
    return m_device;
}

QByteArray RequestBody::takeRaw(qsizetype maxBytes)
{
    if (!m_device)
        return {};
    QByteArray bytes;
    if (m_pipe)
        bytes = m_pipe->takeChunk();
    else
        bytes
            = m_device->read(isSequential() ? qMin<qint64>(maxBytes, m_device->bytesAvailable()) : maxBytes);
    m_consumed = m_consumed || !bytes.isEmpty();
    return bytes;
}

bool RequestBody::isAtEnd() const
{
    if (!m_device)
        return true;
    if (m_pipe)
        return m_pipe->atEnd();
    return isSequential() ? m_channelFinished && m_device->bytesAvailable() == 0 : m_device->atEnd();
}

Result<QByteArray> RequestBody::takeWithLength(qsizetype maxBytes)
{
    QByteArray bytes = takeRaw(maxBytes);
    if (bytes.size() > m_remaining)
        return lengthMismatch("the request body is longer than its Content-Length");
    m_remaining -= bytes.size();
    m_complete = m_remaining == 0;
    if (!m_complete && bytes.isEmpty() && isAtEnd())
        return lengthMismatch("the request body is shorter than its Content-Length");
    return bytes;
}

Result<QByteArray> RequestBody::takeChunked(qsizetype maxBytes)
{
    if (!m_device) // no last chunk: the server must not take the body for whole
        return lengthMismatch("the request body ended early");
    const QByteArray bytes = takeRaw(maxBytes);
    QByteArray framed;
    if (!bytes.isEmpty()) {
        framed.reserve(bytes.size() + 32);
        framed.append(QByteArray::number(bytes.size(), 16)).append("\r\n").append(bytes).append("\r\n");
    }
    if (isAtEnd()) {
        framed.append("0\r\n\r\n");
        m_complete = true;
    }
    return framed;
}
