// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UpstreamConnection: one TCP or TLS connection to one origin, used by one reply at a time or idle in the
// pool. A child of ConnectionPool, on the engine thread; whoever uses it ends that with
// ConnectionPool::giveBack() or retire(). It tells its user by direct calls: several for each streamed chunk,
// which is why they are no signals.
//
// Qt connects (names, proxies, TLS). A connection that is plain TCP then goes on as a StreamSocket; what Qt
// has to encrypt or to wrap stays with its QSslSocket or QTcpSocket.

#include "base/streamsocket.h"
#include "upstream/upstreamerrors.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QNetworkProxy>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

class QSslConfiguration;
class QTcpSocket;
class QTimer;

class UpstreamConnection final : public QObject, private StreamSocket::User
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UpstreamConnection)

public:
    /// Who is told. Every call may retire the connection.
    class User
    {
    public:
        /// Connected, and for TLS the peer is verified: bytes may be written.
        virtual void connectionOpened() = 0;
        /// bytesAvailable() has grown.
        virtual void bytesArrived() = 0;
        /// The kernel has taken bytes that were waiting; unsentBytes() has fallen.
        virtual void bytesLeft() = 0;
        /// Terminal: not opened, broken, or ended by the peer. What had arrived can still be read.
        virtual void connectionClosed(const UpstreamFailure& failure) = 0;

    protected:
        ~User() = default;
    };

    /// Does not connect yet. `proxy` is never DefaultProxy, so that Qt looks nothing up.
    UpstreamConnection(const Origin& origin, const QNetworkProxy& proxy, QObject* parent);
    ~UpstreamConnection() override;

    /// Starts to connect; the limit is for DNS, TCP, proxy and TLS together. `tls` matters to a TLS origin.
    void open(const QSslConfiguration& tls, std::chrono::milliseconds limit);
    /// Ends setIdle().
    void setUser(User* user);

    [[nodiscard]] const Origin& origin() const { return m_origin; }
    [[nodiscard]] bool isOpen() const { return m_open; }
    /// Has carried a whole request before: the peer may have closed it without our knowledge yet.
    [[nodiscard]] bool isReused() const { return m_reused; }
    /// One whole exchange is done; the next one reuses this. Until then whatever the peer sends closes it.
    void setIdle();
    /// A plain HTTP request through an HTTP proxy: the target must be in absolute form (RFC 9112 3.2.2).
    [[nodiscard]] bool needsAbsoluteForm() const { return m_absoluteForm; }
    /// Value of Proxy-Authorization for such a request; empty without credentials.
    [[nodiscard]] QByteArray proxyAuthorization() const;

    /// Hands what it can to the kernel, at the latest in flush(), and queues the rest.
    void write(const QByteArray& bytes);
    void flush();
    /// Not yet taken by the kernel, encrypted bytes included.
    [[nodiscard]] qint64 unsentBytes() const;

    /// Read from the kernel already; without TLS and proxies that is none.
    [[nodiscard]] qint64 bytesAvailable() const;
    /// At most maxBytes: fewer when there are no more now. At the end User::connectionClosed() may come
    /// inside.
    [[nodiscard]] qint64 read(char* data, qint64 maxBytes);
    /// Whether bytesArrived() shall come; while not, the kernel holds the peer back.
    void setReading(bool isReading);
    /// The kernel holds input (or the end) that the event loop has not delivered yet.
    [[nodiscard]] bool hasPendingInput() const;

    /// Asks for care about the connection's end: wasReset() tells a reset from a clean end, which Qt's
    /// sockets report alike (with those, on Linux only).
    void watchEnd();
    /// The peer has reset the connection; only known after watchEnd().
    [[nodiscard]] bool wasReset() const;

    /// Closes at once, tells nobody, and deletes itself later.
    void retire();

    QDeadlineTimer idleDeadline; // the pool's

Q_SIGNALS:
    /// A TLS session that a later connection to this origin may resume.
    void sessionTicketArrived(const QByteArray& ticket);

private:
    void socketReadable() override;
    void socketWritten() override;

    void becomeOpen();
    void leaveQtSocket();
    void fail(const UpstreamFailure& failure);
    void onError();
    void onDisconnected();
    void connectSignals();
    [[nodiscard]] UpstreamFailure closedByPeer() const;
    void releaseDescriptor();

    Origin m_origin;
    QNetworkProxy m_proxy;
    QTcpSocket* m_socket; // child; null once m_stream has taken over
    std::unique_ptr<StreamSocket> m_stream;
    QTimer* m_connectTimer = nullptr; // child, only while connecting
    User* m_user = nullptr;
    std::chrono::milliseconds m_connectLimit{0};
    int m_watchedDescriptor = -1; // a duplicate: outlives the socket's own
    bool m_absoluteForm = false;
    bool m_starting = false; // inside open()
    bool m_open = false;
    bool m_closed = false;
    bool m_reused = false;
    bool m_idle = false;
};
