// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ResponseFraming: heads keep their bytes and places; bodies get the framing the client can read.

#include "http/responseframing.h"
#include "support/testprogram.h"

namespace {

RequestHead request(const QByteArray& method, int minorVersion = 1, const QByteArray& connection = {})
{
    RequestHead head;
    head.method = method;
    head.target = "/";
    head.minorVersion = minorVersion;
    if (!connection.isEmpty())
        head.headers.append("Connection", connection);
    return head;
}

const HeaderList lengthInTheMiddle{{"A", "1"}, {"content-length", "9"}, {"a", "2"}};

} // namespace

class TestResponseFraming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsPlaceAndCaseOfFraming()
    {
        ResponseFraming framing(request("GET"));
        QCOMPARE(framing.head({200, "Fine", lengthInTheMiddle}, 9, false),
            "HTTP/1.1 200 Fine\r\nA: 1\r\ncontent-length: 9\r\na: 2\r\n\r\n");
        QCOMPARE(framing.body("123456789"), "123456789");
        QCOMPARE(framing.end({}), "");
    }

    void chunksWhatHasNoLength()
    {
        ResponseFraming framing(request("GET"));
        QCOMPARE(framing.head({200, "", HeaderList{{"transfer-encoding", "chunked"}, {"B", "1"}}}, -1, false),
            "HTTP/1.1 200 \r\ntransfer-encoding: chunked\r\nB: 1\r\n\r\n");
        QCOMPARE(framing.body("0123456789abcdef"), "10\r\n0123456789abcdef\r\n");
        QCOMPARE(framing.body(""), "");
        QCOMPARE(framing.end(HeaderList{{"T", "v"}}), "0\r\nT: v\r\n\r\n");
    }

    void replacesLengthByChunks()
    {
        ResponseFraming framing(request("GET"));
        QCOMPARE(framing.head({200, "OK", lengthInTheMiddle}, -1, true),
            "HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    }

    void closesOnHttp10()
    {
        ResponseFraming framing(request("GET", 0));
        QVERIFY(framing.wantsClose());
        QCOMPARE(framing.head({200, "OK", HeaderList{{"Transfer-Encoding", "chunked"}}}, -1, true),
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        QCOMPARE(framing.body("abc"), "abc");
        QVERIFY(framing.isCloseDelimited());
    }

    void keepsHttp10AliveOnRequest()
    {
        ResponseFraming framing(request("GET", 0, "Keep-Alive"));
        QVERIFY(!framing.wantsClose());
        QVERIFY(framing.head({200, "OK", {}}, 0, false).contains("Connection: keep-alive\r\n"));
    }

    void neverSendsABodyWhereNoneMayBe_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::newRow("HEAD") << QByteArray("HEAD") << 200;
        QTest::newRow("204") << QByteArray("GET") << 204;
        QTest::newRow("304") << QByteArray("GET") << 304;
    }
    void neverSendsABodyWhereNoneMayBe()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        ResponseFraming framing(request(method));
        const QByteArray head = framing.head({status, "R", lengthInTheMiddle}, -1, false);
        QCOMPARE(head.contains("content-length: 9"), status != 204); // RFC 9110 8.6: never with 204
        QVERIFY(!head.contains("chunked"));
        QCOMPARE(framing.body("abc"), "");
        QCOMPARE(framing.end({}), "");
    }
};

REGISTER_TEST(TestResponseFraming)
#include "tst_responseframing.moc"
