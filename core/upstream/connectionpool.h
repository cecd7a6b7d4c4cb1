// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ConnectionPool: makes connections and keeps idle ones for the next request to the same origin, the last one
// used first. No cap on how many are in use. Owned by UpstreamAccessManager, on the engine thread; every
// connection is its child.

#include "upstream/upstreamconnection.h"

#include <QHash>
#include <QList>
#include <QSslConfiguration>

#include <functional>

class ConnectionPool final : public QObject, private UpstreamConnection::User
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionPool)

public:
    struct Options
    {
        std::chrono::milliseconds connectTimeout{30000};
        std::chrono::milliseconds keepAlive{55000}; // 0: nothing is kept
        QSslConfiguration tls; // verification and ALPN are set by the pool
    };
    /// Which network proxy leads to an origin; asked once an origin.
    using ProxyResolver = std::function<QNetworkProxy(const Origin&)>;

    ConnectionPool(const Options& options, ProxyResolver resolver, QObject* parent = nullptr);
    ~ConnectionPool() override;

    /// An idle connection that is still good; null when there is none.
    [[nodiscard]] UpstreamConnection* takeIdle(const Origin& origin);
    /// A new connection that has begun to connect; it tells `user`, never before this has returned to the
    /// event loop.
    [[nodiscard]] UpstreamConnection* makeFresh(const Origin& origin, UpstreamConnection::User* user);
    /// Takes a connection back after a complete exchange. `peerLimit`: how long the peer keeps it, if it
    /// said so.
    void giveBack(UpstreamConnection* connection, std::optional<std::chrono::seconds> peerLimit);

    /// Forgets what the resolver said, e.g. after the proxy settings have changed.
    void forgetProxies() { m_proxies.clear(); }

    [[nodiscard]] qsizetype idleCount() const;
    /// Connections made so far.
    [[nodiscard]] quint64 madeCount() const { return m_madeCount; }
    /// One read buffer for all replies of this thread; valid until the next event.
    [[nodiscard]] QByteArray& scratch() { return m_scratch; }

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    // An idle connection that says anything (bytes, the end) is of no use any more.
    void connectionOpened() override { }
    void bytesArrived() override { dropUnusable(); }
    void bytesLeft() override { }
    void connectionClosed(const UpstreamFailure&) override { dropUnusable(); }

    [[nodiscard]] QNetworkProxy proxyFor(const Origin& origin);
    [[nodiscard]] QSslConfiguration tlsFor(const Origin& origin) const;
    void dropUnusable();
    void armExpiry(const QDeadlineTimer& deadline);

    Options m_options;
    ProxyResolver m_resolver;
    QHash<Origin, QList<UpstreamConnection*>> m_idle;
    QHash<Origin, QNetworkProxy> m_proxies;
    QHash<Origin, QByteArray> m_tickets; // the latest TLS session of each origin
    QByteArray m_scratch;
    quint64 m_madeCount = 0;
    QDeadlineTimer m_expiry; // what m_expiryTimer is set for
    int m_expiryTimer = 0;
};
