// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// RawClient itself, against a FakeUpstream: framing, ends of connections, deadlines.

#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

using namespace std::chrono_literals;

class TestRawClient final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsResponses_data();
    void readsResponses();
    void keepsInterimHeads();
    void notesArrivals();
    void tellsFinFromReset_data();
    void tellsFinFromReset();
    void givesUpAtTheDeadline();
    void endsItsSide();
    void failsToConnect();
};

static const QByteArray getRequest = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

void TestRawClient::readsResponses_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QByteArray>("body");
    const auto add = [](const char* name, const QByteArray& wire, const QByteArray& method, bool closes,
                         const QByteArray& body) { QTest::newRow(name) << wire << method << closes << body; };
    add("length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "GET", false, "abc");
    add("chunked",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nT: 1\r\n\r\n", "GET",
        false, "abc");
    add("to the end", "HTTP/1.1 200 OK\r\n\r\nabc", "GET", true, "abc");
    add("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "HEAD", false, "");
    add("204", "HTTP/1.1 204 No Content\r\n\r\n", "GET", false, "");
    add("empty", "HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n", "POST", false, "");
}

void TestRawClient::readsResponses()
{
    QFETCH(QByteArray, wire);
    QFETCH(QByteArray, method);
    QFETCH(bool, closes);
    QFETCH(QByteArray, body);
    FakeUpstream upstream([&](const ReceivedRequest&) {
        UpstreamScript script = UpstreamScript().send(wire);
        return closes ? script.close() : script;
    });
    RawClient client(upstream.port());
    for (int round = 0; round < (closes ? 1 : 2); ++round) {
        QVERIFY(client.send(getRequest));
        const auto response = client.readResponse(method);
        QVERIFY2(response, response ? "" : qPrintable(response.error().message));
        QCOMPARE(response->body, body);
        QCOMPARE(response->rawHead + response->rawBody, wire);
        QCOMPARE(response->statusLine, wire.first(wire.indexOf('\r')));
        QCOMPARE(response->trailers.value("T"), wire.contains("T: 1") ? "1" : "");
    }
}

void TestRawClient::keepsInterimHeads()
{
    FakeUpstream upstream([](const ReceivedRequest&) {
        return UpstreamScript()
            .send("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n")
            .then(Answer::json(200, "{}"));
    });
    RawClient client(upstream.port());
    QVERIFY(client.send(getRequest));
    const auto response = client.readResponse();
    QVERIFY(response);
    QCOMPARE(response->status, 200);
    QCOMPARE(response->interimHeads, QList<QByteArray>({"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"}));
}

void TestRawClient::notesArrivals()
{
    FakeUpstream upstream([](const ReceivedRequest&) {
        return Answer::sse({"data: 1\n\n", "data: 2\n\n"}, {}, {{}, 30ms});
    });
    RawClient client(upstream.port());
    QVERIFY(client.send(getRequest));
    const auto response = client.readResponse();
    QVERIFY(response);
    QCOMPARE(response->arrivals.size(), 2);
    QCOMPARE(response->arrivals.at(0).bytes, "data: 1\n\n");
    QVERIFY(response->arrivals.at(1).time - response->arrivals.at(0).time >= 15ms);
}

void TestRawClient::tellsFinFromReset_data()
{
    QTest::addColumn<bool>("resets");
    QTest::newRow("FIN") << false;
    QTest::newRow("RST") << true;
}

void TestRawClient::tellsFinFromReset()
{
    QFETCH(bool, resets);
    FakeUpstream upstream([&](const ReceivedRequest&) {
        UpstreamScript script = UpstreamScript().send("part");
        return resets ? script.waitForRelease("cut").reset() : script.close();
    });
    RawClient client(upstream.port());
    QVERIFY(client.send(getRequest));
    const auto part = client.readExactly(4);
    QVERIFY(part);
    QCOMPARE(*part, "part");
    upstream.release("cut");
    QCOMPARE(client.waitForEnd(), resets ? RawClient::End::Reset : RawClient::End::Fin);
    QVERIFY(!client.readExactly(1));
}

void TestRawClient::givesUpAtTheDeadline()
{
    FakeUpstream upstream([](const ReceivedRequest&) { return UpstreamScript().hang(); });
    RawClient client(upstream.port());
    client.setTimeout(50ms);
    QVERIFY(client.send(getRequest));
    const auto response = client.readResponse();
    QVERIFY(!response);
    QCOMPARE(response.error().code, ErrorCode::Timeout);
    QCOMPARE(client.waitForEnd(), RawClient::End::Open);
}

void TestRawClient::endsItsSide()
{
    FakeUpstream upstream([](const ReceivedRequest&) { return UpstreamScript().hang(); });
    RawClient finished(upstream.port());
    QVERIFY(finished.send(getRequest));
    finished.finish();
    QVERIFY(upstream.waitForClosed(1));
    RawClient cut(upstream.port());
    QVERIFY(cut.send(getRequest));
    cut.reset();
    QVERIFY(upstream.waitForClosed(2));
    QVERIFY(!cut.isConnected());
    QVERIFY(!cut.send(getRequest));
}

void TestRawClient::failsToConnect()
{
    FakeUpstream upstream([](const ReceivedRequest&) { return UpstreamScript().hang(); });
    upstream.stopListening();
    RawClient client(upstream.port());
    QVERIFY(!client.isConnected());
    QVERIFY(!client.readExactly(1));
}

REGISTER_TEST(TestRawClient)
#include "tst_rawclient.moc"
