// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who may ask the API.

#include "live/apiaccess.h"
#include "support/testprogram.h"

#include <QTest>

namespace {

const QByteArray adminToken = "admin-secret";

RequestHead headWith(const QList<Header>& fields)
{
    RequestHead head;
    head.method = "GET";
    head.target = "/api/traces";
    for (const Header& field : fields)
        head.headers.append(field.name, field.value);
    return head;
}

} // namespace

class TestApiAccess final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data();
    void decides();
    void asksForATokenProperly();
};

void TestApiAccess::decides_data()
{
    QTest::addColumn<QList<Header>>("fields");
    QTest::addColumn<bool>("isFromLoopback");
    QTest::addColumn<bool>("hasToken"); // ADMIN_TOKEN is set
    QTest::addColumn<QByteArray>("code"); // of the refusal; empty: may ask

    const QByteArray none;
    const Header local{"Host", "localhost:3000"};
    const Header bearer{"Authorization", "bearer " + adminToken};
    const auto row = [](const QByteArray& name, const QList<Header>& fields, bool isFromLoopback,
                         bool hasToken, const QByteArray& code) {
        QTest::newRow(name.constData()) << fields << isFromLoopback << hasToken << code;
    };
    row("this machine", {local}, true, false, none);
    row("this machine, token set", {local}, true, true, none);
    row("this machine, right token", {local, bearer}, true, true, none);
    row("this machine, wrong token", {local, {"Authorization", "Bearer guess"}}, true, true, "invalid_token");
    row("this machine, a token but none is set", {local, bearer}, true, false, none);
    row("another machine", {local}, false, false, "not_local");
    row("another machine, a token but none is set", {local, bearer}, false, false, "not_local");
    row("another machine, an empty token", {local, {"Authorization", "Bearer "}}, false, false, "not_local");
    row("another machine, no token", {local}, false, true, "token_required");
    row("another machine, right token", {local, bearer}, false, true, none);
    row("another machine, token's beginning", {local, {"Authorization", "Bearer admin"}}, false, true,
        "invalid_token");
    row("another machine, token as Basic", {local, {"Authorization", "Basic " + adminToken}}, false, true,
        "token_required");
    row("another machine, token as proxy key", {local, {"X-Proxy-Api-Key", adminToken}}, false, true,
        "token_required");
    for (const char* trace : {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"}) {
        const QByteArray name = QByteArray("through a proxy, ") + trace;
        row(name, {local, {trace, "1.2.3.4"}}, true, false, "not_local");
        row(name + " with token", {local, {trace, "1.2.3.4"}, bearer}, true, true, none);
    }

    for (const char* host : {"localhost", "LocalHost:80", "127.0.0.1", "127.0.0.1:3000", "127.255.255.254:1",
             "[::1]", "[::1]:3000", "proxy.lan", "PROXY.LAN:3000", "[fd00::1]:3000"})
        row(QByteArray("host ") + host, {{"Host", host}}, true, false, none);
    for (const char* host : {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.1",
             "128.0.0.1", "127.0.0.1.", "127.0.0.256", "0.0.0.0", "[::]", "[::1", "::1", "localhost:evil",
             "localhost:80:80", "user@localhost", "proxy.lan.evil", "192.168.1.5:3000", "127.0.0.1, evil"})
        row(QByteArray("host ") + host, {{"Host", host}, bearer}, true, true, "host_not_allowed");
    row("no host", {bearer}, true, true, "host_not_allowed");
    row("two hosts", {local, local}, true, false, "host_not_allowed");

    for (const char* origin : {"http://localhost:3000", "HTTPS://LOCALHOST:3000"})
        row(QByteArray("origin ") + origin, {local, {"Origin", origin}}, true, false, none);
    for (const char* origin :
        {"null", "", "http://evil.example", "http://localhost", "http://localhost:3001",
            "http://localhost:3000.evil.example", "file://", "http://127.0.0.1:3000", "chrome-extension://x"})
        row(QByteArray("origin ") + origin, {local, {"Origin", origin}, bearer}, true, true,
            "origin_not_allowed");
    row("two origins", {local, {"Origin", "http://localhost:3000"}, {"Origin", "http://evil"}}, true, false,
        "origin_not_allowed");
    for (const char* site : {"same-origin", "none"})
        row(QByteArray("site ") + site, {local, {"Sec-Fetch-Site", site}}, true, false, none);
    for (const char* site : {"cross-site", "same-site", "Cross-Site", ""})
        row(QByteArray("site ") + site, {local, {"Sec-Fetch-Site", site}}, true, false, "origin_not_allowed");
}

void TestApiAccess::decides()
{
    QFETCH(QList<Header>, fields);
    QFETCH(bool, isFromLoopback);
    QFETCH(bool, hasToken);
    QFETCH(QByteArray, code);
    const AccessRules rules{Secret(hasToken ? adminToken : QByteArray()), {"proxy.lan", "[fd00::1]"}};
    const auto refusal = accessRefusal(headWith(fields), isFromLoopback, rules);
    QCOMPARE(refusal.has_value(), !code.isEmpty());
    if (!refusal)
        return;
    QCOMPARE(refusal->code, code);
    const ApiAnswer answer = refusal->answer();
    QVERIFY2(answer.body.contains("\"code\":\"" + code + '"'), answer.body.constData());
    QVERIFY(answer.status == 401 || answer.status == 403);
    QVERIFY(!answer.body.contains(adminToken));
}

void TestApiAccess::asksForATokenProperly()
{
    const AccessRules rules{Secret(adminToken), {}};
    const auto refusal = accessRefusal(headWith({{"Host", "localhost"}}), false, rules);
    QCOMPARE(refusal->status, 401);
    QVERIFY(refusal->answer().headers.value("WWW-Authenticate").startsWith("Bearer"));
}

REGISTER_TEST(TestApiAccess)
#include "tst_apiaccess.moc"
