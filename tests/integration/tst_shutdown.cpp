// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the real program ends: it lets running answers finish, but never waits for ever.

#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QElapsedTimer>
#include <csignal>

using namespace std::chrono_literals;

namespace {

const QByteArray firstEvent = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n";
const QByteArray secondEvent
    = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
const QByteArray lastEvent = "data: [DONE]\n\n";

/// The first event at once, the others after release("go1") and release("go2").
UpstreamScript heldStream(const ReceivedRequest&)
{
    return Answer::sse({firstEvent, secondEvent, lastEvent}, {}, {.releasePrefix = "go"});
}

QByteArray heldRequest()
{
    return chatRequest(
        "s1", {}, R"({"model":"gpt-5","stream":true,"messages":[{"role":"user","content":"Hi"}]})");
}

} // namespace

class TestShutdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsAStreamFinish_data();
    void letsAStreamFinish();
    void endsAtOnceOnTheSecondSignal();
    void cutsWhatOutlastsTheTimeout();
    void doesNotWaitForALangfuseThatHangs();
    void doesNotWaitForIdleConnections();
};

void TestShutdown::letsAStreamFinish_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP") << SIGHUP; // the terminal was closed
}

void TestShutdown::letsAStreamFinish()
{
    QFETCH(int, signal);
    TracedProxy site(heldStream);
    site.upstream.release("go0");
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(heldRequest()));
    const Result<QByteArray> begin = client.readUntil("\"a\"");
    QVERIFY2(begin, begin ? "" : qPrintable(begin.error().message));

    site.proxy.signal(signal);
    QTRY_COMPARE(site.proxy.logEntries(QStringLiteral("stopping")).size(), 1);
    QTRY_VERIFY(!RawClient(site.proxy.port()).isConnected());
    QVERIFY(site.proxy.isRunning());

    site.upstream.release("go1");
    site.upstream.release("go2");
    const Result<QByteArray> rest = client.readUntilClosed();
    QVERIFY2(rest, rest ? "" : qPrintable(rest.error().message));
    QVERIFY(rest->contains("[DONE]"));
    QVERIFY(rest->endsWith("\r\n0\r\n\r\n"));
    QCOMPARE(client.end(), RawClient::End::Fin);
    QCOMPARE(site.proxy.waitForExit(), 0);
    QCOMPARE(site.langfuse.spans().size(), 1); // also flushed before the end
}

void TestShutdown::endsAtOnceOnTheSecondSignal()
{
    TracedProxy site(heldStream);
    site.upstream.release("go0");
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(heldRequest()));
    QVERIFY(client.readUntil("\"a\""));

    site.proxy.terminate();
    QTRY_COMPARE(site.proxy.logEntries(QStringLiteral("stopping")).size(), 1);
    QVERIFY(site.proxy.isRunning());
    QElapsedTimer clock;
    clock.start();
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 1);
    QVERIFY2(clock.elapsed() < 2000, "the second signal did not end it at once");
}

void TestShutdown::cutsWhatOutlastsTheTimeout()
{
    TracedProxy site(heldStream, {{"SHUTDOWN_TIMEOUT_MS", "500"}});
    site.upstream.release("go0");
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(heldRequest()));
    QVERIFY(client.readUntil("\"a\""));

    QElapsedTimer clock;
    clock.start();
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    QVERIFY2(clock.elapsed() >= 450, "cut before the timeout");
    QVERIFY2(clock.elapsed() < 4000, "cut long after the timeout");
    // A cut answer must not look like a whole one.
    const Result<QByteArray> rest = client.readUntilClosed();
    QVERIFY(!rest || !rest->contains("0\r\n\r\n"));
    QCOMPARE(client.waitForEnd(), RawClient::End::Reset);
    QCOMPARE(site.langfuse.spans().size(), 1);
    QCOMPARE(
        site.langfuse.spans().first().attributes.value("langfuse.observation.output").contains("a"), true);
}

void TestShutdown::doesNotWaitForALangfuseThatHangs()
{
    TracedProxy site([](const ReceivedRequest&) { return chatAnswer(); });
    site.langfuse.script({.kind = LangfuseAnswer::Kind::Hang}, 100);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    QVERIFY(site.langfuse.waitForRequests(1, 10s));
    QCOMPARE(site.statusOf(chatRequest("r2")), 200);

    QElapsedTimer clock;
    clock.start();
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    QVERIFY2(clock.elapsed() < 7500, "5 s to flush, and a margin");
    const QList<QJsonObject> stopped = site.proxy.logEntries(QStringLiteral("stopped"));
    QCOMPARE(stopped.size(), 1);
    QCOMPARE(stopped.first()[QLatin1String("pending")].toInt(), 2);
    QVERIFY(site.langfuse.spans().isEmpty());
}

void TestShutdown::doesNotWaitForIdleConnections()
{
    TracedProxy site([](const ReceivedRequest&) { return chatAnswer(); });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient silent(site.proxy.port());
    RawClient idle(site.proxy.port());
    QVERIFY(idle.send(chatRequest("r1")));
    QVERIFY(idle.readResponse("POST"));

    QElapsedTimer clock;
    clock.start();
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    QVERIFY2(clock.elapsed() < 3000, "an idle connection held the end up");
    QCOMPARE(site.langfuse.spans().size(), 1);
}

REGISTER_TEST(TestShutdown)
#include "tst_shutdown.moc"
