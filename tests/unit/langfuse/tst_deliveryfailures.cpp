// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What DeliveryLoop makes of every way in which Langfuse can fail, on a clock whose hours pass in a moment.

#include "langfuse/deliveryloop.h"
#include "support/testprogram.h"

#include "listsource.h"
#include "support/fakelangfuse.h"

#include <QLocale>
#include <QSet>

#include <optional>

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using Kind = LangfuseAnswer::Kind;

class TestDeliveryFailures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void outlastsTroubleOf_data();
    void outlastsTroubleOf();
    void outlastsAnHourWithoutAServer();
    void recoversFromAWrongKey();
    void obeysRetryAfter_data();
    void obeysRetryAfter();
    void anAnswer200IsEnough_data();
    void anAnswer200IsEnough();
    void aWebPageIsNoLangfuse();
    void forgetsWhatHasBeenDeleted_data();
    void forgetsWhatHasBeenDeleted();

private:
    void start(int traces);
    void letPass(milliseconds time);
    void checkAllDeliveredOnce(int traces) const;

    std::optional<FakeLangfuse> m_langfuse;
    std::optional<ListSource> m_source;
    std::optional<FakeClock> m_clock;
    std::optional<FakeAlarm> m_alarm;
    std::optional<DeliveryLoop> m_loop;
    LangfuseOptions m_options;
};

namespace {

QByteArray httpDate(std::chrono::microseconds wall)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(wall.count() / 1000).toUTC();
    return QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toLatin1();
}

} // namespace

void TestDeliveryFailures::init()
{
    m_langfuse.emplace();
    m_source.emplace();
    m_clock.emplace();
    m_alarm.emplace(&*m_clock);
    m_options = {};
    m_options.baseUrl = m_langfuse->baseUrl();
    m_options.publicKey = "pk-lf-test";
    m_options.secretKey = Secret("sk-lf-test");
    m_options.ingestion = IngestionMode::Otlp;
}

void TestDeliveryFailures::cleanup()
{
    m_loop.reset();
    m_alarm.reset();
    m_source.reset();
    m_langfuse.reset();
}

void TestDeliveryFailures::start(int traces)
{
    m_source->add(traces);
    m_loop.emplace(m_options, "9.9", RetryPolicy([] { return 0.999; }),
        DeliveryLoop::Surroundings{&*m_source, &*m_clock, &*m_alarm});
    m_loop->start();
}

void TestDeliveryFailures::letPass(milliseconds time)
{
    const milliseconds end = m_clock->passed() + time;
    QTRY_VERIFY_WITH_TIMEOUT(m_clock->passed() >= end, 20000);
}

void TestDeliveryFailures::checkAllDeliveredOnce(int traces) const
{
    QSet<QByteArray> ids;
    for (const LangfuseSpan& span : m_langfuse->spans())
        ids.insert(span.spanId);
    QCOMPARE(ids.size(), traces);
    QCOMPARE(m_langfuse->spans().size(), traces);
    QCOMPARE(m_source->delivered.size(), traces);
    QVERIFY(m_source->rejected.isEmpty());
    QVERIFY(m_loop->status().lastError.isEmpty());
    QCOMPARE(m_loop->status().consecutiveFailures, 0);
}

void TestDeliveryFailures::outlastsTroubleOf_data()
{
    QTest::addColumn<LangfuseAnswer>("answer");
    QTest::addColumn<QByteArray>("said"); // in the status meanwhile
    QTest::addColumn<milliseconds>("longestPause");
    QTest::addColumn<bool>("isWholeBatch"); // sent again, because Langfuse may have taken it
    const auto row = [](const char* name, const LangfuseAnswer& answer, const char* said,
                         milliseconds longestPause, bool isWholeBatch = false) {
        QTest::newRow(name) << answer << QByteArray(said) << longestPause << isWholeBatch;
    };
    row("401", {.status = 401}, "LANGFUSE_SECRET_KEY", 20s);
    row("403", {.status = 403, .body = R"({"message":"Ingestion suspended"})"}, "Ingestion suspended", 20s);
    row("404", {.status = 404}, "LANGFUSE_BASE_URL", 20s);
    row("405", {.status = 405}, "405", 20s);
    row("408", {.status = 408}, "408", 15s);
    row("429", {.status = 429, .body = R"({"message":"Rate limit exceeded"})"}, "Rate limit exceeded", 15s);
    row("500", {.status = 500}, "500", 15s);
    row("502", {.status = 502, .headers = {{"Content-Type", "text/html"}}, .body = "<h1>502</h1>"}, "502",
        5s);
    row("503", {.status = 503}, "503", 5s);
    row("504", {.status = 504}, "504", 5s, true);
    row("redirects", {.status = 307, .headers = {{"Location", "http://127.0.0.1:9/"}}}, "redirects", 20s);
    row("resets", {.kind = Kind::Reset}, "cannot be reached", 5s, true);
    row("a 400 about the way in", {.status = 400, .body = R"({"error":"Invalid content type"})"},
        "Invalid content type", 20s);
}

void TestDeliveryFailures::outlastsTroubleOf()
{
    QFETCH(LangfuseAnswer, answer);
    QFETCH(QByteArray, said);
    QFETCH(milliseconds, longestPause);
    QFETCH(bool, isWholeBatch);
    constexpr int traces = 40;
    m_langfuse->script(answer, 100000);
    start(traces);
    letPass(10min);
    QVERIFY2(m_loop->status().lastError.contains(said), m_loop->status().lastError.constData());
    QVERIFY(m_source->delivered.isEmpty());
    const QList<LangfuseRequest> failed = m_langfuse->requests();
    QVERIFY2(failed.size() < 600 / 2, "asked without a pause");
    for (qsizetype i = 1; i < failed.size(); ++i)
        QCOMPARE(failed[i].spans, isWholeBatch ? traces : 1); // an outage is not for transferring batches
    if (isWholeBatch)
        QCOMPARE(failed.last().bodySha256, failed.first().bodySha256);

    m_langfuse->clearScript();
    const milliseconds recovery = m_clock->passed();
    QTRY_COMPARE(m_source->delivered.size(), traces);
    QVERIFY2(m_clock->passed() - recovery <= longestPause, "the recovery was noticed late");
    checkAllDeliveredOnce(traces);
    QVERIFY(m_langfuse->requests().size() - failed.size() <= 3); // the rest in full batches
}

void TestDeliveryFailures::outlastsAnHourWithoutAServer()
{
    constexpr int traces = 300;
    m_langfuse->goDown();
    start(traces);
    letPass(1h);
    QVERIFY(m_loop->status().lastError.contains("connection refused"));
    QVERIFY(m_loop->status().consecutiveFailures > 3600 / 6);
    QVERIFY(m_loop->status().consecutiveFailures < 3600 / 2);
    m_langfuse->comeUp();
    const milliseconds recovery = m_clock->passed();
    QTRY_COMPARE(m_source->delivered.size(), traces);
    QVERIFY(m_clock->passed() - recovery <= 5s);
    checkAllDeliveredOnce(traces);
}

void TestDeliveryFailures::recoversFromAWrongKey()
{
    m_langfuse->setSecretKey("another");
    start(3);
    letPass(60s);
    QVERIFY(m_loop->status().lastError.contains("Invalid credentials"));
    QVERIFY(!m_loop->status().lastError.contains("sk-lf-test"));
    m_langfuse->setSecretKey("sk-lf-test");
    QTRY_COMPARE(m_source->delivered.size(), 3);
    checkAllDeliveredOnce(3);
}

void TestDeliveryFailures::obeysRetryAfter_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isDate");
    QTest::newRow("429, seconds") << 429 << false;
    QTest::newRow("429, date") << 429 << true;
    QTest::newRow("503, seconds") << 503 << false;
}

void TestDeliveryFailures::obeysRetryAfter()
{
    QFETCH(int, status);
    QFETCH(bool, isDate);
    const QByteArray told = isDate ? httpDate(m_clock->wall() + 1800s) : QByteArray("1800");
    m_langfuse->script({.status = status, .headers = {{"Retry-After", told}}});
    start(2);
    QTRY_COMPARE(m_source->delivered.size(), 2);
    QVERIFY2(m_clock->passed() >= 1799s, "asked again too early");
    QVERIFY2(m_clock->passed() <= 1800s + 181s, "asked again too late");
    QCOMPARE(m_langfuse->requests().size(), 3); // one trace finds out, the other follows
    checkAllDeliveredOnce(2);
}

void TestDeliveryFailures::anAnswer200IsEnough_data()
{
    QTest::addColumn<LangfuseAnswer>("answer");
    QTest::newRow("empty") << LangfuseAnswer{.status = 200};
    QTest::newRow("JSON") << LangfuseAnswer{.status = 200, .body = R"({"message":"OK"})"};
    QTest::newRow("not what it says") << LangfuseAnswer{.status = 200, .body = "{broken"};
    QTest::newRow("an error in words")
        << LangfuseAnswer{.status = 200, .body = R"({"error":"no","partialSuccess":{"rejectedSpans":"4"}})"};
    QTest::newRow("bytes") << LangfuseAnswer{
        .status = 200, .headers = {{"Content-Type", "application/x-protobuf"}}, .body = QByteArray(40, '\0')};
    QTest::newRow("endless") << LangfuseAnswer{.status = 200, .body = QByteArray(5'000'000, 'x')};
    QTest::newRow("cut off") << LangfuseAnswer{.kind = Kind::CutAnswer, .status = 200, .body = "{\"mess"};
    QTest::newRow("never finished") << LangfuseAnswer{
        .kind = Kind::HangingAnswer, .status = 200, .body = "{\"mess"};
    QTest::newRow("201") << LangfuseAnswer{.status = 201, .body = "{}"};
    QTest::newRow("202") << LangfuseAnswer{.status = 202};
}

void TestDeliveryFailures::anAnswer200IsEnough()
{
    QFETCH(LangfuseAnswer, answer);
    m_options.requestTimeout = 200ms;
    m_langfuse->script(answer);
    start(4);
    QTRY_COMPARE(m_source->delivered.size(), 4);
    QCOMPARE(m_langfuse->requests().size(), 1);
    checkAllDeliveredOnce(4);
}

// Whatever stands at a wrong address would swallow every trace with a 200.
void TestDeliveryFailures::aWebPageIsNoLangfuse()
{
    m_langfuse->script(
        {.status = 200, .headers = {{"Content-Type", "Text/HTML; charset=utf-8"}}, .body = "<html>"});
    start(1);
    QTRY_COMPARE(m_source->delivered.size(), 1);
    QVERIFY(m_source->lastAttemptError.contains("LANGFUSE_BASE_URL"));
    QCOMPARE(m_langfuse->requests().size(), 2);
}

void TestDeliveryFailures::forgetsWhatHasBeenDeleted_data()
{
    QTest::addColumn<LangfuseAnswer>("answer");
    QTest::newRow("one finds out for all") << LangfuseAnswer{.status = 500};
    QTest::newRow("the whole batch again") << LangfuseAnswer{.kind = Kind::Reset};
}

// Deleted, by a user or for room, while they wait for another try: they are counted as dropped and may not
// be sent.
void TestDeliveryFailures::forgetsWhatHasBeenDeleted()
{
    QFETCH(LangfuseAnswer, answer);
    m_langfuse->script(answer, 100000);
    start(6);
    letPass(60s);
    QSet<qint64> deleted{1, 2, 5};
    // While it pauses: what is on its way is not deleted.
    connect(&*m_loop, &DeliveryLoop::statusChanged, this, [this, &deleted](const DeliveryStatus& status) {
        if (status.nextAttemptAtUs == 0 || deleted.isEmpty())
            return;
        QVERIFY(m_source->delivering.isEmpty());
        for (qint64 row : std::exchange(deleted, {}))
            m_source->traces.remove(row);
        m_langfuse->clearScript();
    });
    QTRY_COMPARE(m_source->delivered.size(), 3);
    checkAllDeliveredOnce(3);
    QCOMPARE((QSet<qint64>{m_source->delivered.begin(), m_source->delivered.end()}), (QSet<qint64>{3, 4, 6}));

    m_langfuse->script(answer, 100000);
    deleted = {7, 8, 9}; // all of it
    m_source->add(3);
    m_loop->noticePending();
    QTRY_VERIFY(deleted.isEmpty());
    m_source->add(1);
    m_loop->noticePending();
    QTRY_COMPARE(m_source->delivered.size(), 4);
    checkAllDeliveredOnce(4);
}

REGISTER_TEST(TestDeliveryFailures)
#include "tst_deliveryfailures.moc"
