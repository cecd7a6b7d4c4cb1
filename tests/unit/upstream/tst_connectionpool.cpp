// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ConnectionPool through its manager: what is reused, what is dropped, what is retried.

#include "base/bytepipe.h"
#include "support/fakeupstream.h"
#include "support/testprogram.h"
#include "upstream/connectionpool.h"
#include "upstreamtestcall.h"

#include <QThread>

class TestConnectionPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reusesAConnection();
    void usesTheLastOneFirst();
    void keepsOriginsApart();
    void doesNotReuse_data();
    void doesNotReuse();
    void expiresIdleConnections();
    void dropsWhatIsClosedWhileIdle();
    void dropsWhatSpeaksWhileIdle();
    void noticesACloseBeforeTheEventLoopDoes();
    void retriesStaleConnections_data();
    void retriesStaleConnections();
    void retriesOnce();
    void doesNotReplayAConsumedStream();

private:
    /// Answers "/ok"; on any other target does what `other` says.
    [[nodiscard]] static FakeUpstream::Handler okOr(const UpstreamScript& other);
    [[nodiscard]] static bool callOnce(UpstreamAccessManager* manager, const QByteArray& origin);
};

FakeUpstream::Handler TestConnectionPool::okOr(const UpstreamScript& other)
{
    return [other](const ReceivedRequest& request) {
        return request.target == "/ok" ? Answer::json(200, "{}") : other;
    };
}

bool TestConnectionPool::callOnce(UpstreamAccessManager* manager, const QByteArray& origin)
{
    UpstreamTestCall call(manager, origin, requestHead("GET", "/ok"));
    return call.waitForFinished() && !call.hasFailed() && call.head().status == 200;
}

void TestConnectionPool::reusesAConnection()
{
    FakeUpstream upstream(okOr({}));
    UpstreamAccessManager manager({});
    for (int i = 0; i < 5; ++i)
        QVERIFY(callOnce(&manager, upstream.url()));
    QCOMPARE(upstream.connections(), 1);
    QCOMPARE(manager.pool().madeCount(), 1);
    QCOMPARE(manager.pool().idleCount(), 1);
}

void TestConnectionPool::usesTheLastOneFirst()
{
    FakeUpstream upstream([](const ReceivedRequest& request) {
        return UpstreamScript().waitForRelease(request.target).then(Answer::json(200, "{}"));
    });
    UpstreamAccessManager manager({});
    UpstreamTestCall one(&manager, upstream.url(), requestHead("GET", "/1"));
    QVERIFY(upstream.waitForRequests(1));
    UpstreamTestCall two(&manager, upstream.url(), requestHead("GET", "/2"));
    QVERIFY(upstream.waitForRequests(2));
    upstream.release("/2");
    QVERIFY(two.waitForFinished());
    upstream.release("/1");
    QVERIFY(one.waitForFinished());

    upstream.release("/3");
    UpstreamTestCall three(&manager, upstream.url(), requestHead("GET", "/3"));
    QVERIFY(three.waitForFinished());
    QCOMPARE(upstream.requests().constLast().connection, 1); // given back after connection 2
    QCOMPARE(upstream.connections(), 2);
}

void TestConnectionPool::keepsOriginsApart()
{
    FakeUpstream one(okOr({}));
    FakeUpstream two(okOr({}));
    UpstreamAccessManager manager({});
    QVERIFY(callOnce(&manager, one.url()));
    QVERIFY(callOnce(&manager, two.url()));
    QVERIFY(callOnce(&manager, one.url()));
    QCOMPARE(one.connections(), 1);
    QCOMPARE(two.connections(), 1);
    QCOMPARE(manager.pool().idleCount(), 2);
}

void TestConnectionPool::doesNotReuse_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    QTest::newRow("Connection: close") << QByteArray(ok + "Connection: close\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("bytes after the end") << QByteArray(ok + "Content-Length: 0\r\n\r\nextra");
    QTest::newRow("body after 204") << QByteArray("HTTP/1.1 204 No Content\r\n\r\nextra");
    QTest::newRow("about to close") << QByteArray(ok + "Keep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n");
}

void TestConnectionPool::doesNotReuse()
{
    QFETCH(QByteArray, answer);
    FakeUpstream upstream([&](const ReceivedRequest&) { return UpstreamScript().send(answer); });
    UpstreamAccessManager manager({});
    QVERIFY(callOnce(&manager, upstream.url()) || answer.contains("204"));
    QCOMPARE(manager.pool().idleCount(), 0);
    QVERIFY(upstream.waitForClosed(1));
}

void TestConnectionPool::expiresIdleConnections()
{
    FakeUpstream upstream(okOr({}));
    UpstreamOptions options;
    options.keepAlive = std::chrono::milliseconds(50);
    UpstreamAccessManager manager(options);
    QVERIFY(callOnce(&manager, upstream.url()));
    QCOMPARE(manager.pool().idleCount(), 1);
    QTRY_COMPARE(manager.pool().idleCount(), 0);
    QVERIFY(upstream.waitForClosed(1));
}

void TestConnectionPool::dropsWhatIsClosedWhileIdle()
{
    FakeUpstream upstream([](const ReceivedRequest&) {
        return UpstreamScript().then(Answer::json(200, "{}")).waitForRelease("close").close();
    });
    UpstreamAccessManager manager({});
    QVERIFY(callOnce(&manager, upstream.url()));
    QCOMPARE(manager.pool().idleCount(), 1);
    upstream.release("close");
    QTRY_COMPARE(manager.pool().idleCount(), 0);
}

void TestConnectionPool::dropsWhatSpeaksWhileIdle()
{
    FakeUpstream upstream([](const ReceivedRequest&) {
        return UpstreamScript()
            .then(Answer::json(200, "{}"))
            .waitForRelease("speak")
            .send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
    });
    UpstreamAccessManager manager({});
    QVERIFY(callOnce(&manager, upstream.url()));
    upstream.release("speak");
    QTRY_COMPARE(manager.pool().idleCount(), 0);
    QVERIFY(upstream.waitForClosed(1));
}

// A POST is never sent on a connection whose end already waits in the kernel.
void TestConnectionPool::noticesACloseBeforeTheEventLoopDoes()
{
    FakeUpstream upstream([](const ReceivedRequest& request) {
        return request.connection == 1 ? Answer::json(200, "{}").close() : Answer::json(201, "{}");
    });
    UpstreamAccessManager manager({});
    auto post = std::unique_ptr<UpstreamTestCall>();
    UpstreamTestCall first(&manager, upstream.url(), requestHead("GET", "/ok"));
    // The next call begins inside the first one's finished(): the event loop has had no turn between.
    connect(first.reply.get(), &QNetworkReply::finished, this, [&] {
        QDeadlineTimer deadline(10000);
        while (!upstream.connectionState(1).isClosed && !deadline.hasExpired())
            QThread::yieldCurrentThread();
        post = std::make_unique<UpstreamTestCall>(&manager, upstream.url(), requestHead("POST"));
    });
    QVERIFY(first.waitForFinished());
    QVERIFY(post->waitForFinished());
    QCOMPARE(post->head().status, 201);
    QCOMPARE(upstream.requests().size(), 2);
}

void TestConnectionPool::retriesStaleConnections_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("partialAnswer"); // of the stale connection
    QTest::addColumn<bool>("resets");
    QTest::addColumn<bool>("retried");
    QTest::newRow("GET, closed") << QByteArray("GET") << QByteArray() << false << true;
    QTest::newRow("GET, reset") << QByteArray("GET") << QByteArray() << true << true;
    QTest::newRow("DELETE") << QByteArray("DELETE") << QByteArray() << true << true;
    QTest::newRow("POST") << QByteArray("POST") << QByteArray() << true << false;
    QTest::newRow("PATCH") << QByteArray("PATCH") << QByteArray() << false << false;
    QTest::newRow("GET after one byte") << QByteArray("GET") << QByteArray("H") << false << false;
    QTest::newRow("GET after an interim")
        << QByteArray("GET") << QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n") << false << false;
}

void TestConnectionPool::retriesStaleConnections()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, partialAnswer);
    QFETCH(bool, resets);
    QFETCH(bool, retried);
    FakeUpstream upstream([&](const ReceivedRequest& request) {
        if (request.target == "/ok" || request.connection > 1)
            return Answer::json(200, "{}");
        UpstreamScript script;
        if (!partialAnswer.isEmpty())
            script.send(partialAnswer);
        return resets ? script.reset() : script.close();
    });
    UpstreamAccessManager manager({});
    QVERIFY(callOnce(&manager, upstream.url()));
    UpstreamTestCall call(&manager, upstream.url(), requestHead(method, "/stale", {{"X", "y"}}));
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.hasFailed(), !retried);
    QCOMPARE(upstream.connections(), retried ? 2 : 1);
    QCOMPARE(call.requestSentCount, 1);
    const QList<ReceivedRequest> requests = upstream.requests();
    QCOMPARE(requests.size(), retried ? 3 : 2);
    if (retried)
        QCOMPARE(requests.at(2).rawHead, requests.at(1).rawHead);
    else
        QCOMPARE(call.error().code, ErrorCode::ConnectionFailed);
}

void TestConnectionPool::retriesOnce()
{
    FakeUpstream upstream(okOr(UpstreamScript().close()));
    UpstreamAccessManager manager({});
    QVERIFY(callOnce(&manager, upstream.url()));
    UpstreamTestCall call(&manager, upstream.url(), requestHead("GET", "/stale"));
    QVERIFY(call.waitForFinished());
    QVERIFY(call.hasFailed());
    QCOMPARE(upstream.requests().size(), 3); // /ok, /stale, /stale again
    QCOMPARE(call.finishedCount, 1);
}

// Idempotent, but a part of the body that came later is gone: it cannot be sent again.
void TestConnectionPool::doesNotReplayAConsumedStream()
{
    FakeUpstream upstream(okOr(UpstreamScript().reset()));
    UpstreamAccessManager manager({});
    QVERIFY(callOnce(&manager, upstream.url()));
    BytePipe pipe;
    pipe.append("first");
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("PUT", -1), &pipe);
    QVERIFY(upstream.waitForHeads(2));
    pipe.append("second");
    pipe.finish();
    QVERIFY(call.waitForFinished());
    QVERIFY(call.hasFailed());
    QCOMPARE(upstream.connections(), 1);

    // With all of it in the first write it can.
    upstream.setHandler([](const ReceivedRequest& request) {
        return request.target == "/ok" || request.connection == 3 ? Answer::json(200, request.body)
                                                                  : UpstreamScript().reset();
    });
    QVERIFY(callOnce(&manager, upstream.url()));
    BytePipe whole;
    whole.append("all of it");
    whole.finish();
    UpstreamTestCall again(&manager, upstream.url(), uploadHead("PUT", 9), &whole);
    QVERIFY(again.waitForFinished());
    QVERIFY2(!again.hasFailed(), qPrintable(again.error().message));
    QCOMPARE(again.body, QByteArray("all of it"));
}

REGISTER_TEST(TestConnectionPool)
#include "tst_connectionpool.moc"
