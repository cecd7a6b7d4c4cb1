// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeLangfuseServer: the listening and answering half of FakeLangfuse. Lives on its thread.

#include "support/fakelangfuserules.h"

#include <QHash>
#include <QTcpServer>

class QTcpSocket;

class FakeLangfuseServer final : public QTcpServer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FakeLangfuseServer)

public:
    /// The state must outlive this.
    explicit FakeLangfuseServer(FakeLangfuseState* state);

    /// Cuts every connection and refuses new ones.
    void goDown();

private:
    void accept();
    void read(QTcpSocket* socket);
    /// Answers one request; `body` is complete.
    void handle(QTcpSocket* socket, LangfuseRequest request, const QByteArray& body);
    [[nodiscard]] FakeLangfuseRules::Verdict judge(const LangfuseRequest& request, const QByteArray& body);
    void answerScripted(QTcpSocket* socket, const LangfuseAnswer& scripted);

    FakeLangfuseState* m_state;
    QHash<QTcpSocket*, QByteArray> m_buffers; // received, not yet a whole request
};
