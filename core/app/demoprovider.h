// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DemoProvider: the built-in provider: an HTTP/1.1 server on the loopback that plays demoAnswer(). For one
// program's own calls, not for the world: it knows requests with Content-Length, one at a time a connection.
// Main thread.

#include "app/demoscript.h"
#include "config/config.h"

#include <QObject>
#include <QTcpServer>

class QTcpSocket;

/// The settings of a proxy that sends every call to `url` and asks for no key.
[[nodiscard]] Config forDemoProvider(Config config, const QByteArray& url);

class DemoProvider final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DemoProvider)

public:
    explicit DemoProvider(QObject* parent = nullptr);
    ~DemoProvider() override;

    /// On a free port; false when the system has none.
    [[nodiscard]] bool listen();
    /// http://127.0.0.1:PORT
    [[nodiscard]] QByteArray url() const;

private:
    void accept();
    void read(QTcpSocket* socket);
    void play(QTcpSocket* socket, const DemoAnswer& answer, qsizetype next);

    QTcpServer m_server;
};
