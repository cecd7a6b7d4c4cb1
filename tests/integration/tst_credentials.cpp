// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who may pass, with which key a request goes on, and the exact bodies of our own refusals.

#include "proxiedupstream.h"
#include "support/testprogram.h"

namespace {

const QByteArray refusal
    = R"({"error":{"message":"Invalid proxy API key","type":"auth_error","code":"invalid_api_key"}})";

UpstreamScript answerNothing(const ReceivedRequest&)
{
    return Answer::json(200, "{}");
}

/// The lines of a head that may hold a credential, in their order, for comparing.
QByteArray credentialsOf(const ReceivedRequest& request)
{
    QByteArray lines;
    for (const Header& header : request.headers) {
        const QByteArray name = header.name.toLower();
        if (name == "authorization" || name.endsWith("api-key"))
            lines += header.name + ": " + header.value + "\r\n";
    }
    return lines;
}

} // namespace

class TestCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesTheConsumersCredential_data();
    void passesTheConsumersCredential();
    void replacesItByTheOverride_data();
    void replacesItByTheOverride();
    void letsTheProxyKeyPassAndKeepsIt_data();
    void letsTheProxyKeyPassAndKeepsIt();
    void refusesWithoutTheProxyKey_data();
    void refusesWithoutTheProxyKey();
    void answersUnknownPathsWith404_data();
    void answersUnknownPathsWith404();

private:
    void checkForwarded(ProxiedUpstream& site);
};

/// Columns target, sent (header lines), seenTarget, seen.
static void addColumns()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("seenTarget");
    QTest::addColumn<QByteArray>("seen");
}

static void addRow(
    const char* name, const char* target, const char* sent, const char* seenTarget, const char* seen)
{
    QTest::newRow(name) << QByteArray(target) << QByteArray(sent) << QByteArray(seenTarget)
                        << QByteArray(seen);
}

void TestCredentials::checkForwarded(ProxiedUpstream& site)
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, seenTarget);
    QFETCH(QByteArray, seen);
    if (!site.proxy.isRunning())
        QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const auto response = site.exchange(requestText("POST", target, sent, "{}"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 200);
    const ReceivedRequest request = site.upstream.requests().last();
    QCOMPARE(request.target, seenTarget);
    QCOMPARE(credentialsOf(request), seen);
}

void TestCredentials::passesTheConsumersCredential_data()
{
    addColumns();
    addRow("openai", "/v1/x", "authorization: bearer  sk-1\r\n", "/v1/x", "authorization: bearer  sk-1\r\n");
    addRow("openai, foreign x-api-key", "/v1/x", "x-api-key: k\r\n", "/v1/x", "x-api-key: k\r\n");
    addRow("azure key", "/openai/deployments/d/chat/completions?api-version=1", "Api-Key: k\r\n",
        "/openai/deployments/d/chat/completions?api-version=1", "Api-Key: k\r\n");
    addRow("anthropic key", "/v1/messages", "X-Api-Key: k\r\n", "/v1/messages", "X-Api-Key: k\r\n");
    addRow("anthropic OAuth stays", "/v1/messages", "Authorization: Bearer sk-ant-oat01-x\r\n",
        "/v1/messages", "Authorization: Bearer sk-ant-oat01-x\r\n");
    addRow("anthropic key as bearer", "/v1/messages", "Authorization: Bearer sk-ant-api03-x\r\n",
        "/v1/messages", "x-api-key: sk-ant-api03-x\r\n");
    addRow("anthropic both stay", "/v1/messages", "Authorization: Bearer a\r\nx-api-key: b\r\n",
        "/v1/messages", "Authorization: Bearer a\r\nx-api-key: b\r\n");
    addRow("gemini header", "/v1beta/m", "X-Goog-Api-Key: k\r\n", "/v1beta/m", "X-Goog-Api-Key: k\r\n");
    addRow("gemini query", "/v1beta/m?alt=sse&key=k", "", "/v1beta/m?alt=sse&key=k", "");
    addRow("gemini OAuth stays", "/v1beta/m", "Authorization: Bearer ya29.x\r\n", "/v1beta/m",
        "Authorization: Bearer ya29.x\r\n");
    addRow("gemini key as bearer", "/v1beta/m", "Authorization: Bearer AIza\r\n", "/v1beta/m",
        "x-goog-api-key: AIza\r\n");
    addRow("none", "/v1/x", "", "/v1/x", "");
}

void TestCredentials::passesTheConsumersCredential()
{
    static ProxiedUpstream site(answerNothing);
    checkForwarded(site);
}

void TestCredentials::replacesItByTheOverride_data()
{
    addColumns();
    addRow("openai", "/v1/x", "AUTHORIZATION: Bearer mine\r\n", "/v1/x",
        "AUTHORIZATION: Bearer over-openai\r\n");
    addRow("openai, none", "/v1/x", "", "/v1/x", "Authorization: Bearer over-openai\r\n");
    addRow(
        "azure", "/openai/responses", "Api-Key: mine\r\n", "/openai/responses", "Api-Key: over-openai\r\n");
    addRow("azure, token", "/openai/deployments/d/x", "Authorization: Bearer mine\r\n",
        "/openai/deployments/d/x", "api-key: over-openai\r\n");
    addRow("azure v1", "/openai/v1/x", "api-key: mine\r\n", "/openai/v1/x",
        "Authorization: Bearer over-openai\r\n");
    addRow(
        "anthropic", "/v1/messages", "X-API-Key: mine\r\n", "/v1/messages", "X-API-Key: over-anthropic\r\n");
    addRow("anthropic OAuth", "/v1/messages", "Authorization: Bearer sk-ant-oat01-x\r\n", "/v1/messages",
        "x-api-key: over-anthropic\r\n");
    addRow("gemini", "/v1beta/m", "x-goog-api-key: mine\r\n", "/v1beta/m", "x-goog-api-key: over-gemini\r\n");
    addRow("gemini query", "/v1beta/m?alt=sse&key=mine&x=%2f", "", "/v1beta/m?alt=sse&x=%2f",
        "x-goog-api-key: over-gemini\r\n");
}

void TestCredentials::replacesItByTheOverride()
{
    static ProxiedUpstream site(answerNothing,
        {{"UPSTREAM_API_KEY", "over-openai"}, {"ANTHROPIC_API_KEY", "over-anthropic"},
            {"GEMINI_API_KEY", "over-gemini"}});
    checkForwarded(site);
}

void TestCredentials::letsTheProxyKeyPassAndKeepsIt_data()
{
    addColumns();
    addRow("own header, own key passes on", "/v1/x",
        "X-Proxy-Api-Key: gate\r\nAuthorization: Bearer mine\r\n", "/v1/x", "Authorization: Bearer mine\r\n");
    addRow("openai bearer", "/v1/x", "Authorization: Bearer gate\r\n", "/v1/x", "");
    addRow("azure key", "/openai/x", "api-key: gate\r\n", "/openai/x", "");
    addRow("anthropic x-api-key", "/v1/messages", "x-api-key: gate\r\n", "/v1/messages", "");
    addRow("anthropic, key besides", "/v1/messages", "x-api-key: mine\r\nauthorization: Bearer gate\r\n",
        "/v1/messages", "x-api-key: mine\r\n");
    addRow("gemini header", "/v1beta/m", "x-goog-api-key: gate\r\n", "/v1beta/m", "");
    addRow("gemini query", "/v1beta/m?key=gate&alt=sse", "", "/v1beta/m?alt=sse", "");
}

void TestCredentials::letsTheProxyKeyPassAndKeepsIt()
{
    static ProxiedUpstream site(answerNothing, {{"PROXY_API_KEY", "gate"}});
    checkForwarded(site);
}

void TestCredentials::refusesWithoutTheProxyKey_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("none") << QByteArray("/v1/x") << QByteArray();
    QTest::newRow("wrong") << QByteArray("/v1/x") << QByteArray("Authorization: Bearer gat\r\n");
    QTest::newRow("longer") << QByteArray("/v1/x") << QByteArray("Authorization: Bearer gate2\r\n");
    QTest::newRow("no scheme") << QByteArray("/v1/x") << QByteArray("Authorization: gate\r\n");
    QTest::newRow("header of another provider") << QByteArray("/v1/x") << QByteArray("x-api-key: gate\r\n");
    QTest::newRow("query of openai") << QByteArray("/v1/x?key=gate") << QByteArray();
}

void TestCredentials::refusesWithoutTheProxyKey()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, sent);
    static ProxiedUpstream site(answerNothing, {{"PROXY_API_KEY", "gate"}, {"UPSTREAM_API_KEY", "over"}});
    if (!site.proxy.isRunning())
        QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const auto response = site.exchange(requestText("POST", target, sent + "x-request-id: r\r\n", "{}"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->statusLine, QByteArray("HTTP/1.1 401 Unauthorized"));
    QCOMPARE(response->headers.value("content-type"), QByteArray("application/json"));
    QCOMPARE(response->headers.value("x-request-id"), QByteArray("r"));
    QCOMPARE(response->body, refusal);
    QCOMPARE(site.upstream.connections(), 0);
}

void TestCredentials::answersUnknownPathsWith404_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("root") << QByteArray("/") << QByteArray("/");
    QTest::newRow("not v1") << QByteArray("/v2/x?key=secret") << QByteArray("/v2/x");
    QTest::newRow("two slashes") << QByteArray("//v1/x") << QByteArray("//v1/x");
    QTest::newRow("quoted") << QByteArray("/\"a\\") << QByteArray("/\\\"a\\\\");
}

void TestCredentials::answersUnknownPathsWith404()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, named);
    static ProxiedUpstream site(answerNothing);
    if (!site.proxy.isRunning())
        QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const auto response = site.exchange(requestText("POST", target, "", "{}"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->statusLine, QByteArray("HTTP/1.1 404 Not Found"));
    QCOMPARE(response->body,
        R"({"error":{"message":")" + named
            + R"( not found","type":"invalid_request_error","code":"not_found"}})");
    QCOMPARE(site.upstream.connections(), 0);
}

REGISTER_TEST(TestCredentials)
#include "tst_credentials.moc"
