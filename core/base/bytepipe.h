// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BytePipe: an in-memory, sequential, one-way QIODevice. The producer writes shared chunks and says when it
// is done; the consumer reads as from any device. It carries a request body from the client connection to the
// upstream call, so that uploads flow while they arrive. Lives on one thread; owned by the Exchange.
//
// The consumer hears readyRead() for new bytes and readChannelFinished() once after finish(), both at once;
// the producer hears bytesTaken() after the consumer has read, and compares bytesAvailable() with its
// high-water mark. bytesTaken() comes later, from the event loop, once for several reads: a producer that
// refilled inside a read would have the consumer send the new bytes before the ones it is just reading.

#include <QIODevice>
#include <QList>

class BytePipe final : public QIODevice
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BytePipe)

public:
    explicit BytePipe(QObject* parent = nullptr);

    /// Producer: adds a chunk (shared, not copied). Must not be called after finish().
    void append(const QByteArray& chunk);
    /// Producer: no more bytes will come.
    void finish();

    [[nodiscard]] bool isFinished() const { return m_finished; }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_bytes + QIODevice::bytesAvailable(); }
    /// True when finished and everything has been read.
    [[nodiscard]] bool atEnd() const override { return m_finished && bytesAvailable() == 0; }
    /// Consumer: the next chunk without a copy; empty when nothing is waiting.
    [[nodiscard]] QByteArray takeChunk();

Q_SIGNALS:
    /// The consumer has read; emitted from the event loop, never inside append(), read() or takeChunk().
    void bytesTaken();

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    void announceTaken();

    QList<QByteArray> m_chunks;
    qsizetype m_offset = 0; // bytes of the first chunk already read
    qint64 m_bytes = 0; // waiting in all
    bool m_finished = false;
    bool m_takenAnnounced = false; // bytesTaken() is on its way
};
