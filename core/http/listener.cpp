// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/listener.h"

#include <QNetworkProxy>
#include <QTimer>

#include <chrono>

static constexpr std::chrono::milliseconds acceptRetryInterval{100};

Listener::Listener(std::function<void(qintptr descriptor)> accept)
    : m_accept(std::move(accept))
{
    // Else Qt asks the system for one that listens in its place, which may take a service on the bus; on
    // Linux it loads a library that starts a thread.
    setProxy(QNetworkProxy::NoProxy);
    // Qt's default of 30 pending connections loses bursts; the backlog is cut to net.core.somaxconn by the
    // system.
    setMaxPendingConnections(4096);
    setListenBacklogSize(4096);
    // Qt stops accepting for good when the process has run out of file descriptors.
    connect(this, &QTcpServer::acceptError, this,
        [this] { QTimer::singleShot(acceptRetryInterval, this, [this] { resumeAccepting(); }); });
}
