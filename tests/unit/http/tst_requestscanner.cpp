// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// RequestScanner: what it lets through, what it refuses, and that chunking never changes either.

#include "http/requestscanner.h"
#include "support/testprogram.h"

namespace {

constexpr HttpLimits smallLimits{.maxRequestLineBytes = 100, .maxHeaderBytes = 300, .maxBodyBytes = 50};

/// All that a client's bytes come to.
struct Outcome
{
    struct Request
    {
        QByteArray method;
        QByteArray target;
        HeaderList headers;
        QByteArray body;
        bool isComplete = false;

        bool operator==(const Request&) const = default;
    };
    QList<Request> requests;
    int refusedStatus = 0;

    bool operator==(const Outcome&) const = default;
};

void drain(RequestScanner* scanner, Outcome* outcome)
{
    while (true) {
        switch (scanner->next()) {
        case RequestScanner::Event::NeedMore:
            return;
        case RequestScanner::Event::Head: {
            const RequestHead head = scanner->takeHead();
            outcome->requests.append({head.method, head.target, head.headers, {}, false});
            break;
        }
        case RequestScanner::Event::Body: {
            const QByteArray body = scanner->takeBody();
            QVERIFY(!body.isEmpty());
            outcome->requests.last().body += body;
            break;
        }
        case RequestScanner::Event::BodyEnd:
            QVERIFY(scanner->isBodyComplete());
            outcome->requests.last().isComplete = true;
            scanner->startNext();
            break;
        case RequestScanner::Event::Refused:
            outcome->refusedStatus = scanner->refusal().status;
            // How much of a refused body came out before depends on the chunking, and must.
            if (!outcome->requests.isEmpty() && !outcome->requests.last().isComplete)
                outcome->requests.last().body.clear();
            return;
        }
    }
}

Outcome scan(const QList<QByteArray>& pieces, const HttpLimits& limits = smallLimits)
{
    RequestScanner scanner(limits);
    Outcome outcome;
    for (const QByteArray& piece : pieces) {
        scanner.feed(piece);
        drain(&scanner, &outcome);
        if (outcome.refusedStatus != 0)
            break;
    }
    return outcome;
}

/// The outcome of the whole, after having seen that every split in two, and byte by byte, gives the same.
Outcome scanInEveryChunking(const QByteArray& input)
{
    const Outcome whole = scan({input});
    QList<QByteArray> bytes;
    for (qsizetype i = 0; i < input.size(); ++i) {
        bytes.append(input.mid(i, 1));
        if (!(scan({input.left(i), input.mid(i)}) == whole))
            qFatal("split at %lld changes the outcome", static_cast<long long>(i));
    }
    if (!(scan(bytes) == whole))
        qFatal("byte by byte changes the outcome");
    return whole;
}

} // namespace

class TestRequestScanner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void accepts_data();
    void accepts();
    void keepsHeadersAsTheyCame();
    void readsBodies_data();
    void readsBodies();
    void keepsPipelinedRequestUntilAsked();
    void refusesLargeContentLengthBeforeTheBody();
    void knowsItsFraming();
    void refusalIsJson();
};

void TestRequestScanner::refuses_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const QByteArray& input, int status) {
        QTest::newRow(name) << input << status;
    };
    const QByteArray start = "POST /v1/x HTTP/1.1\r\nHost: a\r\n";

    row("two content lengths", start + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400);
    row("content length list", start + "Content-Length: 5, 6\r\n\r\nhello", 400);
    row("content length sign", start + "Content-Length: +5\r\n\r\nhello", 400);
    row("content length negative", start + "Content-Length: -1\r\n\r\n", 400);
    row("content length hex", start + "Content-Length: 0x5\r\n\r\nhello", 400);
    row("content length overflow", start + "Content-Length: 18446744073709551617\r\n\r\n", 400);
    row("CL.TE", start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("TE.CL", start + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400);
    row("TE.TE", start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400);
    row("TE list", start + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400);
    row("TE unknown", start + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400);
    row("TE space in name", start + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400);
    row("TE vertical tab", start + "Transfer-Encoding:\vchunked\r\n\r\n0\r\n\r\n", 400);
    row("TE on 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("chunk size overflow", start + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n", 400);
    row("chunk size empty", start + "Transfer-Encoding: chunked\r\n\r\n\r\n", 400);
    row("chunk size 0x", start + "Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n", 400);
    row("chunk without CRLF", start + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n", 400);
    row("chunk bare LF", start + "Transfer-Encoding: chunked\r\n\r\n3\nabc\n0\n\n", 400);
    row("obs-fold", start + "X: 1\r\n 2\r\n\r\n", 400);
    row("fold first", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400);
    row("NUL in value", start + QByteArray("X: a\0b\r\n\r\n", 10), 400);
    row("NUL in name", start + QByteArray("X\0: a\r\n\r\n", 9), 400);
    row("NUL in target", QByteArray("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 29), 400);
    row("bare CR in value", start + "X: a\rb\r\n\r\n", 400);
    row("bare LF line", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400);
    row("bare LF header", "GET / HTTP/1.1\r\nHost: a\n\r\n", 400);
    row("bare LF end", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400);
    row("no colon", start + "Nonsense\r\n\r\n", 400);
    row("empty name", start + ": x\r\n\r\n", 400);
    row("no host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", 400);
    row("two hosts 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    row("host with path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400);
    row("host with user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400);
    row("host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400);
    row("host port", "GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n", 400);
    row("leading space", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("leading LF", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("many empty lines", "\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("TLS hello", QByteArray("\x16\x03\x01\x02\x00", 5), 400);
    row("0.9", "GET /\r\n", 400);
    row("two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("space in target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("tab in line", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("relative target", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("star for GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("empty authority", "GET http:/// HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("bad method", "G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    row("lower-case http", "GET / http/1.1\r\nHost: a\r\n\r\n", 400);
    row("version 1.10", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400);
    row("version 1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 501);
    row("expectation", start + "Expect: cake\r\nContent-Length: 1\r\n\r\nx", 417);
    row("long line", "GET /" + QByteArray(200, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
    row("long line without end", "GET /" + QByteArray(200, 'a'), 414);
    row("large header", start + "X: " + QByteArray(300, 'a') + "\r\n\r\n", 431);
    row("large header without end", start + "X: " + QByteArray(300, 'a'), 431);
    row("many small headers", start + QByteArray("X: a\r\n").repeated(60) + "\r\n", 431);
    row("large body", start + "Content-Length: 51\r\n\r\n", 413);
    row("large chunked body",
        start + "Transfer-Encoding: chunked\r\n\r\n" + QByteArray("a\r\n0123456789\r\n").repeated(6), 413);
}

void TestRequestScanner::refuses()
{
    QFETCH(QByteArray, input);
    QFETCH(int, status);
    QCOMPARE(scanInEveryChunking(input).refusedStatus, status);
}

void TestRequestScanner::accepts_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    const auto row = [](const char* name, const char* line, const char* method, const char* target) {
        QTest::newRow(name) << QByteArray(line) + "\r\nHost: a\r\n\r\n"
                            << QByteArray(method) << QByteArray(target);
    };
    row("plain", "GET /v1/models HTTP/1.1", "GET", "/v1/models");
    row("1.0", "GET / HTTP/1.0", "GET", "/");
    row("query kept", "POST /a%2Fb?x=%20&y=a+b&&z HTTP/1.1", "POST", "/a%2Fb?x=%20&y=a+b&&z");
    row("colon", "POST /v1beta/models/g:streamGenerateContent?alt=sse HTTP/1.1", "POST",
        "/v1beta/models/g:streamGenerateContent?alt=sse");
    row("double slash", "GET //v1//x HTTP/1.1", "GET", "//v1//x");
    row("high bytes", "GET /\xc3\xa4 HTTP/1.1", "GET", "/\xc3\xa4");
    row("absolute", "GET http://api.example:80/v1/x?y HTTP/1.1", "GET", "/v1/x?y");
    row("absolute https", "GET HTTPS://api.example/v1 HTTP/1.1", "GET", "/v1");
    row("absolute without path", "GET http://api.example HTTP/1.1", "GET", "/");
    row("absolute with query only", "GET http://api.example?a=b/c HTTP/1.1", "GET", "/?a=b/c");
    row("options star", "OPTIONS * HTTP/1.1", "OPTIONS", "*");
    row("options absolute", "OPTIONS http://api.example HTTP/1.1", "OPTIONS", "*");
    row("unknown method", "PROPFIND / HTTP/1.1", "PROPFIND", "/");
    row("lower-case method", "get / HTTP/1.1", "get", "/");
    row("empty lines first", "\r\n\r\nGET / HTTP/1.1", "GET", "/");
}

void TestRequestScanner::accepts()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    const Outcome outcome = scanInEveryChunking(input);
    QCOMPARE(outcome.refusedStatus, 0);
    QCOMPARE(outcome.requests.size(), 1);
    QCOMPARE(outcome.requests[0].method, method);
    QCOMPARE(outcome.requests[0].target, target);
    QVERIFY(outcome.requests[0].isComplete);
}

void TestRequestScanner::keepsHeadersAsTheyCame()
{
    const Outcome outcome = scanInEveryChunking("GET / HTTP/1.1\r\nhOsT: [::1]:3000\r\nX-B:  two words \r\n"
                                                "x-a: 1\r\nX-A: 2\r\nEmpty:\r\nHigh: \xff\r\n\r\n");
    QCOMPARE(outcome.requests.size(), 1);
    const HeaderList expected{{"hOsT", "[::1]:3000"}, {"X-B", "two words"}, {"x-a", "1"}, {"X-A", "2"},
        {"Empty", ""}, {"High", "\xff"}};
    QCOMPARE(outcome.requests[0].headers, expected);
}

void TestRequestScanner::readsBodies_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QList<QByteArray>>("bodies");
    const QByteArray start = "POST / HTTP/1.1\r\nHost: a\r\n";
    const QByteArray chunkedHead = start + "Transfer-Encoding: Chunked\r\n\r\n";

    QTest::newRow("length") << start + "Content-Length: 5\r\n\r\nhello" << QList<QByteArray>{"hello"};
    QTest::newRow("equal lengths") << start + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"
                                   << QList<QByteArray>{"hello"};
    QTest::newRow("zero") << start + "Content-Length: 0\r\n\r\n" << QList<QByteArray>{""};
    QTest::newRow("at the limit") << start + "Content-Length: 50\r\n\r\n" + QByteArray(50, 'x')
                                  << QList<QByteArray>{QByteArray(50, 'x')};
    QTest::newRow("chunked") << chunkedHead + "3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\nT: 1\r\n\r\n"
                             << QList<QByteArray>{"abc0123456789"};
    QTest::newRow("chunked empty") << chunkedHead + "0\r\n\r\n" << QList<QByteArray>{""};
    QTest::newRow("body that looks like a request")
        << start + "Content-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n"
        << QList<QByteArray>{"GET / HTTP/1.1\r\n\r\n"};
    QTest::newRow("pipelined") << start + "Content-Length: 2\r\n\r\nab" + chunkedHead + "1\r\nc\r\n0\r\n\r\n"
            + start + "\r\n" + start + "Content-Length: 1\r\n\r\nd"
                               << QList<QByteArray>{"ab", "c", "", "d"};
}

void TestRequestScanner::readsBodies()
{
    QFETCH(QByteArray, input);
    QFETCH(QList<QByteArray>, bodies);
    const Outcome outcome = scanInEveryChunking(input);
    QCOMPARE(outcome.refusedStatus, 0);
    QList<QByteArray> found;
    for (const Outcome::Request& request : outcome.requests) {
        QVERIFY(request.isComplete);
        found.append(request.body);
    }
    QCOMPARE(found, bodies);
}

void TestRequestScanner::keepsPipelinedRequestUntilAsked()
{
    RequestScanner scanner(smallLimits);
    QVERIFY(scanner.isAtStart());
    scanner.feed("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    QVERIFY(!scanner.isAtStart());
    QCOMPARE(scanner.next(), RequestScanner::Event::Head);
    QCOMPARE(scanner.next(), RequestScanner::Event::BodyEnd);
    QCOMPARE(scanner.next(), RequestScanner::Event::NeedMore);
    QCOMPARE(scanner.takeHead().target, "/1");
    QCOMPARE(scanner.bufferedBytes(), 28);

    scanner.startNext();
    QVERIFY(!scanner.isAtStart());
    QCOMPARE(scanner.next(), RequestScanner::Event::Head);
    QCOMPARE(scanner.takeHead().target, "/2");
    QCOMPARE(scanner.next(), RequestScanner::Event::BodyEnd);
    scanner.startNext();
    QVERIFY(scanner.isAtStart());
}

void TestRequestScanner::refusesLargeContentLengthBeforeTheBody()
{
    RequestScanner scanner(smallLimits);
    scanner.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 51\r\n\r\n");
    QCOMPARE(scanner.next(), RequestScanner::Event::Refused);
    QCOMPARE(scanner.refusal().status, 413);
    QCOMPARE(scanner.refusal().error, ErrorCode::TooLarge);
    scanner.feed("more");
    QCOMPARE(scanner.next(), RequestScanner::Event::Refused);
}

void TestRequestScanner::knowsItsFraming()
{
    RequestScanner scanner(smallLimits);
    scanner.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc");
    QCOMPARE(scanner.next(), RequestScanner::Event::Head);
    const RequestHead head = scanner.takeHead();
    QCOMPARE(head.framing.kind, HttpSyntax::Framing::Kind::Length);
    QCOMPARE(head.framing.contentLength, 5);
    QCOMPARE(scanner.bodyRemaining(), 5);
    QCOMPARE(scanner.next(), RequestScanner::Event::Body);
    QCOMPARE(scanner.bodyRemaining(), 2);
    QVERIFY(!scanner.isBodyComplete());
}

void TestRequestScanner::refusalIsJson()
{
    RequestScanner scanner(smallLimits);
    scanner.feed("\x16");
    QCOMPARE(scanner.next(), RequestScanner::Event::Refused);
    QCOMPARE(scanner.refusal().toJson(),
        R"({"error":{"message":"Not an HTTP request","type":"invalid_request_error","code":"bad_request"}})");
    QCOMPARE(scanner.refusal().toError().code, ErrorCode::BadRequest);
}

REGISTER_TEST(TestRequestScanner)
#include "tst_requestscanner.moc"
