// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/callcapture.h"
#include "support/testprogram.h"

#include "base/clock.h"
#include "base/messagehead.h"
#include "trace/telemetryqueue.h"

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestCallCapture final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOverASmallCallAtItsEnd();
    void handsOverALargeCallInSegments();
    void handsOverEarlyWhileWatched();
    void handsOverWhenTheStreamPauses();
    void measuresWhatTheProxyTakes();
    void countsWhatItDoesNotCopy_data();
    void countsWhatItDoesNotCopy();
    void masksResponseHeaders();
    void ignoresWhatComesAfterTheEnd();
    void numbersCallsApart();
};

namespace {

class HandClock final : public Clock
{
public:
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return now; }
    [[nodiscard]] std::chrono::microseconds wall() const override { return 1700000000s; }

    std::chrono::nanoseconds now = 5h;
};

constexpr qint64 unlimited = std::numeric_limits<qint64>::max();
constexpr CallCapture::Limits noLimits{unlimited, unlimited};

QByteArray joined(const QList<TimedChunk>& chunks)
{
    QByteArray bytes;
    for (const TimedChunk& chunk : chunks)
        bytes += chunk.bytes;
    return bytes;
}

} // namespace

void TestCallCapture::handsOverASmallCallAtItsEnd()
{
    TelemetryQueue queue;
    HandClock clock;
    CallStart start;
    start.requestId = "r1";
    CallCapture capture(&queue, &clock, noLimits, start);
    capture.addRequestBody("ab");
    capture.addRequestBody("c");
    clock.now += 1ms;
    capture.noteRequestSent(false);
    clock.now += 1ms;
    capture.setResponse({200, "OK", {{"A", "1"}}});
    clock.now += 1ms;
    capture.addResponseBody("de");
    clock.now += 1ms;
    capture.addResponseBody("f");
    QVERIFY(queue.takeAll().segments.isEmpty());
    QVERIFY(!capture.isEnded());
    clock.now += 1ms;
    const Error error{ErrorCode::ConnectionFailed, u"reset"_s, u"openai"_s};
    capture.end(CallOutcome::UpstreamFailed, error);
    QVERIFY(capture.isEnded());

    const QList<CaptureSegment> segments = queue.takeAll().segments;
    QCOMPARE(segments.size(), 1);
    const CaptureSegment& segment = segments.first();
    QVERIFY(segment.start && segment.response && segment.end);
    QCOMPARE(segment.start->requestId, "r1"_ba);
    QCOMPARE(segment.start->startedAtUs, 1700000000'000000);
    QCOMPARE(segment.requestBody, QByteArrayList({"ab", "c"}));
    QCOMPARE(segment.response->status, 200);
    QCOMPARE(segment.response->reason, "OK"_ba);
    QCOMPARE(segment.response->atNs, 2'000'000);
    QCOMPARE(joined(segment.responseBody), "def"_ba);
    QCOMPARE(segment.responseBody.at(0).atNs, 3'000'000);
    QCOMPARE(segment.responseBody.at(1).atNs, 4'000'000);
    QCOMPARE(segment.end->outcome, CallOutcome::UpstreamFailed);
    QCOMPARE(segment.end->error, error);
    QCOMPARE(segment.end->atNs, 5'000'000);
    QCOMPARE(segment.end->requestSentNs, 1'000'000);
    QCOMPARE(segment.end->requestBytes, 3);
    QCOMPARE(segment.end->responseBytes, 3);
}

void TestCallCapture::handsOverALargeCallInSegments()
{
    TelemetryQueue queue;
    HandClock clock;
    CallCapture capture(&queue, &clock, noLimits, CallStart());
    const QByteArray chunk(5000, 'x');
    constexpr int chunks = 40;
    for (int i = 0; i < chunks; ++i) {
        capture.addResponseBody(chunk);
        // What an open call holds back stays below a few chunks.
        const qsizetype handedOver = 5000 * (i + 1) - 5000 * ((i + 1) % 4);
        QCOMPARE(queue.bytes() >= handedOver, true);
    }
    capture.end(CallOutcome::Completed);
    const QList<CaptureSegment> segments = queue.takeAll().segments;
    QCOMPARE(segments.size(), chunks / 4 + 1);
    QByteArray body;
    for (const CaptureSegment& segment : segments) {
        QCOMPARE(segment.call, segments.first().call);
        QCOMPARE(segment.start.has_value(), &segment == &segments.first());
        QCOMPARE(segment.end.has_value(), &segment == &segments.last());
        body += joined(segment.responseBody);
    }
    QCOMPARE(body, chunk.repeated(chunks));
    QCOMPARE(segments.last().end->responseBytes, body.size());
}

void TestCallCapture::handsOverEarlyWhileWatched()
{
    TelemetryQueue queue;
    HandClock clock;
    CallCapture capture(&queue, &clock, noLimits, CallStart());
    const auto segments = [&queue] { return queue.takeAll().segments; };
    capture.addRequestBody("request");
    capture.share();
    QVERIFY(segments().isEmpty()); // nobody watches
    queue.setWatched(true);
    capture.noteRequestSent(false);
    const QList<CaptureSegment> first = segments();
    QCOMPARE(first.size(), 1);
    QVERIFY(first.first().start && !first.first().response);
    QCOMPARE(first.first().requestBody, QByteArrayList({"request"}));
    capture.noteRequestSent(false); // once
    capture.share(); // nothing new
    QVERIFY(segments().isEmpty());
    capture.setResponse({200, "OK", {}});
    QCOMPARE(segments().size(), 1);
    for (int i = 1; i <= 20; ++i) {
        clock.now += 50ms;
        capture.addResponseBody("x");
        QCOMPARE(segments().size(), i % 5 == 0 ? 1 : 0);
    }
    queue.setWatched(false);
    clock.now += 1s;
    capture.addResponseBody("x");
    QVERIFY(segments().isEmpty());
    capture.end(CallOutcome::Completed);
    QCOMPARE(segments().size(), 1);
    queue.setWatched(true);
    capture.share();
    QVERIFY(segments().isEmpty());
}

void TestCallCapture::handsOverWhenTheStreamPauses()
{
    TelemetryQueue queue;
    HandClock clock;
    CallCapture capture(&queue, &clock, noLimits, CallStart());
    const auto segments = [&queue] { return queue.takeAll().segments; };
    queue.setWatched(true);
    capture.setResponse({200, "OK", {}});
    QCOMPARE(segments().size(), 1);
    clock.now += 10ms;
    capture.addResponseBody("It is ");
    clock.now += 99ms;
    capture.shareIfPaused(clock.now);
    QVERIFY(segments().isEmpty()); // more may come, and go with it
    clock.now += 1ms;
    capture.shareIfPaused(clock.now);
    const QList<CaptureSegment> shared = segments();
    QCOMPARE(shared.size(), 1);
    QCOMPARE(joined(shared.first().responseBody), "It is ");
    clock.now += 1s;
    capture.shareIfPaused(clock.now); // nothing new
    QVERIFY(segments().isEmpty());
    queue.setWatched(false);
    capture.addResponseBody("late");
    clock.now += 1s;
    capture.shareIfPaused(clock.now); // nobody watches
    QVERIFY(segments().isEmpty());
    queue.setWatched(true);
    capture.shareIfPaused(clock.now);
    QCOMPARE(segments().size(), 1);
}

void TestCallCapture::measuresWhatTheProxyTakes()
{
    for (const bool wasConnected : {true, false}) {
        TelemetryQueue queue;
        HandClock clock;
        CallCapture capture(&queue, &clock, noLimits, CallStart());
        clock.now += 5ms;
        capture.noteRequestComplete();
        clock.now += 40us;
        capture.noteRequestSent(wasConnected);
        clock.now += 300ms;
        capture.setResponse({200, "OK", {}});
        clock.now += 15us;
        capture.noteHeadSent();
        clock.now += 1ms;
        capture.noteHeadSent();
        capture.end(CallOutcome::Completed);
        const CallEnd end = *queue.takeAll().segments.first().end;
        QCOMPARE(end.addedToRequestNs, wasConnected ? 40'000 : -1);
        QCOMPARE(end.addedToResponseNs, 15'000);
    }
}

void TestCallCapture::countsWhatItDoesNotCopy_data()
{
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<qsizetype>("requestBytes"); // copied
    QTest::addColumn<qsizetype>("responseBytes");
    // A request's copy must not end in the middle of a chunk that nobody can parse; of a response the bound
    // is applied later, the chunk that crosses it comes whole.
    QTest::newRow("nothing") << qint64(0) << qsizetype(0) << qsizetype(0);
    QTest::newRow("within") << qint64(30) << qsizetype(30) << qsizetype(30);
    QTest::newRow("at a chunk's end") << qint64(20) << qsizetype(20) << qsizetype(20);
    QTest::newRow("inside a chunk") << qint64(15) << qsizetype(10) << qsizetype(20);
}

void TestCallCapture::countsWhatItDoesNotCopy()
{
    QFETCH(qint64, limit);
    QFETCH(qsizetype, requestBytes);
    QFETCH(qsizetype, responseBytes);
    TelemetryQueue queue;
    HandClock clock;
    CallCapture capture(&queue, &clock, {limit, limit}, CallStart());
    for (int i = 0; i < 3; ++i) {
        capture.addRequestBody(QByteArray(10, 'a'));
        capture.addResponseBody(QByteArray(10, 'b'));
    }
    capture.end(CallOutcome::Completed);
    const CaptureSegment segment = queue.takeAll().segments.first();
    QCOMPARE(segment.requestBody.join().size(), requestBytes);
    QCOMPARE(joined(segment.responseBody).size(), responseBytes);
    QCOMPARE(segment.end->requestBytes, 30);
    QCOMPARE(segment.end->responseBytes, 30);
}

void TestCallCapture::masksResponseHeaders()
{
    TelemetryQueue queue;
    HandClock clock;
    CallCapture capture(&queue, &clock, noLimits, CallStart());
    capture.setResponse({200, {}, {{"Set-Cookie", "session=hidden"}, {"request-id", "r"}}});
    capture.end(CallOutcome::Completed);
    const HeaderList headers = queue.takeAll().segments.first().response->headers;
    QVERIFY(!headers.value("set-cookie").contains("hidden"));
    QCOMPARE(headers.value("request-id"), "r"_ba);
}

void TestCallCapture::ignoresWhatComesAfterTheEnd()
{
    TelemetryQueue queue;
    HandClock clock;
    CallCapture capture(&queue, &clock, noLimits, CallStart());
    capture.end(CallOutcome::ClientCancelled);
    QCOMPARE(queue.takeAll().segments.size(), 1);
    capture.addRequestBody(QByteArray(100000, 'a'));
    capture.setResponse({200, {}, {}});
    capture.addResponseBody(QByteArray(100000, 'b'));
    capture.end(CallOutcome::Completed);
    QVERIFY(queue.takeAll().segments.isEmpty());
}

void TestCallCapture::numbersCallsApart()
{
    TelemetryQueue queue;
    HandClock clock;
    CallCapture first(&queue, &clock, noLimits, CallStart());
    CallCapture second(&queue, &clock, noLimits, CallStart());
    second.end(CallOutcome::Completed);
    first.end(CallOutcome::Completed);
    const QList<CaptureSegment> segments = queue.takeAll().segments;
    QCOMPARE(segments.size(), 2);
    QVERIFY(segments.at(0).call > segments.at(1).call);
}

REGISTER_TEST(TestCallCapture)
#include "tst_callcapture.moc"
