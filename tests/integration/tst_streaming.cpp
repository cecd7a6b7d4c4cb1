// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Nothing waits: chunks pass one by one, a leaving client ends its call, a slow one holds up nobody else, and
// no stream queues behind another.

#include "proxiedupstream.h"
#include "support/testprogram.h"

#include <QFile>

#include <unistd.h>

namespace {

const QByteArray openStream = requestText("POST", "/v1/chat/completions", "", "{\"stream\":true}");

QByteArray numberedEvent(int number)
{
    return "data: " + QByteArray::number(number) + "\n\n";
}

UpstreamScript pacedEvents(const ReceivedRequest&)
{
    return Answer::sse(
        {numberedEvent(0), numberedEvent(1), numberedEvent(2)}, {}, {.releasePrefix = "event", .delay = {}});
}

/// VmRSS of a process, in bytes.
qint64 residentBytes(qint64 processId)
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(processId));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

} // namespace

class TestStreaming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void relaysEachChunkBeforeTheNextExists_data();
    void relaysEachChunkBeforeTheNextExists();
    void relaysEachChunkOfAnUpload();
    void keepsASecondRequestOutOfAStream();
    void closesTheUpstreamWhenTheClientLeaves_data();
    void closesTheUpstreamWhenTheClientLeaves();
    void stopsReadingTheUpstreamForASlowClient();
    void stopsReadingTheClientForASlowUpstream();
    void runsThreeHundredStreamsAtOnce();
};

void TestStreaming::relaysEachChunkBeforeTheNextExists_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char* target : {"/v1/chat/completions", "/v1/messages",
             "/v1beta/models/g:streamGenerateContent?alt=sse", "/v1/other"})
        QTest::newRow(target) << QByteArray(target);
}

void TestStreaming::relaysEachChunkBeforeTheNextExists()
{
    QFETCH(QByteArray, target);
    ProxiedUpstream site(pacedEvents);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(requestText("POST", target, "", "{\"stream\":true}")));
    QVERIFY(client.readUntil("\r\n\r\n")); // the head comes before any of the body
    for (int i = 0; i < 3; ++i) {
        site.upstream.release("event" + QByteArray::number(i));
        const auto chunk = client.readExactly(Answer::chunk(numberedEvent(i)).size());
        QVERIFY(chunk);
        QCOMPARE(*chunk, Answer::chunk(numberedEvent(i)));
    }
    QVERIFY(client.readUntil("0\r\n\r\n"));
}

void TestStreaming::relaysEachChunkOfAnUpload()
{
    ProxiedUpstream site([](const ReceivedRequest&) { return Answer::json(200, "{}"); });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send("POST /v1/files HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
    QVERIFY(site.upstream.waitForHeads(1));
    QByteArray sent;
    for (const char* part : {"one", "two", "three"}) {
        QVERIFY(client.send(Answer::chunk(part)));
        sent += part;
        QTRY_COMPARE(site.upstream.unfinished(1).value_or(ReceivedRequest()).body, sent);
    }
    QVERIFY(client.send(Answer::chunk({})));
    const auto response = client.readResponse("POST");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(site.upstream.requests().first().body, sent);
}

void TestStreaming::keepsASecondRequestOutOfAStream()
{
    ProxiedUpstream site([](const ReceivedRequest& request) {
        return request.target == "/v1/second" ? Answer::json(200, "{\"n\":2}") : pacedEvents(request);
    });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(openStream));
    site.upstream.release("event0");
    QVERIFY(client.readUntil(Answer::chunk(numberedEvent(0))));
    QVERIFY(client.send(requestText("GET", "/v1/second", "")));
    // Another connection is served meanwhile, so the proxy has had its turn at the second request.
    QVERIFY(site.exchange(requestText("GET", "/v1/second", ""), "GET"));
    QCOMPARE(site.upstream.headCount(), 2);
    site.upstream.release("event1");
    site.upstream.release("event2");
    const auto end = client.readUntil("0\r\n\r\n");
    QVERIFY(end);
    QVERIFY((*end).contains("data: 1") && (*end).contains("data: 2") && !(*end).contains("HTTP/1.1"));
    const auto second = client.readResponse("GET");
    QVERIFY2(second, reasonOf(second).constData());
    QCOMPARE(second->body, QByteArray("{\"n\":2}"));
}

void TestStreaming::closesTheUpstreamWhenTheClientLeaves_data()
{
    QTest::addColumn<bool>("isReset");
    QTest::addColumn<bool>("isHeadSent");
    QTest::newRow("FIN in the stream") << false << true;
    QTest::newRow("RST in the stream") << true << true;
    QTest::newRow("FIN before the head") << false << false;
    QTest::newRow("RST before the head") << true << false;
}

void TestStreaming::closesTheUpstreamWhenTheClientLeaves()
{
    QFETCH(bool, isReset);
    QFETCH(bool, isHeadSent);
    ProxiedUpstream site([=](const ReceivedRequest& request) {
        return isHeadSent ? pacedEvents(request) : UpstreamScript().hang();
    });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(openStream));
    QVERIFY(site.upstream.waitForRequests(1));
    if (isHeadSent)
        QVERIFY(client.readUntil("\r\n\r\n"));
    QVERIFY(!site.upstream.connectionState(1).isClosed);
    if (isReset)
        client.reset();
    else
        client.close();
    // Far below PROXY_TIMEOUT_MS (300 s): it is the client's leaving that ends the call.
    QVERIFY(site.upstream.waitForClosed(1, std::chrono::seconds(5)));
}

void TestStreaming::stopsReadingTheUpstreamForASlowClient()
{
    FakeUpstreamOptions options;
    options.socketBufferBytes = 64 * 1024;
    constexpr int pieces = 64;
    const QByteArray piece(1 << 20, 'x');
    ProxiedUpstream site(
        [=](const ReceivedRequest& request) {
            if (request.target == "/v1/quick")
                return Answer::json(200, "{}");
            return UpstreamScript()
                .send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(pieces * piece.size())
                    + "\r\n\r\n")
                .send(piece, pieces);
        },
        // AddressSanitizer would hold freed memory back, and this test weighs the process.
        {{"ASAN_OPTIONS", "quarantine_size_mb=1"}}, options);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QVERIFY(site.exchange(requestText("GET", "/v1/quick", ""), "GET"));
    const qint64 residentBefore = residentBytes(site.proxy.processId());

    RawClient client(site.proxy.port(), 16 * 1024);
    client.setTimeout(std::chrono::seconds(60));
    QVERIFY(client.send(requestText("GET", "/v1/slow", "")));
    QVERIFY(site.upstream.waitForRequests(2));
    const int connection = site.upstream.requests().last().connection;
    // Stalled when nothing more has left the upstream while the proxy has served fifty others.
    qint64 sent = -1;
    while (sent != site.upstream.connectionState(connection).bytesSent || sent == 0) {
        sent = site.upstream.connectionState(connection).bytesSent;
        for (int i = 0; i < 50; ++i)
            QVERIFY(site.exchange(requestText("GET", "/v1/quick", ""), "GET"));
    }
    QVERIFY2(sent < 16 << 20, qPrintable(QString::number(sent)));
    const qint64 grown = residentBytes(site.proxy.processId()) - residentBefore;
    QVERIFY2(grown < 16 << 20, qPrintable(QString::number(grown)));

    const auto response = client.readResponse("GET");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->body.size(), pieces * piece.size());
    QCOMPARE(response->body.count('x'), response->body.size());
}

void TestStreaming::stopsReadingTheClientForASlowUpstream()
{
    FakeUpstreamOptions options;
    options.socketBufferBytes = 64 * 1024;
    options.bodyPlan = [](const ReceivedRequest&) {
        BodyPlan plan;
        plan.pauseAfterBytes = 1000;
        plan.resumeName = "go";
        return plan;
    };
    ProxiedUpstream site([](const ReceivedRequest&) { return Answer::json(200, "{}"); }, {}, options);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    client.setTimeout(std::chrono::milliseconds(500));
    const QByteArray body(64 << 20, 'x');
    QVERIFY(client.send("POST /v1/files HTTP/1.1\r\nHost: a\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n"));
    QVERIFY(site.upstream.waitForHeads(1));
    const qint64 residentBefore = residentBytes(site.proxy.processId());
    QVERIFY(!client.send(body)); // the kernels' buffers and ours are full long before the end
    const qint64 grown = residentBytes(site.proxy.processId()) - residentBefore;
    QVERIFY2(grown < 16 << 20, qPrintable(QString::number(grown)));
}

void TestStreaming::runsThreeHundredStreamsAtOnce()
{
    constexpr int count = 300;
    ProxiedUpstream site([](const ReceivedRequest&) {
        return UpstreamScript()
            .send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Answer::chunk(numberedEvent(0)))
            .waitForRelease("rest")
            .send(Answer::chunk(numberedEvent(1)) + Answer::chunk({}));
    });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < count; ++i) {
        clients.push_back(std::make_unique<RawClient>(site.proxy.port()));
        clients.back()->setTimeout(std::chrono::seconds(30));
        QVERIFY(clients.back()->send(openStream));
    }
    for (const auto& client : clients)
        QVERIFY(client->readUntil(Answer::chunk(numberedEvent(0)))); // while no stream has ended
    QCOMPARE(site.upstream.openConnections(), count);
    site.upstream.release("rest");
    for (const auto& client : clients)
        QVERIFY(client->readUntil(Answer::chunk({})));
}

REGISTER_TEST(TestStreaming)
#include "tst_streaming.moc"
