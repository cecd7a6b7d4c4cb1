// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/responseframing.h"

namespace {

bool framesBody(const Header& header)
{
    return isSameHeaderName(header.name, "content-length")
        || isSameHeaderName(header.name, "transfer-encoding");
}

void appendLine(QByteArray* out, QByteArrayView name, QByteArrayView value)
{
    out->append(name).append(": ").append(value).append("\r\n");
}

QByteArray statusLine(const ResponseHead& head)
{
    return "HTTP/1.1 " + QByteArray::number(head.status) + ' ' + head.reason + "\r\n";
}

} // namespace

ResponseFraming::ResponseFraming(const RequestHead& request)
    : m_isHeadRequest(request.method == "HEAD")
    , m_isHttp10(request.minorVersion == 0)
    , m_wantsClose(m_isHttp10 ? !request.headers.hasToken("connection", "keep-alive")
                              : request.headers.hasToken("connection", "close"))
{
}

ResponseFraming::Kind ResponseFraming::kindFor(int status, qint64 contentLength) const
{
    if (m_isHeadRequest || status == 204 || status == 304)
        return Kind::None;
    if (contentLength >= 0)
        return Kind::Length;
    return m_isHttp10 ? Kind::Close : Kind::Chunked;
}

QByteArray ResponseFraming::head(const ResponseHead& head, qint64 contentLength, bool isClosing)
{
    m_kind = kindFor(head.status, contentLength);
    m_remaining = m_kind == Kind::Length ? contentLength : 0;
    const bool keepsForeignFraming = m_kind == Kind::None && head.status != 204; // what GET would have had
    bool isFramed = m_kind == Kind::None || m_kind == Kind::Close;
    QByteArray out = statusLine(head);
    for (const Header& header : head.headers) {
        if (!framesBody(header)) {
            appendLine(&out, header.name, header.value);
            continue;
        }
        const bool isLength = isSameHeaderName(header.name, "content-length");
        if (keepsForeignFraming && (isLength || !m_isHttp10)) {
            appendLine(&out, header.name, header.value);
        } else if (!isFramed && isLength == (m_kind == Kind::Length)) {
            appendLine(
                &out, header.name, isLength ? QByteArray::number(contentLength) : QByteArray("chunked"));
            isFramed = true;
        }
    }
    const bool isOwnHeadAnswer
        = m_isHeadRequest && contentLength >= 0 && !head.headers.contains("content-length");
    if (isOwnHeadAnswer || (!isFramed && m_kind == Kind::Length))
        appendLine(&out, "Content-Length", QByteArray::number(contentLength));
    else if (!isFramed)
        appendLine(&out, "Transfer-Encoding", "chunked");
    if (isClosing)
        appendLine(&out, "Connection", "close");
    else if (m_isHttp10)
        appendLine(&out, "Connection", "keep-alive");
    return out.append("\r\n");
}

QByteArray ResponseFraming::interimHead(const ResponseHead& head)
{
    QByteArray out = statusLine(head);
    head.headers.appendTo(&out);
    return out.append("\r\n");
}

QByteArray ResponseFraming::body(const QByteArray& bytes)
{
    if (m_kind == Kind::None || bytes.isEmpty())
        return {};
    if (m_kind == Kind::Close)
        return bytes;
    if (m_kind == Kind::Length) {
        const qint64 taken = qMin<qint64>(m_remaining, bytes.size());
        m_remaining -= taken;
        return bytes.first(taken);
    }
    QByteArray out;
    out.reserve(bytes.size() + 20);
    return out.append(QByteArray::number(bytes.size(), 16)).append("\r\n").append(bytes).append("\r\n");
}

QByteArray ResponseFraming::end(const HeaderList& trailers) const
{
    if (m_kind != Kind::Chunked)
        return {};
    QByteArray out = "0\r\n";
    trailers.appendTo(&out);
    return out.append("\r\n");
}
