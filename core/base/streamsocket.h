// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StreamSocket: one connected TCP socket without a read buffer of its own: bytes go from the kernel into the
// reader's memory, and to the kernel at once; only what it does not take is kept. QTcpSocket keeps 16 KiB a
// connection, asks the kernel before every read how much there is, and switches write notification around
// every write. Used by both sides of a streamed answer; owned by its connection, lives on the engine thread.

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

class QSocketNotifier;

class StreamSocket final
{
    Q_DISABLE_COPY_MOVE(StreamSocket)

public:
    /// Who is told, by direct calls. Every call may close the socket, none may delete it.
    class User
    {
    public:
        /// read() has something, or the end, to give. Comes again as long as that is so and isReading().
        virtual void socketReadable() = 0;
        /// Bytes that had waited have gone to the kernel; bytesToWrite() has fallen.
        virtual void socketWritten() = 0;

    protected:
        ~User() = default;
    };

    /// Takes a connected descriptor: no longer blocking, without delay for small writes, with keep-alive
    /// probes. isOpen() is false when it is not a socket. `user` must outlive this. Does not read yet.
    StreamSocket(qintptr descriptor, User* user);
    /// Must not run inside a call to the user.
    ~StreamSocket();

    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }

    /// Lets socketReadable() come, or not (then bytes wait in the kernel, and hold the peer back).
    void setReading(bool isReading);
    [[nodiscard]] bool isReading() const { return m_isReading; }
    /// Up to maxBytes (> 0) of what has arrived: their number, 0 when there is nothing now, -1 at the end:
    /// the peer has closed, or the connection is broken (wasReset()), or this one is closed.
    [[nodiscard]] qint64 read(char* data, qint64 maxBytes);
    /// The end that read() reported was no orderly one.
    [[nodiscard]] bool wasReset() const { return m_wasReset; }
    /// Something, or the end, can be read now: asks the kernel.
    [[nodiscard]] bool hasPendingInput() const;
    /// The peer is on this machine and came over the loopback: 127.0.0.0/8 (in IPv6 clothes too) or ::1. Asks
    /// the kernel; false when it cannot be told.
    [[nodiscard]] bool isPeerLoopback() const;
    /// The peer has closed or reset, even behind bytes that nobody has read yet (on Linux; other systems tell
    /// only of a reset). Asks the kernel.
    [[nodiscard]] bool hasPeerClosed() const;

    /// To the kernel now, the rest as it has room. False when the connection is broken: nothing more can be
    /// sent; what the peer sent before can still be read.
    bool write(QByteArrayView bytes);
    /// Not yet taken by the kernel.
    [[nodiscard]] qint64 bytesToWrite() const { return m_unsent.size() - m_unsentOffset; }

    /// Nothing more will be sent; the receiving side stays open (RFC 9112 9.6: so that an error answer is not
    /// lost to a reset while the peer still sends).
    void shutdownSending();
    /// Makes close() a reset: the peer cannot take what it has for whole.
    void resetOnClose();
    /// At once; what was not written is dropped. No call to the user follows.
    void close();

private:
    class Notifier;

    void sendWaiting();
    [[nodiscard]] qint64 sendNow(QByteArrayView bytes);

    qintptr m_descriptor;
    User* m_user;
    std::unique_ptr<Notifier> m_readable;
    std::unique_ptr<Notifier> m_writable; // made when a write first has to wait
    QByteArray m_unsent;
    qsizetype m_unsentOffset = 0;
    bool m_isReading = false;
    bool m_wasReset = false;
    bool m_isBroken = false; // nothing more can be sent
};
