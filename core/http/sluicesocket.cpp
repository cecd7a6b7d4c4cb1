// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/sluicesocket.h"

#include <cstring>

SluiceSocket::SluiceSocket(QObject* parent)
    : QTcpSocket(parent)
{
    setPeerAddress(QHostAddress::LocalHost);
    setLocalAddress(QHostAddress::LocalHost);
    setSocketState(QAbstractSocket::ConnectedState);
    // Unbuffered: QHttpServer reads byte by byte in a transaction, for which Qt would read ahead into a
    // second buffer.
    setOpenMode(QIODevice::ReadWrite | QIODevice::Unbuffered);
}

SluiceSocket::~SluiceSocket()
{
    setSocketState(QAbstractSocket::UnconnectedState); // else the base class would try to disconnect
}

void SluiceSocket::deliver(const QByteArray& head)
{
    m_input = head;
    m_position = 0;
    Q_EMIT readyRead();
}

void SluiceSocket::disconnectFromHost()
{
    if (state() == QAbstractSocket::UnconnectedState)
        return;
    setSocketState(QAbstractSocket::UnconnectedState);
    Q_EMIT disconnected();
}

qint64 SluiceSocket::readData(char* data, qint64 maxSize)
{
    // 0 for nothing: QHttpServer takes -1 for a broken connection.
    const qint64 size = qMin<qint64>(maxSize, m_input.size() - m_position);
    std::memcpy(data, m_input.constData() + m_position, size_t(size));
    m_position += size;
    return size;
}

qint64 SluiceSocket::writeData(const char*, qint64 size)
{
    return size;
}
