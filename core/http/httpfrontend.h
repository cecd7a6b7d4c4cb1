// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HttpFrontend: the client-facing side as a whole: listen sockets, connections with their sluices, and the
// QHttpServer that routes. Lives on the engine thread; owned by the Engine.
//
// Every request passes QHttpServer: `/api/...` routes are registered on router() and answered there;
// everything else reaches the handler set with onProxyCall(), with the ClientCall that is being delivered.

#include "base/result.h"

#include <QHostAddress>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

class ClientCall;
class QHttpServer;

struct HttpLimits
{
    qsizetype maxRequestLineBytes = 16 * 1024;
    qsizetype maxHeaderBytes = 64 * 1024; // request line and field lines together; beyond: 431
    qint64 maxBodyBytes = qint64(256) << 20; // beyond: 413
    std::chrono::milliseconds headerTimeout{
        30000}; // first byte of a request to the end of its head; beyond: 408
    std::chrono::milliseconds idleTimeout{120000}; // keep-alive between requests, and no progress in a body
};

class HttpFrontend final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HttpFrontend)

public:
    explicit HttpFrontend(const HttpLimits& limits, QObject* parent = nullptr);
    ~HttpFrontend() override;

    /// Listens and returns the port (useful with port 0). `host`: an address, `localhost` (both loopbacks),
    /// `::` or `0.0.0.0` (any; `::` is dual-stack). ConnectionFailed with the system's words when the port is
    /// taken or the address is not ours; the message of a taken port is told apart by isAddressInUse().
    [[nodiscard]] Result<quint16> listen(const QString& host, quint16 port);
    [[nodiscard]] bool isAddressInUse() const;

    /// For routes that QHttpServer answers itself. Register before listen().
    [[nodiscard]] QHttpServer& router();
    void onProxyCall(std::function<void(ClientCall*)> handler);

    /// No new connections, no further request on open ones; idle connections are closed.
    void stopAccepting();
    /// Resets every connection that is still open.
    void closeAll();
    [[nodiscard]] qsizetype openConnections() const;

Q_SIGNALS:
    /// After stopAccepting(): the last connection is closed.
    void idle();

private:
    class Private;
    std::unique_ptr<Private> d;
};
