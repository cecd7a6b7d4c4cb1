// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/telemetryqueue.h"

#include <QThread>

#include <memory>

class TestTelemetryQueue final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOrder();
    void wakesOnceUntilTaken();
    void wakesForWhatWaitedBefore();
    void shedsBodiesOverTheBound();
    void keepsTheTailOfTheAnswer();
    void keepsNoTailWithoutRoom();
    void cutsInSteps();
    void losesNothingOfASmallCall();
    void dropsWholeCallsOverTheCount();
    void admitsACallAgainAfterItsEnd();
    void survivesManyThreads();
};

namespace {

CaptureSegment queuedStart(quint64 call)
{
    CaptureSegment segment;
    segment.call = call;
    segment.start = CallStart();
    return segment;
}

CaptureSegment queuedBody(quint64 call, qsizetype bytes)
{
    CaptureSegment segment;
    segment.call = call;
    segment.responseBody.append({QByteArray(bytes, 'x'), 1});
    return segment;
}

CaptureSegment queuedEnd(quint64 call)
{
    CaptureSegment segment;
    segment.call = call;
    segment.end = CallEnd();
    return segment;
}

} // namespace

void TestTelemetryQueue::keepsOrder()
{
    TelemetryQueue queue;
    queue.push(queuedStart(1));
    queue.push(queuedStart(2));
    queue.push(queuedBody(1, 10));
    const TelemetryQueue::Batch batch = queue.takeAll();
    QCOMPARE(batch.segments.size(), 3);
    QCOMPARE(batch.segments[0].call, 1u);
    QCOMPARE(batch.segments[1].call, 2u);
    QCOMPARE(batch.segments[2].responseBody.first().bytes.size(), 10);
    QVERIFY(!batch.segments[2].bodiesDropped);
    QVERIFY(batch.abandonedCalls.isEmpty());
    QVERIFY(queue.takeAll().segments.isEmpty());
}

void TestTelemetryQueue::wakesOnceUntilTaken()
{
    TelemetryQueue queue;
    int wakes = 0;
    queue.setWakeUp([&] { ++wakes; });
    queue.push(queuedStart(1));
    queue.push(queuedStart(2));
    QCOMPARE(wakes, 1);
    (void)queue.takeAll();
    queue.push(queuedStart(3));
    QCOMPARE(wakes, 2);
    queue.setWakeUp({});
    (void)queue.takeAll();
    queue.push(queuedStart(4));
    QCOMPARE(wakes, 2);
}

void TestTelemetryQueue::wakesForWhatWaitedBefore()
{
    TelemetryQueue queue;
    queue.push(queuedStart(1));
    int wakes = 0;
    queue.setWakeUp([&] { ++wakes; });
    QCOMPARE(wakes, 1);
}

void TestTelemetryQueue::shedsBodiesOverTheBound()
{
    TelemetryQueue queue({100'000, 1000, 16});
    CaptureSegment first = queuedStart(1);
    first.requestBody.append(QByteArray(90'000, 'r'));
    queue.push(first);
    CaptureSegment second = queuedBody(1, 20'000);
    second.response = CallResponse{200, "OK", {{"a", "b"}}, 5};
    queue.push(second);
    queue.push(queuedEnd(1));
    const TelemetryQueue::Batch batch = queue.takeAll();
    QCOMPARE(batch.segments.size(), 3);
    QVERIFY(!batch.segments[0].bodiesDropped);
    QVERIFY(batch.segments[1].bodiesDropped);
    QVERIFY(batch.segments[1].responseBody.isEmpty());
    QCOMPARE(batch.segments[1].response->status, 200);
    QVERIFY(!batch.segments[2].bodiesDropped); // there was nothing to drop
    QCOMPARE(queue.bytes(), 0);
}

void TestTelemetryQueue::keepsTheTailOfTheAnswer()
{
    TelemetryQueue queue({100'000, 1000, 16});
    queue.push(queuedBody(1, 95'000));
    CaptureSegment last = queuedEnd(1);
    last.responseBody = {{"dropped", 1}, {"0123456789", 2}, {"0123456789", 3}, {QByteArray(6, 'z'), 4}};
    last.requestBody = {QByteArray(10'000, 'r')};
    queue.push(last);
    const CaptureSegment kept = queue.takeAll().segments.last();
    QVERIFY(kept.bodiesDropped);
    QVERIFY(kept.requestBody.isEmpty());
    QCOMPARE(kept.responseBody.size(), 2);
    QCOMPARE(kept.responseBody[0].bytes, QByteArray("0123456789"));
    QCOMPARE(kept.responseBody[0].atNs, 3);
    QCOMPARE(kept.responseBody[1].bytes, QByteArray("zzzzzz"));
}

void TestTelemetryQueue::keepsNoTailWithoutRoom()
{
    TelemetryQueue queue({1000, 1000, 16});
    for (int i = 0; i < 10; ++i)
        queue.push(queuedStart(quint64(i))); // facts alone fill the quarter above
    CaptureSegment last = queuedEnd(1);
    last.responseBody = {{"usage", 1}};
    queue.push(last);
    const CaptureSegment kept = queue.takeAll().segments.last();
    QVERIFY(kept.bodiesDropped);
    QVERIFY(kept.responseBody.isEmpty());
    QVERIFY(kept.end.has_value());
}

void TestTelemetryQueue::cutsInSteps()
{
    TelemetryQueue queue({80'000, 1000, 16});
    CaptureSegment call = queuedStart(1);
    call.requestBody = {QByteArray(10'000, 'r'), "more"};
    call.responseBody = {{QByteArray(10'000, 'a'), 1}, {"usage", 2}};
    call.end = CallEnd();
    queue.push(queuedBody(9, 79'000)); // next to full
    queue.push(call); // bodies cut
    queue.push(queuedBody(9, 600)); // these count nothing but themselves
    while (queue.bytes() < 90'000)
        queue.push(queuedStart(8));
    queue.push(call); // usage only
    while (queue.bytes() < 100'000)
        queue.push(queuedStart(8));
    queue.push(call); // facts only
    QList<CaptureSegment> calls = queue.takeAll().segments;
    calls.removeIf([](const CaptureSegment& segment) { return segment.call != 1; });
    QCOMPARE(calls.size(), 3);
    QCOMPARE(calls[0].requestBody, QList<QByteArray>{QByteArray(16, 'r')});
    for (qsizetype i : {0, 1}) {
        QCOMPARE(calls[i].responseBody.size(), 2);
        QCOMPARE(calls[i].responseBody[0].bytes, QByteArray(11, 'a'));
        QCOMPARE(calls[i].responseBody[1].bytes, QByteArray("usage"));
    }
    QVERIFY(calls[1].requestBody.isEmpty());
    QVERIFY(calls[2].requestBody.isEmpty() && calls[2].responseBody.isEmpty());
    for (const CaptureSegment& segment : calls)
        QVERIFY(segment.bodiesDropped && segment.start && segment.end);

    queue.push(call);
    QVERIFY(!queue.takeAll().segments.first().bodiesDropped); // all is well again
}

void TestTelemetryQueue::losesNothingOfASmallCall()
{
    TelemetryQueue queue({80'000, 1000, 16});
    queue.push(queuedBody(9, 79'990));
    CaptureSegment small = queuedStart(1);
    small.requestBody = {"question"};
    small.responseBody = {{"answer", 1}};
    small.end = CallEnd();
    queue.push(small);
    const CaptureSegment kept = queue.takeAll().segments.last();
    QCOMPARE(kept.requestBody, QList<QByteArray>{"question"});
    QCOMPARE(kept.responseBody.size(), 1);
    QVERIFY(!kept.bodiesDropped);
}

void TestTelemetryQueue::dropsWholeCallsOverTheCount()
{
    TelemetryQueue queue({1 << 20, 2, 16});
    queue.push(queuedStart(1));
    queue.push(queuedStart(2));
    queue.push(queuedBody(1, 10)); // over: call 1 goes
    queue.push(queuedStart(3)); // and call 3
    queue.push(queuedBody(3, 10));
    TelemetryQueue::Batch batch = queue.takeAll();
    QCOMPARE(batch.segments.size(), 2);
    QCOMPARE(batch.abandonedCalls, QList<quint64>{1}); // nothing of call 3 was let in
    QCOMPARE(batch.droppedCalls, 0); // they have not ended

    queue.push(queuedEnd(1)); // the rest of a dropped call
    queue.push(queuedEnd(2));
    batch = queue.takeAll();
    QCOMPARE(batch.segments.size(), 1);
    QCOMPARE(batch.segments.first().call, 2u);
    QVERIFY(batch.abandonedCalls.isEmpty());
    QCOMPARE(batch.droppedCalls, 1);

    int wakes = 0;
    queue.setWakeUp([&] { ++wakes; });
    CaptureSegment last = queuedEnd(3);
    last.end->requestBytes = 100;
    last.end->responseBytes = 23;
    queue.push(last);
    QCOMPARE(wakes, 1); // to be counted
    batch = queue.takeAll();
    QCOMPARE(batch.droppedCalls, 1);
    QCOMPARE(batch.droppedBytes, 123);
}

void TestTelemetryQueue::admitsACallAgainAfterItsEnd()
{
    TelemetryQueue queue({1 << 20, 1, 16});
    queue.push(queuedStart(1));
    queue.push(queuedStart(2));
    queue.push(queuedEnd(2));
    CaptureSegment whole = queuedStart(4);
    whole.end = CallEnd();
    queue.push(whole); // dropped, nothing of it follows
    QCOMPARE(queue.takeAll().droppedCalls, 2);
    queue.push(queuedStart(2));
    QCOMPARE(queue.takeAll().segments.size(), 1);
    queue.push(queuedStart(4));
    QCOMPARE(queue.takeAll().segments.size(), 1);
}

void TestTelemetryQueue::survivesManyThreads()
{
    constexpr quint64 threadCount = 4;
    constexpr quint64 callsEach = 5000;
    TelemetryQueue queue;
    QAtomicInt wakes = 0;
    queue.setWakeUp([&] { wakes.ref(); });
    std::vector<std::unique_ptr<QThread>> threads;
    for (quint64 number = 0; number < threadCount; ++number) {
        threads.emplace_back(QThread::create([&queue, number] {
            for (quint64 call = 0; call < callsEach; ++call)
                queue.push(queuedBody(number * callsEach + call, 3));
        }));
        threads.back()->start();
    }
    QList<quint64> next(threadCount, 0);
    quint64 seen = 0;
    int batches = 0;
    while (seen < threadCount * callsEach) {
        const TelemetryQueue::Batch batch = queue.takeAll();
        batches += batch.segments.isEmpty() ? 0 : 1;
        for (const CaptureSegment& segment : batch.segments) {
            QCOMPARE(segment.call % callsEach, next[qsizetype(segment.call / callsEach)]++);
            ++seen;
        }
        QThread::yieldCurrentThread();
    }
    for (const auto& thread : threads)
        QVERIFY(thread->wait(5000));
    QCOMPARE(wakes.loadRelaxed(), batches);
}

REGISTER_TEST(TestTelemetryQueue)
#include "tst_telemetryqueue.moc"
