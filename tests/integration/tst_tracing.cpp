// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What arrives at Langfuse of calls that succeed: model, text, tools, thinking, usage, attribution.

#include "callsamples.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

namespace {

const QByteArray consumerTraceId = "0af7651916cd43dd8448eb211c80319c";
const QByteArray consumerSpanId = "b7ad6b7169203331";

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

    TracedProxy m_site{
        answerSample, {{"LANGFUSE_TRACING_ENVIRONMENT", "staging"}, {"LANGFUSE_RELEASE", "v7"}}};
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
    QCOMPARE(langfuseAttribute(span, "observation.type"), "generation");
    QCOMPARE(langfuseAttribute(span, "observation.model.name"), sample.model);
    QCOMPARE(langfuseAttribute(span, "trace.name"), sample.target.split('?').first());
    QCOMPARE(langfuseAttribute(span, "observation.metadata.isStreaming"), isStream ? "true" : "false");
    QCOMPARE(!langfuseAttribute(span, "observation.completion_start_time").isEmpty(), isStream);
    QVERIFY(langfuseAttribute(span, "observation.level").isEmpty());
    QVERIFY(langfuseAttribute(span, "observation.input").contains("Weather?"));
    const QByteArray output = langfuseAttribute(span, "observation.output");
    for (const QByteArray& part :
        {QByteArray("It is sunny"), QByteArray("get_weather"), QByteArray("Paris"), sample.thinking})
        QVERIFY2(output.contains(part), output.constData());
    const QByteArray usage = langfuseAttribute(span, "observation.usage_details");
    QCOMPARE(QJsonDocument::fromJson(usage).toJson(QJsonDocument::Compact), sample.usage);
    QCOMPARE(langfuseAttribute(span, "environment"), "staging");
    QCOMPARE(langfuseAttribute(span, "release"), "v7");
    QVERIFY(span.startNs > 0 && span.endNs > span.startNs);
}

void TestTracing::takesAttributionFromHeaders()
{
    const LangfuseSpan span = call("who",
        "X-Session-Id: session 1\r\nX-User-Id: user-1\r\nX-Langfuse-Tags: a, b\r\n"
        "X-Langfuse-Metadata: {\"team\":\"blue\",\"n\":12345678901234567890}\r\n");
    QCOMPARE(langfuseAttribute(span, "session.id"), "session 1");
    QCOMPARE(langfuseAttribute(span, "user.id"), "user-1");
    const QList<QByteArray> tags = langfuseAttribute(span, "trace.tags").split('\n');
    QVERIFY(tags.contains("a") && tags.contains("b"));
    QCOMPARE(langfuseAttribute(span, "trace.metadata.team"), "blue");
    QCOMPARE(langfuseAttribute(span, "trace.metadata.n"), "12345678901234567890");
    QVERIFY(span.parentSpanId.isEmpty());
}

void TestTracing::takesAnythingAsRequestId()
{
    QCOMPARE(call("0af76519-16cd-43dd-8448-eb211c80319c", {}).traceId, consumerTraceId);
    const LangfuseSpan word = call("a-word", {});
    QCOMPARE(word.traceId.size(), 32);
    QCOMPARE(call("b-word", {}).traceId == word.traceId, false);
    QCOMPARE(langfuseAttribute(word, "trace.metadata.request_id"), "a-word");
}

void TestTracing::nestsBelowTheCallersSpan_data()
{
    QTest::addColumn<QByteArray>("baggage");
    QTest::addColumn<bool>("isAppRoot");
    QTest::newRow("a caller that Langfuse does not know") << QByteArray() << true;
    QTest::newRow("a caller with Langfuse's SDK")
        << QByteArray("Baggage: langfuse_trace_id=" + consumerTraceId + ",langfuse_session_id=s%201\r\n")
        << false;
}

void TestTracing::nestsBelowTheCallersSpan()
{
    QFETCH(QByteArray, baggage);
    QFETCH(bool, isAppRoot);
    const QByteArray id = isAppRoot ? "nested-1" : "nested-2";
    const LangfuseSpan span
        = call(id, "traceparent: 00-" + consumerTraceId + "-" + consumerSpanId + "-01\r\n" + baggage);
    QCOMPARE(span.traceId, consumerTraceId);
    QCOMPARE(span.parentSpanId, consumerSpanId);
    QCOMPARE(langfuseAttribute(span, "internal.is_app_root"), isAppRoot ? "true" : "");
    QCOMPARE(langfuseAttribute(span, "trace.name"), isAppRoot ? "/v1/chat/completions" : "");
    QCOMPARE(langfuseAttribute(span, "session.id"), isAppRoot ? "" : "s 1");
}

REGISTER_TEST(TestTracing)
#include "tst_tracing.moc"
