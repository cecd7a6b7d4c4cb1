// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// RequestScanner: every request is the same in every chunking; what RFC 9112 forbids is refused.

#include "http/requestscanner.h"

#include <QTest>

namespace {

/// What came out of a scanner, as text, so that two runs can be compared.
QByteArray describe(const QByteArray& input, qsizetype chunkSize, const HttpLimits& limits = {})
{
    RequestScanner scanner(limits);
    QByteArray out;
    for (qsizetype i = 0; i < input.size(); i += chunkSize) {
        scanner.feed(input.mid(i, chunkSize));
        for (auto event = scanner.next(); event != RequestScanner::Event::NeedMore; event = scanner.next()) {
            if (event == RequestScanner::Event::Refused)
                return out + "refused " + QByteArray::number(scanner.refusal().status);
            if (event == RequestScanner::Event::Head) {
                const RequestHead head = scanner.takeHead();
                out += "head " + head.method + ' ' + head.target + " 1."
                    + QByteArray::number(head.minorVersion) + '\n';
                head.headers.appendTo(&out);
                out += "body ";
            } else if (event == RequestScanner::Event::Body) {
                out += scanner.takeBody();
            } else {
                out += " end\n";
                scanner.startNext();
            }
        }
    }
    return out;
}

int refusalOf(const QByteArray& input, const HttpLimits& limits = {})
{
    const QByteArray text = describe(input, input.size(), limits);
    const qsizetype at = text.indexOf("refused ");
    return at < 0 ? 0 : text.mid(at + 8).toInt();
}

} // namespace

class TestRequestScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheSameInEveryChunking_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("get") << QByteArray(
            "GET /v1/models?limit=1%2F2 HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nx-a:  2 \r\n\r\n");
        QTest::newRow("two with length")
            << QByteArray("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloPOST /b "
                          "HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("chunked, then get") << QByteArray(
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: v\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QTest::newRow("empty lines first") << QByteArray("\r\n\r\nGET / HTTP/1.0\r\n\r\n");
        QTest::newRow("absolute form")
            << QByteArray("GET http://host:80/p%20q?x=%zz HTTP/1.1\r\nHost: host\r\n\r\n");
        QTest::newRow("smuggled") << QByteArray(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }
    void isTheSameInEveryChunking()
    {
        QFETCH(QByteArray, input);
        const QByteArray whole = describe(input, input.size());
        QVERIFY(!whole.isEmpty());
        for (qsizetype size = 1; size < input.size(); ++size)
            QCOMPARE(describe(input, size), whole);
    }

    void keepsTargetAndHeadersAsReceived()
    {
        const QByteArray text
            = describe("GET http://h/p%20q?x=%zz HTTP/1.1\r\nHost: h\r\nX-A:1\r\nx-a:  2 \r\n\r\n", 1000);
        QCOMPARE(text, "head GET /p%20q?x=%zz 1.1\nHost: h\r\nX-A: 1\r\nx-a: 2\r\nbody  end\n");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("status");
        const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\n";
        const QByteArray chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        QTest::newRow("two lengths") << post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab" << 400;
        QTest::newRow("length list") << post + "Content-Length: 1, 1\r\n\r\na" << 400;
        QTest::newRow("signed length") << post + "Content-Length: +1\r\n\r\na" << 400;
        QTest::newRow("length and chunked")
            << post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
            << 400;
        QTest::newRow("gzip, chunked") << post + "Transfer-Encoding: gzip, chunked\r\n\r\n" << 400;
        QTest::newRow("chunked twice")
            << post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
            << 400;
        QTest::newRow("xchunked") << post + "Transfer-Encoding: xchunked\r\n\r\n" << 400;
        QTest::newRow("chunked on 1.0")
            << QByteArray("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") << 400;
        QTest::newRow("bad chunk size") << chunked + "xyz\r\n" << 400;
        QTest::newRow("chunk size overflow") << chunked + "fffffffffffffffff\r\n" << 400;
        QTest::newRow("no CRLF after chunk") << chunked + "1\r\nab\r\n" << 400;
        QTest::newRow("folded header") << post + "X: a\r\n b\r\n\r\n" << 400;
        QTest::newRow("space before colon") << post + "Content-Length : 1\r\n\r\na" << 400;
        QTest::newRow("NUL") << post + QByteArray("X: a\0b\r\n\r\n", 10) << 400;
        QTest::newRow("bare LF") << QByteArray("GET / HTTP/1.1\nHost: a\n\n") << 400;
        QTest::newRow("bare CR") << post + "X: a\rb\r\n\r\n" << 400;
        QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 400;
        QTest::newRow("two hosts") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") << 400;
        QTest::newRow("space in target") << QByteArray("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
        QTest::newRow("no version") << QByteArray("GET /\r\n\r\n") << 400;
        QTest::newRow("HTTP/2") << QByteArray("GET / HTTP/2.0\r\nHost: a\r\n\r\n") << 505;
        QTest::newRow("CONNECT") << QByteArray("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n") << 501;
        QTest::newRow("TLS") << QByteArray("\x16\x03\x01\x02") << 400;
        QTest::newRow("unknown expectation") << post + "Expect: tea\r\n\r\n" << 417;
    }
    void refuses()
    {
        QFETCH(QByteArray, input);
        QFETCH(int, status);
        QCOMPARE(refusalOf(input), status);
    }

    void appliesLimits()
    {
        HttpLimits limits;
        limits.maxRequestLineBytes = 64;
        limits.maxHeaderBytes = 128;
        limits.maxBodyBytes = 4;
        QCOMPARE(refusalOf("GET /" + QByteArray(64, 'a') + " HTTP/1.1\r\n", limits), 414);
        QCOMPARE(refusalOf("GET /" + QByteArray(200, 'a'), limits), 414);
        QCOMPARE(
            refusalOf("GET / HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(128, 'a') + "\r\n\r\n", limits), 431);
        QCOMPARE(refusalOf("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", limits), 413);
        QCOMPARE(refusalOf("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd", limits), 0);
        QCOMPARE(refusalOf("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
                     limits),
            413);
    }
};

QTEST_GUILESS_MAIN(TestRequestScanner)
#include "tst_requestscanner.moc"
