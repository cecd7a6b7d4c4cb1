// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Listener: a listen socket whose connections become ClientConnections; QHttpServer gets nothing but sluices.
// Lives on the engine thread; owned by QHttpServer (which takes its servers over).

#include <QTcpServer>

#include <functional>

class Listener final : public QTcpServer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Listener)

public:
    /// `accept` makes the connection for a descriptor.
    explicit Listener(std::function<void(qintptr descriptor)> accept);

    /// Lets QHttpServer take the socket for a connection of its own, before this returns.
    void addSluice(QTcpSocket* sluice) { addPendingConnection(sluice); }

protected:
    void incomingConnection(qintptr descriptor) override { m_accept(descriptor); }

private:
    std::function<void(qintptr)> m_accept;
};
