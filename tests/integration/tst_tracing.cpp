// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What arrives at Langfuse of calls that succeed: model, text, tools, thinking, usage, attribution.

#include "callsamples.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

namespace {

const QByteArray traceId = "0af7651916cd43dd8448eb211c80319c";
const QByteArray parentId = "b7ad6b7169203331";

UpstreamScript answer(const ReceivedRequest& request)
{
    return callSamples().at(request.headers.value("x-sample").toInt()).answer;
}

QByteArray attribute(const LangfuseSpan& span, const QByteArray& name)
{
    return span.attributes.value("langfuse." + name);
}

} // namespace

class TestTracing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tracesCalls_data();
    void tracesCalls();
    void takesAttributionFromHeaders();
    void takesAnythingAsRequestId();
    void nestsBelowTheCallersSpan_data();
    void nestsBelowTheCallersSpan();

private:
    /// The span of a call of the first sample with these header lines.
    LangfuseSpan call(const QByteArray& requestId, const QByteArray& fields)
    {
        if (m_site.statusOf(chatRequest(requestId, "X-Sample: 0\r\n" + fields)) != 200)
            return {};
        return m_site.waitForSpanOf(requestId);
    }

    TracedProxy m_site{answer, {{"LANGFUSE_TRACING_ENVIRONMENT", "staging"}, {"LANGFUSE_RELEASE", "v7"}}};
};

void TestTracing::initTestCase()
{
    (void)callSamples(); // made on this thread, read on the upstream's
    QVERIFY2(m_site.proxy.start(), m_site.proxy.errorText());
}

void TestTracing::tracesCalls_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < callSamples().size(); ++i)
        QTest::newRow(callSamples().at(i).name) << i;
}

void TestTracing::tracesCalls()
{
    QFETCH(int, index);
    const CallSample& sample = callSamples().at(index);
    const bool isStream = QByteArray(sample.name).endsWith("streamed");
    const QByteArray id = "sample-" + QByteArray::number(index);
    QCOMPARE(m_site.statusOf(requestText("POST", sample.target,
                 "Content-Type: application/json\r\nX-Sample: " + QByteArray::number(index)
                     + "\r\nX-Request-Id: " + id + "\r\n",
                 sample.request)),
        200);
    const LangfuseSpan span = m_site.waitForSpanOf(id);
    QCOMPARE(attribute(span, "observation.type"), "generation");
    QCOMPARE(attribute(span, "observation.model.name"), sample.model);
    QCOMPARE(attribute(span, "trace.name"), sample.target.split('?').first());
    QCOMPARE(attribute(span, "observation.metadata.isStreaming"), isStream ? "true" : "false");
    QCOMPARE(!attribute(span, "observation.completion_start_time").isEmpty(), isStream);
    QVERIFY(attribute(span, "observation.level").isEmpty());
    QVERIFY(attribute(span, "observation.input").contains("Weather?"));
    const QByteArray output = attribute(span, "observation.output");
    for (const QByteArray& part :
        {QByteArray("It is sunny"), QByteArray("get_weather"), QByteArray("Paris"), sample.thinking})
        QVERIFY2(output.contains(part), output.constData());
    const QByteArray usage = attribute(span, "observation.usage_details");
    QCOMPARE(QJsonDocument::fromJson(usage).toJson(QJsonDocument::Compact), sample.usage);
    QCOMPARE(attribute(span, "environment"), "staging");
    QCOMPARE(attribute(span, "release"), "v7");
    QVERIFY(span.startNs > 0 && span.endNs > span.startNs);
}

void TestTracing::takesAttributionFromHeaders()
{
    const LangfuseSpan span = call("who",
        "X-Session-Id: session 1\r\nX-User-Id: user-1\r\nX-Langfuse-Tags: a, b\r\n"
        "X-Langfuse-Metadata: {\"team\":\"blue\",\"n\":12345678901234567890}\r\n");
    QCOMPARE(attribute(span, "session.id"), "session 1");
    QCOMPARE(attribute(span, "user.id"), "user-1");
    const QList<QByteArray> tags = attribute(span, "trace.tags").split('\n');
    QVERIFY(tags.contains("a") && tags.contains("b"));
    QCOMPARE(attribute(span, "trace.metadata.team"), "blue");
    QCOMPARE(attribute(span, "trace.metadata.n"), "12345678901234567890");
    QVERIFY(span.parentSpanId.isEmpty());
}

void TestTracing::takesAnythingAsRequestId()
{
    QCOMPARE(call("0af76519-16cd-43dd-8448-eb211c80319c", {}).traceId, traceId);
    const LangfuseSpan word = call("a-word", {});
    QCOMPARE(word.traceId.size(), 32);
    QCOMPARE(call("b-word", {}).traceId == word.traceId, false);
    QCOMPARE(attribute(word, "trace.metadata.request_id"), "a-word");
}

void TestTracing::nestsBelowTheCallersSpan_data()
{
    QTest::addColumn<QByteArray>("baggage");
    QTest::addColumn<bool>("isAppRoot");
    QTest::newRow("a caller that Langfuse does not know") << QByteArray() << true;
    QTest::newRow("a caller with Langfuse's SDK")
        << QByteArray("Baggage: langfuse_trace_id=" + traceId + ",langfuse_session_id=s%201\r\n") << false;
}

void TestTracing::nestsBelowTheCallersSpan()
{
    QFETCH(QByteArray, baggage);
    QFETCH(bool, isAppRoot);
    const QByteArray id = isAppRoot ? "nested-1" : "nested-2";
    const LangfuseSpan span = call(id, "traceparent: 00-" + traceId + "-" + parentId + "-01\r\n" + baggage);
    QCOMPARE(span.traceId, traceId);
    QCOMPARE(span.parentSpanId, parentId);
    QCOMPARE(attribute(span, "internal.is_app_root"), isAppRoot ? "true" : "");
    QCOMPARE(attribute(span, "trace.name"), isAppRoot ? "/v1/chat/completions" : "");
    QCOMPARE(attribute(span, "session.id"), isAppRoot ? "" : "s 1");
}

REGISTER_TEST(TestTracing)
#include "tst_tracing.moc"
