// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// LANGFUSE_INGESTION against servers of every age, and the legacy way in with its outcomes.

#include "langfuse/deliveryloop.h"
#include "support/testprogram.h"

#include "listsource.h"
#include "support/fakelangfuse.h"

#include <QSet>

#include <atomic>
#include <optional>

using namespace std::chrono_literals;
using Route = LangfuseRoute;

class TestDeliveryRoutes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void findsTheRoute_data();
    void findsTheRoute();
    void asksOnceAndOnlyWhenThereIsSomething();
    void waitsForAServerThatCannotBeAsked();
    void takesTheLegacyRouteWhenOtlpIsNotThere();
    void goesBackToOtlpAfterAnUpgrade();
    void aServerWithNeitherNeedsAnOperator();
    void aFixedRouteIsKept();
    void marksEachTraceByItsOwnOutcome();
    void sendsAgainWhatTheServerCouldNotDecide();
    void givesUpWhatItNeverDecides();
    void anAnswerWithoutOutcomesIsNoDelivery();
    void shrinksWhatIsTooLarge();

private:
    void start(IngestionMode mode, int traces, const TraceRecord& sample = sampleRecord());
    [[nodiscard]] QSet<QByteArray> eventIds() const;

    std::optional<FakeLangfuse> m_langfuse;
    std::optional<ListSource> m_source;
    std::optional<FakeClock> m_clock;
    std::optional<FakeAlarm> m_alarm;
    std::optional<DeliveryLoop> m_loop;
    LangfuseOptions m_options;
};

namespace {

QByteArray bodyText(const LangfuseEvent& event, const char* key)
{
    return event.body[QLatin1String(key)].toString().toUtf8();
}

bool isOf(const LangfuseEvent& event, qint64 row)
{
    return event.id.startsWith(Ids::spanIdFor(QByteArray::number(row)));
}

} // namespace

void TestDeliveryRoutes::init()
{
    m_langfuse.emplace();
    m_source.emplace();
    m_clock.emplace();
    m_alarm.emplace(&*m_clock);
    m_options = {};
    m_options.baseUrl = m_langfuse->baseUrl();
    m_options.publicKey = "pk-lf-test";
    m_options.secretKey = Secret("sk-lf-test");
}

void TestDeliveryRoutes::cleanup()
{
    m_loop.reset();
    m_alarm.reset();
    m_source.reset();
    m_langfuse.reset();
}

void TestDeliveryRoutes::start(IngestionMode mode, int traces, const TraceRecord& sample)
{
    m_options.ingestion = mode;
    m_source->add(traces, sample);
    m_loop.emplace(m_options, "9.9", RetryPolicy([] { return 0.999; }),
        DeliveryLoop::Surroundings{&*m_source, &*m_clock, &*m_alarm});
    m_loop->start();
}

QSet<QByteArray> TestDeliveryRoutes::eventIds() const
{
    QSet<QByteArray> ids;
    for (const LangfuseEvent& event : m_langfuse->events())
        ids.insert(event.id);
    return ids;
}

void TestDeliveryRoutes::findsTheRoute_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("isLegacy");
    QTest::newRow("4.16") << QByteArray("4.16.0") << false;
    QTest::newRow("3.59") << QByteArray("3.59.0") << false;
    QTest::newRow("3.58") << QByteArray("3.58.4") << true; // has OTLP, but reads no langfuse.* there
    QTest::newRow("3.0") << QByteArray("3.0.0") << true;
    QTest::newRow("2.95") << QByteArray("2.95.11") << true;
}

void TestDeliveryRoutes::findsTheRoute()
{
    QFETCH(QByteArray, version);
    QFETCH(bool, isLegacy);
    m_langfuse->setVersion(version);
    start(IngestionMode::Auto, 5);
    QTRY_COMPARE(m_source->delivered.size(), 5);
    QCOMPARE(m_langfuse->spans().size(), isLegacy ? 0 : 5);
    QCOMPARE(m_langfuse->events().size(), isLegacy ? 10 : 0);
    QCOMPARE(m_langfuse->requests(isLegacy ? Route::Ingestion : Route::Traces).size(), 1);
    if (!isLegacy)
        return;
    const LangfuseRequest request = m_langfuse->requests(Route::Ingestion).first();
    QVERIFY(!request.headers.contains("Content-Encoding"));
    QCOMPARE(request.headers.value("Content-Type"), QByteArray("application/json"));
    const QList<LangfuseEvent> events = m_langfuse->events();
    QCOMPARE(events[0].type, QByteArray("trace-create"));
    QCOMPARE(events[1].type, QByteArray("generation-create"));
    QCOMPARE(bodyText(events[1], "traceId"), bodyText(events[0], "id"));
    QCOMPARE(bodyText(events[1], "id"), Ids::spanIdFor("1"));
}

void TestDeliveryRoutes::asksOnceAndOnlyWhenThereIsSomething()
{
    start(IngestionMode::Auto, 0);
    QTRY_VERIFY(!m_alarm->isSet());
    QVERIFY(m_langfuse->requests(Route::Health).isEmpty());
    for (int i = 1; i <= 3; ++i) {
        m_source->add(1);
        m_loop->noticePending();
        QTRY_COMPARE(m_source->delivered.size(), i);
    }
    QCOMPARE(m_langfuse->requests(Route::Health).size(), 1);
    QVERIFY(!m_langfuse->requests(Route::Health).first().target.contains('?'));
}

void TestDeliveryRoutes::waitsForAServerThatCannotBeAsked()
{
    m_langfuse->script({.status = 503, .body = R"({"version":"2.0.0"})"}, 3, Route::Health);
    start(IngestionMode::Auto, 2);
    QTRY_COMPARE(m_source->delivered.size(), 2);
    QCOMPARE(m_langfuse->requests(Route::Health).size(), 4);
    QCOMPARE(m_langfuse->requests(Route::Traces).size(), 1);
    QVERIFY(m_clock->passed() > 3s);
    QCOMPARE(m_loop->status().consecutiveFailures, 0);
}

void TestDeliveryRoutes::takesTheLegacyRouteWhenOtlpIsNotThere()
{
    m_langfuse->setVersion("2.95.11");
    m_langfuse->script({.status = 200, .body = R"({"status":"OK"})"}, 1, Route::Health); // no version
    start(IngestionMode::Auto, 3);
    QTRY_COMPARE(m_source->delivered.size(), 3);
    QCOMPARE(m_langfuse->requests(Route::Traces).size(), 1);
    QCOMPARE(eventIds().size(), 6);
    QVERIFY(m_source->rejected.isEmpty());
    QCOMPARE(m_source->attempts, 0); // a question of the route is no failure of a trace
}

void TestDeliveryRoutes::goesBackToOtlpAfterAnUpgrade()
{
    m_langfuse->setVersion("3.20.0");
    start(IngestionMode::Auto, 2);
    QTRY_COMPARE(m_source->delivered.size(), 2);
    m_langfuse->setVersion("4.16.0"); // "Event type not accepted"
    m_source->add(3);
    m_loop->noticePending();
    QTRY_COMPARE(m_source->delivered.size(), 5);
    QCOMPARE(m_langfuse->spans().size(), 3);
    QVERIFY(m_source->rejected.isEmpty());
}

void TestDeliveryRoutes::aServerWithNeitherNeedsAnOperator()
{
    m_langfuse->script({.status = 404}, 100000, Route::Health);
    m_langfuse->script({.status = 404}, 100000, Route::Traces);
    m_langfuse->script({.status = 404}, 100000, Route::Ingestion);
    start(IngestionMode::Auto, 2);
    QTRY_VERIFY(m_loop->status().consecutiveFailures >= 3);
    QVERIFY(m_loop->status().lastError.contains("LANGFUSE_BASE_URL"));
    QVERIFY(m_clock->passed() > 20s);
    m_langfuse->clearScript();
    QTRY_COMPARE(m_source->delivered.size(), 2);
    QCOMPARE(m_langfuse->spans().size(), 2);
}

void TestDeliveryRoutes::aFixedRouteIsKept()
{
    start(IngestionMode::Legacy, 3); // the server is a 4.16: it takes nothing there, and nothing is lost
    QTRY_VERIFY(m_loop->status().consecutiveFailures >= 2);
    QVERIFY(m_loop->status().lastError.contains("LANGFUSE_INGESTION"));
    QVERIFY(m_source->rejected.isEmpty());
    QVERIFY(m_langfuse->requests(Route::Traces).isEmpty());
    m_langfuse->setVersion("3.100.0");
    QTRY_COMPARE(m_source->delivered.size(), 3);
    QVERIFY(m_langfuse->requests(Route::Health).isEmpty());
}

void TestDeliveryRoutes::marksEachTraceByItsOwnOutcome()
{
    m_langfuse->setVersion("3.20.0");
    m_langfuse->judgeEventsBy([](const LangfuseEvent& event) {
        return isOf(event, 2) || (isOf(event, 4) && event.type == "generation-create") ? 400 : 201;
    });
    start(IngestionMode::Auto, 6);
    QTRY_COMPARE(m_source->delivered, (QList<qint64>{1, 3, 5, 6}));
    QTRY_COMPARE(m_source->rejected, (QList<qint64>{2, 4}));
    QCOMPARE(m_source->reasons.first(), QByteArray("rejected_400: refused by the test"));
    QCOMPARE(m_langfuse->requests(Route::Ingestion).size(), 1);
}

void TestDeliveryRoutes::sendsAgainWhatTheServerCouldNotDecide()
{
    m_langfuse->setVersion("3.20.0");
    std::atomic<int> failures = 2;
    m_langfuse->judgeEventsBy([&failures](const LangfuseEvent& event) {
        return isOf(event, 2) && event.type == "trace-create" && failures-- > 0 ? 500 : 201;
    });
    start(IngestionMode::Auto, 3);
    QTRY_COMPARE(m_source->delivered.size(), 3);
    QCOMPARE(m_source->delivered, (QList<qint64>{1, 3, 2}));
    QCOMPARE(m_langfuse->requests(Route::Ingestion).size(), 3);
    QCOMPARE(eventIds().size(), 6); // a resend keeps its ids
    QVERIFY(m_source->rejected.isEmpty());
}

// Alone it waits as long as it takes: the server may be in trouble. Others that get through accuse it, and do
// not wait for it.
void TestDeliveryRoutes::givesUpWhatItNeverDecides()
{
    m_langfuse->setVersion("3.20.0");
    m_langfuse->judgeEventsBy([](const LangfuseEvent& event) { return isOf(event, 2) ? 500 : 201; });
    start(IngestionMode::Auto, 3);
    QTRY_VERIFY(m_clock->passed() > 300s);
    QCOMPARE(m_source->delivered, (QList<qint64>{1, 3}));
    QVERIFY(m_source->rejected.isEmpty());
    for (int i = 3; m_source->rejected.isEmpty() && i < 20; ++i) {
        m_source->add(1);
        m_loop->noticePending();
        QTRY_COMPARE(m_source->delivered.size(), i);
    }
    QTRY_COMPARE(m_source->rejected, (QList<qint64>{2}));
    QCOMPARE(m_source->reasons.first(), QByteArray("rejected_500: Internal Server Error"));
}

void TestDeliveryRoutes::anAnswerWithoutOutcomesIsNoDelivery()
{
    m_langfuse->setVersion("3.20.0");
    m_langfuse->script({.status = 207, .body = R"({"successes":[{"id")"}, 1, Route::Ingestion);
    m_langfuse->script({.status = 200, .body = "OK"}, 1, Route::Ingestion);
    start(IngestionMode::Auto, 2);
    QTRY_COMPARE(m_source->delivered.size(), 2);
    QVERIFY(m_source->lastAttemptError.contains("did not say"));
    const QList<LangfuseRequest> requests = m_langfuse->requests(Route::Ingestion);
    QCOMPARE(requests.size(), 3);
    QCOMPARE(requests[2].bodySha256, requests[0].bodySha256);
    QCOMPARE(eventIds().size(), 4);
}

void TestDeliveryRoutes::shrinksWhatIsTooLarge()
{
    m_langfuse->setVersion("3.20.0");
    TraceRecord record = sampleRecord();
    record.input.messages
        = {textMessage("user", QByteArray("say \"x\"\n").repeated(400'000))}; // many escapes
    start(IngestionMode::Auto, 1, record);
    QTRY_COMPARE(m_source->delivered.size(), 1);
    QVERIFY(m_langfuse->requests(Route::Ingestion).first().bodyBytes <= 3'500'000);
    const QJsonObject metadata = m_langfuse->events().last().body[QLatin1String("metadata")].toObject();
    QCOMPARE(metadata[QLatin1String("truncated")].toString(), QLatin1String("true"));
}

REGISTER_TEST(TestDeliveryRoutes)
#include "tst_deliveryroutes.moc"
