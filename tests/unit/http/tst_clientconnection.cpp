// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ClientConnection: the edges of a connection's life: uploads nobody reads, clients that leave, answers that
// end early. Over real sockets, through the HttpFrontend.

#include "http/clientcall.h"
#include "http/httpfrontend.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QRegularExpression>
#include <QTcpServer>

#include <sys/resource.h>
#include <unistd.h>

using std::chrono::milliseconds;

namespace {

QByteArray postHead(qint64 length)
{
    return "POST /v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(length) + "\r\n\r\n";
}

struct Server
{
    explicit Server(const HttpLimits& limits = {})
        : frontend(limits)
    {
        frontend.onProxyCall([this](ClientCall* call) {
            calls.append(call);
            QObject::connect(
                call, &ClientCall::bodyArrived, call, [this](const QByteArray& bytes) { body += bytes; });
            QObject::connect(call, &ClientCall::bodyCompleted, call, [this] { ++completed; });
            QObject::connect(call, &ClientCall::bodyFailed, call, [this] { ++failed; });
            QObject::connect(call, &ClientCall::clientLeft, call, [this] { ++left; });
            if (onCall)
                onCall(call);
        });
        port = *frontend.listen(QStringLiteral("127.0.0.1"), 0);
    }

    QList<QPointer<ClientCall>> calls; // these outlive the frontend's last signals
    std::function<void(ClientCall*)> onCall;
    QByteArray body;
    int completed = 0;
    int failed = 0;
    int left = 0;
    HttpFrontend frontend;
    quint16 port = 0;
};

void startPaused(ClientCall* call)
{
    call->setBodyPaused(true);
    call->startBody();
}

} // namespace

class TestClientConnection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("."))); }
    void boundsAnUploadThatNobodyStarted();
    void resumesAPausedUploadWhole();
    void noticesThatTheClientLeftBehindAPausedUpload_data();
    void noticesThatTheClientLeftBehindAPausedUpload();
    void answersAPausedUploadReadably();
    void survivesAClientThatLeftBeforeTheEnd_data();
    void survivesAClientThatLeftBeforeTheEnd();
    void sendsAtOnce();
    void keepsOrderOverABacklog();
    void cutsAResponseThatEndsShort();
    void neverSendsMoreThanAnnounced();
    void answersPipelinedRequestsOneAfterTheOther();
    void countsTheBodyTimeoutFromItsStart();
    void acceptsAgainAfterRunningOutOfDescriptors();
    void leavesNoListenerBehindWhenHalfOfLocalhostIsTaken();
};

void TestClientConnection::boundsAnUploadThatNobodyStarted()
{
    Server server;
    RawClient client(server.port);
    client.setTimeout(milliseconds(500));
    QVERIFY(client.send(postHead(32 << 20)));
    QTRY_COMPARE(server.calls.size(), 1);
    QVERIFY(!client.send(QByteArray(32 << 20, 'x'))); // the kernel's buffers are full, ours are not growing
    server.calls[0]->startBody();
    QVERIFY(server.body.size() < (256 << 10));
}

void TestClientConnection::resumesAPausedUploadWhole()
{
    Server server;
    QByteArray upload;
    for (int i = 0; upload.size() < (4 << 20); ++i)
        upload += QByteArray::number(i) + ' ';
    server.onCall = startPaused;
    RawClient client(server.port);
    client.setTimeout(milliseconds(300));
    QVERIFY(client.send(postHead(upload.size() + 300'000)));
    QVERIFY(client.send(upload.first(300'000)));
    QTRY_COMPARE(server.calls.size(), 1);
    QCoreApplication::processEvents(); // what fits has been read
    server.calls[0]->setBodyPaused(false);
    QTRY_COMPARE(server.body.size(), 300'000);
    server.calls[0]->setBodyPaused(true);
    QVERIFY(client.send(upload.first(300'000)));
    server.calls[0]->setBodyPaused(false);
    client.setTimeout(milliseconds(10000));
    QVERIFY(client.send(upload.sliced(300'000)));
    QTRY_COMPARE(server.completed, 1);
    QVERIFY(server.body == upload.first(300'000) + upload);
}

void TestClientConnection::noticesThatTheClientLeftBehindAPausedUpload_data()
{
    QTest::addColumn<bool>("resets");
    QTest::newRow("FIN") << false;
    QTest::newRow("RST") << true;
}

void TestClientConnection::noticesThatTheClientLeftBehindAPausedUpload()
{
    QFETCH(bool, resets);
    HttpLimits limits;
    limits.headerTimeout = milliseconds(500); // how often a connection is looked at follows from it
    Server server(limits);
    server.onCall = startPaused;
    RawClient client(server.port);
    QVERIFY(client.send(postHead(32 << 20)));
    // More than is read ahead, so that the end stands behind it, and no more than the kernel takes besides: a
    // FIN that waits for our window to open cannot be known.
    QVERIFY(client.send(QByteArray(100'000, 'x')));
    QTRY_COMPARE(server.calls.size(), 1);
    if (resets)
        client.reset();
    else
        client.close();
    QTRY_COMPARE(server.left, 1);
    QTRY_COMPARE(server.frontend.openConnections(), 0);
}

void TestClientConnection::answersAPausedUploadReadably()
{
    Server server;
    server.onCall = startPaused;
    RawClient client(server.port);
    QVERIFY(client.send(postHead(32 << 20)));
    QVERIFY(client.send(QByteArray(400'000, 'x')));
    QTRY_COMPARE(server.calls.size(), 1);
    QElapsedTimer timer;
    timer.start();
    server.calls[0]->respond(401, "text/plain", "no");
    auto response = client.readResponse();
    QVERIFY(response);
    QCOMPARE(response->status, 401);
    QVERIFY(response->headers.hasToken("connection", "close"));
    QCOMPARE(client.waitForEnd(), RawClient::End::Fin);
    QVERIFY(client.send(QByteArray(400'000, 'x'))); // still taken, and dropped
    client.finish();
    QTRY_COMPARE(server.frontend.openConnections(), 0);
    QVERIFY(timer.elapsed() < 1500); // closed by the client's end, not by the lingering time
}

void TestClientConnection::survivesAClientThatLeftBeforeTheEnd_data()
{
    QTest::addColumn<bool>("resets");
    QTest::addColumn<qint64>("length");
    QTest::addColumn<int>("pieces");
    for (const bool resets : {false, true}) {
        for (const qint64 length : {qint64(-1), qint64(3)}) {
            for (int pieces = 0; pieces <= 3; ++pieces)
                QTest::addRow("%s, length %d, %d pieces", resets ? "RST" : "FIN", int(length), pieces)
                    << resets << length << pieces;
        }
    }
}

/// No event loop between the client's leaving and our writing: the write itself finds out.
void TestClientConnection::survivesAClientThatLeftBeforeTheEnd()
{
    QFETCH(bool, resets);
    QFETCH(qint64, length);
    QFETCH(int, pieces);
    Server server;
    RawClient client(server.port);
    QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    QTRY_COMPARE(server.calls.size(), 1);
    const QPointer<ClientCall> call = server.calls[0];
    resets ? client.reset() : client.close();
    call->sendHead({200, "OK", {}}, length);
    for (int i = 0; i < pieces; ++i)
        call->sendBody("x");
    call->end();
    call->end(); // does nothing
    QTRY_COMPARE(server.frontend.openConnections(), 0);
    QVERIFY(server.left <= 1);
    QTRY_VERIFY(call.isNull());
}

void TestClientConnection::sendsAtOnce()
{
    Server server;
    RawClient client(server.port);
    QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    QTRY_COMPARE(server.calls.size(), 1);
    ClientCall* call = server.calls[0];
    call->sendHead({200, "OK", {}}, -1);
    QTRY_COMPARE(call->bytesToWrite(), 0); // alone, when no body comes in the same turn
    const QByteArray head = client.readAvailable();
    QVERIFY(head.endsWith("\r\n\r\n"));
    call->sendBody("data: 1\n\n");
    QCOMPARE(client.readAvailable(), "9\r\ndata: 1\n\n\r\n"); // before any event loop runs
    call->end();
    QCOMPARE(client.readAvailable(), "0\r\n\r\n");

    QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    QTRY_COMPARE(server.calls.size(), 2);
    server.calls[1]->respond(204, {}, {});
    QVERIFY(client.readAvailable().startsWith("HTTP/1.1 204 "));
}

void TestClientConnection::keepsOrderOverABacklog()
{
    Server server;
    RawClient client(server.port, 4096);
    QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    QTRY_COMPARE(server.calls.size(), 1);
    ClientCall* call = server.calls[0];
    int drained = 0;
    connect(call, &ClientCall::drained, this, [&] { ++drained; });
    QByteArray body;
    const auto send = [&](int pieces) {
        for (int i = 0; i < pieces; ++i) {
            const QByteArray piece = QByteArray::number(i).repeated(10'000);
            call->sendBody(piece);
            body += piece;
        }
    };
    call->sendHead({200, "OK", {}}, -1);
    send(300);
    QVERIFY(call->bytesToWrite() > 0);
    QCOMPARE(drained, 0);
    connect(call, &ClientCall::drained, call, [&] {
        send(3);
        call->end();
    });
    auto response = client.readResponse();
    QVERIFY(response);
    QVERIFY(response->body == body);
    QCOMPARE(drained, 1);
    QCOMPARE(server.left, 0);
}

void TestClientConnection::cutsAResponseThatEndsShort()
{
    Server server;
    server.onCall = [](ClientCall* call) {
        call->sendHead({200, "OK", {}}, 10);
        call->sendBody("part");
        call->end();
    };
    RawClient client(server.port);
    QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    QVERIFY(client.waitForEnd() != RawClient::End::Open);
    QCOMPARE(server.calls.size(), 1); // what it took for the rest of the body would be the next answer
}

void TestClientConnection::neverSendsMoreThanAnnounced()
{
    Server server;
    server.onCall = [](ClientCall* call) {
        call->sendHead({200, "OK", {}}, 2);
        call->sendBody("body");
        call->sendBody("more");
        call->end();
    };
    RawClient client(server.port);
    for (int i = 0; i < 2; ++i) {
        QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        auto response = client.readResponse();
        QVERIFY(response);
        QCOMPARE(response->body, "bo");
        QCOMPARE(client.readAvailable(), "");
    }
}

void TestClientConnection::answersPipelinedRequestsOneAfterTheOther()
{
    constexpr int count = 1000;
    Server server;
    int depth = 0;
    int deepest = 0;
    server.onCall = [&](ClientCall* call) {
        deepest = std::max(deepest, ++depth);
        connect(call, &ClientCall::bodyCompleted, call, [call] { call->respond(200, {}, "ok"); });
        call->startBody();
        --depth;
    };
    RawClient client(server.port);
    QVERIFY(client.send(QByteArray("GET / HTTP/1.1\r\nHost: a\r\n\r\n").repeated(count)));
    for (int i = 0; i < count; ++i)
        QVERIFY(client.readResponse());
    QCOMPARE(deepest, 1); // else a client could exhaust our stack
}

void TestClientConnection::countsTheBodyTimeoutFromItsStart()
{
    HttpLimits limits;
    limits.idleTimeout = milliseconds(300);
    Server server(limits);
    RawClient client(server.port);
    QVERIFY(client.send(postHead(3) + "ab"));
    QTRY_COMPARE(server.calls.size(), 1);
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY(timer.elapsed() > 500);
    server.calls[0]->startBody();
    timer.start();
    QTRY_VERIFY(timer.elapsed() > 100);
    QCOMPARE(server.failed, 0);
    QTRY_COMPARE(server.failed, 1);
    auto response = client.readResponse();
    QVERIFY(response);
    QCOMPARE(response->status, 408);
}

void TestClientConnection::acceptsAgainAfterRunningOutOfDescriptors()
{
    Server server;
    server.onCall = [](ClientCall* call) { call->respond(200, "text/plain", "ok"); };
    RawClient client(server.port); // waits in the backlog
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    const int lowestFree = ::dup(0);
    ::close(lowestFree);
    const rlimit none{rlim_t(lowestFree), limit.rlim_max}; // poll() must still be allowed what is open
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
    QElapsedTimer timer;
    timer.start();
    QTRY_VERIFY(timer.elapsed() > 50);
    QCOMPARE(server.frontend.openConnections(), 0);
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    QTRY_COMPARE(server.frontend.openConnections(), 1);
    QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    QVERIFY(client.readResponse());
}

void TestClientConnection::leavesNoListenerBehindWhenHalfOfLocalhostIsTaken()
{
    QTcpServer other;
    if (!other.listen(QHostAddress::LocalHostIPv6, 0))
        QSKIP("no IPv6 loopback here");
    HttpFrontend frontend{HttpLimits()};
    QVERIFY(!frontend.listen(QStringLiteral("localhost"), other.serverPort()));
    QVERIFY(frontend.isAddressInUse());
    QVERIFY(!RawClient(other.serverPort()).isConnected());
    QVERIFY(frontend.listen(QStringLiteral("localhost"), 0)); // the next one
}

REGISTER_TEST(TestClientConnection)
#include "tst_clientconnection.moc"
