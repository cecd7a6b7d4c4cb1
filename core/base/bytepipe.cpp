// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/bytepipe.h"

#include <cstring>
#include <utility>

BytePipe::BytePipe(QObject* parent)
    : QIODevice(parent)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void BytePipe::append(const QByteArray& chunk)
{
    Q_ASSERT(!m_finished);
    if (chunk.isEmpty())
        return;
    m_chunks.append(chunk);
    m_bytes += chunk.size();
    Q_EMIT readyRead();
}

void BytePipe::finish()
{
    if (std::exchange(m_finished, true))
        return;
    Q_EMIT readChannelFinished();
}

QByteArray BytePipe::takeChunk()
{
    // A consumer that peeked has moved bytes into the device's own buffer; they come first.
    if (const qint64 peekedBytes = QIODevice::bytesAvailable(); peekedBytes > 0)
        return read(peekedBytes);
    if (m_chunks.isEmpty())
        return {};
    QByteArray chunk = m_chunks.takeFirst();
    if (const qsizetype offset = std::exchange(m_offset, 0); offset > 0)
        chunk.remove(0, offset);
    m_bytes -= chunk.size();
    announceTaken();
    return chunk;
}

qint64 BytePipe::readData(char* data, qint64 maxSize)
{
    qint64 copied = 0;
    while (copied < maxSize && !m_chunks.isEmpty()) {
        const QByteArray& chunk = m_chunks.constFirst();
        const qint64 part = qMin<qint64>(maxSize - copied, chunk.size() - m_offset);
        std::memcpy(data + copied, chunk.constData() + m_offset, size_t(part));
        copied += part;
        m_offset += part;
        if (m_offset == chunk.size()) {
            m_chunks.removeFirst();
            m_offset = 0;
        }
    }
    m_bytes -= copied;
    if (copied > 0)
        announceTaken();
    return copied == 0 && m_finished && maxSize > 0 ? -1 : copied;
}

qint64 BytePipe::writeData(const char*, qint64)
{
    return -1; // the producer uses append()
}

void BytePipe::announceTaken()
{
    if (std::exchange(m_takenAnnounced, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_takenAnnounced = false;
            Q_EMIT bytesTaken();
        },
        Qt::QueuedConnection);
}
