// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/deliveryloop.h"
#include "support/testprogram.h"

#include "listsource.h"
#include "support/fakelangfuse.h"

#include <QSet>
#include <QSignalSpy>

#include <optional>

using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

constexpr RetryPolicy::Delays quickDelays{.first = 10ms,
    .unreachableCap = 40ms,
    .troubledCap = 40ms,
    .operatorNeeded = 40ms,
    .retryAfterCap = 3600s};

} // namespace

class TestDeliveryLoop final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void deliversWhatIsPending();
    void waitsForCompany();
    void sendsAFullBatchAtOnce();
    void deliversManyPages();
    void newTracesDoNotWaitForABacklog();
    void aFewLargeNewTracesDoNotHoldUpABacklog();
    void survivesAnOutage();
    void continuesAfterARestart();
    void resendsTheSameBytes();
    void rejectsOnlyThePoisonedTrace();
    void slowsDownWhenEverythingIsRefused();
    void splitsWhatIsTooLarge();
    void shrinksALoneTraceThatIsTooLarge();
    void survivesAHangingServer();
    void doesNotFollowRedirects();
    void neverSendsAgainWhatIsMarkedLater();
    void waitsForABrokenStore();
    void flushesThroughABackoff();
    void flushEndsWithAFailedBatch();
    void doesNothingWithoutKeys();
    void keepsPathPrefix();

private:
    void makeLoop(RetryPolicy::Delays delays = quickDelays);
    void startWith(int traces);

    SystemClock m_clock;
    TimerAlarm m_alarm;
    std::optional<FakeLangfuse> m_langfuse;
    std::optional<ListSource> m_source;
    std::optional<DeliveryLoop> m_loop;
    LangfuseOptions m_options;
};

void TestDeliveryLoop::init()
{
    m_langfuse.emplace();
    m_source.emplace();
    m_options = {};
    m_options.baseUrl = m_langfuse->baseUrl();
    m_options.publicKey = "pk-lf-test";
    m_options.secretKey = Secret("sk-lf-test");
    m_options.ingestion = IngestionMode::Otlp;
    m_options.batchDelay = 5ms;
    m_options.requestTimeout = 5s;
}

void TestDeliveryLoop::cleanup()
{
    m_loop.reset();
    m_source.reset();
    m_langfuse.reset();
}

void TestDeliveryLoop::makeLoop(RetryPolicy::Delays delays)
{
    m_loop.emplace(m_options, "9.9", RetryPolicy([] { return 0.5; }, delays),
        DeliveryLoop::Surroundings{&*m_source, &m_clock, &m_alarm});
}

void TestDeliveryLoop::startWith(int traces)
{
    m_source->add(traces);
    makeLoop();
    m_loop->start();
}

void TestDeliveryLoop::deliversWhatIsPending()
{
    startWith(3);
    QTRY_COMPARE(m_source->delivered, (QList<qint64>{1, 2, 3}));
    QCOMPARE(m_langfuse->spans().size(), 3);
    const LangfuseRequest request = m_langfuse->requests().first();
    QCOMPARE(m_langfuse->requests().size(), 1);
    QCOMPARE(request.headers.value("Content-Encoding"), QByteArray("gzip"));
    QCOMPARE(request.headers.value("x-langfuse-ingestion-version"), QByteArray("4"));
    QCOMPARE(request.headers.value("x-langfuse-sdk-name"), QByteArray("langfuse-proxy"));
    QCOMPARE(request.headers.value("x-langfuse-sdk-version"), QByteArray("9.9"));
    const DeliveryStatus status = m_loop->status();
    QVERIFY(status.isEnabled);
    QVERIFY(status.lastSuccessAtUs > 0);
    QVERIFY(status.lastError.isEmpty());
}

void TestDeliveryLoop::waitsForCompany()
{
    m_options.batchDelay = 30ms;
    startWith(0);
    for (int i = 0; i < 4; ++i) {
        m_source->add(1);
        m_loop->noticePending();
    }
    QTRY_COMPARE(m_source->delivered.size(), 4);
    QCOMPARE(m_langfuse->requests().size(), 1);
    m_source->add(1); // and again from rest
    m_loop->noticePending();
    QTRY_COMPARE(m_source->delivered.size(), 5);
}

void TestDeliveryLoop::deliversManyPages()
{
    m_options.maxBatchSpans = 50;
    startWith(333);
    QTRY_COMPARE(m_source->delivered.size(), 333);
    QCOMPARE(m_langfuse->requests().size(), 7);
    QSet<QByteArray> ids;
    for (const LangfuseSpan& span : m_langfuse->spans())
        ids.insert(span.spanId);
    QCOMPARE(ids.size(), 333);
}

void TestDeliveryLoop::sendsAFullBatchAtOnce()
{
    m_options.batchDelay = 1h;
    m_options.maxBatchSpans = 3;
    startWith(0);
    QTRY_VERIFY(!m_alarm.isSet()); // it has looked once and found nothing
    m_source->add(2);
    m_loop->noticePending();
    QTest::qWait(0);
    QVERIFY(m_langfuse->requests().isEmpty());
    m_source->add(1);
    m_loop->noticePending();
    QTRY_COMPARE(m_source->delivered, (QList<qint64>{1, 2, 3}));
}

// Old traces go out in full batches, and those that come meanwhile are in the next request.
void TestDeliveryLoop::newTracesDoNotWaitForABacklog()
{
    constexpr int backlog = 2000;
    constexpr qsizetype batch = 100;
    m_options.maxBatchSpans = batch;
    startWith(backlog);
    qint64 expected = backlog;
    QTRY_VERIFY(!m_source->delivered.isEmpty()); // it knows of its backlog
    while (m_source->delivered.size() < backlog / 2) {
        const qsizetype before = m_source->delivered.size();
        m_source->add(1);
        m_loop->noticePending();
        const qint64 row = ++expected;
        QTRY_VERIFY(m_source->delivered.contains(row));
        QVERIFY(m_source->delivered.indexOf(row) - before < 2 * batch); // one may have been under way
    }
    QTRY_COMPARE(m_source->delivered.size(), expected);
    const QList<LangfuseRequest> requests = m_langfuse->requests();
    for (qsizetype i = 0; i + 1 < requests.size(); ++i)
        QCOMPARE(requests[i].spans, batch);
}

void TestDeliveryLoop::aFewLargeNewTracesDoNotHoldUpABacklog()
{
    m_options.maxBatchSpans = 10;
    m_options.maxBatchBytes = 100 * 1024;
    startWith(100);
    QTRY_VERIFY(m_source->delivered.size() >= 10); // it knows of its backlog
    TraceRecord large = sampleRecord();
    large.input.messages = {textMessage("user", QByteArray(90 * 1024, 'x'))};
    m_source->add(40, large);
    m_loop->noticePending();
    QTRY_VERIFY(m_source->delivered.contains(100));
    QVERIFY2(m_source->delivered.size() < 130, "the backlog was delivered last");
    QTRY_COMPARE(m_source->delivered.size(), 140);
}

void TestDeliveryLoop::survivesAnOutage()
{
    m_langfuse->goDown();
    startWith(2);
    QTRY_VERIFY(m_loop->status().consecutiveFailures >= 3);
    QVERIFY(m_loop->status().lastError.contains("cannot be reached"));
    QVERIFY(m_source->lastAttemptError.contains("cannot be reached"));
    QCOMPARE(m_source->traces.size(), 2);
    m_source->add(1); // during the outage
    m_loop->noticePending();
    m_langfuse->comeUp();
    QTRY_COMPARE(m_source->delivered.size(), 3);
    QCOMPARE(m_loop->status().consecutiveFailures, 0);
    QVERIFY(m_loop->status().lastError.isEmpty());
}

void TestDeliveryLoop::continuesAfterARestart()
{
    m_langfuse->goDown();
    startWith(4);
    QTRY_VERIFY(m_loop->status().consecutiveFailures >= 1);
    m_loop.reset();
    m_langfuse->comeUp();
    makeLoop();
    m_loop->start();
    QTRY_COMPARE(m_source->delivered.size(), 4);
    QCOMPARE(m_langfuse->spans().size(), 4);
}

// Neither on a new connection nor on one that has carried a request is anything repeated but by decision:
// Langfuse may have taken what it did not answer.
void TestDeliveryLoop::resendsTheSameBytes()
{
    m_langfuse->script({.kind = LangfuseAnswer::Kind::AcceptThenReset}, 2);
    m_langfuse->script({.status = 504});
    startWith(5);
    QTRY_COMPARE(m_source->delivered.size(), 5);
    QCOMPARE(m_langfuse->requests().size(), 4);
    m_langfuse->script({.kind = LangfuseAnswer::Kind::AcceptThenReset});
    m_source->add(3);
    m_loop->noticePending();
    QTRY_COMPARE(m_source->delivered.size(), 8);
    const QList<LangfuseRequest> requests = m_langfuse->requests();
    QCOMPARE(requests.size(), 6);
    for (qsizetype i = 0; i < requests.size(); ++i)
        QCOMPARE(requests[i].bodySha256, requests[i < 4 ? 0 : 4].bodySha256);
    QCOMPARE(m_loop->status().consecutiveFailures, 0);
}

void TestDeliveryLoop::rejectsOnlyThePoisonedTrace()
{
    const QByteArray poison = Ids::spanIdFor("6");
    m_langfuse->refuseSpansWhen([poison](const LangfuseSpan& span) { return span.spanId == poison; });
    startWith(10);
    QTRY_COMPARE(m_source->delivered.size(), 9);
    QCOMPARE(m_source->rejected, (QList<qint64>{6}));
    QVERIFY2(
        m_source->reasons.first().startsWith("rejected_400: span "), m_source->reasons.first().constData());
    QVERIFY(m_source->reasons.first().endsWith("is not acceptable"));
    QCOMPARE(m_langfuse->spans().size(), 9); // none twice
}

void TestDeliveryLoop::slowsDownWhenEverythingIsRefused()
{
    m_langfuse->refuseSpansWhen([](const LangfuseSpan&) { return true; });
    startWith(20);
    QTRY_VERIFY(m_loop->status().nextAttemptAtUs > 0);
    QVERIFY(m_loop->status().nextAttemptAtUs - m_clock.wall().count() > microseconds(20s).count());
    QCOMPARE(m_source->rejected.size(), 5);
    QCOMPARE(m_source->traces.size(), 15);
    QVERIFY(m_loop->status().lastError.contains("400"));
}

void TestDeliveryLoop::splitsWhatIsTooLarge()
{
    TraceRecord record = sampleRecord();
    QByteArray noise; // does not compress
    for (int i = 0; i < 1500; ++i)
        noise += Ids::spanIdFor(QByteArray::number(i)) + ' ';
    record.input.messages = {textMessage("user", noise)};
    m_source->add(8, record);
    for (auto it = m_source->traces.begin(); it != m_source->traces.end(); ++it)
        it->input.messages.first().parts.first().text += QByteArray::number(it.key());
    m_langfuse->setMaxBodyBytes(16 * 1024);
    makeLoop();
    m_loop->start();
    QTRY_COMPARE(m_source->delivered.size() + m_source->rejected.size(), 8);
    QCOMPARE(m_source->delivered.size(), 8);
    QCOMPARE(m_langfuse->spans().size(), 8);
    QCOMPARE(m_source->mostDelivering, 8); // told of every request, and of every answer
    QVERIFY(m_source->delivering.isEmpty());
}

void TestDeliveryLoop::shrinksALoneTraceThatIsTooLarge()
{
    TraceRecord record = sampleRecord();
    QByteArray noise;
    for (int i = 0; i < 30000; ++i)
        noise += Ids::spanIdFor(QByteArray::number(i)) + ' ';
    record.input.messages = {textMessage("user", noise)};
    m_source->add(1, record);
    m_langfuse->setMaxBodyBytes(100 * 1024);
    makeLoop();
    m_loop->start();
    QTRY_COMPARE(m_source->delivered, (QList<qint64>{1}));
    const LangfuseSpan span = m_langfuse->spans().first();
    QCOMPARE(span.attributes.value("langfuse.observation.metadata.truncated"), QByteArray("true"));
    QVERIFY(span.attributes.value("langfuse.observation.output").contains("hi there"));
}

void TestDeliveryLoop::survivesAHangingServer()
{
    m_options.requestTimeout = 100ms;
    m_langfuse->script({.kind = LangfuseAnswer::Kind::Hang}, 2);
    startWith(4);
    QTRY_COMPARE(m_loop->status().consecutiveFailures, 1);
    QVERIFY2(m_loop->status().lastError.contains("100 ms"), m_loop->status().lastError.constData());
    QTRY_COMPARE(m_source->delivered.size(), 4);
    const QList<LangfuseRequest> requests = m_langfuse->requests();
    QCOMPARE(requests.size(), 3);
    QCOMPARE(requests[1].bodySha256, requests[0].bodySha256);
    QCOMPARE(requests[2].bodySha256, requests[0].bodySha256);
}

void TestDeliveryLoop::doesNotFollowRedirects()
{
    FakeLangfuse other;
    m_langfuse->script({.status = 307,
        .headers = {{"Location", other.baseUrl().toEncoded() + "/api/public/otel/v1/traces"}}});
    startWith(1);
    QTRY_COMPARE(m_loop->status().consecutiveFailures, 1);
    QVERIFY(m_loop->status().lastError.contains("redirects"));
    QTRY_COMPARE(m_source->delivered.size(), 1);
    QVERIFY(other.requests().isEmpty());
}

void TestDeliveryLoop::neverSendsAgainWhatIsMarkedLater()
{
    m_source->refusesMarks = true;
    startWith(1);
    QTRY_VERIFY(m_loop->status().lastError.contains("locked"));
    m_source->refusesMarks = false;
    QTRY_COMPARE(m_source->delivered, (QList<qint64>{1}));
    QCOMPARE(m_langfuse->requests().size(), 1);
}

void TestDeliveryLoop::waitsForABrokenStore()
{
    m_source->isBroken = true;
    startWith(1);
    QTRY_VERIFY(m_loop->status().lastError.contains("disk full"));
    m_source->isBroken = false;
    QTRY_COMPARE(m_source->delivered.size(), 1);
}

void TestDeliveryLoop::flushesThroughABackoff()
{
    m_langfuse->script({.status = 503, .headers = {{"Retry-After", "1800"}}});
    startWith(3);
    QTRY_COMPARE(m_loop->status().consecutiveFailures, 1);
    QSignalSpy flushed(&*m_loop, &DeliveryLoop::flushed);
    m_source->add(2);
    m_loop->flush();
    QTRY_COMPARE(flushed.size(), 1);
    QCOMPARE(m_source->delivered.size(), 5);
}

void TestDeliveryLoop::flushEndsWithAFailedBatch()
{
    m_langfuse->goDown();
    makeLoop();
    m_source->add(1);
    m_loop->start();
    QSignalSpy flushed(&*m_loop, &DeliveryLoop::flushed);
    m_loop->flush();
    QCOMPARE(flushed.size(), 0); // never from inside flush()
    QTRY_COMPARE(flushed.size(), 1);
    QCOMPARE(m_source->traces.size(), 1);
}

void TestDeliveryLoop::doesNothingWithoutKeys()
{
    m_options.secretKey = Secret();
    startWith(1);
    QVERIFY(!m_loop->status().isEnabled);
    QSignalSpy flushed(&*m_loop, &DeliveryLoop::flushed);
    m_loop->noticePending();
    m_loop->flush();
    QTRY_COMPARE(flushed.size(), 1);
    QVERIFY(m_langfuse->requests().isEmpty());
}

void TestDeliveryLoop::keepsPathPrefix()
{
    const auto target
        = [](const char* base) { return LangfuseClient::targetOf(QUrl(QLatin1String(base)), "/api/x"); };
    QCOMPARE(target("https://x.example"), QByteArray("/api/x"));
    QCOMPARE(target("https://x.example/"), QByteArray("/api/x"));
    QCOMPARE(target("https://u:p@x.example:8443/lang%20fuse/?a#b"), QByteArray("/lang%20fuse/api/x"));
}

REGISTER_TEST(TestDeliveryLoop)
#include "tst_deliveryloop.moc"
