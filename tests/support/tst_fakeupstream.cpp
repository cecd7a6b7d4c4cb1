// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// FakeUpstream itself: what the other tests rely on.

#include "support/fakeupstream.h"
#include "support/testcertificates.h"
#include "support/testprogram.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>

class TestFakeUpstream final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsRequestsExactly();
    void takesChunkedBodiesApart();
    void answersPipelinedRequestsInOrder();
    void waitsForReleases();
    void closesAndResets();
    void pausesTheRequestBody();
    void answersBeforeTheBody();
    void countsConnections();
    void listensAgainOnTheSamePort();
    void speaksTls_data();
    void speaksTls();
};

static QByteArray readUntil(QTcpSocket* socket, QByteArrayView end)
{
    QByteArray bytes;
    [[maybe_unused]] const bool arrived = QTest::qWaitFor([&] {
        bytes += socket->readAll();
        return bytes.endsWith(end);
    });
    return bytes;
}

static void connectTo(QTcpSocket* socket, const FakeUpstream& upstream)
{
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), upstream.port());
    QVERIFY(socket->waitForConnected());
}

void TestFakeUpstream::recordsRequestsExactly()
{
    FakeUpstream upstream([](const ReceivedRequest&) { return Answer::json(200, "{}", {{"X-A", "1"}}); });
    QTcpSocket client;
    connectTo(&client, upstream);
    const QByteArray head
        = "POST /v1/x?a=%20b HTTP/1.1\r\nHOST: h\r\nx-a: 1\r\nX-A:  2 \r\nContent-Length: 4\r\n\r\n";
    client.write(head + "body");
    QCOMPARE(readUntil(&client, "{}"),
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-A: 1\r\nContent-Length: 2\r\n\r\n{}");
    QCOMPARE(upstream.requests().size(), 1);
    const ReceivedRequest request = upstream.requests().first();
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.target, "/v1/x?a=%20b");
    QCOMPARE(request.rawHead, head);
    QCOMPARE(request.headers.at(0).name, "HOST");
    QCOMPARE(request.headers.values("x-a"), QList<QByteArray>({"1", "2"}));
    QCOMPARE(request.body, "body");
    QCOMPARE(request.connection, 1);
}

void TestFakeUpstream::takesChunkedBodiesApart()
{
    FakeUpstream upstream([](const ReceivedRequest&) { return Answer::json(200, "{}"); });
    QTcpSocket client;
    connectTo(&client, upstream);
    const QByteArray body = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: 1\r\n\r\n";
    client.write("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    QVERIFY(upstream.waitForRequests(1));
    QCOMPARE(upstream.requests().first().body, "abcde");
    QCOMPARE(upstream.requests().first().rawBody, body);
    QCOMPARE(upstream.requests().first().trailers.value("t"), "1");
}

void TestFakeUpstream::answersPipelinedRequestsInOrder()
{
    FakeUpstream upstream([](const ReceivedRequest& request) {
        return UpstreamScript().waitForRelease(request.target).then(Answer::json(200, request.target));
    });
    QTcpSocket client;
    connectTo(&client, upstream);
    client.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    QVERIFY(upstream.waitForRequests(1));
    upstream.release("/2");
    upstream.release("/1");
    const QByteArray answers = readUntil(&client, "/2");
    QVERIFY(answers.indexOf("/1") > 0);
    QVERIFY(answers.indexOf("/1") < answers.indexOf("/2"));
}

void TestFakeUpstream::waitsForReleases()
{
    FakeUpstream upstream([](const ReceivedRequest&) {
        return Answer::sse({"data: 1\n\n", "data: 2\n\n"}, {}, {"go", {}});
    });
    QTcpSocket client;
    connectTo(&client, upstream);
    client.write("GET / HTTP/1.1\r\n\r\n");
    QVERIFY(readUntil(&client, "\r\n\r\n").contains("text/event-stream"));
    QCOMPARE(client.bytesAvailable(), 0);
    upstream.release("go0");
    QCOMPARE(readUntil(&client, "\n\n\r\n"), "9\r\ndata: 1\n\n\r\n");
    upstream.release("go1");
    QCOMPARE(readUntil(&client, "0\r\n\r\n"), "9\r\ndata: 2\n\n\r\n0\r\n\r\n");
}

void TestFakeUpstream::closesAndResets()
{
    FakeUpstream upstream([](const ReceivedRequest& request) {
        return request.target == "/close" ? Answer::closeDelimited(200, {}, "all") : UpstreamScript().reset();
    });
    QTcpSocket first;
    connectTo(&first, upstream);
    first.write("GET /close HTTP/1.1\r\n\r\n");
    QCOMPARE(readUntil(&first, "all"), "HTTP/1.1 200 OK\r\n\r\nall");
    QVERIFY(upstream.waitForClosed(1));
    QTRY_COMPARE(first.state(), QAbstractSocket::UnconnectedState);
    QTcpSocket second;
    connectTo(&second, upstream);
    second.write("GET /reset HTTP/1.1\r\n\r\n");
    QTRY_COMPARE(second.state(), QAbstractSocket::UnconnectedState);
}

void TestFakeUpstream::pausesTheRequestBody()
{
    FakeUpstreamOptions options;
    options.bodyPlan = [](const ReceivedRequest&) {
        BodyPlan plan;
        plan.pauseAfterBytes = 3;
        plan.resumeName = "more";
        plan.interimBytes = "HTTP/1.1 100 Continue\r\n\r\n";
        return plan;
    };
    FakeUpstream upstream([](const ReceivedRequest&) { return Answer::json(200, "{}"); }, options);
    QTcpSocket client;
    connectTo(&client, upstream);
    client.write("POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\nabcdef");
    QCOMPARE(readUntil(&client, "\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    QTRY_VERIFY(upstream.unfinished(1) && upstream.unfinished(1)->body == "abc");
    QVERIFY(upstream.requests().isEmpty());
    upstream.release("more");
    QVERIFY(upstream.waitForRequests(1));
    QCOMPARE(upstream.requests().first().body, "abcdef");
    QVERIFY(readUntil(&client, "{}").endsWith("{}"));
}

void TestFakeUpstream::answersBeforeTheBody()
{
    FakeUpstreamOptions options;
    options.bodyPlan = [](const ReceivedRequest&) {
        BodyPlan plan;
        plan.answersAtOnce = true;
        return plan;
    };
    FakeUpstream upstream([](const ReceivedRequest&) { return Answer::json(413, "no"); }, options);
    QTcpSocket client;
    connectTo(&client, upstream);
    client.write("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nab");
    QVERIFY(readUntil(&client, "no").startsWith("HTTP/1.1 413"));
    QVERIFY(upstream.requests().isEmpty());
    client.write("cdPOST / HTTP/1.1\r\n\r\n");
    QVERIFY(upstream.waitForRequests(2));
    QCOMPARE(upstream.requests().first().body, "abcd");
}

void TestFakeUpstream::countsConnections()
{
    FakeUpstream upstream([](const ReceivedRequest&) { return UpstreamScript().hang(); });
    QTcpSocket first;
    connectTo(&first, upstream);
    first.write("GET / HTTP/1.1\r\n\r\n");
    QVERIFY(upstream.waitForHeads(1));
    QCOMPARE(upstream.openConnections(), 1);
    first.abort();
    QVERIFY(upstream.waitForClosed(1));
    QCOMPARE(upstream.openConnections(), 0);
    QCOMPARE(upstream.connections(), 1);

    QTcpSocket second;
    connectTo(&second, upstream);
    second.write("nonsense\r\n\r\n");
    QVERIFY(upstream.waitForClosed(2));
    QCOMPARE(upstream.violations().size(), 1);
}

void TestFakeUpstream::listensAgainOnTheSamePort()
{
    FakeUpstream upstream([](const ReceivedRequest&) { return Answer::json(200, "{}"); });
    QTcpSocket client;
    connectTo(&client, upstream);
    client.write("GET / HTTP/1.1\r\n\r\n");
    QVERIFY(readUntil(&client, "{}").endsWith("{}"));
    upstream.stopListening();
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), upstream.port());
    QVERIFY(!client.waitForConnected());
    QVERIFY(upstream.startListening());
    connectTo(&client, upstream);
}

void TestFakeUpstream::speaksTls_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("error"); // empty: accepted
    QTest::newRow("good") << "good" << QString();
    QTest::newRow("expired") << "expired"
                             << "expired";
    QTest::newRow("wrong host") << "wrongHost"
                                << "host name";
    QTest::newRow("self-signed") << "selfSigned"
                                 << "self-signed";
}

void TestFakeUpstream::speaksTls()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("Qt finds no TLS library");
    QFETCH(QString, which);
    QFETCH(QString, error);
    static const TestCertificates certificates;
    QVERIFY2(certificates.isValid(), qPrintable(certificates.errorText()));
    const QHash<QString, ServerCertificate> kinds{{QStringLiteral("good"), certificates.good()},
        {QStringLiteral("expired"), certificates.expired()},
        {QStringLiteral("wrongHost"), certificates.wrongHost()},
        {QStringLiteral("selfSigned"), certificates.selfSigned()}};
    FakeUpstreamOptions options;
    options.certificateChain = kinds.value(which).chain;
    options.privateKey = kinds.value(which).key;
    FakeUpstream upstream([](const ReceivedRequest&) { return Answer::json(200, "{}"); }, options);
    QVERIFY(upstream.url().startsWith("https://127.0.0.1:"));

    QSslSocket client;
    QSslConfiguration configuration = client.sslConfiguration();
    configuration.setCaCertificates({certificates.ca()});
    configuration.setAllowedNextProtocols({"http/1.1"});
    client.setSslConfiguration(configuration);
    client.connectToHostEncrypted(QStringLiteral("127.0.0.1"), upstream.port());
    QCOMPARE(client.waitForEncrypted(), error.isEmpty());
    if (error.isEmpty()) {
        client.write("GET / HTTP/1.1\r\n\r\n");
        QVERIFY(readUntil(&client, "{}").endsWith("{}"));
        QCOMPARE(upstream.connectionState(1).alpn, "http/1.1");
    } else {
        QVERIFY2(client.errorString().contains(error, Qt::CaseInsensitive), qPrintable(client.errorString()));
    }
}

REGISTER_TEST(TestFakeUpstream)
#include "tst_fakeupstream.moc"
