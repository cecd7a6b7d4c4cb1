// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/connectionpool.h"

#include <QTimerEvent>

#include <algorithm>
#include <utility>

namespace {

constexpr qsizetype scratchBytes = 64 * 1024;
// A connection is given up this long before the peer said it would close it, so that a request does not cross
// the peer's FIN on the wire.
constexpr std::chrono::seconds peerLimitMargin{1};

} // namespace

ConnectionPool::ConnectionPool(const Options& options, ProxyResolver resolver, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_resolver(std::move(resolver))
    , m_scratch(scratchBytes, Qt::Uninitialized)
{
    QSslConfiguration& tls = m_options.tls;
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    tls.setSslOption(QSsl::SslOptionDisableSessionPersistence, false); // gives us tickets to keep
}

ConnectionPool::~ConnectionPool() = default;

UpstreamConnection* ConnectionPool::takeIdle(const Origin& origin)
{
    const auto found = m_idle.find(origin);
    if (found == m_idle.end())
        return nullptr;
    while (!found->isEmpty()) {
        UpstreamConnection* connection = found->takeLast();
        // Asking the kernel costs less than a microsecond and finds nearly every connection that the peer has
        // closed meanwhile; a POST on such a one could not be retried.
        if (connection->isOpen() && !connection->idleDeadline.hasExpired()
            && !connection->hasPendingInput()) {
            connection->setUser(nullptr);
            return connection;
        }
        connection->retire();
    }
    return nullptr;
}

UpstreamConnection* ConnectionPool::makeFresh(const Origin& origin, UpstreamConnection::User* user)
{
    auto* connection = new UpstreamConnection(origin, proxyFor(origin), this);
    connect(connection, &UpstreamConnection::sessionTicketArrived, this,
        [this, origin](const QByteArray& ticket) { m_tickets.insert(origin, ticket); });
    ++m_madeCount;
    connection->setUser(user);
    connection->open(origin.isTls ? tlsFor(origin) : QSslConfiguration(), m_options.connectTimeout);
    return connection;
}

void ConnectionPool::giveBack(UpstreamConnection* connection, std::optional<std::chrono::seconds> peerLimit)
{
    std::chrono::milliseconds limit = m_options.keepAlive;
    if (peerLimit)
        limit = std::min<std::chrono::milliseconds>(limit, *peerLimit - peerLimitMargin);
    if (limit <= std::chrono::milliseconds::zero() || !connection->isOpen()
        || connection->bytesAvailable() > 0) {
        connection->retire();
        return;
    }
    connection->setUser(this);
    connection->setIdle();
    connection->idleDeadline.setRemainingTime(limit, Qt::CoarseTimer);
    m_idle[connection->origin()].append(connection);
    armExpiry(connection->idleDeadline);
}

qsizetype ConnectionPool::idleCount() const
{
    qsizetype count = 0;
    for (const QList<UpstreamConnection*>& connections : m_idle)
        count += connections.size();
    return count;
}

void ConnectionPool::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_expiryTimer)
        return;
    killTimer(std::exchange(m_expiryTimer, 0));
    dropUnusable();
    QDeadlineTimer earliest(QDeadlineTimer::Forever);
    for (const QList<UpstreamConnection*>& connections : std::as_const(m_idle)) {
        for (const UpstreamConnection* connection : connections)
            earliest = std::min(earliest, connection->idleDeadline);
    }
    if (!earliest.isForever())
        armExpiry(earliest);
}

QNetworkProxy ConnectionPool::proxyFor(const Origin& origin)
{
    auto found = m_proxies.find(origin);
    if (found == m_proxies.end())
        found = m_proxies.insert(origin, m_resolver(origin));
    return *found;
}

QSslConfiguration ConnectionPool::tlsFor(const Origin& origin) const
{
    QSslConfiguration tls = m_options.tls;
    if (const QByteArray ticket = m_tickets.value(origin); !ticket.isEmpty())
        tls.setSessionTicket(ticket);
    return tls;
}

void ConnectionPool::dropUnusable()
{
    for (auto origin = m_idle.begin(); origin != m_idle.end();) {
        origin->removeIf([](UpstreamConnection* connection) {
            const bool isUsable = connection->isOpen() && connection->bytesAvailable() == 0
                && !connection->idleDeadline.hasExpired();
            if (!isUsable)
                connection->retire();
            return !isUsable;
        });
        origin = origin->isEmpty() ? m_idle.erase(origin) : std::next(origin);
    }
}

// One timer for all idle connections, set for the first that expires.
void ConnectionPool::armExpiry(const QDeadlineTimer& deadline)
{
    if (m_expiryTimer != 0) {
        if (m_expiry <= deadline)
            return;
        killTimer(m_expiryTimer);
    }
    m_expiry = deadline;
    m_expiryTimer = startTimer(std::chrono::milliseconds(deadline.remainingTime() + 1), Qt::CoarseTimer);
}
