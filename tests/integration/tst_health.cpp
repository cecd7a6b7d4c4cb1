// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GET /api/health of the real program.

#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QElapsedTimer>

namespace {

UpstreamScript answerProbe(const ReceivedRequest& request)
{
    return request.method == "HEAD" ? Answer::contentLength(401, {}, {}) : chatAnswer();
}

QString upstreamState(const QJsonObject& health, const char* provider)
{
    return health[QLatin1String("upstream")].toObject()[QLatin1String(provider)].toString();
}

} // namespace

class TestHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasItsShape();
    void asksEveryUpstreamWithAKey();
    void isDegradedWhileAnUpstreamIsDown();
    void answersInTimeWhenAnUpstreamHangs();
    void needsNoProxyKeyAndShowsNone();
    void isNoTraceOfItsOwn();
};

void TestHealth::hasItsShape()
{
    TracedProxy site(answerProbe);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const Result<RawResponse> response = site.exchange(requestText("GET", "/api/health", {}));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 200);
    QVERIFY(response->headers.value("content-type").startsWith("application/json"));
    const QJsonObject health = QJsonDocument::fromJson(response->body).object();
    QCOMPARE(health.keys(),
        QStringList({QStringLiteral("apiVersion"), QStringLiteral("name"), QStringLiteral("status"),
            QStringLiteral("telemetry"), QStringLiteral("upstream"), QStringLiteral("version")}));
    QCOMPARE(health[QLatin1String("name")].toString(), QStringLiteral("langfuse-proxy"));
    QCOMPARE(health[QLatin1String("status")].toString(), QStringLiteral("ok"));
    QVERIFY(!health[QLatin1String("version")].toString().isEmpty());
    const QJsonObject telemetry = health[QLatin1String("telemetry")].toObject();
    for (const char* name :
        {"captured", "pending", "delivering", "delivered", "rejected", "disabled", "dropped"})
        QCOMPARE(telemetry[QLatin1String(name)].toInt(-1), 0);
    QCOMPARE(telemetry[QLatin1String("bytes")].toObject().keys(),
        QStringList({QStringLiteral("captured"), QStringLiteral("delivered"), QStringLiteral("delivering"),
            QStringLiteral("disabled"), QStringLiteral("dropped"), QStringLiteral("pending"),
            QStringLiteral("rejected")}));
    for (const char* name : {"rejectedBy", "droppedBy", "evictedBy"})
        QVERIFY(telemetry[QLatin1String(name)].isObject());
    QVERIFY(telemetry[QLatin1String("lastError")].isNull());
    QVERIFY(telemetry[QLatin1String("oldestPendingAgeMs")].isNull());
    QCOMPARE(telemetry[QLatin1String("delivery")].toString(), QStringLiteral("enabled"));
}

void TestHealth::asksEveryUpstreamWithAKey()
{
    TracedProxy site(
        answerProbe, {{"ANTHROPIC_API_KEY", "sk-ant-of-ours"}, {"GEMINI_API_KEY", "gem-of-ours"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const QJsonObject health = site.health();
    for (const char* provider : {"openai", "anthropic", "gemini"})
        QCOMPARE(upstreamState(health, provider), QStringLiteral("ok"));
    QCOMPARE(site.upstream.requests().size(), 3);
    QVERIFY(site.upstream.violations().isEmpty());
}

void TestHealth::isDegradedWhileAnUpstreamIsDown()
{
    TracedProxy site(answerProbe);
    site.upstream.stopListening();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const Result<RawResponse> response = site.exchange(requestText("GET", "/api/health", {}));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 200);
    const QJsonObject health = QJsonDocument::fromJson(response->body).object();
    QCOMPARE(health[QLatin1String("status")].toString(), QStringLiteral("degraded"));
    QCOMPARE(upstreamState(health, "openai"), QStringLiteral("unreachable"));

    QVERIFY(site.upstream.startListening());
    QTRY_COMPARE_WITH_TIMEOUT(upstreamState(site.health(), "openai"), QStringLiteral("ok"), 8000);
    QCOMPARE(site.health()[QLatin1String("status")].toString(), QStringLiteral("ok"));
}

void TestHealth::answersInTimeWhenAnUpstreamHangs()
{
    TracedProxy site(
        [](const ReceivedRequest&) { return UpstreamScript().hang(); }, {{"ANTHROPIC_API_KEY", "sk-ant-1"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QElapsedTimer clock;
    clock.start();
    const QJsonObject health = site.health();
    QVERIFY2(clock.elapsed() < 3500, QByteArray::number(clock.elapsed()).constData());
    QCOMPARE(health[QLatin1String("status")].toString(), QStringLiteral("degraded"));
    QCOMPARE(upstreamState(health, "openai"), QStringLiteral("unreachable"));
    QCOMPARE(upstreamState(health, "anthropic"), QStringLiteral("unreachable"));
}

void TestHealth::needsNoProxyKeyAndShowsNone()
{
    const ProxyProcess::Environment keys{
        {"PROXY_API_KEY", "door-secret"}, {"UPSTREAM_API_KEY", "sk-openai-secret"}};
    TracedProxy site(answerProbe, keys);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const Result<RawResponse> response = site.exchange(requestText("GET", "/api/health", {}));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 200);
    for (const char* secret : {"door-secret", "sk-openai-secret", "sk-lf-test"})
        QVERIFY(!response->body.contains(secret));
    for (const ReceivedRequest& request : site.upstream.requests())
        QVERIFY(!request.rawHead.contains("door-secret"));
}

void TestHealth::isNoTraceOfItsOwn()
{
    TracedProxy site(answerProbe);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QVERIFY(!site.health().isEmpty());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    QVERIFY(!site.waitForSpanOf("r1").spanId.isEmpty());
    QTRY_COMPARE(site.count("delivered"), 1);
    QCOMPARE(site.count("captured"), 1);
    QCOMPARE(site.langfuse.spans().size(), 1);
}

REGISTER_TEST(TestHealth)
#include "tst_health.moc"
