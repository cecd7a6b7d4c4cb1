// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/deliveryloop.h"

#include "samplerecord.h"
#include "support/fakelangfuse.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

// The store as a list.
class ListSource final : public PendingSource
{
public:
    Result<QList<PendingTrace>> pending(qsizetype maxCount, qint64 afterRow) override
    {
        if (isBroken)
            return Error{ErrorCode::StoreFailed, QStringLiteral("disk full"), {}};
        QList<PendingTrace> page;
        for (const PendingTrace& trace : traces) {
            if (trace.row > afterRow && page.size() < maxCount)
                page.append(trace);
        }
        return page;
    }
    void setDelivering(const QList<qint64>& rows, bool isDelivering) override
    {
        for (qint64 row : rows)
            QCOMPARE(delivering.contains(row), !isDelivering);
        delivering = isDelivering ? rows : QList<qint64>();
        mostDelivering = std::max(mostDelivering, delivering.size());
    }
    Result<void> markDelivered(const QList<qint64>& rows) override
    {
        if (refusesMarks)
            return Error{ErrorCode::StoreFailed, QStringLiteral("locked"), {}};
        delivered.append(rows);
        remove(rows);
        return {};
    }
    Result<void> markRejected(qint64 row, const QByteArray& reason) override
    {
        rejected.append(row);
        reasons.append(reason);
        remove({row});
        return {};
    }
    Result<void> noteAttempt(const QList<qint64>& rows, const QByteArray& lastError) override
    {
        attempts += rows.size();
        lastAttemptError = lastError;
        return {};
    }

    void add(int count, const TraceRecord& sample = sampleRecord())
    {
        for (int i = 0; i < count; ++i) {
            PendingTrace trace;
            trace.row = ++lastRow;
            trace.record = sample;
            trace.record.attribution.spanId = Ids::spanIdFor(QByteArray::number(lastRow));
            traces.append(trace);
        }
    }

    QList<PendingTrace> traces;
    QList<qint64> delivering;
    qsizetype mostDelivering = 0;
    QList<qint64> delivered;
    QList<qint64> rejected;
    QList<QByteArray> reasons;
    QByteArray lastAttemptError;
    qsizetype attempts = 0;
    qint64 lastRow = 0;
    bool isBroken = false;
    bool refusesMarks = false;

private:
    void remove(const QList<qint64>& rows)
    {
        traces.removeIf([&rows](const PendingTrace& trace) { return rows.contains(trace.row); });
    }
};

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
    void deliversManyPages();
    void survivesAnOutage();
    void continuesAfterARestart();
    void resendsTheSameBytes();
    void obeysRetryAfter();
    void rejectsOnlyThePoisonedTrace();
    void slowsDownWhenEverythingIsRefused();
    void splitsWhatIsTooLarge();
    void shrinksALoneTraceThatIsTooLarge();
    void recoversFromAWrongKey();
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
    m_loop.emplace(m_options, "9.9", RetryPolicy([] { return 0.5; }, delays), &m_source.value(), &m_clock);
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

void TestDeliveryLoop::resendsTheSameBytes()
{
    m_langfuse->script({.kind = LangfuseAnswer::Kind::AcceptThenReset});
    m_langfuse->script({.status = 503});
    startWith(5);
    QTRY_COMPARE(m_source->delivered.size(), 5);
    const QList<LangfuseRequest> requests = m_langfuse->requests();
    QVERIFY(requests.size() >= 3);
    for (const LangfuseRequest& request : requests)
        QCOMPARE(request.bodySha256, requests.first().bodySha256);
}

void TestDeliveryLoop::obeysRetryAfter()
{
    m_langfuse->script({.status = 429, .headers = {{"Retry-After", "1800"}}});
    startWith(1);
    QTRY_COMPARE(m_loop->status().consecutiveFailures, 1);
    QVERIFY(m_loop->status().lastError.contains("429"));
    QVERIFY(m_loop->status().nextAttemptAtUs - m_clock.wall().count() > microseconds(1700s).count());
    QCOMPARE(m_langfuse->requests().size(), 1);
}

void TestDeliveryLoop::rejectsOnlyThePoisonedTrace()
{
    const QByteArray poison = Ids::spanIdFor("6");
    m_langfuse->refuseSpansWhen([poison](const LangfuseSpan& span) { return span.spanId == poison; });
    startWith(10);
    QTRY_COMPARE(m_source->delivered.size(), 9);
    QCOMPARE(m_source->rejected, (QList<qint64>{6}));
    QVERIFY(m_source->reasons.first().contains("is not acceptable"));
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
    for (PendingTrace& trace : m_source->traces)
        trace.record.input.messages.first().parts.first().text += QByteArray::number(trace.row);
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

void TestDeliveryLoop::recoversFromAWrongKey()
{
    m_langfuse->setSecretKey("another");
    startWith(2);
    QTRY_VERIFY(m_loop->status().consecutiveFailures >= 1);
    QVERIFY(m_loop->status().lastError.contains("LANGFUSE_SECRET_KEY"));
    QVERIFY(!m_loop->status().lastError.contains("sk-lf-test"));
    QCOMPARE(m_source->traces.size(), 2);
    m_langfuse->setSecretKey("sk-lf-test");
    QTRY_COMPARE(m_source->delivered.size(), 2);
}

void TestDeliveryLoop::survivesAHangingServer()
{
    m_options.requestTimeout = 100ms;
    m_langfuse->script({.kind = LangfuseAnswer::Kind::Hang});
    startWith(1);
    QTRY_COMPARE(m_loop->status().consecutiveFailures, 1);
    QVERIFY2(m_loop->status().lastError.contains("100 ms"), m_loop->status().lastError.constData());
    QTRY_COMPARE(m_source->delivered.size(), 1);
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
    const auto url
        = [](const char* base) { return LangfuseClient::tracesUrl(QUrl(QLatin1String(base))).toEncoded(); };
    QCOMPARE(url("https://x.example"), QByteArray("https://x.example/api/public/otel/v1/traces"));
    QCOMPARE(url("https://x.example/"), QByteArray("https://x.example/api/public/otel/v1/traces"));
    QCOMPARE(url("https://u:p@x.example:8443/lang%20fuse/?a#b"),
        QByteArray("https://x.example:8443/lang%20fuse/api/public/otel/v1/traces"));
}

QTEST_GUILESS_MAIN(TestDeliveryLoop)
#include "tst_deliveryloop.moc"
