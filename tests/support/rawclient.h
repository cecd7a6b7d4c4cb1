// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RawClient: a TCP client for tests that sees every byte: sends exactly what it is told, reads with
// deadlines, tells FIN from RST. Functions block, but run the calling thread's event loop while they wait, so
// that the server under test may live on the same thread. Owned by the test; used on one thread.
//
//     RawClient client(proxy.port());
//     QVERIFY(client.send("GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"));
//     const auto response = client.readResponse();
//     QVERIFY2(response, qPrintable(response.error().message));

#include "base/headerlist.h"
#include "base/result.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>

#include <chrono>

/// Bytes of a body, chunked framing taken off, as one read brought them.
struct BodyArrival
{
    QByteArray bytes;
    std::chrono::milliseconds time{0}; // since the RawClient connected
};

struct RawResponse
{
    QByteArray statusLine; // without CRLF
    int status = 0;
    HeaderList headers;
    HeaderList trailers;
    QByteArray body; // chunked framing taken off, content coding kept
    QByteArray rawHead; // status line to empty line, exactly
    QByteArray rawBody; // as on the wire
    QList<QByteArray> interimHeads; // 1xx, exactly, each with its empty line
    QList<BodyArrival> arrivals;
};

class RawClient final
{
    Q_DISABLE_COPY_MOVE(RawClient)

public:
    enum class End {
        Open, // the peer has not ended the connection
        Fin,
        Reset,
    };

    /// Connects to 127.0.0.1. With receiveBufferBytes above 0 (SO_RCVBUF) back-pressure shows after few
    /// bytes.
    explicit RawClient(quint16 port, int receiveBufferBytes = 0);
    ~RawClient();

    [[nodiscard]] bool isConnected() const { return m_socket >= 0; }
    /// For every function that waits; 10 s unless set.
    void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; }

    /// False: not everything could be handed to the kernel in time, or the connection has ended.
    [[nodiscard]] bool send(QByteArrayView bytes);
    /// Timeout, or ConnectionFailed when the peer ended the connection first.
    [[nodiscard]] Result<QByteArray> readExactly(qsizetype count);
    /// Up to and with `end`.
    [[nodiscard]] Result<QByteArray> readUntil(QByteArrayView end);
    /// Everything up to the peer's FIN or RST; Timeout.
    [[nodiscard]] Result<QByteArray> readUntilClosed();
    /// One response, framed as RFC 9112 6.3 says; `method` is that of the request. ProtocolError for bad
    /// framing.
    [[nodiscard]] Result<RawResponse> readResponse(QByteArrayView method = "GET");
    /// What has come and not been taken; waits for nothing.
    [[nodiscard]] QByteArray readAvailable();

    /// How the peer ended the connection; waits until it does (reads on meanwhile) or the timeout.
    [[nodiscard]] End waitForEnd();
    [[nodiscard]] End end() const { return m_end; }

    /// FIN to the peer; reading goes on.
    void finish();
    /// RST to the peer.
    void reset();
    void close();

private:
    /// Waits for bytes and adds them to m_buffer. Fails at the deadline or the end of the connection.
    [[nodiscard]] Result<void> fill(const QDeadlineTimer& deadline);
    /// One recv() without waiting; true when something came, be it the end.
    [[nodiscard]] bool receive();
    [[nodiscard]] QByteArray take(qsizetype count);
    [[nodiscard]] Result<RawResponse> readHead(const QDeadlineTimer& deadline);
    [[nodiscard]] Result<void> readChunked(RawResponse* response, const QDeadlineTimer& deadline);
    [[nodiscard]] Result<void> readLength(
        RawResponse* response, qint64 length, const QDeadlineTimer& deadline);
    [[nodiscard]] Result<void> readToEnd(RawResponse* response, const QDeadlineTimer& deadline);
    void addArrival(RawResponse* response, const QByteArray& bytes) const;

    int m_socket = -1;
    End m_end = End::Open;
    QByteArray m_buffer;
    std::chrono::milliseconds m_timeout{10000};
    QElapsedTimer m_clock;
};
