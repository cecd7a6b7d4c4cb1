// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What REDACT_*, TELEMETRY_CONTENT and PRICES_FILE make of calls, seen from outside: the consumer gets every
// byte, and what was named is neither at Langfuse nor in the log nor in the bytes of the store.

#include "support/testprogram.h"
#include "storedbytes.h"
#include "tracedproxy.h"

#include <QJsonArray>

namespace {

const QByteArray markedMail = "jo.marker@example.com";
const QByteArray markedPattern = "EMP-777001";
const QByteArray markedPassword = "hunter2-marker";

/// Request of each call: all that is sensitive, in a message, in tool arguments, in metadata.
const QByteArray requestBody
    = R"({"model":"gpt-5","messages":[{"role":"user","content":"I am jo.marker\u0040example.com, EMP-777001"},)"
      R"({"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":)"
      R"({"name":"login","arguments":"{\"password\":\"hunter2-marker\"}"}}]},)"
      R"({"role":"tool","tool_call_id":"call_1","content":"jo.marker@example.com"}],)"
      R"("tools":[{"type":"function","function":{"name":"login","description":"as jo.marker@example.com"}}],)"
      R"("stop":["jo.marker@example.com"],"metadata":{"owner":"jo.marker@example.com"},"temperature":0.5})";

const QByteArray usageJson = R"("usage":{"prompt_tokens":30,"completion_tokens":20,"total_tokens":50})";

QByteArray delta(const QByteArray& content)
{
    return R"(data: {"id":"c","model":"gpt-5-2025-08-07","choices":[{"index":0,"delta":{"content":")"
        + content + "\"}}]}\n\n";
}

UpstreamScript answerPersonalData(const ReceivedRequest& request)
{
    const QByteArray how = request.headers.value("x-how");
    const QByteArray json
        = R"x({"id":"c","model":"gpt-5-2025-08-07","choices":[{"index":0,"message":{"role":"assistant",)x"
          R"x("content":"You are jo.marker@example.com (EMP-777001)"},"finish_reason":"stop"}],)x"
        + usageJson + '}';
    if (how == "stream") {
        // The address in three events, cut in its middle by chunks of the framing too.
        return Answer::sse({delta("You are jo.mar"), delta("ker@exam").first(20),
            delta("ker@exam").sliced(20), delta("ple.com (EMP-77"), delta("7001)"),
            "data: {\"id\":\"c\",\"model\":\"gpt-5-2025-08-07\",\"choices\":[{\"index\":0,\"delta\":{},"
            "\"finish_reason\":\"stop\"}],"
                + usageJson + "}\n\n",
            "data: [DONE]\n\n"});
    }
    if (how == "gzip")
        return Answer::gzipJson(200, json);
    if (how == "error")
        return Answer::json(400,
            R"({"error":{"type":"invalid_request_error","message":"Who is jo.marker@example.com? EMP-777001"}})");
    if (how == "text")
        return Answer::contentLength(
            502, {{"Content-Type", "text/html"}}, "<p>jo.marker@example.com EMP-777001</p>");
    return Answer::json(200, json);
}

QByteArray textOf(const LangfuseSpan& span)
{
    QByteArray text = span.name + ' ' + span.statusMessage;
    for (auto it = span.attributes.cbegin(); it != span.attributes.cend(); ++it)
        text += it.key() + ' ' + it.value() + '\n';
    return text;
}

QByteArray requestFor(const QByteArray& how, const QByteArray& body = requestBody)
{
    return chatRequest("r1",
        "X-How: " + how
            + "\r\nX-User-Id: jo.marker@example.com\r\nX-Forwarded-For: 10.11.12.13\r\n"
              "X-Langfuse-Metadata: {\"owner\":\"jo.marker@example.com\"}\r\n",
        body);
}

} // namespace

class TestContent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redacts_data();
    void redacts();
    void keepsContentOut_data();
    void keepsContentOut();
    void leavesNotesUncounted_data();
    void leavesNotesUncounted();
    void pricesCalls_data();
    void pricesCalls();
    void refusesBadRules_data();
    void refusesBadRules();
};

void TestContent::redacts_data()
{
    QTest::addColumn<QByteArray>("how");
    for (const char* how : {"plain", "stream", "gzip", "error", "text"})
        QTest::newRow(how) << QByteArray(how);
}

void TestContent::redacts()
{
    QFETCH(QByteArray, how);
    TracedProxy site(answerPersonalData,
        {{"LOG_LEVEL", "debug"}, {"REDACT", "email, ip"}, {"REDACT_PATTERNS", R"(EMP-\d{6})"},
            {"REDACT_JSON_PATHS", "$..password"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const Result<RawResponse> response = site.exchange(requestFor(how));
    QVERIFY2(response, reasonOf(response).constData());
    const QList<ReceivedRequest> requests = site.upstream.requests();
    QVERIFY(requests.last().body.contains(markedPassword) && requests.last().body.contains("jo.marker"));
    if (how != "stream" && how != "gzip")
        QVERIFY(response->body.contains(markedMail) && response->body.contains(markedPattern));

    const LangfuseSpan span = site.waitForSpanOf("r1");
    QVERIFY(!span.spanId.isEmpty());
    const QByteArray delivered = textOf(span);
    QVERIFY2(delivered.contains("[EMAIL]") && delivered.contains("[REDACTED]"), delivered.constData());
    const QByteArray output = span.attributes.value("langfuse.observation.output");
    if (how == "plain" || how == "stream" || how == "gzip")
        QVERIFY2(output.contains("You are [EMAIL] ([REDACTED])"), output.constData());
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    const QByteArray stored = storedBytes(site.proxy);
    QVERIFY(!stored.isEmpty());
    const QByteArray log = site.proxy.errorLines().join('\n') + site.proxy.outputLines().join('\n');
    for (const QByteArray& secret : {QByteArray("jo.mar"), QByteArray("ker@exam"), markedPattern,
             markedPassword, QByteArray("10.11.12.13")}) {
        QVERIFY2(!delivered.contains(secret), delivered.constData());
        QVERIFY2(!stored.contains(secret), secret.constData());
        QVERIFY2(!log.contains(secret), log.constData());
    }
    if (how == "gzip")
        QVERIFY(!stored.contains(response->body));
}

void TestContent::keepsContentOut_data()
{
    redacts_data();
    QTest::newRow("unknown") << QByteArray("unknown");
}

void TestContent::keepsContentOut()
{
    QFETCH(QByteArray, how);
    TracedProxy site(answerPersonalData, {{"LOG_LEVEL", "debug"}, {"TELEMETRY_CONTENT", "metadata"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const QByteArray body = QByteArray(requestBody)
                                .replace(markedMail, "MARKER")
                                .replace("jo.marker\\u0040example.com", "MARKER");
    QByteArray request = chatRequest("r1", "X-How: " + how + "\r\nX-User-Id: somebody\r\n", body);
    if (how == "unknown")
        request.replace("/v1/chat/completions", "/v1/unknown?q=MARKER");
    const Result<RawResponse> response = site.exchange(request);
    QVERIFY2(response, reasonOf(response).constData());

    const LangfuseSpan span = site.waitForSpanOf("r1");
    QVERIFY(!span.spanId.isEmpty());
    const QByteArray delivered = textOf(span);
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    const QByteArray stored = storedBytes(site.proxy);
    QVERIFY(!stored.isEmpty());
    const QByteArray log = site.proxy.errorLines().join('\n') + site.proxy.outputLines().join('\n');
    for (const QByteArray& content :
        {QByteArray("MARKER"), QByteArray("jo.mar"), QByteArray("ker@exam"), markedPattern, markedPassword}) {
        QVERIFY2(!delivered.contains(content), delivered.constData());
        QVERIFY2(!stored.contains(content), content.constData());
        QVERIFY2(!log.contains(content), log.constData());
    }
    if (how == "gzip")
        QVERIFY(!stored.contains(response->body));
    QCOMPARE(span.attributes.value("langfuse.user.id"), "somebody");
    if (how == "unknown")
        return;
    const QByteArray input = span.attributes.value("langfuse.observation.input");
    QVERIFY2(input.contains("login") && input.contains("assistant") && input.contains("bytes]"),
        input.constData());
    QVERIFY(delivered.contains("gpt-5"));
    if (how != "error" && how != "text")
        QVERIFY(span.attributes.value("langfuse.observation.usage_details").contains("\"total\":50"));
}

void TestContent::leavesNotesUncounted_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<bool>("isCounted"); // by Langfuse, from the text
    QTest::newRow("full") << QByteArray("full") << true;
    QTest::newRow("metadata") << QByteArray("metadata") << false;
}

/// Langfuse counts and charges the text of a generation that names a model and no usage.
void TestContent::leavesNotesUncounted()
{
    QFETCH(QByteArray, mode);
    QFETCH(bool, isCounted);
    TracedProxy site(
        [](const ReceivedRequest&) {
            return Answer::sse({delta("Hello"),
                "data: {\"id\":\"c\",\"model\":\"gpt-5-2025-08-07\",\"choices\":[{\"index\":0,\"delta\":{},"
                "\"finish_reason\":\"stop\"}]}\n\n",
                "data: [DONE]\n\n"});
        },
        {{"TELEMETRY_CONTENT", mode}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    const LangfuseSpan span = site.waitForSpanOf("r1");
    QCOMPARE(span.attributes.value("langfuse.observation.type"), "generation");
    QVERIFY(!span.attributes.contains("langfuse.observation.usage_details"));
    QCOMPARE(span.attributes.contains("langfuse.observation.model.name"), isCounted);
    QCOMPARE(span.attributes.value("langfuse.observation.metadata.model"),
        isCounted ? QByteArray() : QByteArray("gpt-5-2025-08-07"));
    QCOMPARE(span.attributes.value("langfuse.observation.output").contains("Hello"), isCounted);
}

void TestContent::pricesCalls_data()
{
    QTest::addColumn<QByteArray>("prices"); // the user's file; empty: none
    QTest::addColumn<QByteArray>("reported"); // by the provider
    QTest::addColumn<double>("dollars"); // -1: no cost
    // 30 and 20 tokens of gpt-5: 1.25 and 10 dollars a million.
    QTest::newRow("built in") << QByteArray() << QByteArray() << 0.0002375;
    QTest::newRow("the user's") << QByteArray(
        R"({"prices":[{"models":["gpt-5"],"usd_per_million_tokens":{"input":"1","output":"1"}}]})")
                                << QByteArray() << 0.00005;
    QTest::newRow("the provider's") << QByteArray() << QByteArray(",\"cost\":0.25") << 0.25;
    QTest::newRow("unknown") << QByteArray(
        R"({"prices":[{"models":["gpt-5"],"usd_per_million_tokens":{"input":"1"}}]})")
                             << QByteArray() << -1.0;
}

void TestContent::pricesCalls()
{
    QFETCH(QByteArray, prices);
    QFETCH(QByteArray, reported);
    QFETCH(double, dollars);
    ProxyProcess::Environment environment{{"NODE_ENV", "production"}};
    QTemporaryDir directory;
    if (!prices.isEmpty()) {
        QFile file(directory.filePath(QStringLiteral("prices.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(prices);
        environment.insert("PRICES_FILE", file.fileName().toUtf8());
    }
    const QByteArray usage = QByteArray(usageJson).replace("}", reported + '}');
    TracedProxy site(
        [&](const ReceivedRequest&) {
            return Answer::json(200,
                R"({"id":"c","model":"gpt-5-2025-08-07","choices":[{"index":0,"message":{"role":"assistant",)"
                R"("content":"Hi"},"finish_reason":"stop"}],)"
                    + usage + '}');
        },
        environment);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    const auto line = [&]() -> QJsonObject {
        const QList<QJsonObject> lines = site.proxy.logEntries(QStringLiteral("POST /v1/chat/completions"));
        return lines.isEmpty() ? QJsonObject() : lines.first();
    };
    QTRY_VERIFY(!line().isEmpty());
    QCOMPARE(line()[QLatin1String("cost_usd")].toDouble(-1), dollars);
}

void TestContent::refusesBadRules_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("detector") << QByteArray("REDACT") << QByteArray("email,mail")
                              << QByteArray("national-id");
    QTest::newRow("pattern") << QByteArray("REDACT_PATTERNS") << QByteArray("EMP-\\d (x")
                             << QByteArray("not a regular expression");
    QTest::newRow("path") << QByteArray("REDACT_JSON_PATHS") << QByteArray("a..")
                          << QByteArray("name is missing");
    QTest::newRow("mode") << QByteArray("TELEMETRY_CONTENT") << QByteArray("some")
                          << QByteArray("full or metadata");
    QTest::newRow("no file") << QByteArray("PRICES_FILE") << QByteArray("/nowhere/prices.json")
                             << QByteArray("/nowhere/prices.json");
    QTest::newRow("no prices") << QByteArray("PRICES_FILE") << QByteArray("/dev/null")
                               << QByteArray("not JSON of the form");
}

void TestContent::refusesBadRules()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, reason);
    ProxyProcess proxy({{key, value}});
    proxy.launch();
    QCOMPARE(proxy.waitForExit(), 78);
    const QByteArrayList lines = proxy.errorLines();
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines.first().contains(key) && lines.first().contains(reason), lines.first().constData());
    QVERIFY(!QFile::exists(proxy.storePath()));
}

REGISTER_TEST(TestContent)
#include "tst_content.moc"
