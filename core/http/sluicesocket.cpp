// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/sluicesocket.h"

#include <cstring>

SluiceSocket::SluiceSocket(const QTcpSocket& wire)
{
    setPeerAddress(wire.peerAddress());
    setPeerPort(wire.peerPort());
    setLocalAddress(wire.localAddress());
    setLocalPort(wire.localPort());
    setSocketState(QAbstractSocket::ConnectedState);
    setOpenMode(QIODevice::ReadWrite | QIODevice::Unbuffered);
}

void SluiceSocket::deliver(const QByteArray& head)
{
    m_input = head;
    Q_EMIT readyRead();
}

void SluiceSocket::closeByPeer()
{
    setSocketState(QAbstractSocket::UnconnectedState);
    Q_EMIT disconnected();
    deleteLater();
}

qint64 SluiceSocket::readData(char* data, qint64 maxSize)
{
    const qint64 size = qMin<qint64>(maxSize, m_input.size());
    std::memcpy(data, m_input.constData(), size_t(size));
    m_input.remove(0, size);
    return size;
}

qint64 SluiceSocket::writeData(const char*, qint64 size)
{
    return size;
}
