// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/telemetrypipeline.h"

#include "base/threadholder.h"

#include <QSignalSpy>

class TestTelemetryPipeline final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesARecordOfEachCall();
    void answersAWakeUpByItself();
    void keepsInterleavedCallsApart();
    void ignoresUnknownCalls();
    void givesUpDroppedCalls();
    void joinsNothingOverAGap();
    void finishesOpenCallsWhenAsked();
    void worksAcrossThreads();
    void showsOpenCallsWhileWatched();
};

namespace {

constexpr qsizetype pipelineBound = 1 << 20;

CaptureSegment startFor(quint64 call)
{
    CaptureSegment segment;
    segment.call = call;
    segment.start.emplace();
    segment.start->requestId = QByteArray::number(call);
    segment.start->provider = "openai";
    segment.start->method = "GET";
    segment.start->target = "/v1/models";
    return segment;
}

CaptureSegment bodyFor(quint64 call, const QByteArray& body)
{
    CaptureSegment segment;
    segment.call = call;
    segment.requestBody = {body};
    return segment;
}

CaptureSegment endFor(quint64 call)
{
    CaptureSegment segment;
    segment.call = call;
    segment.end.emplace();
    return segment;
}

/// The records that a pipeline gives, in order.
class Records final
{
public:
    explicit Records(TelemetryPipeline* pipeline)
        : m_spy(pipeline, &TelemetryPipeline::recordFinished)
    {
    }

    qsizetype size() const { return m_spy.size(); }
    TraceRecord at(qsizetype index) const { return m_spy.at(index).first().value<TraceRecord>(); }

private:
    QSignalSpy m_spy;
};

} // namespace

void TestTelemetryPipeline::makesARecordOfEachCall()
{
    TelemetryQueue queue;
    TelemetryPipeline pipeline(&queue, pipelineBound);
    const Records records(&pipeline);
    queue.push(startFor(1));
    queue.push(endFor(1));
    pipeline.drain();
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.at(0).requestId, QByteArray("1"));
    QCOMPARE(pipeline.openCalls(), 0);
    pipeline.drain();
    QCOMPARE(records.size(), 1);
}

void TestTelemetryPipeline::answersAWakeUpByItself()
{
    TelemetryQueue queue;
    TelemetryPipeline pipeline(&queue, pipelineBound);
    const Records records(&pipeline);
    queue.setWakeUp([&] { pipeline.wake(); });
    queue.push(startFor(1));
    queue.push(endFor(1));
    QCOMPARE(records.size(), 0);
    QTRY_COMPARE(records.size(), 1);
    queue.push(startFor(2));
    queue.push(endFor(2));
    QTRY_COMPARE(records.size(), 2);
}

void TestTelemetryPipeline::keepsInterleavedCallsApart()
{
    TelemetryQueue queue;
    TelemetryPipeline pipeline(&queue, pipelineBound);
    const Records records(&pipeline);
    queue.push(startFor(1));
    queue.push(startFor(2));
    queue.push(bodyFor(1, "one"));
    pipeline.drain();
    QCOMPARE(pipeline.openCalls(), 2);
    queue.push(bodyFor(2, "two"));
    queue.push(endFor(2));
    queue.push(bodyFor(1, " more"));
    queue.push(endFor(1));
    pipeline.drain();
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.at(0).requestBody, QByteArray("two"));
    QCOMPARE(records.at(1).requestBody, QByteArray("one more"));
}

void TestTelemetryPipeline::ignoresUnknownCalls()
{
    TelemetryQueue queue;
    TelemetryPipeline pipeline(&queue, pipelineBound);
    const Records records(&pipeline);
    queue.push(bodyFor(7, "x"));
    queue.push(endFor(7));
    pipeline.drain();
    QCOMPARE(records.size(), 0);
    QCOMPARE(pipeline.openCalls(), 0);
}

void TestTelemetryPipeline::givesUpDroppedCalls()
{
    TelemetryQueue queue({1 << 20, 2, 0});
    TelemetryPipeline pipeline(&queue, pipelineBound);
    const Records records(&pipeline);
    QSignalSpy dropped(&pipeline, &TelemetryPipeline::callsDropped);
    queue.push(startFor(1));
    queue.push(startFor(2));
    queue.push(bodyFor(1, "over"));
    queue.push(startFor(3));
    pipeline.drain();
    QCOMPARE(pipeline.openCalls(), 1);
    QCOMPARE(dropped.size(), 0);
    for (quint64 call : {1, 2, 3}) {
        CaptureSegment last = endFor(call);
        last.end->requestBytes = qint64(call) * 10;
        queue.push(last);
    }
    pipeline.drain();
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.at(0).requestId, QByteArray("2"));
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(dropped.at(0).at(0).toLongLong(), 2);
    QCOMPARE(dropped.at(0).at(1).toLongLong(), 40);
    QCOMPARE(dropped.at(0).at(2).toByteArray(), QByteArray("queue_full"));
    pipeline.drain();
    QCOMPARE(dropped.size(), 1);
}

void TestTelemetryPipeline::joinsNothingOverAGap()
{
    // The request's middle is missing, but both ends would make a good document.
    TelemetryQueue queue;
    TelemetryPipeline pipeline(&queue, pipelineBound);
    const Records records(&pipeline);
    CaptureSegment first = startFor(1);
    first.start->method = "POST";
    first.start->target = "/v1/chat/completions";
    first.start->requestHeaders = {{"content-type", "application/json"}};
    first.requestBody = {R"({"model":"m","messages":[{"role":"user","content":"a)"};
    first.bodiesDropped = true;
    queue.push(first);
    queue.push(bodyFor(1, R"(b"}]})"));
    CaptureSegment last = endFor(1);
    last.end->requestBytes = 1000;
    last.response = CallResponse{200, "OK", {{"content-type", "application/json"}}, 5};
    last.responseBody
        = {{R"({"model":"m-2","choices":[{"index":0,"message":{"role":"assistant","content":"c"}}]})", 6}};
    queue.push(last);
    pipeline.drain();
    QCOMPARE(records.size(), 1);
    const TraceRecord record = records.at(0);
    QVERIFY(record.bodiesDropped && record.isTruncated);
    QVERIFY(record.input.isEmpty());
    QVERIFY(record.requestText.startsWith(R"({"model":"m","mess)") && !record.requestText.contains("b\""));
    QCOMPARE(record.responseModel, QByteArray("m-2")); // the answer is whole
    QCOMPARE(record.errorCode, QByteArray());
}

void TestTelemetryPipeline::finishesOpenCallsWhenAsked()
{
    TelemetryQueue queue;
    TelemetryPipeline pipeline(&queue, pipelineBound);
    const Records records(&pipeline);
    queue.push(startFor(1));
    queue.push(startFor(2));
    pipeline.drain();
    QCOMPARE(records.size(), 0);
    pipeline.finishAll();
    QCOMPARE(records.size(), 2);
    QCOMPARE(records.at(0).errorCode, QByteArray("incomplete"));
    QCOMPARE(pipeline.openCalls(), 0);
    queue.push(endFor(1)); // too late, and harmless
    pipeline.drain();
    QCOMPARE(records.size(), 2);
}

void TestTelemetryPipeline::worksAcrossThreads()
{
    constexpr quint64 calls = 2000;
    TelemetryQueue queue;
    ThreadHolder telemetry(QStringLiteral("telemetry"));
    std::unique_ptr<TelemetryPipeline> pipeline;
    QAtomicInt finished = 0;
    telemetry.run([&] {
        pipeline = std::make_unique<TelemetryPipeline>(&queue, pipelineBound);
        TelemetryPipeline* target = pipeline.get();
        connect(target, &TelemetryPipeline::recordFinished, target, [&] { finished.ref(); });
        queue.setWakeUp(
            [target] { QMetaObject::invokeMethod(target, &TelemetryPipeline::wake, Qt::QueuedConnection); });
    });
    for (quint64 call = 1; call <= calls; ++call) {
        queue.push(startFor(call));
        queue.push(endFor(call));
    }
    QTRY_COMPARE(quint64(finished.loadRelaxed()), calls);
    telemetry.run([&] { pipeline.reset(); });
    queue.push(startFor(1)); // nobody is woken any more
}

void TestTelemetryPipeline::showsOpenCallsWhileWatched()
{
    TelemetryQueue queue;
    TelemetryPipeline pipeline(&queue, pipelineBound);
    const Records records(&pipeline);
    QList<LiveCall> seen;
    connect(
        &pipeline, &TelemetryPipeline::callSeen, &pipeline, [&](const LiveCall& call) { seen.append(call); });
    CaptureSegment start = startFor(1);
    start.start->method = "POST";
    start.start->target = "/v1/chat/completions";
    start.start->requestHeaders = {{"X-Session-Id", "s1"}};
    start.start->credentials = {Secret("sk-consumer-0123456789")};
    start.requestBody
        = {R"({"model":"gpt-5","messages":[{"role":"user","content":"Hi sk-consumer-0123456789"}]})"};
    queue.push(start);
    pipeline.drain();
    QVERIFY(seen.isEmpty()); // nobody watches
    queue.setWatched(true);
    pipeline.showOpenCalls();
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen.last().facts.attribution.sessionId, "s1");
    QCOMPARE(seen.last().facts.responseHeadUs, -1);
    QVERIFY(seen.last().facts.requestHeaders.isEmpty() && seen.last().facts.input.isEmpty());

    CaptureSegment answer;
    answer.call = 1;
    answer.response = CallResponse{200, "OK", {{"content-type", "text/event-stream"}}, 1000};
    answer.responseBody
        = {{"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"key sk-consu\"}}]}\n\n", 2000}};
    queue.push(answer);
    pipeline.drain();
    QCOMPARE(seen.size(), 2);
    QCOMPARE(seen.last().facts.requestModel, "gpt-5");
    QCOMPARE(seen.last().preview, "Hi ***");
    QCOMPARE(seen.last().texts, QList<LiveText>({{0, 0, Part::Kind::Text, {}, 0, "key "}}));
    CaptureSegment rest = endFor(1);
    rest.responseBody
        = {{"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"mer-0123456789!\"}}]}\n\n", 3000}};
    queue.push(rest);
    pipeline.drain();
    QCOMPARE(seen.size(), 3);
    QCOMPARE(seen.last().texts, QList<LiveText>({{0, 0, Part::Kind::Text, {}, 4, "***!"}}));
    QCOMPARE(records.size(), 1);
    QCOMPARE(records.at(0).id, seen.first().facts.id);
    QCOMPARE(records.at(0).requestModel, "gpt-5"); // also when it was read early
    QCOMPARE(records.at(0).output.messages.first().parts.first().text, "key ***!");
}

REGISTER_TEST(TestTelemetryPipeline)
#include "tst_telemetrypipeline.moc"
