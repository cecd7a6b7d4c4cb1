// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// RequestSender and RequestBody through a manager: uploads from pipes and buffers, back-pressure, early
// answers.

#include "base/bytepipe.h"
#include "support/fakeupstream.h"
#include "support/testprogram.h"
#include "upstreamtestcall.h"

#include <QBuffer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <utility>

class TestRequestSender : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsAPipeAsItFills_data();
    void sendsAPipeAsItFills();
    void sendsABuffer_data();
    void sendsABuffer();
    void sendsHeadAndBodyInOneWrite();
    void sendsAnySequentialDevice();
    void stopsReadingThePipeWhenUpstreamStops();
    void deliversAnEarlyAnswer();
    void deliversAnEarlyAnswerBeforeAReset_data();
    void deliversAnEarlyAnswerBeforeAReset();
    void answerMayEndBeforeTheUpload();
    void breaksOffOnAWrongLength_data();
    void breaksOffOnAWrongLength();
    void breaksOffWhenTheDeviceDies();
};

namespace {

FakeUpstream::Handler echoLength()
{
    return [](const ReceivedRequest& request) {
        return Answer::json(200, QByteArray::number(request.body.size()));
    };
}

/// `answersAtOnce`: before the body. `pause`: read one byte of it and no more until that is released.
FakeUpstreamOptions withBodyPlan(bool answersAtOnce, const QByteArray& pause)
{
    FakeUpstreamOptions options;
    options.bodyPlan = [answersAtOnce, pause](const ReceivedRequest&) {
        BodyPlan plan;
        plan.answersAtOnce = answersAtOnce;
        plan.pauseAfterBytes = pause.isEmpty() ? -1 : 1;
        plan.resumeName = pause;
        return plan;
    };
    return options;
}

} // namespace

void TestRequestSender::sendsAPipeAsItFills_data()
{
    QTest::addColumn<bool>("isChunked");
    QTest::newRow("length") << false;
    QTest::newRow("chunked") << true;
}

void TestRequestSender::sendsAPipeAsItFills()
{
    QFETCH(bool, isChunked);
    FakeUpstream upstream(echoLength());
    UpstreamAccessManager manager({});
    BytePipe pipe;
    pipe.append("one,");
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", isChunked ? -1 : 13), &pipe);
    QByteArray expected = "one,";
    for (const QByteArray& piece : {QByteArray("two,"), QByteArray("three")}) {
        // What was appended has arrived before more is.
        QTRY_COMPARE(upstream.unfinished(1).value_or(ReceivedRequest{}).body, expected);
        QCOMPARE(call.requestSentCount, 0);
        pipe.append(piece);
        expected += piece;
    }
    pipe.finish();
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.requestSentCount, 1);
    const ReceivedRequest request = upstream.requests().constFirst();
    QCOMPARE(request.body, expected);
    QCOMPARE(request.rawBody,
        isChunked ? QByteArray("4\r\none,\r\n4\r\ntwo,\r\n5\r\nthree\r\n0\r\n\r\n") : expected);
    QCOMPARE(request.headers.contains("content-length"), !isChunked);
    QCOMPARE(request.headers.contains("transfer-encoding"), isChunked);
    QCOMPARE(upstream.violations(), QStringList());
}

void TestRequestSender::sendsABuffer_data()
{
    QTest::addColumn<qsizetype>("bytes");
    QTest::addColumn<bool>("isChunked");
    for (const bool isChunked : {false, true}) {
        for (const qsizetype bytes : {0, 1, 65535, 65536, 8 << 20}) {
            QTest::addRow("%lld%s", static_cast<long long>(bytes), isChunked ? " chunked" : "")
                << bytes << isChunked;
        }
    }
}

void TestRequestSender::sendsABuffer()
{
    QFETCH(qsizetype, bytes);
    QFETCH(bool, isChunked);
    FakeUpstream upstream(echoLength());
    UpstreamAccessManager manager({});
    QByteArray body(bytes, 'x');
    for (qsizetype i = 0; i < bytes; i += 997)
        body[i] = char(i % 256);
    QBuffer buffer(&body);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", isChunked ? -1 : bytes), &buffer);
    QVERIFY(call.waitForFinished());
    QVERIFY2(!call.hasFailed(), qPrintable(call.error().message));
    QCOMPARE(upstream.requests().constFirst().body, body);
    QCOMPARE(call.requestSentCount, 1);
    QCOMPARE(upstream.violations(), QStringList());
}

// On a fresh and on a reused connection the server's first read has the whole request.
void TestRequestSender::sendsHeadAndBodyInOneWrite()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QList<QByteArray> reads;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket* socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [socket, &reads] {
            reads.append(socket->readAll());
            if (reads.constLast().endsWith("{\"a\":1}"))
                socket->write("HTTP/1.1 204 No Content\r\n\r\n");
        });
    });
    UpstreamAccessManager manager({});
    for (int round = 1; round <= 2; ++round) {
        BytePipe pipe;
        pipe.append("{\"a\"");
        pipe.append(":1}");
        pipe.finish();
        UpstreamTestCall call(&manager, "http://127.0.0.1:" + QByteArray::number(server.serverPort()),
            uploadHead("POST", 7), &pipe);
        QVERIFY(call.waitForFinished());
        QCOMPARE(reads.size(), round);
    }
}

void TestRequestSender::sendsAnySequentialDevice()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket source;
    source.connectToHost(QHostAddress::LocalHost, server.serverPort());
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket* sink = server.nextPendingConnection();
    QTRY_COMPARE(source.state(), QAbstractSocket::ConnectedState);

    FakeUpstream upstream(echoLength());
    UpstreamAccessManager manager({});
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", -1), &source);
    sink->write("from a socket");
    QTRY_COMPARE(upstream.unfinished(1).value_or(ReceivedRequest{}).body, QByteArray("from a socket"));
    sink->disconnectFromHost();
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.body, QByteArray("13"));
}

void TestRequestSender::stopsReadingThePipeWhenUpstreamStops()
{
    constexpr qsizetype pieceBytes = 64 * 1024;
    constexpr qsizetype pieces = 192; // 12 MiB
    FakeUpstreamOptions options = withBodyPlan(false, "read");
    options.socketBufferBytes = 64 * 1024;
    FakeUpstream upstream(echoLength(), options);
    UpstreamAccessManager manager({});
    BytePipe pipe;
    for (qsizetype i = 0; i < pieces; ++i)
        pipe.append(QByteArray(pieceBytes, char(i)));
    pipe.finish();
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", pieces * pieceBytes), &pipe);
    QVERIFY(upstream.waitForHeads(1));
    qint64 waiting = -1;
    QTRY_VERIFY(pipe.bytesAvailable() == std::exchange(waiting, pipe.bytesAvailable()));
    QVERIFY2(waiting > 6 << 20, QByteArray::number(waiting).constData()); // kernel buffers take the rest
    QCOMPARE(call.requestSentCount, 0);

    upstream.release("read");
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.body, QByteArray::number(pieces * pieceBytes));
    QCOMPARE(pipe.bytesAvailable(), 0);
}

void TestRequestSender::deliversAnEarlyAnswer()
{
    const FakeUpstreamOptions options = withBodyPlan(true, "");
    FakeUpstream upstream(
        [](const ReceivedRequest&) {
            return UpstreamScript()
                .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nearly\r\n")
                .waitForRelease("end")
                .send("0\r\n\r\n");
        },
        options);
    UpstreamAccessManager manager({});
    BytePipe pipe;
    pipe.append("part");
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", -1), &pipe);
    QVERIFY(call.waitForBody(5));
    QCOMPARE(call.body, QByteArray("early"));
    pipe.append(" and rest"); // it is still being sent
    pipe.finish();
    QVERIFY(upstream.waitForRequests(1));
    QCOMPARE(upstream.requests().constFirst().body, QByteArray("part and rest"));
    upstream.release("end");
    QVERIFY(call.waitForFinished());
    QVERIFY(!call.hasFailed());
}

// The server answers 413 and closes with bytes unread, so that its kernel sends a reset: a write then fails,
// and what was not read before is lost.
void TestRequestSender::deliversAnEarlyAnswerBeforeAReset_data()
{
    QTest::addColumn<qsizetype>("bytes");
    QTest::newRow("nothing waits for the kernel") << qsizetype(200000);
    QTest::newRow("the socket is full") << qsizetype(12 << 20);
}

void TestRequestSender::deliversAnEarlyAnswerBeforeAReset()
{
    QFETCH(qsizetype, bytes);
    FakeUpstream upstream(
        [](const ReceivedRequest&) {
            return UpstreamScript()
                .waitForRelease("answer")
                .then(Answer::json(413, "{\"error\":\"too large\"}", {{"Connection", "close"}}))
                .close();
        },
        withBodyPlan(true, "never"));
    UpstreamAccessManager manager({});
    BytePipe pipe;
    pipe.append(QByteArray(bytes, 'x'));
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", bytes * 2), &pipe);
    QVERIFY(upstream.waitForHeads(1));
    // Answer and reset arrive, and the producer has more, before the event loop has a turn.
    upstream.release("answer");
    QDeadlineTimer deadline(10000);
    while (!upstream.connectionState(1).isClosed && !deadline.hasExpired())
        QThread::yieldCurrentThread();
    pipe.append(QByteArray(20000, 'x'));
    QVERIFY(call.waitForFinished());
    QVERIFY2(!call.hasFailed(), qPrintable(call.error().message));
    QCOMPARE(call.head().status, 413);
    QCOMPARE(call.body, QByteArray("{\"error\":\"too large\"}"));
}

void TestRequestSender::answerMayEndBeforeTheUpload()
{
    const FakeUpstreamOptions options = withBodyPlan(true, "");
    FakeUpstream upstream([](const ReceivedRequest&) { return Answer::json(400, "{}"); }, options);
    UpstreamAccessManager manager({});
    BytePipe pipe;
    pipe.append("part");
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", 100), &pipe);
    QVERIFY(call.waitForFinished());
    QVERIFY(!call.hasFailed());
    QCOMPARE(call.head().status, 400);
    QVERIFY(upstream.waitForClosed(1)); // not for another request: half of this one is on it
    pipe.append("late"); // nobody takes it, nothing happens
    QCOMPARE(pipe.bytesAvailable(), 4);
}

void TestRequestSender::breaksOffOnAWrongLength_data()
{
    QTest::addColumn<qint64>("length");
    QTest::newRow("too long") << qint64(3);
    QTest::newRow("too short") << qint64(5);
}

void TestRequestSender::breaksOffOnAWrongLength()
{
    QFETCH(qint64, length);
    FakeUpstream upstream(echoLength());
    UpstreamAccessManager manager({});
    BytePipe pipe;
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", length), &pipe);
    QVERIFY(upstream.waitForHeads(1));
    pipe.append("four");
    pipe.finish();
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.error().code, ErrorCode::BadRequest);
    QVERIFY(upstream.waitForClosed(1));
    QCOMPARE(upstream.requests().size(), 0);
}

void TestRequestSender::breaksOffWhenTheDeviceDies()
{
    FakeUpstream upstream(echoLength());
    UpstreamAccessManager manager({});
    auto pipe = std::make_unique<BytePipe>();
    pipe->append("some");
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", -1), pipe.get());
    QVERIFY(upstream.waitForHeads(1));
    pipe.reset();
    QVERIFY(call.waitForFinished());
    QVERIFY(call.hasFailed());
    QVERIFY(upstream.waitForClosed(1));
    QCOMPARE(upstream.requests().size(), 0); // no last chunk was made up
}

REGISTER_TEST(TestRequestSender)
#include "tst_requestsender.moc"
