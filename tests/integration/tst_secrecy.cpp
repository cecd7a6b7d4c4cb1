// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// No key in what leaves the real program beside the call itself: spans, log lines, the bytes of the store.

#include "support/testprogram.h"
#include "storedbytes.h"
#include "tracedproxy.h"

namespace {

const QByteArray consumerKey = "sk-consumer-0123456789abcdefSECRET";
const QByteArray ownKey = "sk-own-9876543210fedcbaSECRET";
const QByteArray doorKey = "door-5566778899aabbccSECRET";
const QByteArray toolKey = "tool-a1b2c3d4e5f60718SECRET";

/// Says every key that it has been sent, in the way that the request asks for.
UpstreamScript echoKeys(const ReceivedRequest& request)
{
    const QByteArray told = request.headers.value("authorization") + request.headers.value("x-api-key")
        + request.headers.value("x-goog-api-key") + ' ' + request.target;
    const QByteArray json
        = R"({"error":{"type":"invalid_request_error","message":"Bad key: )" + told + R"("}})";
    const QByteArray how = request.headers.value("x-how");
    if (how == "json")
        return Answer::json(401, json, {{"X-Echo-Api-Key", told}});
    if (how == "text")
        return Answer::contentLength(403, {{"Content-Type", "text/plain"}}, "Bad key: " + told);
    if (how == "gzip")
        return Answer::gzipJson(401, json);
    if (how == "stream")
        return Answer::sse({"event: error\ndata: {\"type\":\"error\"," + json.sliced(1) + "\n\n"});
    return chatAnswer();
}

} // namespace

class TestSecrecy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsKeysOut_data();
    void keepsKeysOut();
    void keepsKeysOfToolServersOut_data();
    void keepsKeysOfToolServersOut();

private:
    static QByteArray deliveredIn(const LangfuseSpan& span);
};

void TestSecrecy::keepsKeysOut_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("credential");
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<bool>("hasOwnKeys");
    const auto add = [](const QByteArray& name, const QByteArray& target, const QByteArray& credential) {
        for (const char* how : {"plain", "json", "text", "gzip", "stream"})
            QTest::newRow((name + ", " + how).constData())
                << target << credential << QByteArray(how) << false;
    };
    const QByteArray chat = "/v1/chat/completions";
    const QByteArray gemini = "/v1beta/models/gemini-2.5-pro:generateContent";
    add("OpenAI", chat, "Authorization: Bearer " + consumerKey);
    add("Anthropic", "/v1/messages", "X-Api-Key: " + consumerKey);
    add("Gemini, header", gemini, "X-Goog-Api-Key: " + consumerKey);
    add("Gemini, query", gemini + "?key=" + consumerKey, "X-Nothing: 1");
    add("an API that nobody knows", "/v1/unknown", "Authorization: Bearer " + consumerKey);
    for (const char* how : {"json", "text", "stream"}) {
        const QByteArray door = "Authorization: Bearer " + doorKey;
        QTest::newRow((QByteArray("own keys, OpenAI, ") + how).constData())
            << chat << door << QByteArray(how) << true;
        QTest::newRow((QByteArray("own keys, Gemini, ") + how).constData())
            << gemini + "?key=" + doorKey << QByteArray("X-Nothing: 1") << QByteArray(how) << true;
    }
}

void TestSecrecy::keepsKeysOut()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, credential);
    QFETCH(QByteArray, how);
    QFETCH(bool, hasOwnKeys);
    ProxyProcess::Environment environment{{"LOG_LEVEL", "debug"}};
    if (hasOwnKeys)
        environment.insert(
            {{"PROXY_API_KEY", doorKey}, {"UPSTREAM_API_KEY", ownKey}, {"GEMINI_API_KEY", ownKey}});
    TracedProxy site(echoKeys, environment);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const Result<RawResponse> response = site.exchange(requestText("POST", target,
        "X-Request-Id: r1\r\nContent-Type: application/json\r\nX-How: " + how + "\r\n" + credential + "\r\n",
        R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})"));
    QVERIFY2(response, reasonOf(response).constData());
    const QByteArray key = hasOwnKeys ? ownKey : consumerKey;
    if (how == "json" || how == "text" || how == "stream")
        QVERIFY2(
            response->body.contains(key), "the fake upstream did not echo the key, or the body was altered");

    const LangfuseSpan span = site.waitForSpanOf("r1");
    QVERIFY(!span.spanId.isEmpty());
    const QByteArray delivered = deliveredIn(span);
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    const QByteArray stored = storedBytes(site.proxy);
    QVERIFY(!stored.isEmpty());
    if (how == "gzip")
        QVERIFY2(!stored.contains(response->body), "the key is in the store, gzipped");
    const QByteArray log = site.proxy.errorLines().join('\n') + site.proxy.outputLines().join('\n');
    QVERIFY(log.contains("r1"));
    for (const QByteArray& secret : {consumerKey, ownKey, doorKey, QByteArray("sk-lf-test")}) {
        QVERIFY2(!delivered.contains(secret), delivered.constData());
        QVERIFY2(!log.contains(secret), log.constData());
        QVERIFY2(!stored.contains(secret), secret.constData());
    }
}

void TestSecrecy::keepsKeysOfToolServersOut_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char* name, const char* target, const QByteArray& body) {
        QTest::newRow(name) << QByteArray(target) << body;
    };
    const QByteArray tools = R"({"model":"gpt-5","input":"Hi","tools":[{"type":"mcp","server_label":"s",)"
                             R"("server_url":"https://tools.example/mcp?api_key=)"
        + toolKey + R"(","headers":{"Authorization":"Bearer )" + toolKey + R"("},"authorization":")" + toolKey
        + R"("}]})";
    row("OpenAI Responses", "/v1/responses", tools);
    row("Anthropic", "/v1/messages",
        R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":"Hi"}],"mcp_servers":)"
        R"([{"type":"url","url":"https://tools.example","name":"s","authorization_token":")"
            + toolKey + R"("}]})");
    row("Gemini", "/v1beta/models/gemini-2.5-pro:generateContent",
        R"({"contents":[{"parts":[{"text":"Hi"}]}],"tools":[{"mcpServers":[{"name":"s",)"
        R"("streamableHttpTransport":{"url":"https://tools.example","headers":{"X-Api-Key":")"
            + toolKey + R"("}}}]}]})");
    row("an API that nobody knows", "/v1/unknown", tools);
    row("broken JSON", "/v1/responses", tools.chopped(4));
}

/// Their provider gets them, and says them again.
void TestSecrecy::keepsKeysOfToolServersOut()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    TracedProxy site(
        [](const ReceivedRequest&) {
            return Answer::json(424,
                R"({"error":{"type":"tool_error","message":"The server refused Bearer )" + toolKey
                    + R"("}})");
        },
        {{"LOG_LEVEL", "debug"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const Result<RawResponse> response = site.exchange(requestText("POST", target,
        "X-Request-Id: r1\r\nContent-Type: application/json\r\nAuthorization: Bearer " + consumerKey + "\r\n",
        body));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(site.upstream.requests().last().body, body);
    QVERIFY(response->body.contains(toolKey));
    const LangfuseSpan span = site.waitForSpanOf("r1");
    QVERIFY(!span.spanId.isEmpty());
    const QByteArray delivered = deliveredIn(span);
    QVERIFY2(delivered.contains("refused Bearer ***"), delivered.constData());
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    const QByteArray stored = storedBytes(site.proxy);
    QVERIFY(!stored.isEmpty());
    const QByteArray log = site.proxy.errorLines().join('\n') + site.proxy.outputLines().join('\n');
    QVERIFY2(!delivered.contains(toolKey), delivered.constData());
    QVERIFY2(!log.contains(toolKey), log.constData());
    QVERIFY(!stored.contains(toolKey));
}

QByteArray TestSecrecy::deliveredIn(const LangfuseSpan& span)
{
    QByteArray delivered = span.name + ' ' + span.statusMessage;
    for (auto it = span.attributes.cbegin(); it != span.attributes.cend(); ++it)
        delivered += it.key() + ' ' + it.value() + '\n';
    return delivered;
}

REGISTER_TEST(TestSecrecy)
#include "tst_secrecy.moc"
