// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UpstreamConnection: one TCP or TLS connection to one origin, used by one reply at a time or idle in the
// pool. A child of ConnectionPool, on the engine thread; whoever uses it ends that with
// ConnectionPool::giveBack() or retire(). It tells its user by direct calls: several for each streamed chunk,
// which is why they are no signals.

#include "upstream/upstreamerrors.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QNetworkProxy>
#include <QObject>

#include <chrono>
#include <optional>

class QSslConfiguration;
class QTcpSocket;
class QTimer;

class UpstreamConnection final : public QObject
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
    void setUser(User* user) { m_user = user; }

    [[nodiscard]] const Origin& origin() const { return m_origin; }
    [[nodiscard]] bool isOpen() const { return m_open; }
    /// Has carried a whole request before: the peer may have closed it without our knowledge yet.
    [[nodiscard]] bool isReused() const { return m_reused; }
    /// One whole exchange is done; the next one reuses this.
    void setIdle();
    /// A plain HTTP request through an HTTP proxy: the target must be in absolute form (RFC 9112 3.2.2).
    [[nodiscard]] bool needsAbsoluteForm() const { return m_absoluteForm; }
    /// Value of Proxy-Authorization for such a request; empty without credentials.
    [[nodiscard]] QByteArray proxyAuthorization() const;

    /// Queues bytes; flush() hands what it can to the kernel at once.
    void write(const QByteArray& bytes);
    void flush();
    /// Not yet taken by the kernel, encrypted bytes included.
    [[nodiscard]] qint64 unsentBytes() const;

    [[nodiscard]] qint64 bytesAvailable() const;
    [[nodiscard]] qint64 read(char* data, qint64 maxBytes);
    /// The kernel holds input (or the end) that the event loop has not delivered yet.
    [[nodiscard]] bool hasPendingInput() const;

    /// Asks for care about the connection's end, on Linux: wasReset() tells a reset from a clean end, which
    /// Qt reports alike, and bytes that had arrived when a write failed can be read (without TLS).
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
    void becomeOpen();
    void fail(const UpstreamFailure& failure);
    void onError();
    void onDisconnected();
    void connectSignals();
    [[nodiscard]] qint64 salvage(char* data, qint64 maxBytes, bool peeks) const;
    void releaseDescriptor();

    Origin m_origin;
    QNetworkProxy m_proxy;
    QTcpSocket* m_socket; // child
    QTimer* m_connectTimer = nullptr; // child, only while connecting
    User* m_user = nullptr;
    std::chrono::milliseconds m_connectLimit{0};
    int m_watchedDescriptor = -1; // a duplicate: outlives the socket's own
    bool m_absoluteForm = false;
    bool m_starting = false; // inside open()
    bool m_open = false;
    bool m_closed = false;
    bool m_reused = false;
};
