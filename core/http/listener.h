// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Listener: a listen socket whose connections become ClientConnections; QHttpServer gets their sluices. Lives
// on the engine thread; owned by QHttpServer (which takes its servers over).

#include <QTcpServer>

#include <functional>

class SluiceSocket;

class Listener final : public QTcpServer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Listener)

public:
    /// `accept` makes the connection for a descriptor and returns its sluice, or null when there is none.
    explicit Listener(std::function<SluiceSocket*(qintptr descriptor)> accept);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    std::function<SluiceSocket*(qintptr)> m_accept;
};
