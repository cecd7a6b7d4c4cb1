// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// No key in what leaves the real program beside the call itself: spans, log lines, the bytes of the store.

#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QDir>

namespace {

const QByteArray consumerKey = "sk-consumer-0123456789abcdefSECRET";
const QByteArray ownKey = "sk-own-9876543210fedcbaSECRET";
const QByteArray doorKey = "door-5566778899aabbccSECRET";

/// Says every key that it has been sent, in the way that the request asks for.
UpstreamScript echo(const ReceivedRequest& request)
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
    TracedProxy site(echo, environment);
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
    QByteArray delivered = span.name + ' ' + span.statusMessage;
    for (auto it = span.attributes.cbegin(); it != span.attributes.cend(); ++it)
        delivered += it.key() + ' ' + it.value() + '\n';
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);

    QByteArray stored;
    const QFileInfoList files
        = QDir(site.proxy.directory()).entryInfoList({QStringLiteral("traces.db*")}, QDir::Files);
    for (const QFileInfo& info : files) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        stored += file.readAll();
    }
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

REGISTER_TEST(TestSecrecy)
#include "tst_secrecy.moc"
