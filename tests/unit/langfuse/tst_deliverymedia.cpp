// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Media through DeliveryLoop into FakeLangfuse: the flow of langfuse.md 6, and every way in which it fails.

#include "langfuse/deliveryloop.h"
#include "support/testprogram.h"

#include "base/medianote.h"
#include "listsource.h"
#include "support/fakelangfuse.h"

#include <QCryptographicHash>

#include <optional>

using namespace std::chrono_literals;
using Route = LangfuseRoute;

class TestDeliveryMedia final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void uploadsBeforeTheSpan();
    void whatIsThereIsOnlyAnnounced();
    void failsInPart_data();
    void failsInPart();
    void aServerWithoutBucketIsNotAskedAgain();
    void waitsForLangfuseItself_data();
    void waitsForLangfuseItself();
    void uploadsAgainAfterARestart();
    void canBeSwitchedOff();
    void manyPiecesInOneBatch();

private:
    void start();
    void addTrace(const QByteArray& bytes, const QByteArray& type = "image/png");
    [[nodiscard]] QByteArray inputOf(qsizetype span) const;

    std::optional<FakeLangfuse> m_langfuse;
    std::optional<ListSource> m_source;
    std::optional<FakeClock> m_clock;
    std::optional<FakeAlarm> m_alarm;
    std::optional<DeliveryLoop> m_loop;
    LangfuseOptions m_options;
};

namespace {

QByteArray pngOf(char filling)
{
    return QByteArray("\x89PNG\r\n\x1a\n") + QByteArray(9000, filling);
}

QByteArray mediaIdOf(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)
        .toBase64(QByteArray::Base64UrlEncoding)
        .first(22);
}

QByteArray referenceTo(const QByteArray& bytes)
{
    return "@@@langfuseMedia:type=image/png|id=" + mediaIdOf(bytes) + "|source=base64_data_uri@@@";
}

} // namespace

void TestDeliveryMedia::init()
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
    m_options.mediaRetryDelay = 1ms;
}

void TestDeliveryMedia::cleanup()
{
    m_loop.reset();
    m_alarm.reset();
    m_source.reset();
    m_langfuse.reset();
}

void TestDeliveryMedia::start()
{
    m_loop.emplace(m_options, "9.9", RetryPolicy([] { return 0.999; }),
        DeliveryLoop::Surroundings{&*m_source, &*m_clock, &*m_alarm});
    m_loop->start();
}

void TestDeliveryMedia::addTrace(const QByteArray& bytes, const QByteArray& type)
{
    Part part;
    part.kind = Part::Kind::Image;
    part.mediaType = type;
    part.text = "data:" + type + ";base64," + bytes.toBase64();
    TraceRecord record = sampleRecord();
    record.input.messages = {Message{"user", {}, {part}, {}}};
    m_source->add(1, record);
}

QByteArray TestDeliveryMedia::inputOf(qsizetype span) const
{
    return m_langfuse->spans().value(span).attributes.value("langfuse.observation.input");
}

void TestDeliveryMedia::uploadsBeforeTheSpan()
{
    const QByteArray bytes = pngOf('a');
    addTrace(bytes);
    start();
    QTRY_COMPARE(m_source->delivered.size(), 1);
    const QMap<QByteArray, LangfuseMedia> media = m_langfuse->media();
    QCOMPARE(media.keys(), QList<QByteArray>{mediaIdOf(bytes)});
    const LangfuseMedia stored = media.first();
    QCOMPARE(stored.bytes, bytes);
    QCOMPARE(stored.contentType, QByteArray("image/png"));
    QCOMPARE(stored.reportedStatus, 200);
    QCOMPARE(
        stored.places, QList<QByteArray>{Ids::traceIdFor("req-1") + '/' + Ids::spanIdFor("1") + "/input"});
    QCOMPARE(inputOf(0),
        R"({"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":")"
            + referenceTo(bytes) + R"("}}]}]})");
    QCOMPARE(m_langfuse->requests().size(), 1);
    QVERIFY(m_langfuse->requests().first().bodyBytes < 2000);
}

// A conversation sends its pictures again with every turn.
void TestDeliveryMedia::whatIsThereIsOnlyAnnounced()
{
    const QByteArray bytes = pngOf('a');
    m_options.maxBatchSpans = 1;
    for (int i = 0; i < 3; ++i)
        addTrace(bytes);
    start();
    QTRY_COMPARE(m_source->delivered.size(), 3);
    QCOMPARE(m_langfuse->requests(Route::MediaCreate).size(), 3);
    QCOMPARE(m_langfuse->requests(Route::MediaUpload).size(), 1);
    QCOMPARE(m_langfuse->media().first().places.size(), 3); // linked to each observation
    QVERIFY(inputOf(2).contains(referenceTo(bytes)));
}

void TestDeliveryMedia::failsInPart_data()
{
    QTest::addColumn<LangfuseRoute>("route");
    QTest::addColumn<LangfuseAnswer>("answer");
    QTest::addColumn<int>("times");
    QTest::addColumn<bool>("isStored");
    QTest::addColumn<int>("reportedStatus");
    const auto row = [](const char* name, Route route, const LangfuseAnswer& answer, int times, bool isStored,
                         int reportedStatus) {
        QTest::newRow(name) << route << answer << times << isStored << reportedStatus;
    };
    row("announcing: 500 twice", Route::MediaCreate, {.status = 500}, 2, true, 200);
    row("announcing: 500 for good", Route::MediaCreate, {.status = 500}, 9, false, 0);
    row("announcing: 400", Route::MediaCreate, {.status = 400}, 1, false, 0);
    row("announcing: 404", Route::MediaCreate, {.status = 404}, 1, false, 0);
    row("announcing: no id", Route::MediaCreate, {.status = 201, .body = "{}"}, 1, false, 0);
    row("upload: 503 twice", Route::MediaUpload, {.status = 503}, 2, true, 200);
    row("upload: 503 for good", Route::MediaUpload, {.status = 503}, 9, false, 503);
    row("upload: 403", Route::MediaUpload, {.status = 403}, 1, false, 403);
    row("upload: reset twice", Route::MediaUpload, {.kind = LangfuseAnswer::Kind::Reset}, 2, true, 200);
    row("upload: reset for good", Route::MediaUpload, {.kind = LangfuseAnswer::Kind::Reset}, 9, false, 0);
    row("report: 500 twice", Route::MediaPatch, {.status = 500}, 2, true, 200);
    row("report: 404", Route::MediaPatch, {.status = 404}, 1, false, 0);
}

void TestDeliveryMedia::failsInPart()
{
    QFETCH(LangfuseRoute, route);
    QFETCH(LangfuseAnswer, answer);
    QFETCH(int, times);
    QFETCH(bool, isStored);
    QFETCH(int, reportedStatus);
    m_langfuse->script(answer, times, route);
    const QByteArray bytes = pngOf('a');
    addTrace(bytes);
    start();
    QTRY_COMPARE(m_source->delivered.size(), 1);
    QCOMPARE(inputOf(0).contains(referenceTo(bytes)), isStored);
    QCOMPARE(inputOf(0).contains("langfuseMedia"), isStored); // no dead reference
    QCOMPARE(inputOf(0).contains(mediaNote("image/png", bytes)), !isStored);
    QCOMPARE(m_langfuse->media().value(mediaIdOf(bytes)).reportedStatus, reportedStatus);
    // Three tries; and a PUT, which is idempotent, is repeated by itself where a used connection was closed.
    QVERIFY(m_langfuse->requests(route).size() <= 6);
    QCOMPARE(m_source->attempts, 0); // no failure of the trace
}

void TestDeliveryMedia::aServerWithoutBucketIsNotAskedAgain()
{
    m_langfuse->setMediaBucket(false);
    m_options.maxBatchSpans = 1;
    for (const char filling : {'a', 'b', 'c', 'd'})
        addTrace(pngOf(filling));
    start();
    QTRY_COMPARE(m_source->delivered.size(), 4);
    QCOMPARE(m_langfuse->requests(Route::MediaCreate).size(), 3);
    m_langfuse->setMediaBucket(true);
    m_clock->pass(11min);
    addTrace(pngOf('e'));
    m_loop->noticePending();
    QTRY_COMPARE(m_source->delivered.size(), 5);
    QVERIFY(inputOf(4).contains(referenceTo(pngOf('e'))));
}

void TestDeliveryMedia::waitsForLangfuseItself_data()
{
    QTest::addColumn<LangfuseRoute>("route");
    QTest::addColumn<LangfuseAnswer>("answer");
    QTest::newRow("401") << Route::MediaCreate << LangfuseAnswer{.status = 401};
    QTest::newRow("429") << Route::MediaCreate
                         << LangfuseAnswer{.status = 429, .headers = {{"Retry-After", "60"}}};
    QTest::newRow("503") << Route::MediaCreate << LangfuseAnswer{.status = 503};
    QTest::newRow("reset") << Route::MediaCreate << LangfuseAnswer{.kind = LangfuseAnswer::Kind::Reset};
    QTest::newRow("503 for the report") << Route::MediaPatch << LangfuseAnswer{.status = 503};
}

void TestDeliveryMedia::waitsForLangfuseItself()
{
    QFETCH(LangfuseRoute, route);
    QFETCH(LangfuseAnswer, answer);
    m_langfuse->script(answer, 4, route);
    addTrace(pngOf('a'));
    addTrace(pngOf('b'));
    start();
    QTRY_COMPARE(m_source->delivered.size(), 2);
    QVERIFY(m_source->attempts > 0);
    QVERIFY(m_clock->passed() > 500ms);
    QCOMPARE(m_langfuse->spans().size(), 2);
    for (qsizetype i = 0; i < 2; ++i)
        QVERIFY(inputOf(i).contains("@@@langfuseMedia:type=image/png|id="));
}

// What was uploaded and not delivered is found again in the record.
void TestDeliveryMedia::uploadsAgainAfterARestart()
{
    m_langfuse->script({.kind = LangfuseAnswer::Kind::Hang}, 1, Route::MediaUpload);
    addTrace(pngOf('a'));
    start();
    QVERIFY(QTest::qWaitFor([this] { return !m_langfuse->requests(Route::MediaUpload).isEmpty(); }));
    m_loop.reset();
    m_langfuse->script({.kind = LangfuseAnswer::Kind::Hang});
    start();
    QVERIFY(m_langfuse->waitForRequests(1, 10s)); // the span, after the media
    m_loop.reset();
    start();
    QTRY_COMPARE(m_source->delivered.size(), 1);
    QCOMPARE(m_langfuse->requests(Route::MediaUpload).size(), 2);
    QCOMPARE(m_langfuse->media().first().bytes, pngOf('a'));
    QVERIFY(inputOf(0).contains(referenceTo(pngOf('a'))));
    const QList<LangfuseRequest> requests = m_langfuse->requests();
    QCOMPARE(requests[1].bodySha256, requests[0].bodySha256);
}

void TestDeliveryMedia::canBeSwitchedOff()
{
    m_options.uploadsMedia = false;
    addTrace(pngOf('a'));
    addTrace(QByteArray(9000, 'p'), "audio/pcm");
    start();
    QTRY_COMPARE(m_source->delivered.size(), 2);
    QVERIFY(m_langfuse->requests(Route::MediaCreate).isEmpty());
    QVERIFY(inputOf(0).contains(mediaNote("image/png", pngOf('a'))));
}

void TestDeliveryMedia::manyPiecesInOneBatch()
{
    for (int i = 0; i < 30; ++i)
        addTrace(pngOf(char('A' + i)));
    start();
    QTRY_COMPARE(m_source->delivered.size(), 30);
    QCOMPARE(m_langfuse->media().size(), 30);
    QCOMPARE(m_langfuse->requests().size(), 1);
    for (int i = 0; i < 30; ++i)
        QVERIFY(inputOf(i).contains(referenceTo(pngOf(char('A' + i)))));
}

REGISTER_TEST(TestDeliveryMedia)
#include "tst_deliverymedia.moc"
