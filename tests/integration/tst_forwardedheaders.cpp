// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The whole list of header lines that the proxy removes, changes or adds, rule by rule, on the wire.

#include "proxiedupstream.h"
#include "support/testprogram.h"

#include <QUuid>

class TestForwardedHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void changesRequestHeaders_data();
    void changesRequestHeaders();
    void rewritesHostWhereItStands();
    void changesResponseHeaders_data();
    void changesResponseHeaders();
    void makesARequestIdWhenThereIsNone();
    void keepsTheUpstreamsRequestId();
    void addsAnthropicVersionOnlyWhenAbsent();

private:
    ProxiedUpstream m_site{[](const ReceivedRequest&) { return Answer::json(200, "{}"); }};
};

void TestForwardedHeaders::initTestCase()
{
    QVERIFY2(m_site.proxy.start(), m_site.proxy.errorText());
}

void TestForwardedHeaders::changesRequestHeaders_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("seen");
    const auto removed = [](const char* line) {
        QTest::newRow(QByteArray(line).replace("\r\n", " | ").constData()) << QByteArray(line) + "\r\n"
                                                                           << QByteArray();
    };
    removed("Connection: keep-alive");
    removed("Keep-Alive: timeout=5");
    removed("Proxy-Connection: keep-alive");
    removed("TE: trailers");
    removed("Upgrade: h2c");
    removed("Proxy-Authorization: Basic x");
    removed("Expect: 100-continue");
    removed("X-Langfuse-Trace-Id: a");
    removed("x-langfuse-anything-at-all: a");
    removed("X-Session-Id: a");
    removed("x-user-id: a");
    removed("X-Proxy-Api-Key: a");
    removed("baggage: langfuse_user_id=u , langfuse_session_id=s");
    removed("Connection: X-One, x-two\r\nX-One: 1\r\nX-Two: 2\r\nx-one: 3");

    const auto changed = [](const char* name, const char* sent, const char* seen) {
        QTest::newRow(name) << QByteArray(sent) << QByteArray(seen);
    };
    changed("our members of baggage", "Baggage: a=1,langfuse_user_id=u,b=2;p=%20\r\n",
        "Baggage: a=1,b=2;p=%20\r\n");
    changed("foreign baggage keeps its bytes", "baggage: a=1 ,  b=langfuse_x\r\n",
        "baggage: a=1 ,  b=langfuse_x\r\n");
    changed("Connection cannot remove framing or Host",
        "Connection: content-length, host\r\nContent-Length: 2\r\n", "Content-Length: 2\r\n");
    changed("names that only resemble ours",
        "X-Langfuse: 1\r\nX-Session-Identifier: 2\r\nX-Claude-Code-Session-Id: 3\r\n",
        "X-Langfuse: 1\r\nX-Session-Identifier: 2\r\nX-Claude-Code-Session-Id: 3\r\n");
    changed("end-to-end fields about the path",
        "Via: 1.1 a\r\nForwarded: for=x\r\nX-Forwarded-For: 1.2.3.4\r\nMax-Forwards: 3\r\n",
        "Via: 1.1 a\r\nForwarded: for=x\r\nX-Forwarded-For: 1.2.3.4\r\nMax-Forwards: 3\r\n");
    changed("trace context",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: a=b\r\n",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: a=b\r\n");
}

void TestForwardedHeaders::changesRequestHeaders()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, seen);
    const QByteArray body = sent.contains("Content-Length") ? "{}" : "";
    const auto response = m_site.exchange("POST /v1/x HTTP/1.1\r\nHost: a\r\nX-Request-Id: r\r\nBefore: 1\r\n"
        + sent + "After: 2\r\n\r\n" + body);
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(m_site.upstream.requests().last().rawHead,
        "POST /v1/x HTTP/1.1\r\nHost: " + m_site.upstreamHost() + "\r\nX-Request-Id: r\r\nBefore: 1\r\n"
            + seen + "After: 2\r\n\r\n");
}

void TestForwardedHeaders::rewritesHostWhereItStands()
{
    const auto response = m_site.exchange(
        "GET /v1/x HTTP/1.1\r\nA: 1\r\nx-request-id: r\r\nhOST: b:80\r\nZ: 2\r\n\r\n", "GET");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(m_site.upstream.requests().last().rawHead,
        "GET /v1/x HTTP/1.1\r\nA: 1\r\nx-request-id: r\r\nhOST: " + m_site.upstreamHost()
            + "\r\nZ: 2\r\n\r\n");
}

void TestForwardedHeaders::changesResponseHeaders_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("seen");
    const auto removed = [](const char* line) {
        QTest::newRow(QByteArray(line).replace("\r\n", " | ").constData()) << QByteArray(line) + "\r\n"
                                                                           << QByteArray();
    };
    removed("Connection: keep-alive");
    removed("Keep-Alive: timeout=5");
    removed("Proxy-Connection: keep-alive");
    removed("Upgrade: h2c");
    removed("Connection: close, x-one\r\nX-One: 1");
    const auto kept = [](const char* line) {
        QTest::newRow(QByteArray(line).replace("\r\n", " | ").constData()) << QByteArray(line) + "\r\n"
                                                                           << QByteArray(line) + "\r\n";
    };
    kept("Access-Control-Allow-Origin: https://a.example");
    kept("x-langfuse-trace-id: theirs");
    kept("Server: a\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nVia: 1.1 b");
    kept("Proxy-Authenticate: Basic");
}

void TestForwardedHeaders::changesResponseHeaders()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, seen);
    m_site.upstream.setHandler([=](const ReceivedRequest&) {
        return UpstreamScript().send(
            "HTTP/1.1 200 OK\r\nBefore: 1\r\n" + sent + "Content-Length: 2\r\n\r\n{}");
    });
    const auto response = m_site.exchange(requestText("GET", "/v1/x", "x-request-id: r\r\n"), "GET");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->rawHead,
        "HTTP/1.1 200 OK\r\nBefore: 1\r\n" + seen + "Content-Length: 2\r\nx-request-id: r\r\n\r\n");
}

void TestForwardedHeaders::makesARequestIdWhenThereIsNone()
{
    m_site.upstream.setHandler([](const ReceivedRequest&) { return Answer::json(200, "{}"); });
    const auto response = m_site.exchange(requestText("GET", "/v1/x", "A: 1\r\n"), "GET");
    QVERIFY2(response, reasonOf(response).constData());
    const QByteArray id = response->headers.value("x-request-id");
    QVERIFY2(!QUuid::fromString(QLatin1String(id)).isNull(), id.constData());
    const HeaderList seen = m_site.upstream.requests().last().headers;
    QCOMPARE(seen.at(seen.size() - 1), (Header{"x-request-id", id}));
}

void TestForwardedHeaders::keepsTheUpstreamsRequestId()
{
    m_site.upstream.setHandler([](const ReceivedRequest&) {
        return Answer::json(200, "{}", {{"X-Request-ID", "req_theirs"}});
    });
    const auto response = m_site.exchange(requestText("GET", "/v1/x", "x-request-id: mine\r\n"), "GET");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->headers.values("x-request-id"), QList<QByteArray>{"req_theirs"});
    QCOMPARE(m_site.upstream.requests().last().headers.values("x-request-id"), QList<QByteArray>{"mine"});
}

void TestForwardedHeaders::addsAnthropicVersionOnlyWhenAbsent()
{
    const auto versionsFor = [this](const QByteArray& target, const QByteArray& fields) {
        const auto response = m_site.exchange(requestText("POST", target, fields, "{}"));
        return response ? m_site.upstream.requests().last().headers.values("anthropic-version")
                        : QList<QByteArray>{"none"};
    };
    QCOMPARE(versionsFor("/v1/messages", ""), QList<QByteArray>{"2023-06-01"});
    QCOMPARE(
        versionsFor("/v1/messages", "Anthropic-Version: 2099-01-01\r\n"), QList<QByteArray>{"2099-01-01"});
    QCOMPARE(versionsFor("/v1/chat/completions", ""), QList<QByteArray>{});
    QVERIFY(!m_site.upstream.requests().last().headers.contains("anthropic-beta"));
}

REGISTER_TEST(TestForwardedHeaders)
#include "tst_forwardedheaders.moc"
