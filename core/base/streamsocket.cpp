// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/streamsocket.h"

#include <QEvent>
#include <QSocketNotifier>

#include <utility>

#ifdef Q_OS_WIN
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace {

#ifdef Q_OS_WIN
using Handle = SOCKET;
constexpr int sendFlags = 0;

int lastError()
{
    return WSAGetLastError();
}

bool isInterrupted(int)
{
    return false;
}

bool wouldBlock(int error)
{
    return error == WSAEWOULDBLOCK || error == WSAENOBUFS;
}

bool setNonBlocking(Handle handle)
{
    u_long on = 1;
    return ::ioctlsocket(handle, FIONBIO, &on) == 0;
}
#else
using Handle = int;
#ifdef MSG_NOSIGNAL
constexpr int sendFlags = MSG_NOSIGNAL;
#else
constexpr int sendFlags = 0; // SO_NOSIGPIPE instead
#endif

int lastError()
{
    return errno;
}

bool isInterrupted(int error)
{
    return error == EINTR;
}

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS;
}

bool setNonBlocking(Handle handle)
{
    int on = 1;
    return ::ioctl(handle, FIONBIO, &on) == 0;
}
#endif

void setOption(Handle handle, int level, int name, int value)
{
    ::setsockopt(handle, level, name, reinterpret_cast<const char*>(&value), sizeof value);
}

void closeHandle(Handle handle)
{
#ifdef Q_OS_WIN
    ::closesocket(handle);
#else
    ::close(handle);
#endif
}

} // namespace

/// Takes the notification as the event it is: a signal for each would be one more call on the way of every
/// chunk.
class StreamSocket::Notifier final : public QSocketNotifier
{
public:
    Notifier(qintptr descriptor, Type type, StreamSocket* socket)
        : QSocketNotifier(descriptor, type)
        , m_socket(socket)
    {
    }

protected:
    bool event(QEvent* event) override
    {
        if (event->type() != QEvent::SockAct && event->type() != QEvent::SockClose)
            return QSocketNotifier::event(event);
        if (type() == Write)
            m_socket->sendWaiting();
        else
            m_socket->m_user->socketReadable();
        return true;
    }

private:
    StreamSocket* m_socket;
};

StreamSocket::StreamSocket(qintptr descriptor, User* user)
    : m_descriptor(descriptor)
    , m_user(user)
{
    const auto handle = Handle(descriptor);
    if (!setNonBlocking(handle)) {
        m_descriptor = -1;
        closeHandle(handle);
        return;
    }
    setOption(handle, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(handle, SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef SO_NOSIGPIPE
    setOption(handle, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
}

StreamSocket::~StreamSocket()
{
    close();
}

void StreamSocket::setReading(bool isReading)
{
    if (m_isReading == isReading || !isOpen())
        return;
    m_isReading = isReading;
    if (!m_readable)
        m_readable = std::make_unique<Notifier>(m_descriptor, QSocketNotifier::Read, this);
    else
        m_readable->setEnabled(isReading);
}

qint64 StreamSocket::read(char* data, qint64 maxBytes)
{
    if (!isOpen())
        return -1;
    while (true) {
#ifdef Q_OS_WIN
        const int got = ::recv(Handle(m_descriptor), data, int(qMin<qint64>(maxBytes, 1 << 30)), 0);
#else
        const ssize_t got = ::recv(Handle(m_descriptor), data, size_t(maxBytes), 0);
#endif
        if (got > 0)
            return got;
        if (got == 0)
            return -1;
        const int error = lastError();
        if (isInterrupted(error))
            continue;
        if (wouldBlock(error))
            return 0;
        m_wasReset = true;
        return -1;
    }
}

bool StreamSocket::hasPendingInput() const
{
    if (!isOpen())
        return false;
    char byte = 0;
    const auto got = ::recv(Handle(m_descriptor), &byte, 1, MSG_PEEK);
    return got >= 0 || !wouldBlock(lastError()); // 0 is the end
}

bool StreamSocket::isPeerLoopback() const
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (!isOpen() || ::getpeername(Handle(m_descriptor), reinterpret_cast<sockaddr*>(&peer), &size) != 0)
        return false;
    if (peer.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(peer);
        return (ntohl(v4.sin_addr.s_addr) >> 24) == 127;
    }
    if (peer.ss_family != AF_INET6)
        return false;
    const in6_addr& v6 = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
    return IN6_IS_ADDR_LOOPBACK(&v6) || (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[12] == 127);
}

bool StreamSocket::hasPeerClosed() const
{
    if (!isOpen())
        return false;
#ifdef Q_OS_WIN
    WSAPOLLFD request{Handle(m_descriptor), 0, 0};
    return ::WSAPoll(&request, 1, 0) > 0 && (request.revents & (POLLHUP | POLLERR)) != 0;
#else
#ifdef POLLRDHUP
    constexpr short closed = POLLHUP | POLLERR | POLLRDHUP;
#else
    constexpr short closed = POLLHUP | POLLERR;
#endif
    pollfd request{Handle(m_descriptor), closed, 0};
    return ::poll(&request, 1, 0) > 0 && (request.revents & closed) != 0;
#endif
}

bool StreamSocket::write(QByteArrayView bytes)
{
    if (!isOpen() || m_isBroken)
        return false;
    if (bytes.isEmpty())
        return true;
    const qint64 sent = m_unsent.isEmpty() ? sendNow(bytes) : 0;
    if (sent < 0)
        return false;
    if (sent == bytes.size())
        return true;
    m_unsent.append(bytes.sliced(sent));
    if (!m_writable)
        m_writable = std::make_unique<Notifier>(m_descriptor, QSocketNotifier::Write, this);
    else
        m_writable->setEnabled(true);
    return true;
}

/// The kernel has room again.
void StreamSocket::sendWaiting()
{
    const qint64 sent = sendNow(QByteArrayView(m_unsent).sliced(m_unsentOffset));
    if (sent > 0)
        m_unsentOffset += sent;
    const bool isDone = sent < 0 || m_unsentOffset == m_unsent.size();
    if (isDone) { // what cannot be sent is dropped: read() tells of the end
        m_unsent = QByteArray();
        m_unsentOffset = 0;
        m_writable->setEnabled(false);
    } else if (m_unsentOffset > m_unsent.size() / 2) { // moved seldom, so that it costs little a byte
        m_unsent.remove(0, std::exchange(m_unsentOffset, 0));
    }
    if (sent != 0)
        m_user->socketWritten();
}

/// How many bytes the kernel took (0 when its buffer is full), -1 when the connection is broken.
qint64 StreamSocket::sendNow(QByteArrayView bytes)
{
    while (true) {
#ifdef Q_OS_WIN
        const int size = int(qMin<qsizetype>(bytes.size(), 1 << 30));
        const int sent = ::send(Handle(m_descriptor), bytes.data(), size, sendFlags);
#else
        const ssize_t sent = ::send(Handle(m_descriptor), bytes.data(), size_t(bytes.size()), sendFlags);
#endif
        if (sent >= 0)
            return sent;
        const int error = lastError();
        if (isInterrupted(error))
            continue;
        if (wouldBlock(error))
            return 0;
        m_isBroken = true;
        return -1;
    }
}

void StreamSocket::shutdownSending()
{
    if (!isOpen())
        return;
#ifdef Q_OS_WIN
    ::shutdown(Handle(m_descriptor), SD_SEND);
#else
    ::shutdown(Handle(m_descriptor), SHUT_WR);
#endif
}

void StreamSocket::resetOnClose()
{
    if (!isOpen())
        return;
    linger option{};
    option.l_onoff = 1;
    ::setsockopt(
        Handle(m_descriptor), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&option), sizeof option);
}

// The notifiers stay until this dies: one of them may be the caller.
void StreamSocket::close()
{
    if (!isOpen())
        return;
    if (m_readable)
        m_readable->setEnabled(false);
    if (m_writable)
        m_writable->setEnabled(false);
    m_isReading = false;
    m_unsent = QByteArray();
    m_unsentOffset = 0;
    closeHandle(Handle(std::exchange(m_descriptor, -1)));
}
