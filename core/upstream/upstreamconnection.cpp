// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/upstreamconnection.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTimer>

#include <cerrno>
#include <utility>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif
#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#endif
#ifdef Q_OS_WIN
#include <winsock2.h>
#endif

namespace {

// Bytes the socket reads ahead of its user: with its user stopped, the kernel's window closes behind them.
constexpr qint64 socketBufferBytes = 64 * 1024;

/// Another descriptor of the same socket, which outlives Qt's own; -1 when there is none to be had.
qintptr duplicate(qintptr descriptor)
{
#ifdef Q_OS_WIN
    WSAPROTOCOL_INFOW info{};
    if (::WSADuplicateSocketW(SOCKET(descriptor), ::GetCurrentProcessId(), &info) != 0)
        return -1;
    const SOCKET copy = ::WSASocketW(
        FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, WSA_FLAG_OVERLAPPED);
    return copy == INVALID_SOCKET ? -1 : qintptr(copy);
#else
    return ::fcntl(int(descriptor), F_DUPFD_CLOEXEC, 0);
#endif
}

} // namespace

UpstreamConnection::UpstreamConnection(const Origin& origin, const QNetworkProxy& proxy, QObject* parent)
    : QObject(parent)
    , m_origin(origin)
    , m_proxy(proxy)
    , m_socket(origin.isTls ? new QSslSocket(this) : new QTcpSocket(this))
{
    const bool isHttpProxy
        = proxy.type() == QNetworkProxy::HttpProxy || proxy.type() == QNetworkProxy::HttpCachingProxy;
    m_absoluteForm = isHttpProxy && !origin.isTls;
    m_socket->setProxy(m_absoluteForm ? QNetworkProxy(QNetworkProxy::NoProxy) : proxy);
    m_socket->setReadBufferSize(socketBufferBytes);
}

UpstreamConnection::~UpstreamConnection()
{
    if (m_socket)
        m_socket->disconnect(this);
    releaseDescriptor();
}

void UpstreamConnection::setUser(User* user)
{
    m_user = user;
    m_idle = false;
}

void UpstreamConnection::open(const QSslConfiguration& tls, std::chrono::milliseconds limit)
{
    connectSignals();
    m_starting = true;
    m_connectLimit = limit;
    m_connectTimer = new QTimer(this);
    m_connectTimer->setSingleShot(true);
    connect(m_connectTimer, &QTimer::timeout, this,
        [this] { fail(UpstreamErrors::connectTimeout(m_origin, m_connectLimit)); });
    m_connectTimer->start(limit);

    if (auto* socket = qobject_cast<QSslSocket*>(m_socket)) {
        socket->setSslConfiguration(tls);
        socket->connectToHostEncrypted(m_origin.host, m_origin.port);
    } else if (m_absoluteForm) {
        m_socket->connectToHost(m_proxy.hostName(), m_proxy.port());
    } else {
        m_socket->connectToHost(m_origin.host, m_origin.port);
    }
    m_starting = false;
}

QByteArray UpstreamConnection::proxyAuthorization() const
{
    if (m_proxy.user().isEmpty())
        return {};
    const QString credentials = m_proxy.user() + u':' + m_proxy.password();
    return "Basic " + credentials.toUtf8().toBase64();
}

void UpstreamConnection::write(const QByteArray& bytes)
{
    if (m_stream) {
        // Of a broken connection read() tells, behind what the peer has sent before: an answer may be there.
        if (m_stream->write(bytes) && m_stream->bytesToWrite() < bytes.size() && m_user)
            m_user->bytesLeft();
    } else {
        m_socket->write(bytes);
    }
}

void UpstreamConnection::flush()
{
    if (m_socket)
        m_socket->flush();
}

qint64 UpstreamConnection::unsentBytes() const
{
    if (m_stream)
        return m_stream->bytesToWrite();
    qint64 bytes = m_socket->bytesToWrite();
    if (const auto* tls = qobject_cast<const QSslSocket*>(m_socket))
        bytes += tls->encryptedBytesToWrite();
    return bytes;
}

qint64 UpstreamConnection::bytesAvailable() const
{
    return m_socket ? m_socket->bytesAvailable() : 0;
}

qint64 UpstreamConnection::read(char* data, qint64 maxBytes)
{
    if (!m_stream)
        return m_socket->read(data, maxBytes);
    const qint64 got = m_stream->read(data, maxBytes);
    if (got < 0)
        fail(closedByPeer());
    return got;
}

void UpstreamConnection::setReading(bool isReading)
{
    if (m_stream) // Qt's sockets stop by themselves when their buffer is full
        m_stream->setReading(isReading);
}

void UpstreamConnection::socketReadable()
{
    if (m_idle)
        fail(closedByPeer());
    else if (m_user && m_open)
        m_user->bytesArrived();
}

void UpstreamConnection::socketWritten()
{
    if (m_user && m_open)
        m_user->bytesLeft();
}

bool UpstreamConnection::hasPendingInput() const
{
    if (m_stream)
        return m_stream->hasPendingInput();
#ifdef Q_OS_UNIX
    const auto descriptor = int(m_socket->socketDescriptor());
    char byte = 0;
    const ssize_t got
        = descriptor < 0 ? -1 : ::recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT); // 0 is the end
    return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && descriptor >= 0);
#else
    return false;
#endif
}

// The descriptor is duplicated because Qt closes its own before it reports the end.
void UpstreamConnection::watchEnd()
{
#ifdef Q_OS_LINUX
    if (m_socket && m_watchedDescriptor < 0 && m_socket->socketDescriptor() >= 0)
        m_watchedDescriptor = int(duplicate(m_socket->socketDescriptor()));
#endif
}

bool UpstreamConnection::wasReset() const
{
    if (m_stream)
        return m_stream->wasReset();
#ifdef Q_OS_LINUX
    if (m_watchedDescriptor < 0)
        return false;
    tcp_info info{};
    socklen_t size = sizeof(info);
    // After the peer's FIN alone the state is CLOSE_WAIT; a reset leaves CLOSE.
    return ::getsockopt(m_watchedDescriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0
        && info.tcpi_state == TCP_CLOSE;
#else
    return false;
#endif
}

void UpstreamConnection::setIdle()
{
    m_reused = true;
    m_idle = true;
    setReading(true);
    releaseDescriptor();
}

void UpstreamConnection::retire()
{
    m_user = nullptr;
    m_closed = true;
    m_open = false;
    releaseDescriptor();
    if (m_stream)
        m_stream->close();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    deleteLater();
}

void UpstreamConnection::connectSignals()
{
    connect(m_socket, &QAbstractSocket::readyRead, this, [this] {
        if (m_user && m_open)
            m_user->bytesArrived();
    });
    connect(m_socket, &QAbstractSocket::errorOccurred, this, &UpstreamConnection::onError);
    connect(m_socket, &QAbstractSocket::disconnected, this, &UpstreamConnection::onDisconnected);
    const auto onWritten = [this] {
        if (m_user && m_open)
            m_user->bytesLeft();
    };
    const auto* tls = qobject_cast<QSslSocket*>(m_socket);
    if (!tls) {
        connect(m_socket, &QAbstractSocket::bytesWritten, this, onWritten);
        connect(m_socket, &QAbstractSocket::connected, this, &UpstreamConnection::becomeOpen);
        return;
    }
    connect(tls, &QSslSocket::encryptedBytesWritten, this, onWritten);
    connect(tls, &QSslSocket::encrypted, this, &UpstreamConnection::becomeOpen);
    connect(tls, &QSslSocket::newSessionTicketReceived, this,
        [this, tls] { Q_EMIT sessionTicketArrived(tls->sslConfiguration().sessionTicket()); });
}

void UpstreamConnection::becomeOpen()
{
    if (m_starting) { // to an address the kernel may connect, or refuse, at once; the user is told later
        QMetaObject::invokeMethod(this, &UpstreamConnection::becomeOpen, Qt::QueuedConnection);
        return;
    }
    if (m_closed)
        return;
    m_open = true;
    delete std::exchange(m_connectTimer, nullptr);
    if (!m_origin.isTls && m_socket->proxy().type() == QNetworkProxy::NoProxy)
        leaveQtSocket();
    if (m_socket) {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    }
    // Up to TLS 1.2 the session is known at once; TLS 1.3 sends it later (newSessionTicketReceived).
    if (const auto* tls = qobject_cast<QSslSocket*>(m_socket)) {
        if (const QByteArray ticket = tls->sslConfiguration().sessionTicket(); !ticket.isEmpty())
            Q_EMIT sessionTicketArrived(ticket);
    }
    if (m_user)
        m_user->connectionOpened();
}

/// Plain TCP from here on. Not when bytes have come already, which would be lost: no HTTP server speaks
/// first.
void UpstreamConnection::leaveQtSocket()
{
    const qintptr descriptor = m_socket->bytesAvailable() == 0 ? duplicate(m_socket->socketDescriptor()) : -1;
    if (descriptor < 0)
        return;
    m_stream.reset(new StreamSocket(descriptor, this)); // make_unique may not know that this is its user
    QTcpSocket* socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    socket->abort(); // closes Qt's descriptor, not the connection
    socket->deleteLater(); // it may be telling us that it is connected
    m_stream->setReading(true);
}

void UpstreamConnection::onError()
{
    fail(UpstreamErrors::ofSocket(*m_socket, m_origin));
}

void UpstreamConnection::onDisconnected()
{
    fail(closedByPeer());
}

UpstreamFailure UpstreamConnection::closedByPeer() const
{
    return {
        {ErrorCode::ConnectionFailed, QStringLiteral("%1 closed the connection").arg(m_origin.displayName()),
            m_origin.displayName()},
        QNetworkReply::RemoteHostClosedError};
}

void UpstreamConnection::fail(const UpstreamFailure& failure)
{
    if (m_starting) {
        QMetaObject::invokeMethod(
            this, [this, failure] { fail(failure); }, Qt::QueuedConnection);
        return;
    }
    if (std::exchange(m_closed, true))
        return;
    m_open = false;
    setReading(false);
    if (m_connectTimer)
        m_connectTimer->stop();
    if (m_user)
        m_user->connectionClosed(failure);
}

void UpstreamConnection::releaseDescriptor()
{
#ifdef Q_OS_UNIX
    if (const int descriptor = std::exchange(m_watchedDescriptor, -1); descriptor >= 0)
        ::close(descriptor);
#endif
}
