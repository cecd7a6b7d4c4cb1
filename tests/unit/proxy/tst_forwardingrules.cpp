// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list of what is changed between the two sides, rule by rule.

#include "headwith.h"
#include "proxy/forwardingrules.h"
#include "support/testprogram.h"

#include <QUuid>

using namespace Qt::StringLiterals;

class TestForwardingRules final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesRequestHeaders_data();
    void changesRequestHeaders();
    void leavesEverythingElseAlone();
    void joinsBaseUrlAndTarget_data();
    void joinsBaseUrlAndTarget();
    void addsTheRequestIdOnlyWhenAbsent();
    void changesResponseHeaders_data();
    void changesResponseHeaders();
    void findsTheRequestId();
    void writesTheHostField_data();
    void writesTheHostField();
};

namespace {

const Header addedRequestId{"x-request-id", "id-1"};

Config configFor(const QString& baseUrl)
{
    Config config;
    config.openaiBaseUrl = QUrl(baseUrl);
    return config;
}

} // namespace

void TestForwardingRules::changesRequestHeaders_data()
{
    QTest::addColumn<HeaderList>("received");
    QTest::addColumn<HeaderList>("sent");
    const Header a{"A", "1"};
    const Header b{"B", "2"};
    const auto gone = [&](const char* name, const char* value = "x") {
        QTest::addRow("%s is removed", name) << HeaderList{a, {name, value}, b} << HeaderList{a, b};
    };
    gone("Connection", "close");
    gone("Keep-Alive", "timeout=5");
    gone("Proxy-Connection", "keep-alive");
    gone("Proxy-Authorization", "Basic x");
    gone("TE", "trailers");
    gone("Upgrade", "websocket");
    gone("Expect", "100-continue");
    gone("X-Session-Id");
    gone("X-User-Id");
    gone("X-Proxy-Api-Key");
    gone("X-Langfuse-Tags");
    gone("x-LANGFUSE-anything");
    gone("baggage", "langfuse_user_id=u");
    QTest::newRow("what Connection names")
        << HeaderList{a, {"X-Hop", "1"}, {"Connection", "x-hop, close ,,"}, {"x-hop", "2"}} << HeaderList{a};
    QTest::newRow("two Connection lines")
        << HeaderList{{"Connection", "X-One"}, {"X-One", "1"}, a, {"X-Two", "2"}, {"connection", "X-Two"}}
        << HeaderList{a};
    QTest::newRow("framing and Host cannot be named") << HeaderList{{"Host", "proxy"},
        {"Connection", "host, content-length, transfer-encoding"},
        {"Content-Length", "3"}} << HeaderList{{"Host", "up.example"}, {"Content-Length", "3"}};
    QTest::newRow("Host in its place, as spelled")
        << HeaderList{a, {"HOST", "127.0.0.1:3000"}, b} << HeaderList{a, {"HOST", "up.example"}, b};
    QTest::newRow("foreign baggage keeps its bytes")
        << HeaderList{{"Baggage", "a=1 ,  b=2;p"}} << HeaderList{{"Baggage", "a=1 ,  b=2;p"}};
    QTest::newRow("our members of baggage")
        << HeaderList{{"baggage", "langfuse_user_id=u, a=1,langfuse_tags=x"}}
        << HeaderList{{"baggage", "a=1"}};
    QTest::newRow("one of two baggage lines")
        << HeaderList{{"baggage", "langfuse_x=1"}, {"baggage", "a=1"}} << HeaderList{{"baggage", "a=1"}};
}

void TestForwardingRules::changesRequestHeaders()
{
    QFETCH(HeaderList, received);
    QFETCH(HeaderList, sent);
    sent.append(addedRequestId.name, addedRequestId.value);
    const RequestHead head = ForwardingRules::upstreamRequest(
        headWith(received), openaiProvider(), configFor(u"https://up.example"_s), addedRequestId.value);
    QCOMPARE(head.headers, sent);
}

void TestForwardingRules::leavesEverythingElseAlone()
{
    const HeaderList headers{{"host", "up.example"}, {"User-Agent", "codex/1"}, {"anthropic-beta", "a,b"},
        {"accept-ENCODING", "zstd"}, {"Content-Encoding", "gzip"}, {"X-Empty", ""}, {"Cookie", "a=1"},
        {"cookie", "b=2"}, {"X-Forwarded-For", "10.0.0.1"}, {"Origin", "http://x"}, {"traceparent", "00-a"},
        {"X-Session", "kept"}, {"X-Langfuse", "kept"}, {"Content-Length", "5"}, {"X-Bytes", "\xe9\xff"},
        {"X-Request-Id", "theirs"}};
    RequestHead head = headWith(headers, "/v1/x%2Fy/../z?a=%20&b=+&key=k");
    head.minorVersion = 0;
    head.framing = {HttpSyntax::Framing::Kind::Length, 5};
    const RequestHead sent = ForwardingRules::upstreamRequest(
        head, openaiProvider(), configFor(u"https://up.example"_s), addedRequestId.value);
    QCOMPARE(sent.headers, headers);
    QCOMPARE(sent.method, head.method);
    QCOMPARE(sent.target, head.target);
    QCOMPARE(sent.framing.kind, head.framing.kind);
    QCOMPARE(sent.framing.contentLength, head.framing.contentLength);
}

void TestForwardingRules::joinsBaseUrlAndTarget_data()
{
    QTest::addColumn<QString>("baseUrl");
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("no path") << u"https://h"_s << "/v1/x?a"_ba;
    QTest::newRow("a slash") << u"https://h/"_s << "/v1/x?a"_ba;
    QTest::newRow("a prefix") << u"https://h/openai"_s << "/openai/v1/x?a"_ba;
    QTest::newRow("a prefix and a slash") << u"https://h/a/b/"_s << "/a/b/v1/x?a"_ba;
    QTest::newRow("percent-encoded") << u"https://h/a%20b%2Fc"_s << "/a%20b%2Fc/v1/x?a"_ba;
}

void TestForwardingRules::joinsBaseUrlAndTarget()
{
    QFETCH(QString, baseUrl);
    QFETCH(QByteArray, target);
    const RequestHead sent = ForwardingRules::upstreamRequest(
        headWith({}, "/v1/x?a"), openaiProvider(), configFor(baseUrl), addedRequestId.value);
    QCOMPARE(sent.target, target);
}

void TestForwardingRules::addsTheRequestIdOnlyWhenAbsent()
{
    const HeaderList theirs{{"X-REQUEST-ID", "theirs"}};
    QCOMPARE(
        ForwardingRules::upstreamRequest(headWith(theirs), openaiProvider(), Config(), "id").headers, theirs);
    ResponseHead head;
    head.headers = theirs;
    QCOMPARE(ForwardingRules::consumerResponse(head, "id").headers, theirs);
    head.headers = {};
    QCOMPARE(ForwardingRules::consumerResponse(head, "id").headers, HeaderList({{"x-request-id", "id"}}));
}

void TestForwardingRules::changesResponseHeaders_data()
{
    QTest::addColumn<HeaderList>("received");
    QTest::addColumn<HeaderList>("sent");
    const Header a{"A", "1"};
    for (const char* name : {"Connection", "keep-alive", "Proxy-Connection", "TE", "Upgrade"})
        QTest::addRow("%s is removed", name) << HeaderList{a, {name, "x"}} << HeaderList{a};
    QTest::newRow("what Connection names")
        << HeaderList{{"Connection", "X-Hop"}, a, {"x-hop", "1"}} << HeaderList{a};
    const HeaderList kept{{"Content-Type", "text/event-stream"}, {"set-cookie", "a"}, {"Set-Cookie", "b"},
        {"retry-after", "7"}, {"request-id", "r"}, {"x-ratelimit-remaining-tokens", "1"},
        {"anthropic-ratelimit-unified-status", "allowed"}, {"Content-Encoding", "br"}, {"Trailer", "X-Sum"},
        {"X-Langfuse-Of-Theirs", "kept"}, {"Access-Control-Allow-Origin", "*"}, {"Date", "d"},
        {"Via", "1.1 x"}};
    QTest::newRow("everything else") << kept << kept;
}

void TestForwardingRules::changesResponseHeaders()
{
    QFETCH(HeaderList, received);
    QFETCH(HeaderList, sent);
    sent.append(addedRequestId.name, addedRequestId.value);
    const ResponseHead head
        = ForwardingRules::consumerResponse({529, "Overloaded", received}, addedRequestId.value);
    QCOMPARE(head.headers, sent);
    QCOMPARE(head.status, 529);
    QCOMPARE(head.reason, "Overloaded"_ba);
}

void TestForwardingRules::findsTheRequestId()
{
    QCOMPARE(ForwardingRules::requestIdOf(headWith({{"X-Request-ID", "any text"}})), "any text"_ba);
    for (const HeaderList& headers : {HeaderList(), HeaderList{{"x-request-id", ""}}}) {
        const QByteArray id = ForwardingRules::requestIdOf(headWith(headers));
        QVERIFY(!QUuid::fromString(QString::fromLatin1(id)).isNull());
        QVERIFY(id != ForwardingRules::requestIdOf(headWith(headers)));
    }
}

void TestForwardingRules::writesTheHostField_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("host");
    QTest::newRow("name") << u"https://api.openai.com/v1"_s << "api.openai.com"_ba;
    QTest::newRow("default port of https") << u"https://h:443"_s << "h"_ba;
    QTest::newRow("default port of http") << u"http://h:80"_s << "h"_ba;
    QTest::newRow("the other's default port") << u"http://h:443"_s << "h:443"_ba;
    QTest::newRow("port") << u"http://127.0.0.1:8080/x"_s << "127.0.0.1:8080"_ba;
    QTest::newRow("IPv6") << u"http://[::1]:8080"_s << "[::1]:8080"_ba;
    QTest::newRow("IPv6, default port") << u"http://[::1]"_s << "[::1]"_ba;
    QTest::newRow("beyond ASCII") << u"https://b\u00fccher.example"_s << "xn--bcher-kva.example"_ba;
}

void TestForwardingRules::writesTheHostField()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, host);
    QCOMPARE(ForwardingRules::hostField(QUrl(url)), host);
    QCOMPARE(ForwardingRules::originOf(QUrl(url)), QUrl(url).scheme().toUtf8() + "://" + host);
}

REGISTER_TEST(TestForwardingRules)
#include "tst_forwardingrules.moc"
