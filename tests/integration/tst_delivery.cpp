// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// No trace is lost between the real program and Langfuse: outages, refusals, restarts, SIGKILL.

#include "support/testprogram.h"
#include "tracedproxy.h"
#include "waitforcpu.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QSet>

using namespace std::chrono_literals;

namespace {

QSet<QByteArray> spanIds(const QList<LangfuseSpan>& spans)
{
    QSet<QByteArray> ids;
    for (const LangfuseSpan& span : spans)
        ids.insert(span.spanId);
    return ids;
}

QSet<QByteArray> requestIds(const QList<LangfuseSpan>& spans)
{
    QSet<QByteArray> ids;
    for (const LangfuseSpan& span : spans)
        ids.insert(span.attributes.value("langfuse.observation.metadata.request_id"));
    return ids;
}

} // namespace

class TestDelivery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversOnceLangfuseComesUp();
    void troubleOfLangfuseDoesNotReachClients_data();
    void troubleOfLangfuseDoesNotReachClients();
    void obeysRetryAfter();
    void deliversAfterARestart();
    void losesNothingToAKill_data();
    void losesNothingToAKill();
    void countsAsDisabledWithoutKeys();
    void countsAsDisabledWhenSwitchedOff();
    void samplesButKeepsFailures();
    void deliversToAnOldServer();
    void uploadsAPictureLargerThanTheBound();
};

void TestDelivery::deliversOnceLangfuseComesUp()
{
    TracedProxy site(answerChat);
    site.langfuse.goDown();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    for (const char* id : {"r1", "r2", "r3"})
        QCOMPARE(site.statusOf(chatRequest(id)), 200);
    QTRY_COMPARE(site.count("pending"), 3);
    QTRY_VERIFY(site.telemetry()[QLatin1String("lastError")].isString());
    QVERIFY(site.telemetry()[QLatin1String("oldestPendingAgeMs")].isDouble());

    site.langfuse.comeUp();
    QVERIFY(site.langfuse.waitForSpans(3, 15s));
    QCOMPARE(requestIds(site.langfuse.spans()), QSet<QByteArray>({"r1", "r2", "r3"}));
    QTRY_COMPARE(site.count("delivered"), 3);
    QCOMPARE(site.count("pending"), 0);
    QVERIFY(site.telemetry()[QLatin1String("lastError")].isNull());
    QVERIFY(site.telemetry()[QLatin1String("oldestPendingAgeMs")].isNull());
}

void TestDelivery::troubleOfLangfuseDoesNotReachClients_data()
{
    using Kind = LangfuseAnswer::Kind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("lastError");
    QTest::newRow("429") << int(Kind::Answer) << 429 << "429";
    QTest::newRow("500") << int(Kind::Answer) << 500 << "500";
    QTest::newRow("401") << int(Kind::Answer) << 401 << "LANGFUSE_SECRET_KEY";
    QTest::newRow("reset") << int(Kind::Reset) << 0 << "cannot be reached";
    QTest::newRow("hang") << int(Kind::Hang) << 0 << QString();
}

void TestDelivery::troubleOfLangfuseDoesNotReachClients()
{
    QFETCH(int, kind);
    QFETCH(int, status);
    QFETCH(QString, lastError);
    TracedProxy site(answerChat);
    site.langfuse.script({.kind = LangfuseAnswer::Kind(kind), .status = status}, 1000);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("first")), 200);
    QVERIFY(site.langfuse.waitForRequests(1, 10s));

    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 20; ++i)
        QCOMPARE(site.statusOf(chatRequest("r" + QByteArray::number(i))), 200);
    QVERIFY2(clock.elapsed() < 5000, "20 calls wait for Langfuse");
    // One request at a time, and that one hangs.
    QTRY_COMPARE(site.count("pending") + site.count("delivering"), 21);
    QCOMPARE(site.count("captured"), 21);
    QCOMPARE(site.count("delivered"), 0);
    QCOMPARE(site.count("dropped"), 0);
    QCOMPARE(site.count("rejected"), 0);
    if (!lastError.isEmpty())
        QTRY_VERIFY(site.telemetry()[QLatin1String("lastError")].toString().contains(lastError));
}

void TestDelivery::obeysRetryAfter()
{
    TracedProxy site(answerChat);
    site.langfuse.script({.status = 429, .headers = {{"Retry-After", "2"}}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    QVERIFY(site.langfuse.waitForRequests(1, 10s));
    QElapsedTimer clock;
    clock.start();
    QVERIFY(site.langfuse.waitForSpans(1, 10s));
    QVERIFY2(clock.elapsed() >= 1900, "asked again before Retry-After");
    QTRY_COMPARE(site.count("delivered"), 1);
    QCOMPARE(site.langfuse.requests().size(), 2);
}

void TestDelivery::deliversAfterARestart()
{
    TracedProxy site(answerChat);
    site.langfuse.goDown();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    for (const char* id : {"r1", "r2", "r3"})
        QCOMPARE(site.statusOf(chatRequest(id)), 200);
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    const QList<QJsonObject> stopped = site.proxy.logEntries(QStringLiteral("stopped"));
    QCOMPARE(stopped.size(), 1);
    QCOMPARE(stopped.first()[QLatin1String("pending")].toInt(), 3);

    site.langfuse.comeUp();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QVERIFY(site.langfuse.waitForSpans(3, 10s));
    QCOMPARE(requestIds(site.langfuse.spans()), QSet<QByteArray>({"r1", "r2", "r3"}));
    QTRY_COMPARE(site.count("delivered"), 3);
    QCOMPARE(site.langfuse.spans().size(), 3);
}

void TestDelivery::losesNothingToAKill_data()
{
    QTest::addColumn<bool>("isLangfuseUp");
    QTest::newRow("Langfuse up") << true;
    QTest::newRow("Langfuse down") << false;
}

void TestDelivery::losesNothingToAKill()
{
    QFETCH(bool, isLangfuseUp);
    constexpr int calls = 100;
    TracedProxy site(answerChat);
    if (!isLangfuseUp)
        site.langfuse.goDown();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    WaitForCpu watch(site.proxy.processId());
    QSet<QByteArray> expected;
    RawClient client(site.proxy.port());
    for (int i = 0; i < calls; ++i) {
        const QByteArray id = "r" + QByteArray::number(i);
        QVERIFY(client.send(chatRequest(id)));
        const Result<RawResponse> response = client.readResponse("POST");
        QVERIFY2(response, reasonOf(response).constData());
        QCOMPARE(response->status, 200);
        expected.insert(id);
    }
    watch.letPass(250ms); // promised: what was answered that long ago survives
    site.proxy.kill();
    QVERIFY(!site.proxy.isRunning());

    if (!isLangfuseUp)
        site.langfuse.comeUp();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QTRY_COMPARE_WITH_TIMEOUT(requestIds(site.langfuse.spans()).size(), calls, 15000);
    QTRY_COMPARE(site.count("delivered"), calls);
    QCOMPARE(site.count("pending"), 0);
    const QList<LangfuseSpan> spans = site.langfuse.spans();
    QCOMPARE(requestIds(spans), expected);
    QCOMPARE(spanIds(spans).size(), calls); // a batch that is sent twice keeps its ids
}

void TestDelivery::countsAsDisabledWithoutKeys()
{
    TracedProxy site(answerChat, {{"LANGFUSE_PUBLIC_KEY", ""}, {"LANGFUSE_SECRET_KEY", ""}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    for (const char* id : {"r1", "r2"})
        QCOMPARE(site.statusOf(chatRequest(id)), 200);
    QTRY_COMPARE(site.count("disabled"), 2);
    QCOMPARE(site.count("captured"), 2);
    QCOMPARE(site.count("pending"), 0);
    QCOMPARE(site.telemetry()[QLatin1String("delivery")].toString(), QStringLiteral("not_configured"));
    QVERIFY(site.langfuse.requests().isEmpty());
}

void TestDelivery::countsAsDisabledWhenSwitchedOff()
{
    TracedProxy site(answerChat, {{"LANGFUSE_TRACING_ENABLED", "False"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    QTRY_COMPARE(site.count("disabled"), 1);
    QVERIFY(site.langfuse.requests().isEmpty());
}

void TestDelivery::samplesButKeepsFailures()
{
    TracedProxy site(
        [](const ReceivedRequest& request) {
            return request.headers.value("X-Request-Id") == "bad" ? Answer::json(500, "{}") : chatAnswer();
        },
        {{"LANGFUSE_SAMPLE_RATE", "0"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    for (const char* id : {"r1", "r2", "r3"})
        QCOMPARE(site.statusOf(chatRequest(id)), 200);
    QCOMPARE(site.statusOf(chatRequest("bad")), 500);
    QTRY_COMPARE(site.count("delivered"), 1);
    QTRY_COMPARE(site.count("disabled"), 3);
    QCOMPARE(site.count("captured"), 4);
    QCOMPARE(requestIds(site.langfuse.spans()), QSet<QByteArray>({"bad"}));
}

void TestDelivery::deliversToAnOldServer()
{
    TracedProxy site(answerChat);
    site.langfuse.setVersion("2.95.11");
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    for (const char* id : {"r1", "r2"})
        QCOMPARE(site.statusOf(chatRequest(id)), 200);
    QTRY_COMPARE(site.count("delivered"), 2);
    const QList<LangfuseEvent> events = site.langfuse.events();
    QCOMPARE(events.size(), 4);
    QCOMPARE(events[1].type, QByteArray("generation-create"));
    QCOMPARE(
        events[1].body[QLatin1String("output")][QLatin1String("content")].toString(), QLatin1String("Hello"));
    QCOMPARE(events[1].body[QLatin1String("usageDetails")][QLatin1String("total")].toInt(), 5);
    QVERIFY(site.langfuse.requests().isEmpty());
}

void TestDelivery::uploadsAPictureLargerThanTheBound()
{
    QByteArray picture = "\x89PNG\r\n\x1a\n";
    while (picture.size() < 2'000'000)
        picture += QCryptographicHash::hash(picture.right(64), QCryptographicHash::Sha256);
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const QByteArray body
        = R"({"model":"gpt-5","messages":[{"role":"user","content":[{"type":"text","text":"What?"},)"
          R"({"type":"image_url","image_url":{"url":"data:image/png;base64,)"
        + picture.toBase64() + R"("}}]}]})";
    QCOMPARE(site.statusOf(chatRequest("r1", {}, body)), 200);
    const LangfuseSpan span = site.waitForSpanOf("r1");
    const QMap<QByteArray, LangfuseMedia> media = site.langfuse.media();
    QCOMPARE(media.size(), 1);
    QCOMPARE(media.first().bytes, picture);
    QCOMPARE(media.first().places, QList<QByteArray>{span.traceId + '/' + span.spanId + "/input"});
    const QByteArray input = span.attributes.value("langfuse.observation.input");
    QVERIFY(input.contains("{\"url\":\"@@@langfuseMedia:type=image/png|id=" + media.firstKey() + "|"));
    QVERIFY(input.size() < 1000);
    QTRY_COMPARE(site.count("delivered"), 1);
}

REGISTER_TEST(TestDelivery)
#include "tst_delivery.moc"
