// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the program demands of its clients: framing without doubt, heads in time, bodies within the limit; and
// what it grants them: 100-continue, keep-alive, Connection: close, HTTP/1.0.

#include "proxiedupstream.h"
#include "support/testprogram.h"

namespace {

UpstreamScript answerInChunks(const ReceivedRequest&)
{
    return Answer::chunked(200, {}, {"a", "b"});
}

} // namespace

class TestClientLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forwardsNothingOfDoubtfulRequests_data();
    void forwardsNothingOfDoubtfulRequests();
    void neverCompletesARequestWithABadChunk();
    void endsASlowHead();
    void asksForABodyThatWaits();
    void refusesLargeBodies_data();
    void refusesLargeBodies();
    void keepsAConnectionForTheNextRequest();
    void closesWhenAsked();
    void answersHttp10WithoutChunks();
};

void TestClientLimits::forwardsNothingOfDoubtfulRequests_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("body");
    const QByteArray smuggled = "GET /v1/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    const QByteArray chunked = "0\r\n\r\n" + smuggled;
    const auto add = [](const char* name, const QByteArray& fields, const QByteArray& body) {
        QTest::newRow(name) << fields << body;
    };
    add("length and chunked", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", chunked);
    add("chunked and length", "Transfer-Encoding: chunked\r\nContent-Length: 60\r\n", chunked);
    add("two lengths", "Content-Length: 0\r\nContent-Length: 40\r\n", smuggled);
    add("list of lengths", "Content-Length: 0, 40\r\n", smuggled);
    add("signed length", "Content-Length: +2\r\n", "{}" + smuggled);
    add("hexadecimal length", "Content-Length: 0x2\r\n", "{}" + smuggled);
    add("huge length", "Content-Length: 18446744073709551618\r\n", "{}" + smuggled);
    add("space before the colon", "Transfer-Encoding : chunked\r\n", chunked);
    add("unknown coding", "Transfer-Encoding: xchunked\r\n", chunked);
    add("coding after chunked", "Transfer-Encoding: chunked, gzip\r\n", chunked);
    add("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", chunked);
    add("vertical tab",
        "Transfer-Encoding: \x0b"
        "chunked\r\n",
        chunked);
    add("obs-fold", "X-A: 1\r\n Transfer-Encoding: chunked\r\n", chunked);
    add("bare LF", "X-A: 1\nContent-Length: 40\r\n", smuggled);
    add("bare CR", "X-A: 1\rContent-Length: 40\r\n", smuggled);
    add("NUL", QByteArray("X-A: \0\r\n", 8), smuggled);
    add("second Host", "Host: b\r\n", smuggled);
    add("bad chunk size", "Transfer-Encoding: chunked\r\n", "0x2\r\n{}\r\n" + chunked);
    add("negative chunk size", "Transfer-Encoding: chunked\r\n", "-2\r\n{}\r\n" + chunked);
    add("chunk longer than stated", "Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n" + chunked);
    add("chunk size ended by LF", "Transfer-Encoding: chunked\r\n", "2\n{}\r\n" + chunked);
}

void TestClientLimits::forwardsNothingOfDoubtfulRequests()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, body);
    static ProxiedUpstream site(answerInChunks);
    if (!site.proxy.isRunning())
        QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body));
    const auto response = client.readResponse("POST");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 400);
    QVERIFY(response->headers.hasToken("connection", "close"));
    const auto rest = client.readUntilClosed();
    QVERIFY(rest);
    QCOMPARE(*rest, QByteArray()); // no second answer
    QCOMPARE(site.upstream.connections(), 0);
}

void TestClientLimits::neverCompletesARequestWithABadChunk()
{
    ProxiedUpstream site(answerInChunks);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(
        client.send("POST /v1/files HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"));
    QVERIFY(site.upstream.waitForHeads(1)); // uploads stream
    QVERIFY(client.send("zz\r\n0\r\n\r\nGET /v1/smuggled HTTP/1.1\r\nHost: a\r\n\r\n"));
    const auto response = client.readResponse("POST");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 400);
    QVERIFY(site.upstream.waitForClosed(1));
    QCOMPARE(site.upstream.requests().size(), 0);
    QCOMPARE(site.upstream.headCount(), 1);
}

void TestClientLimits::endsASlowHead()
{
    ProxiedUpstream site(answerInChunks, {{"HEADER_TIMEOUT_MS", "200"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send("POST /v1/x HTTP/1.1\r\nHost: a\r\nX-"));
    const auto response = client.readResponse();
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 408);
    QCOMPARE(client.waitForEnd(), RawClient::End::Fin);
    QCOMPARE(site.upstream.connections(), 0);
}

void TestClientLimits::asksForABodyThatWaits()
{
    ProxiedUpstream site(answerInChunks);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    for (const char* target : {"/v1/chat/completions", "/v1/files"}) {
        RawClient client(site.proxy.port());
        QVERIFY(client.send(QByteArray("POST ") + target
            + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
        const auto interim = client.readUntil("\r\n\r\n");
        QVERIFY(interim);
        QCOMPARE(*interim, QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
        QVERIFY(client.send("{}"));
        const auto response = client.readResponse("POST");
        QVERIFY2(response, reasonOf(response).constData());
        QCOMPARE(response->body, QByteArray("ab"));
        QVERIFY(!site.upstream.requests().last().headers.contains("expect"));
        QCOMPARE(site.upstream.requests().last().body, QByteArray("{}"));
    }
}

void TestClientLimits::refusesLargeBodies_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("body");
    const QByteArray chunks = Answer::chunk(QByteArray(1001, 'x')) + Answer::chunk({});
    QTest::newRow("length") << QByteArray("/v1/files") << QByteArray("Content-Length: 1001\r\n")
                            << QByteArray(1001, 'x');
    QTest::newRow("length with an expectation")
        << QByteArray("/v1/files") << QByteArray("Expect: 100-continue\r\nContent-Length: 1001\r\n")
        << QByteArray();
    QTest::newRow("chunked") << QByteArray("/v1/files") << QByteArray("Transfer-Encoding: chunked\r\n")
                             << chunks;
    QTest::newRow("chunked, looked at")
        << QByteArray("/v1/chat/completions") << QByteArray("Transfer-Encoding: chunked\r\n") << chunks;
}

void TestClientLimits::refusesLargeBodies()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, body);
    static ProxiedUpstream site(answerInChunks, {{"MAX_BODY_BYTES", "1000"}});
    if (!site.proxy.isRunning())
        QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send("POST " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body));
    const auto response = client.readResponse("POST");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 413);
    QVERIFY(response->interimHeads.isEmpty());
    QVERIFY(response->body.contains("\"code\":\"payload_too_large\""));
    QCOMPARE(client.waitForEnd(), RawClient::End::Fin);
    QCOMPARE(site.upstream.requests().size(), 0);
}

void TestClientLimits::keepsAConnectionForTheNextRequest()
{
    ProxiedUpstream site(answerInChunks);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    for (int i = 0; i < 3; ++i) {
        QVERIFY(client.send(requestText("POST", "/v1/x", "", "{}")));
        const auto response = client.readResponse("POST");
        QVERIFY2(response, reasonOf(response).constData());
        QCOMPARE(response->body, QByteArray("ab"));
    }
    QCOMPARE(client.end(), RawClient::End::Open);
    QCOMPARE(site.upstream.connections(), 1); // kept on that side too
}

void TestClientLimits::closesWhenAsked()
{
    ProxiedUpstream site(answerInChunks);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(requestText("GET", "/v1/x", "Connection: close\r\n")));
    const auto response = client.readResponse("GET");
    QVERIFY2(response, reasonOf(response).constData());
    QVERIFY(response->headers.hasToken("connection", "close"));
    QCOMPARE(response->body, QByteArray("ab"));
    QCOMPARE(client.waitForEnd(), RawClient::End::Fin);
}

void TestClientLimits::answersHttp10WithoutChunks()
{
    ProxiedUpstream site(answerInChunks);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send("GET /v1/x HTTP/1.0\r\nHost: a\r\n\r\n"));
    const auto response = client.readResponse("GET");
    QVERIFY2(response, reasonOf(response).constData());
    QVERIFY(!response->headers.contains("transfer-encoding"));
    QCOMPARE(response->rawBody, QByteArray("ab"));
    QCOMPARE(client.waitForEnd(), RawClient::End::Fin);
    QVERIFY(site.upstream.requests().last().rawHead.startsWith("GET /v1/x HTTP/1.1\r\n"));
}

REGISTER_TEST(TestClientLimits)
#include "tst_clientlimits.moc"
