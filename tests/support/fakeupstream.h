// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeUpstream: a scripted HTTP/1.1 server on 127.0.0.1, any port, in a thread of its own, for tests. It
// reads requests byte-exactly and does for each what the handler's script says. Owned by the test; every
// public function is for the test's thread. The waiting functions run the calling thread's event loop
// meanwhile.
//
//     FakeUpstream upstream([](const ReceivedRequest&) { return Answer::json(200, "{}"); });
//     ... call upstream.url() ...
//     QVERIFY(upstream.waitForRequests(1));
//     QCOMPARE(upstream.requests().first().method, "POST");

#include "support/fakeupstreamlog.h"
#include "support/upstreamscript.h"

#include <QSslCertificate>
#include <QSslKey>

#include <chrono>
#include <functional>
#include <memory>

class FakeUpstreamServer;
class ThreadHolder;

/// How the body of a request is read, decided when its head has come.
struct BodyPlan
{
    /// Run the handler now, with an empty body, instead of after the body; reading goes on meanwhile.
    bool answersAtOnce = false;
    /// From 0: stop reading after that many bytes on the wire until release(resumeName). A close by the peer
    /// may go unnoticed meanwhile.
    qint64 pauseAfterBytes = -1;
    QByteArray resumeName;
    /// More than 0: read at most that many bytes every 10 ms.
    qint64 bytesPerTick = 0;
    /// Sent at once, e.g. "HTTP/1.1 100 Continue\r\n\r\n".
    QByteArray interimBytes;
};

struct FakeUpstreamOptions
{
    /// Both set: TLS (TestCertificates makes them). Offers ALPN http/1.1.
    QList<QSslCertificate> certificateChain;
    QSslKey privateKey;
    /// TLS: accept connections but never answer the handshake.
    bool hangsInHandshake = false;
    /// Above 0: SO_RCVBUF and SO_SNDBUF of each connection, so that back-pressure shows after few bytes.
    int socketBufferBytes = 0;
    /// On the server's thread; none: read the whole body, then run the handler.
    std::function<BodyPlan(const ReceivedRequest&)> bodyPlan;
};

class FakeUpstream final
{
    Q_DISABLE_COPY_MOVE(FakeUpstream)

public:
    /// Runs on the server's thread, once a request.
    using Handler = std::function<UpstreamScript(const ReceivedRequest&)>;

    explicit FakeUpstream(Handler handler, FakeUpstreamOptions options = {});
    ~FakeUpstream();

    [[nodiscard]] quint16 port() const { return m_port; }
    /// http(s)://127.0.0.1:PORT, without a final slash.
    [[nodiscard]] QByteArray url() const;

    /// For requests from now on.
    void setHandler(Handler handler);
    /// Lets every script that waits for that name go on, and every later one that would.
    void release(const QByteArray& name);
    /// Stops listening (connections are refused) and cuts all connections.
    void stopListening();
    /// Listens again, on the same port.
    [[nodiscard]] bool startListening();

    /// Complete requests, in the order in which they became complete.
    [[nodiscard]] QList<ReceivedRequest> requests() const { return m_log->requests(); }
    /// Heads seen, of complete requests and others.
    [[nodiscard]] int headCount() const { return m_log->headCount(); }
    /// What has come so far of the request that this connection is in.
    [[nodiscard]] std::optional<ReceivedRequest> unfinished(int connection) const
    {
        return m_log->unfinished(connection);
    }
    /// Accepted so far; they are numbered from 1.
    [[nodiscard]] int connections() const { return m_log->connectionCount(); }
    [[nodiscard]] int openConnections() const { return m_log->openConnectionCount(); }
    [[nodiscard]] UpstreamConnectionState connectionState(int connection) const
    {
        return m_log->connectionState(connection);
    }
    /// What was wrong with requests: bad framing, bytes that are no HTTP.
    [[nodiscard]] QStringList violations() const { return m_log->violations(); }

    [[nodiscard]] bool waitForHeads(int count, std::chrono::milliseconds timeout = defaultTimeout) const;
    [[nodiscard]] bool waitForRequests(int count, std::chrono::milliseconds timeout = defaultTimeout) const;
    /// Until that connection exists and has been closed, by whichever side.
    [[nodiscard]] bool waitForClosed(
        int connection, std::chrono::milliseconds timeout = defaultTimeout) const;

    static constexpr std::chrono::milliseconds defaultTimeout{10000};

private:
    std::unique_ptr<FakeUpstreamLog> m_log;
    std::unique_ptr<ThreadHolder> m_thread;
    FakeUpstreamServer* m_server = nullptr; // made and deleted on m_thread
    quint16 m_port = 0;
    bool m_usesTls = false;
};
