// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/rawclient.h"

#include "base/chunkeddecoder.h"
#include "base/httpsyntax.h"

#include <QCoreApplication>

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/// Waits for the events at the descriptor in slices, with the thread's own events in between.
static bool waitFor(int descriptor, short events, const QDeadlineTimer& deadline)
{
    pollfd waiting{descriptor, events, 0};
    while (::poll(&waiting, 1, 0) == 0) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents();
        ::poll(&waiting, 1, 1);
    }
    return true;
}

RawClient::RawClient(quint16 port, int receiveBufferBytes)
{
    m_clock.start();
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receiveBufferBytes > 0)
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &receiveBufferBytes, sizeof receiveBufferBytes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // The kernel completes the handshake from the server's backlog, so this never waits for its event loop.
    if (::connect(m_socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        close();
        return;
    }
    ::fcntl(m_socket, F_SETFL, O_NONBLOCK);
}

RawClient::~RawClient()
{
    close();
}

bool RawClient::send(QByteArrayView bytes)
{
    const QDeadlineTimer deadline(m_timeout);
    while (!bytes.isEmpty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
        if (sent >= 0)
            bytes = bytes.sliced(sent);
        else if (errno != EAGAIN || !waitFor(m_socket, POLLOUT, deadline))
            return false;
    }
    return true;
}

Result<QByteArray> RawClient::readExactly(qsizetype count)
{
    const QDeadlineTimer deadline(m_timeout);
    while (m_buffer.size() < count) {
        if (const auto filled = fill(deadline); !filled)
            return filled.error();
    }
    return take(count);
}

Result<QByteArray> RawClient::readUntil(QByteArrayView end)
{
    const QDeadlineTimer deadline(m_timeout);
    qsizetype found = -1;
    while ((found = m_buffer.indexOf(end)) < 0) {
        if (const auto filled = fill(deadline); !filled)
            return filled.error();
    }
    return take(found + end.size());
}

Result<QByteArray> RawClient::readUntilClosed()
{
    const QDeadlineTimer deadline(m_timeout);
    while (m_end == End::Open) {
        if (const auto filled = fill(deadline); !filled && m_end == End::Open)
            return filled.error();
    }
    return take(m_buffer.size());
}

QByteArray RawClient::readAvailable()
{
    while (m_end == End::Open && receive())
        ;
    return take(m_buffer.size());
}

RawClient::End RawClient::waitForEnd()
{
    const QDeadlineTimer deadline(m_timeout);
    while (m_end == End::Open) {
        if (const auto filled = fill(deadline); !filled)
            break;
    }
    return m_end;
}

Result<RawResponse> RawClient::readResponse(QByteArrayView method)
{
    using Kind = HttpSyntax::Framing::Kind;
    const QDeadlineTimer deadline(m_timeout);
    auto response = readHead(deadline);
    if (!response)
        return response;
    const auto framing = HttpSyntax::parseFraming(response->headers);
    if (!framing)
        return Error{ErrorCode::ProtocolError, framing.error().message, QString()};
    if (method == "HEAD" || response->status == 204 || response->status == 304)
        return response;

    Result<void> read;
    if (framing->kind == Kind::Chunked)
        read = readChunked(&*response, deadline);
    else if (framing->kind == Kind::Length)
        read = readLength(&*response, framing->contentLength, deadline);
    else
        read = readToEnd(&*response, deadline);
    if (!read)
        return read.error();
    return response;
}

Result<RawResponse> RawClient::readHead(const QDeadlineTimer& deadline)
{
    RawResponse response;
    while (true) {
        qsizetype end = -1;
        while ((end = m_buffer.indexOf("\r\n\r\n")) < 0) {
            if (const auto filled = fill(deadline); !filled)
                return filled.error();
        }
        const QByteArray head = take(end + 4);
        const qsizetype lineEnd = head.indexOf("\r\n");
        response.statusLine = head.first(lineEnd);
        response.status = response.statusLine.mid(9, 3).toInt();
        const auto fields = HttpSyntax::parseFields(QByteArrayView(head).sliced(lineEnd + 2, end - lineEnd));
        if (!fields || !response.statusLine.startsWith("HTTP/1.") || response.status < 100)
            return Error{ErrorCode::ProtocolError, QStringLiteral("bad head"), QString::fromLatin1(head)};
        if (response.status >= 200 || response.status == 101) {
            response.rawHead = head;
            response.headers = *fields;
            return response;
        }
        response.interimHeads.append(head);
    }
}

Result<void> RawClient::readChunked(RawResponse* response, const QDeadlineTimer& deadline)
{
    ChunkedDecoder decoder;
    while (true) {
        QByteArray part;
        const auto taken = decoder.decode(m_buffer, &part);
        if (!taken)
            return Error{ErrorCode::ProtocolError, taken.error().message, QString()};
        response->rawBody += take(*taken);
        addArrival(response, part);
        if (decoder.isFinished())
            break;
        if (const auto filled = fill(deadline); !filled)
            return filled;
    }
    response->trailers = decoder.trailers();
    return {};
}

Result<void> RawClient::readLength(RawResponse* response, qint64 length, const QDeadlineTimer& deadline)
{
    while (true) {
        const QByteArray part = take(qMin<qint64>(m_buffer.size(), length - response->body.size()));
        response->rawBody += part;
        addArrival(response, part);
        if (response->body.size() == length)
            return {};
        if (const auto filled = fill(deadline); !filled)
            return filled;
    }
}

Result<void> RawClient::readToEnd(RawResponse* response, const QDeadlineTimer& deadline)
{
    while (true) {
        const QByteArray part = take(m_buffer.size());
        response->rawBody += part;
        addArrival(response, part);
        const auto filled = fill(deadline);
        if (!filled && m_end == End::Fin)
            return {};
        if (!filled)
            return filled;
    }
}

void RawClient::addArrival(RawResponse* response, const QByteArray& bytes) const
{
    if (bytes.isEmpty())
        return;
    response->body += bytes;
    response->arrivals.append({bytes, std::chrono::milliseconds(m_clock.elapsed())});
}

Result<void> RawClient::fill(const QDeadlineTimer& deadline)
{
    if (m_end == End::Open && m_socket >= 0) {
        if (!waitFor(m_socket, POLLIN, deadline))
            return Error{ErrorCode::Timeout, QStringLiteral("nothing came in time"), QString()};
        if (receive() && m_end == End::Open)
            return {};
    }
    return Error{ErrorCode::ConnectionFailed,
        m_end == End::Reset ? QStringLiteral("reset by the peer") : QStringLiteral("closed by the peer"),
        QString()};
}

bool RawClient::receive()
{
    char bytes[64 * 1024];
    const ssize_t count = ::recv(m_socket, bytes, sizeof bytes, 0);
    if (count > 0)
        m_buffer.append(bytes, count);
    else if (count == 0)
        m_end = End::Fin;
    else if (errno != EAGAIN)
        m_end = End::Reset;
    return count >= 0 || m_end != End::Open;
}

QByteArray RawClient::take(qsizetype count)
{
    const QByteArray bytes = m_buffer.first(count);
    m_buffer.remove(0, count);
    return bytes;
}

void RawClient::finish()
{
    ::shutdown(m_socket, SHUT_WR);
}

void RawClient::reset()
{
    const linger discard{1, 0}; // with a zero time close() sends RST (socket(7))
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &discard, sizeof discard);
    close();
}

void RawClient::close()
{
    if (m_socket >= 0)
        ::close(m_socket);
    m_socket = -1;
}
