// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What arrives at Langfuse of calls that fail, are cut or are larger than a trace may be.

#include "support/testprogram.h"
#include "tracedproxy.h"

namespace {

const QByteArray streamBody
    = R"({"model":"gpt-5","stream":true,"messages":[{"role":"user","content":"Hi"}]})";
const QByteArray begun
    = "data: {\"model\":\"gpt-5\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"begun\"}}]}\n\n";

QByteArray observationValue(const LangfuseSpan& span, const QByteArray& name)
{
    return span.attributes.value("langfuse.observation." + name);
}

QJsonObject usageOf(const LangfuseSpan& span)
{
    return QJsonDocument::fromJson(observationValue(span, "usage_details")).object();
}

} // namespace

class TestFailedCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tracesAnUpstreamError();
    void tracesAnUnreachableUpstream();
    void tracesATimeout();
    void tracesACancelledStream();
    void tracesAStreamThatTheUpstreamCut_data();
    void tracesAStreamThatTheUpstreamCut();
    void keepsNothingOfCallersWithoutTheProxyKey();
    void readsUsageBehindTheTextThatIsKept_data();
    void readsUsageBehindTheTextThatIsKept();
};

void TestFailedCalls::tracesAnUpstreamError()
{
    TracedProxy site([](const ReceivedRequest&) {
        return Answer::json(
            529, R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})");
    });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(
        site.statusOf(
            requestText("POST", "/v1/messages", "X-Request-Id: r1\r\nContent-Type: application/json\r\n",
                R"({"model":"claude-opus-4-1","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]})")),
        529);
    const LangfuseSpan span = site.waitForSpanOf("r1");
    QCOMPARE(observationValue(span, "level"), "ERROR");
    QVERIFY(observationValue(span, "status_message").contains("Overloaded"));
    QCOMPARE(observationValue(span, "metadata.statusCode"), "529");
    QCOMPARE(observationValue(span, "metadata.errorCode"), "overloaded_error");
    QCOMPARE(observationValue(span, "model.name"), "claude-opus-4-1");
    QCOMPARE(usageOf(span)[QLatin1String("total")].toInt(-1), 0);
    QVERIFY(observationValue(span, "input").contains("Hi"));
    QVERIFY(observationValue(span, "output").contains("Overloaded"));
}

void TestFailedCalls::tracesAnUnreachableUpstream()
{
    TracedProxy site([](const ReceivedRequest&) { return chatAnswer(); });
    site.upstream.stopListening();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 502);
    const LangfuseSpan span = site.waitForSpanOf("r1");
    QCOMPARE(observationValue(span, "level"), "ERROR");
    QCOMPARE(observationValue(span, "metadata.errorCode"), "connection_error");
    QCOMPARE(observationValue(span, "metadata.outcome"), "upstream_failed");
    QCOMPARE(observationValue(span, "model.name"), "gpt-5");
    QVERIFY(observationValue(span, "input").contains("Hi"));
    QCOMPARE(usageOf(span)[QLatin1String("total")].toInt(-1), 0);
}

void TestFailedCalls::tracesATimeout()
{
    TracedProxy site(
        [](const ReceivedRequest&) { return UpstreamScript().hang(); }, {{"PROXY_TIMEOUT_MS", "300"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 502);
    const LangfuseSpan span = site.waitForSpanOf("r1");
    QCOMPARE(observationValue(span, "level"), "ERROR");
    QCOMPARE(observationValue(span, "metadata.errorCode"), "timeout");
    QCOMPARE(observationValue(span, "metadata.outcome"), "timed_out");
    QVERIFY(span.endNs - span.startNs >= 290'000'000);
}

void TestFailedCalls::tracesACancelledStream()
{
    TracedProxy site([](const ReceivedRequest&) {
        return Answer::sse({begun, begun}, {}, {.releasePrefix = "go"});
    });
    site.upstream.release("go0");
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(chatRequest("r1", {}, streamBody)));
    QVERIFY(client.readUntil("begun"));
    client.reset();
    QVERIFY(site.upstream.waitForClosed(1)); // nobody pays for tokens that nobody reads
    const LangfuseSpan span = site.waitForSpanOf("r1");
    QCOMPARE(observationValue(span, "level"), "WARNING");
    QCOMPARE(observationValue(span, "metadata.outcome"), "client_cancelled");
    QVERIFY(observationValue(span, "output").contains("begun"));
}

void TestFailedCalls::tracesAStreamThatTheUpstreamCut_data()
{
    QTest::addColumn<bool>("isReset");
    QTest::newRow("reset in the body") << true;
    QTest::newRow("ended without the last event") << false;
}

void TestFailedCalls::tracesAStreamThatTheUpstreamCut()
{
    QFETCH(bool, isReset);
    TracedProxy site([isReset](const ReceivedRequest&) {
        if (!isReset)
            return Answer::sse({begun});
        const HeaderList headers{{"Content-Type", "text/event-stream"}, {"Transfer-Encoding", "chunked"}};
        return UpstreamScript()
            .send(Answer::head(200, headers) + Answer::chunk(begun))
            .waitForRelease("cut")
            .reset();
    });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(chatRequest("r1", {}, streamBody)));
    QVERIFY(client.readUntil("begun"));
    site.upstream.release("cut");
    const LangfuseSpan span = site.waitForSpanOf("r1");
    QCOMPARE(observationValue(span, "level"), "ERROR");
    QCOMPARE(observationValue(span, "metadata.outcome"), isReset ? "upstream_failed" : "completed");
    QCOMPARE(observationValue(span, "metadata.errorCode"), isReset ? "connection_error" : "incomplete");
    QVERIFY(observationValue(span, "output").contains("begun"));
}

void TestFailedCalls::keepsNothingOfCallersWithoutTheProxyKey()
{
    TracedProxy site([](const ReceivedRequest&) { return chatAnswer(); }, {{"PROXY_API_KEY", "door-key-1"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1", "Authorization: Bearer wrong\r\n")), 401);
    QCOMPARE(site.statusOf(chatRequest("r2", "Authorization: Bearer door-key-1\r\n")), 200);
    QVERIFY(!site.waitForSpanOf("r2").spanId.isEmpty());
    QCOMPARE(site.count("captured"), 1);
    QCOMPARE(site.proxy.logEntries(QStringLiteral("POST /v1/chat/completions")).size(), 2);
}

void TestFailedCalls::readsUsageBehindTheTextThatIsKept_data()
{
    QTest::addColumn<bool>("isStream");
    QTest::newRow("whole") << false;
    QTest::newRow("streamed") << true;
}

void TestFailedCalls::readsUsageBehindTheTextThatIsKept()
{
    QFETCH(bool, isStream);
    const QByteArray text(300, 'y');
    const QByteArray usage
        = R"("usage":{"prompt_tokens":70000,"completion_tokens":900,"total_tokens":70900})";
    TracedProxy site(
        [&](const ReceivedRequest&) {
            if (!isStream)
                return Answer::json(200,
                    R"({"model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant","content":")"
                        + text.repeated(700) + R"("},"finish_reason":"stop"}],)" + usage + "}");
            QList<QByteArray> events(700,
                R"(data: {"model":"gpt-5","choices":[{"index":0,"delta":{"content":")" + text + "\"}}]}\n\n");
            events.append(
                R"(data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"model":"gpt-5"})"
                "\n\n");
            events.append("data: {\"model\":\"gpt-5\",\"choices\":[]," + usage + "}\n\n");
            events.append("data: [DONE]\n\n");
            return Answer::sse(events);
        },
        {{"TELEMETRY_MAX_BODY_BYTES", "500"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const QByteArray body = R"({"model":"gpt-5",)" + QByteArray(isStream ? R"("stream":true,)" : "")
        + R"("messages":[{"role":"user","content":")" + QByteArray(200'000, 'x') + R"("}]})";
    QCOMPARE(site.statusOf(chatRequest("r1", {}, body)), 200);
    const LangfuseSpan span = site.waitForSpanOf("r1");
    QCOMPARE(usageOf(span)[QLatin1String("input")].toInt(), 70000);
    QCOMPARE(usageOf(span)[QLatin1String("output")].toInt(), 900);
    QCOMPARE(observationValue(span, "model.name"), "gpt-5");
    QCOMPARE(observationValue(span, "metadata.truncated"), "true");
    QVERIFY(observationValue(span, "level").isEmpty());
    for (const char* name : {"input", "output"}) {
        const qsizetype size = observationValue(span, name).size();
        QVERIFY2(size > 100 && size < 1500, QByteArray::number(size).constData());
    }
}

REGISTER_TEST(TestFailedCalls)
#include "tst_failedcalls.moc"
