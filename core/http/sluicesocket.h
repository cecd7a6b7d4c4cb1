// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SluiceSocket: the QTcpSocket that QHttpServer sees: one request head after the other, put there by the
// HttpFrontend, and never a wire. QHttpServer reads the head, routes it, and calls the handler inside
// deliver(). What QHttpServer would write goes nowhere: every answer is written by the ClientCall. Lives on
// the engine thread; QHttpServer deletes it once it is disconnected.
//
// Read in Qt's source and tried on 6.4.2 and 6.8: QHttpServer asks for readyRead, disconnected, a read
// transaction, the addresses and nothing else of a socket.

#include <QTcpSocket>

class SluiceSocket final : public QTcpSocket
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SluiceSocket)

public:
    explicit SluiceSocket(QObject* parent);
    ~SluiceSocket() override;

    /// Hands one complete head to QHttpServer; the route's handler has run when this returns.
    void deliver(const QByteArray& head);

    /// For QHttpServer, when it is done with the connection.
    void disconnectFromHost() override;
    void close() override { disconnectFromHost(); }

    [[nodiscard]] qint64 bytesAvailable() const override
    {
        return m_input.size() - m_position + QIODevice::bytesAvailable();
    }
    [[nodiscard]] qint64 bytesToWrite() const override { return 0; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    QByteArray m_input;
    qsizetype m_position = 0; // of m_input: read so far
};
