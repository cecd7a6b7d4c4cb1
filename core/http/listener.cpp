// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/listener.h"

#include "http/sluicesocket.h"

Listener::Listener(std::function<SluiceSocket*(qintptr descriptor)> accept)
    : m_accept(std::move(accept))
{
    // Qt's default of 30 pending connections loses bursts; the backlog is cut to net.core.somaxconn by the
    // system.
    setMaxPendingConnections(4096);
    setListenBacklogSize(4096);
}

void Listener::incomingConnection(qintptr descriptor)
{
    if (SluiceSocket* sluice = m_accept(descriptor))
        addPendingConnection(sluice);
}
