// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/httpfrontend.h"

#include "http/clientcall.h"
#include "http/listener.h"
#include "http/sluicesocket.h"

#include <QHttpServerRequest>
#include <QHttpServerResponder>
#include <QTimerEvent>

#include <algorithm>
#include <memory>
#include <vector>

namespace {

constexpr int maxPortAttempts = 10;

/// Qt up to 6.7 hands the responder over, 6.8 lends it. Either way it dies unused with the handler's call,
/// which makes QHttpServer ready for the next request; it must not be moved from: Qt 6.5 to 6.7 would then
/// connect the socket's readyRead twice.
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
using ResponderArgument = QHttpServerResponder&;
#else
using ResponderArgument = QHttpServerResponder&&;
#endif

const QByteArray apiPath = "/api";

/// What QHttpServer is shown: `GET /api` for all that is the API's, `GET /` for everything else. It drops
/// connections whose URL or method it dislikes, waits for bodies and upgrades connections; none of that can
/// happen with such a head, and what is answered or forwarded is the ClientCall's own head, byte for byte.
QByteArray routingHead(const RequestHead& head)
{
    const QByteArray path = head.path();
    const bool isApi = path == apiPath || path.startsWith(apiPath + '/') || path == "/metrics";
    return "GET " + (isApi ? apiPath : QByteArray("/")) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

std::chrono::milliseconds tickFor(const HttpLimits& limits)
{
    return std::clamp(std::min(limits.headerTimeout, limits.idleTimeout) / 10, std::chrono::milliseconds(10),
        std::chrono::milliseconds(1000));
}

} // namespace

HttpFrontend::HttpFrontend(const HttpLimits& limits, QObject* parent)
    : QObject(parent)
    , m_limits(limits)
{
    const auto missing = [this](const QHttpServerRequest&, ResponderArgument) { handOver(m_proxyHandler); };
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    m_router.setMissingHandler(this, missing);
#else
    m_router.setMissingHandler(missing);
#endif
}

HttpFrontend::~HttpFrontend()
{
    // While the router is there: closing a connection tells its call's holder.
    const QSet<ClientConnection*> connections = std::exchange(m_connections, {});
    for (ClientConnection* connection : connections) {
        connection->disconnect(this);
        connection->reset();
        delete connection;
    }
}

Result<quint16> HttpFrontend::listen(const QString& host, quint16 port)
{
    m_isAddressInUse = false;
    if (!m_tick.isActive())
        m_tick.start(int(tickFor(m_limits).count()), this);
    if (host == QLatin1String("localhost")) {
        // With port 0 the free port of one family may be taken in the other: then another.
        for (int attempt = 1;; ++attempt) {
            Result<quint16> result = listenOn({QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}, port);
            if (result || port != 0 || !m_isAddressInUse || attempt == maxPortAttempts)
                return result;
        }
    }
    QHostAddress address(host);
    if (address.isNull())
        return Error{
            ErrorCode::ConnectionFailed, QStringLiteral("HOST is neither an address nor localhost"), host};
    if (address == QHostAddress(QHostAddress::AnyIPv6))
        address = QHostAddress(QHostAddress::Any); // dual-stack
    return listenOn({address}, port);
}

/// On all of these addresses with one port, or on none.
Result<quint16> HttpFrontend::listenOn(const QList<QHostAddress>& addresses, quint16 port)
{
    std::vector<std::unique_ptr<Listener>> listeners;
    for (const QHostAddress& address : addresses) {
        auto listener = std::make_unique<Listener>([this](qintptr descriptor) { accept(descriptor); });
        if (listener->listen(address, port)) {
            port = listener->serverPort();
            listeners.push_back(std::move(listener));
            continue;
        }
        m_isAddressInUse = listener->serverError() == QAbstractSocket::AddressInUseError;
        if (listeners.empty() || m_isAddressInUse)
            return Error{ErrorCode::ConnectionFailed, listener->errorString(),
                QStringLiteral("%1 port %2").arg(address.toString()).arg(port)};
        // else: a system without IPv6 has one loopback
    }
    m_listener = listeners.front().get();
    for (std::unique_ptr<Listener>& listener : listeners)
        m_router.bind(listener.release());
    return port;
}

void HttpFrontend::onApiCall(CallHandler handler)
{
    m_router.route(QString::fromLatin1(apiPath), QHttpServerRequest::Method::Get,
        [this, handler = std::move(handler)](
            const QHttpServerRequest&, ResponderArgument) { handOver(handler); });
}

void HttpFrontend::onProxyCall(CallHandler handler)
{
    m_proxyHandler = std::move(handler);
}

void HttpFrontend::onRefusal(RefusalHandler handler)
{
    m_refusalHandler = std::move(handler);
}

void HttpFrontend::noteRefused(const RequestHead& head, const Refusal& refusal)
{
    if (m_refusalHandler)
        m_refusalHandler(head, refusal);
}

void HttpFrontend::accept(qintptr descriptor)
{
    auto* connection = new ClientConnection(descriptor, m_limits, this, this);
    if (!connection->isOpen()) {
        delete connection;
        return;
    }
    m_connections.insert(connection);
    connect(connection, &ClientConnection::closed, this, [this, connection] { remove(connection); });
}

bool HttpFrontend::route(ClientCall* call)
{
    Q_ASSERT(!m_delivering); // handlers do not re-enter the event loop
    m_delivering = call;
    openSluice()->deliver(routingHead(call->head()));
    return std::exchange(m_delivering, nullptr) == nullptr;
}

/// One sluice serves all connections: no answer passes it, so that QHttpServer is done with a request when
/// its handler has run. Qt closes a connection that it believes idle (since 6.10); then the next one takes
/// over.
SluiceSocket* HttpFrontend::openSluice()
{
    if (!m_sluice || m_sluice->state() != QAbstractSocket::ConnectedState) {
        m_sluice = new SluiceSocket(&m_router);
        m_listener->addSluice(m_sluice);
    }
    return m_sluice;
}

void HttpFrontend::handOver(const CallHandler& handler)
{
    if (ClientCall* call = std::exchange(m_delivering, nullptr))
        handler(call);
}

void HttpFrontend::remove(ClientConnection* connection)
{
    m_connections.remove(connection);
    connection->deleteLater();
    if (m_isStopping && m_connections.isEmpty())
        Q_EMIT idle();
}

void HttpFrontend::stopAccepting()
{
    m_isStopping = true;
    for (QTcpServer* server : m_router.servers())
        server->close();
    const QSet<ClientConnection*> connections = m_connections;
    for (ClientConnection* connection : connections)
        connection->finishUp();
    if (connections.isEmpty())
        Q_EMIT idle();
}

void HttpFrontend::closeAll()
{
    const QSet<ClientConnection*> connections = m_connections;
    for (ClientConnection* connection : connections)
        connection->reset();
}

void HttpFrontend::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_tick.timerId())
        return;
    const auto now = std::chrono::steady_clock::now();
    const QSet<ClientConnection*> connections = m_connections; // a timeout changes the set
    for (ClientConnection* connection : connections)
        connection->checkTimeout(now);
}
