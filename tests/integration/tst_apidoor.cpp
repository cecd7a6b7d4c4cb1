// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who may ask the API of the real program, and what is refused.

#include "apirequest.h"
#include "support/prometheustext.h"
#include "support/testprogram.h"

#include <QDir>
#include <QFile>

namespace {

QByteArray codeOf(const RawResponse& response)
{
    const QJsonObject error
        = QJsonDocument::fromJson(response.body).object()[QLatin1String("error")].toObject();
    return error[QLatin1String("code")].toString().toUtf8();
}

} // namespace

class TestApiDoor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOrchestrators();
    void isNotReadyWithoutItsStore();
    void countsAndLogsWhomItRefuses();
    void answersWithSafeHeaders();
    void refuses_data();
    void refuses();
    void takesTheAdminToken();
    void answersConfiguredHosts();
    void answersUnderIpv6AndOnEveryInterface();
    void leavesProxiedPathsAlone();
};

void TestApiDoor::tellsOrchestrators()
{
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    site.langfuse.goDown();
    // From elsewhere, under any name.
    for (const char* path : {"/api/live", "/api/ready", "/api/health"}) {
        const auto response = site.exchange(
            requestText("GET", path, "Origin: http://evil.example\r\nX-Forwarded-For: 1.2.3.4\r\n"));
        QVERIFY2(response, reasonOf(response).constData());
        QCOMPARE(response->status, 200);
        const QJsonObject json = QJsonDocument::fromJson(response->body).object();
        QCOMPARE(json[QLatin1String("apiVersion")].toInt(), 1);
        QVERIFY(!response->headers.contains("access-control-allow-origin"));
    }
    QCOMPARE(apiJson(site, "/api/live")[QLatin1String("status")].toString(), QStringLiteral("live"));
    QCOMPARE(apiJson(site, "/api/ready")[QLatin1String("status")].toString(), QStringLiteral("ready"));
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
}

/// The store is found damaged while it cannot be replaced; calls go on.
void TestApiDoor::isNotReadyWithoutItsStore()
{
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    QTRY_COMPARE(site.count("delivered"), 1);
    const QString lock = site.proxy.storePath() + QStringLiteral("-lock");
    QVERIFY(QFile::remove(lock));
    QVERIFY(QDir().mkdir(lock));
    for (const char* part : {"", "-wal", "-shm"}) { // with its index, so that SQLite reads the file again
        QFile file(site.proxy.storePath() + QLatin1String(part));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.write(QByteArray(file.size(), 'x')), file.size());
    }
    int calls = 0;
    const auto readyAfterACall = [&] {
        const int status = site.statusOf(chatRequest("more-" + QByteArray::number(++calls)));
        return status == 200 ? site.statusOf(apiText("GET", "/api/ready")) : 0;
    };
    QTRY_COMPARE_WITH_TIMEOUT(readyAfterACall(), 503, 20000);
    QCOMPARE(apiJson(site, "/api/ready", "GET", 503)[QLatin1String("status")].toString(),
        QStringLiteral("store_unavailable"));
    QCOMPARE(site.statusOf(apiText("GET", "/api/live")), 200);
    QVERIFY(QDir().rmdir(lock));
    QTRY_COMPARE_WITH_TIMEOUT(readyAfterACall(), 200, 20000);
}

void TestApiDoor::countsAndLogsWhomItRefuses()
{
    TracedProxy site(answerChat, {{"ADMIN_TOKEN", "admin-secret"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(
            site.statusOf("GET /api/traces?q=words-of-theirs HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 403);
        QCOMPARE(site.statusOf(apiText("GET", "/metrics", "Authorization: Bearer guessed-token\r\n")), 401);
    }
    QCOMPARE(site.statusOf(apiText("GET", "/api/traces", "Origin: http://evil.example\r\n")), 403);
    QCOMPARE(site.statusOf(apiText("GET", "/api/nowhere")), 404); // no question of access
    const auto metrics = site.exchange(apiText("GET", "/metrics"));
    QVERIFY2(metrics, reasonOf(metrics).constData());
    const PrometheusText text(metrics->body);
    const QMap<QByteArray, int> expected{
        {"host_not_allowed", 3}, {"invalid_token", 3}, {"origin_not_allowed", 1}};
    for (auto it = expected.begin(); it != expected.end(); ++it)
        QCOMPARE(int(text.value("langfuse_proxy_api_refusals_total", {{"reason", it.key()}})), it.value());
    QList<QJsonObject> lines;
    const auto told = [&] {
        return (lines = site.proxy.logEntries(QStringLiteral("refused requests to the API"))).size();
    };
    QTRY_COMPARE(told(), expected.size()); // one of each reason
    for (const QJsonObject& line : std::as_const(lines))
        QVERIFY(expected.contains(line[QLatin1String("reason")].toString().toUtf8()));
    for (const QByteArray& line : site.proxy.errorLines()) {
        for (const char* theirs : {"evil.example", "guessed-token", "words-of-theirs", "admin-secret"})
            QVERIFY2(!line.contains(theirs), line.constData());
    }
}

void TestApiDoor::answersWithSafeHeaders()
{
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    for (const char* target : {"/api/traces", "/api/nowhere", "/api/live"}) {
        const auto response = site.exchange(apiText("GET", target));
        QVERIFY2(response, reasonOf(response).constData());
        QCOMPARE(response->headers.value("x-api-version"), "1");
        QCOMPARE(response->headers.value("cache-control"), "no-store");
        QCOMPARE(response->headers.value("x-content-type-options"), "nosniff");
        QVERIFY(response->headers.value("content-type").startsWith("application/json"));
        QCOMPARE(QJsonDocument::fromJson(response->body).object()[QLatin1String("apiVersion")].toInt(), 1);
    }
    RawClient client(site.proxy.port());
    QVERIFY(client.send(apiText("HEAD", "/api/traces")));
    const auto head = client.readResponse("HEAD");
    QVERIFY(head);
    QCOMPARE(head->status, 200);
    QVERIFY(head->headers.value("content-length").toInt() > 0);
}

void TestApiDoor::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, const QByteArray& request, int status, const char* code) {
        QTest::newRow(name) << request << status << QByteArray(code);
    };
    row("rebound name", requestText("GET", "/api/traces", {}), 403, "host_not_allowed");
    row("rebound name, unknown path", requestText("GET", "/api/nowhere", {}), 403, "host_not_allowed");
    row("foreign page", apiText("GET", "/api/traces", "Origin: http://evil.example\r\n"), 403,
        "origin_not_allowed");
    row("sandboxed page", apiText("GET", "/api/traces", "Origin: null\r\n"), 403, "origin_not_allowed");
    row("foreign page without origin", apiText("GET", "/api/traces", "Sec-Fetch-Site: cross-site\r\n"), 403,
        "origin_not_allowed");
    row("preflight", apiText("OPTIONS", "/api/traces", "Origin: http://evil.example\r\n"), 403,
        "origin_not_allowed");
    row("through a proxy", apiText("GET", "/api/traces", "X-Forwarded-For: 1.2.3.4\r\n"), 403, "not_local");
    row("through a proxy with the proxy's key",
        apiText("GET", "/api/traces", "Via: 1.1 x\r\nAuthorization: Bearer door-key\r\n"), 403, "not_local");
    row("unknown path", apiText("GET", "/api/nowhere"), 404, "not_found");
    row("no path", apiText("GET", "/api"), 404, "not_found");
    row("trailing slash", apiText("GET", "/api/traces/"), 404, "not_found");
    row("odd path", apiText("GET", "/api/..%2f/%00"), 404, "not_found");
    row("wrong method", apiText("PUT", "/api/traces"), 405, "method_not_allowed");
    row("wrong method on health", apiText("POST", "/api/health"), 405, "method_not_allowed");
    row("no such trace", apiText("GET", "/api/traces/0f0e0d0c-1111-4222-8333-444455556666"), 404,
        "not_found");
    row("unknown parameter", apiText("GET", "/api/traces?sesion=a"), 400, "invalid_parameter");
    row("bad filter", apiText("GET", "/api/traces?status=ok"), 400, "invalid_parameter");
    row("bad cursor", apiText("GET", "/api/traces?cursor=1"), 400, "invalid_parameter");
    row("bad escape", apiText("GET", "/api/traces?user=%"), 400, "invalid_parameter");
    row("a body", apiText("GET", "/api/traces", "Content-Length: 2\r\n") + "{}", 400, "unexpected_body");
}

void TestApiDoor::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    TracedProxy site(answerChat, {{"PROXY_API_KEY", "door-key"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const auto response = site.exchange(request);
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, status);
    QCOMPARE(codeOf(*response), code);
    QVERIFY(!response->headers.contains("access-control-allow-origin"));
    if (status == 405)
        QVERIFY(response->headers.value("allow").startsWith("GET, HEAD"));
    QVERIFY(site.upstream.requests().isEmpty());
}

void TestApiDoor::takesTheAdminToken()
{
    TracedProxy site(answerChat, {{"ADMIN_TOKEN", "admin-secret"}, {"PROXY_API_KEY", "door-key"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const QByteArray elsewhere = "X-Forwarded-For: 1.2.3.4\r\n";
    const auto statusOf
        = [&](const QByteArray& fields) { return site.statusOf(apiText("GET", "/api/traces", fields)); };
    QCOMPARE(statusOf({}), 200);
    QCOMPARE(statusOf(elsewhere), 401);
    QCOMPARE(statusOf(elsewhere + "Authorization: Bearer door-key\r\n"), 401);
    QCOMPARE(statusOf(elsewhere + "Authorization: Bearer admin-secret\r\n"), 200);
    QCOMPARE(statusOf("Authorization: Bearer wrong\r\n"), 401);
    // The token is no key of the proxy.
    QCOMPARE(site.statusOf(chatRequest("r1", "Authorization: Bearer admin-secret\r\n")), 401);
    for (const QByteArray& line : site.proxy.errorLines())
        QVERIFY(!line.contains("admin-secret"));
}

void TestApiDoor::answersConfiguredHosts()
{
    TracedProxy site(answerChat, {{"ADMIN_HOSTS", "proxy.example, other.example"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(requestText("GET", "/api/traces", {})), 200);
    QCOMPARE(site.statusOf("GET /api/traces HTTP/1.1\r\nHost: third.example\r\n\r\n"), 403);
}

/// There an IPv4 client's address is an IPv6 one, ::ffff:127.0.0.1.
void TestApiDoor::answersUnderIpv6AndOnEveryInterface()
{
    TracedProxy site(answerChat, {{"HOST", "::"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf("GET /api/traces HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"), 200);
    QCOMPARE(site.statusOf("GET /api/traces HTTP/1.0\r\n\r\n"), 403);
}

void TestApiDoor::leavesProxiedPathsAlone()
{
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(requestText("GET", "/apix", {})), 404);
    QCOMPARE(site.statusOf(requestText("GET", "/v1/api/traces", {})), 200);
    QCOMPARE(site.upstream.requests().size(), 1);
}

REGISTER_TEST(TestApiDoor)
#include "tst_apidoor.moc"
