// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SingleInstance: a second start hands its files over to the viewer that runs already. Per user and per
// folder of configuration. Main thread; owned by main().

#include <QLocalServer>
#include <QObject>

class SingleInstance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SingleInstance)

public:
    explicit SingleInstance(QObject* parent = nullptr);
    ~SingleInstance() override;

    /// To the running viewer, which opens the files (whole paths) and comes to the front. False: none runs.
    /// Waits for at most a second.
    [[nodiscard]] static bool handOver(const QStringList& files);
    /// From now on this is the running viewer.
    void listen();

Q_SIGNALS:
    /// No file: only come to the front.
    void filesHandedOver(const QStringList& files);

private:
    void take(class QLocalSocket* socket);

    QLocalServer m_server;
};
