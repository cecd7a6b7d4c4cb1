// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ResponseParser: answers of every framing in every chunking, and the list of what is refused.

#include "support/testprogram.h"
#include "upstream/responseparser.h"

namespace {

/// Everything a response came to, as one comparable value.
struct Outcome
{
    QList<int> interims;
    int status = 0;
    QByteArray reason;
    HeaderList headers;
    QByteArray body;
    HeaderList trailers;
    QByteArray rest; // input after the end
    bool isFinished = false;
    bool isReusable = false;
    QString error;

    bool operator==(const Outcome&) const = default;
};

void feed(ResponseParser* parser, QByteArrayView input, Outcome* outcome)
{
    using Event = ResponseParser::Event;
    while (outcome->error.isEmpty()) {
        const Result<Event> event = parser->next(&input, &outcome->body);
        if (!event) {
            outcome->error = event.error().message;
        } else if (*event == Event::Interim) {
            outcome->interims.append(parser->head().status);
        } else if (*event == Event::Head) {
            outcome->status = parser->head().status;
            outcome->reason = parser->head().reason;
            outcome->headers = parser->head().headers;
        } else {
            if (*event == Event::Finished)
                outcome->rest.append(input);
            return;
        }
    }
}

Outcome parse(const QByteArray& method, const QList<QByteArray>& pieces, bool isClosed)
{
    ResponseParser parser(method, 4096);
    Outcome outcome;
    for (const QByteArray& piece : pieces)
        feed(&parser, piece, &outcome);
    if (isClosed && outcome.error.isEmpty()) {
        if (const Result<void> ended = parser.finish(); !ended)
            outcome.error = ended.error().message;
    }
    outcome.trailers = parser.trailers();
    outcome.isFinished = outcome.error.isEmpty() && parser.isFinished();
    outcome.isReusable = outcome.isFinished && parser.isReusable();
    return outcome;
}

QList<QByteArray> byteByByte(const QByteArray& bytes)
{
    QList<QByteArray> pieces;
    for (char c : bytes)
        pieces.append(QByteArray(1, c));
    return pieces;
}

} // namespace

class TestResponseParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void givesTheSameInEveryChunking_data() { reads_data(); }
    void givesTheSameInEveryChunking();
    void refuses_data();
    void refuses();
    void refusesInEveryChunking_data() { refuses_data(); }
    void refusesInEveryChunking();
    void endsEarly_data();
    void endsEarly();
    void keepsHeaderBytes();
    void knowsWhatIsReusable_data();
    void knowsWhatIsReusable();
    void readsKeepAlive_data();
    void readsKeepAlive();
    void isUntouchedUntilTheFirstByte();
    void boundsTheHead();
    void refusesTooManyInterims();
};

void TestResponseParser::reads_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("closed");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<bool>("finished");

    const auto row = [](const char* name, const char* method, QByteArray bytes, bool closed, int status,
                         QByteArray body, QByteArray rest = {}, bool finished = true) {
        QTest::newRow(name) << QByteArray(method) << bytes << closed << status << body << rest << finished;
    };
    row("length", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", false, 200, "hello");
    row("length 0", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false, 200, "");
    row("length twice, equal", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\ncontent-length: 2\r\n\r\nab",
        false, 200, "ab");
    row("chunked", "POST",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
        false, 200, "abc0123456789");
    row("chunked with trailers", "POST",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-End: yes\r\n\r\n", false, 200,
        "a");
    row("chunked, bytes after it", "GET",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\nHTTP/1.1", false, 200, "a",
        "HTTP/1.1");
    row("length, bytes after it", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabcd", false, 200, "ab",
        "cd");
    row("until close", "GET", "HTTP/1.1 200 OK\r\nX: y\r\n\r\nall of it", true, 200, "all of it");
    row("until close, still open", "GET", "HTTP/1.1 200 OK\r\n\r\npart", false, 200, "part", {}, false);
    row("HTTP/1.0 until close", "GET", "HTTP/1.0 200 OK\r\n\r\nold", true, 200, "old");
    row("HTTP/1.0 with length", "GET", "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold", false, 200, "old");
    row("HEAD with length", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", false, 200, "");
    row("HEAD chunked", "HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", false, 200, "");
    row("204", "GET", "HTTP/1.1 204 No Content\r\n\r\n", false, 204, "");
    row("304 with length", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", false, 304, "");
    row("interims", "POST",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
        false, 200, "x");
    row("no reason, space", "GET", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", false, 200, "");
    row("no reason, no space", "GET", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", false, 200, "");
    row("unusual reason", "GET",
        "HTTP/1.1 529 Site is \xc3\xbc"
        "berlastet\r\nContent-Length: 0\r\n\r\n",
        false, 529, "");
}

void TestResponseParser::reads()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, bytes);
    QFETCH(bool, closed);

    const Outcome outcome = parse(method, {bytes}, closed);
    QCOMPARE(outcome.error, QString());
    QTEST(outcome.status, "status");
    QTEST(outcome.body, "body");
    QTEST(outcome.rest, "rest");
    QTEST(outcome.isFinished, "finished");
    if (bytes.contains("X-End"))
        QCOMPARE(outcome.trailers, HeaderList({{"X-End", "yes"}}));
    if (bytes.contains("Early Hints"))
        QCOMPARE(outcome.interims, QList<int>({100, 103}));
    if (bytes.contains(" 529 "))
        QCOMPARE(outcome.reason,
            QByteArray("Site is \xc3\xbc"
                       "berlastet"));
}

void TestResponseParser::givesTheSameInEveryChunking()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, bytes);
    QFETCH(bool, closed);

    const Outcome whole = parse(method, {bytes}, closed);
    for (qsizetype at = 0; at <= bytes.size(); ++at)
        QVERIFY2(parse(method, {bytes.left(at), bytes.mid(at)}, closed) == whole,
            QByteArray::number(at).constData());
    QVERIFY(parse(method, byteByByte(bytes), closed) == whole);
}

void TestResponseParser::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");

    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("TLS alert") << QByteArray("\x15\x03\x01\x00\x02\x02\x0a", 7);
    QTest::newRow("HTTP/2") << QByteArray("HTTP/2 200 OK\r\n\r\n");
    QTest::newRow("HTTP/0.9") << QByteArray("HTTP/0.9 200 OK\r\n\r\n");
    QTest::newRow("lower case version") << QByteArray("http/1.1 200 OK\r\n\r\n");
    QTest::newRow("version without digit") << QByteArray("HTTP/1.x 200 OK\r\n\r\n");
    QTest::newRow("two spaces") << QByteArray("HTTP/1.1  200 OK\r\n\r\n");
    QTest::newRow("status with sign") << QByteArray("HTTP/1.1 +20 OK\r\n\r\n");
    QTest::newRow("status of two digits") << QByteArray("HTTP/1.1 20 OK\r\n\r\n");
    QTest::newRow("status of four digits") << QByteArray("HTTP/1.1 2000 OK\r\n\r\n");
    QTest::newRow("status 099") << QByteArray("HTTP/1.1 099 No\r\n\r\n");
    QTest::newRow("status 600") << QByteArray("HTTP/1.1 600 No\r\n\r\n");
    QTest::newRow("no status") << QByteArray("HTTP/1.1\r\n\r\n");
    QTest::newRow("switching protocols")
        << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
    QTest::newRow("NUL in reason") << QByteArray("HTTP/1.1 200 O\0K\r\n\r\n", 20);
    QTest::newRow("bare CR in reason") << QByteArray("HTTP/1.1 200 O\rK\r\n\r\n");
    QTest::newRow("empty line first") << QByteArray("\r\n" + ok + "\r\n");
    QTest::newRow("bare LF ends the status line") << QByteArray("HTTP/1.1 200 OK\nA: b\r\n\r\n");
    QTest::newRow("bare LF ends a header") << QByteArray(ok + "A: b\n\r\n");
    QTest::newRow("bare LF ends the head") << QByteArray(ok + "A: b\r\n\n");
    QTest::newRow("bare CR in a header") << QByteArray(ok + "A: b\rc\r\n\r\n");
    QTest::newRow("NUL in a header") << QByteArray(ok + QByteArray("A: b\0c\r\n\r\n", 10));
    QTest::newRow("obs-fold") << QByteArray(ok + "A: b\r\n c\r\n\r\n");
    QTest::newRow("obs-fold in the first header") << QByteArray(ok + " A: b\r\n\r\n");
    QTest::newRow("space before the colon") << QByteArray(ok + "A : b\r\n\r\n");
    QTest::newRow("no colon") << QByteArray(ok + "nonsense\r\n\r\n");
    QTest::newRow("empty name") << QByteArray(ok + ": b\r\n\r\n");
    QTest::newRow("two lengths") << QByteArray(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\na");
    QTest::newRow("length list") << QByteArray(ok + "Content-Length: 1, 1\r\n\r\na");
    QTest::newRow("length with sign") << QByteArray(ok + "Content-Length: +1\r\n\r\na");
    QTest::newRow("negative length") << QByteArray(ok + "Content-Length: -1\r\n\r\na");
    QTest::newRow("length overflow") << QByteArray(ok + "Content-Length: 99999999999999999999\r\n\r\na");
    QTest::newRow("length and chunked")
        << QByteArray(ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    QTest::newRow("other transfer encoding") << QByteArray(ok + "Transfer-Encoding: gzip, chunked\r\n\r\n");
    QTest::newRow("transfer encoding twice")
        << QByteArray(ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n");
    QTest::newRow("chunked in HTTP/1.0")
        << QByteArray("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    QTest::newRow("bad chunk size") << QByteArray(chunked + "x\r\n");
    QTest::newRow("empty chunk size") << QByteArray(chunked + "\r\n");
    QTest::newRow("chunk size overflow") << QByteArray(chunked + "fffffffffffffffff\r\n");
    QTest::newRow("chunk size with 0x") << QByteArray(chunked + "0x1\r\na\r\n");
    QTest::newRow("chunk longer than its size") << QByteArray(chunked + "1\r\nab\r\n");
    QTest::newRow("bare LF after a chunk size") << QByteArray(chunked + "1\na\r\n");
    QTest::newRow("bad trailer") << QByteArray(chunked + "0\r\nbad trailer\r\n\r\n");
}

void TestResponseParser::refuses()
{
    QFETCH(QByteArray, bytes);
    const Outcome outcome = parse("GET", {bytes}, false);
    QVERIFY2(outcome.error.startsWith(QLatin1String("invalid answer: ")), qPrintable(outcome.error));
    if (!bytes.contains("chunked\r\n\r\n")) // a bad head is never announced
        QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.isFinished, false);
}

void TestResponseParser::refusesInEveryChunking()
{
    QFETCH(QByteArray, bytes);
    const Outcome whole = parse("GET", {bytes}, false);
    for (qsizetype at = 0; at <= bytes.size(); ++at)
        QCOMPARE(parse("GET", {bytes.left(at), bytes.mid(at)}, false).error, whole.error);
    QCOMPARE(parse("GET", byteByByte(bytes), false).error, whole.error);
}

void TestResponseParser::endsEarly_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");

    QTest::newRow("nothing") << QByteArray() << QStringLiteral("before an answer");
    QTest::newRow("head") << QByteArray("HTTP/1.1 200 OK\r\nA:") << QStringLiteral("head of the answer");
    QTest::newRow("after an interim")
        << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << QStringLiteral("head of the answer");
    QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell")
                            << QStringLiteral("middle of the answer");
    QTest::newRow("chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhell")
                           << QStringLiteral("middle of the answer");
    QTest::newRow("last chunk, no empty line")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n")
        << QStringLiteral("middle of the answer");
}

void TestResponseParser::endsEarly()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const Outcome outcome = parse("GET", {bytes}, true);
    QVERIFY2(outcome.error.contains(words), qPrintable(outcome.error));
}

void TestResponseParser::keepsHeaderBytes()
{
    const Outcome outcome = parse("GET",
        {"HTTP/1.1 200 OK\r\nset-Cookie: a=1\r\nX-B:\t x  y \r\nSET-COOKIE: b=2\r\nEmpty:\r\nContent-Length: "
         "0\r\n\r\n"},
        false);
    QCOMPARE(outcome.headers,
        HeaderList({{"set-Cookie", "a=1"}, {"X-B", "x  y"}, {"SET-COOKIE", "b=2"}, {"Empty", ""},
            {"Content-Length", "0"}}));
}

void TestResponseParser::knowsWhatIsReusable_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("reusable");

    QTest::newRow("1.1") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") << true;
    QTest::newRow("1.1 close") << QByteArray(
        "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 0\r\n\r\n")
                               << false;
    QTest::newRow("1.0") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive") << QByteArray(
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n")
                                    << true;
    QTest::newRow("until close") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << false;
}

void TestResponseParser::knowsWhatIsReusable()
{
    QFETCH(QByteArray, bytes);
    const Outcome outcome = parse("GET", {bytes}, true);
    QVERIFY(outcome.isFinished);
    QTEST(outcome.isReusable, "reusable");
}

void TestResponseParser::readsKeepAlive_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("seconds"); // -1: none

    QTest::newRow("timeout") << QByteArray("timeout=5") << qint64(5);
    QTest::newRow("second of a list") << QByteArray("max=100, Timeout=60") << qint64(60);
    QTest::newRow("max only") << QByteArray("max=100") << qint64(-1);
    QTest::newRow("nonsense") << QByteArray("timeout=soon") << qint64(-1);
    QTest::newRow("empty") << QByteArray("timeout=") << qint64(-1);
}

void TestResponseParser::readsKeepAlive()
{
    QFETCH(QByteArray, value);
    ResponseParser parser("GET", 4096);
    Outcome outcome;
    const QByteArray bytes = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nKeep-Alive: " + value + "\r\n\r\n";
    feed(&parser, bytes, &outcome);
    QTEST(parser.keepAliveSeconds().value_or(-1), "seconds");
}

void TestResponseParser::isUntouchedUntilTheFirstByte()
{
    ResponseParser parser("GET", 4096);
    Outcome outcome;
    feed(&parser, "", &outcome);
    QVERIFY(parser.isUntouched());
    feed(&parser, "H", &outcome);
    QVERIFY(!parser.isUntouched());
}

void TestResponseParser::boundsTheHead()
{
    const QByteArray start = "HTTP/1.1 200 OK\r\nX: ";
    const QByteArray end = "\r\nContent-Length: 0\r\n\r\n";
    const qsizetype room = 4096 - start.size() - end.size();
    QCOMPARE(parse("GET", {start + QByteArray(room, 'x') + end}, false).error, QString());
    QCOMPARE(parse("GET", {start + QByteArray(room + 1, 'x') + end}, false).error,
        QStringLiteral("invalid answer: its head is too large"));
    // Without any line end, too.
    QCOMPARE(parse("GET", {"HTTP/1.1 200 " + QByteArray(5000, 'x')}, false).error,
        QStringLiteral("invalid answer: its head is too large"));
}

void TestResponseParser::refusesTooManyInterims()
{
    const QByteArray interim = "HTTP/1.1 102 Processing\r\n\r\n";
    QCOMPARE(parse("GET", {interim.repeated(32) + "HTTP/1.1 204 None\r\n\r\n"}, false).status, 204);
    QCOMPARE(parse("GET", {interim.repeated(33)}, false).error,
        QStringLiteral("invalid answer: too many interim responses"));
}

REGISTER_TEST(TestResponseParser)
#include "tst_responseparser.moc"
