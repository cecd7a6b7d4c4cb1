// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HttpFrontend: the client-facing side as a whole: listen sockets, connections with their sluices, and the
// QHttpServer that routes. Lives on the engine thread; owned by the Engine.
//
// Every request passes QHttpServer: `/api`, what is below and /metrics are its route, everything else is its
// missing handler. Either way the answer is given through the ClientCall.

#include "base/result.h"
#include "http/clientconnection.h"

#include <QBasicTimer>
#include <QHostAddress>
#include <QHttpServer>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <functional>

class ClientCall;
class Listener;
class SluiceSocket;

class HttpFrontend final : public QObject, private CallRouter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HttpFrontend)

public:
    using CallHandler = std::function<void(ClientCall*)>;
    using RefusalHandler = std::function<void(const RequestHead&, const Refusal&)>;

    explicit HttpFrontend(const HttpLimits& limits, QObject* parent = nullptr);
    ~HttpFrontend() override;

    /// Listens and returns the port (useful with port 0). `host`: an address, `localhost` (both loopbacks),
    /// `::` or `0.0.0.0` (any; `::` is dual-stack). ConnectionFailed with the system's words when the port is
    /// taken (told apart by isAddressInUse()) or the address is not ours.
    [[nodiscard]] Result<quint16> listen(const QString& host, quint16 port);
    [[nodiscard]] bool isAddressInUse() const { return m_isAddressInUse; }

    /// The path is /api or below, or /metrics, whatever the method. Before listen().
    void onApiCall(CallHandler handler);
    /// Everything else.
    void onProxyCall(CallHandler handler);
    /// Requests that were refused before they became calls (see CallRouter::noteRefused()).
    void onRefusal(RefusalHandler handler);

    /// No new connections, no further request on open ones; idle connections are closed. idle() follows, at
    /// once when nothing is open.
    void stopAccepting();
    /// Resets every connection that is still open.
    void closeAll();
    [[nodiscard]] qsizetype openConnections() const { return m_connections.size(); }

Q_SIGNALS:
    /// After stopAccepting(): the last connection is closed.
    void idle();

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    [[nodiscard]] bool route(ClientCall* call) override;
    void noteRefused(const RequestHead& head, const Refusal& refusal) override;
    [[nodiscard]] SluiceSocket* openSluice();
    [[nodiscard]] Result<quint16> listenOn(const QList<QHostAddress>& addresses, quint16 port);
    void accept(qintptr descriptor);
    void remove(ClientConnection* connection);
    void handOver(const CallHandler& handler);

    HttpLimits m_limits;
    QHttpServer m_router{this};
    Listener* m_listener = nullptr; // one of the router's servers
    QPointer<SluiceSocket> m_sluice; // the router's only client
    CallHandler m_proxyHandler;
    RefusalHandler m_refusalHandler;
    QSet<ClientConnection*> m_connections; // children of this
    ClientCall* m_delivering = nullptr; // while QHttpServer routes it
    QBasicTimer m_tick; // one clock for the timeouts of all connections
    bool m_isAddressInUse = false;
    bool m_isStopping = false;
};
