// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Byte identity of requests through the real program: a corpus of what other proxies break. Responses:
// tst_responsefidelity.

#include "fidelitysamples.h"
#include "proxiedupstream.h"
#include "support/testprogram.h"

namespace {

/// A zstd frame with one raw block (RFC 8878 3.1.1), for up to 255 bytes.
QByteArray zstdFrame(const QByteArray& bytes)
{
    const auto size = quint32(bytes.size());
    const quint32 block = 1 | (size << 3);
    return QByteArray("\x28\xb5\x2f\xfd\x20", 5) + char(size) + char(block) + char(block >> 8)
        + char(block >> 16) + bytes;
}

/// Every value of a byte many times, nothing that compresses or repeats in step with a buffer.
QByteArray manyBytes(qsizetype count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    quint32 state = 1;
    for (char& byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = char(state >> 24);
    }
    return bytes;
}

UpstreamScript echoBody(const ReceivedRequest& request)
{
    return Answer::contentLength(200, {}, request.body);
}

} // namespace

class TestFidelity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sendsRequestsAsTheyCame_data();
    void sendsRequestsAsTheyCame();
    void sendsChunkedUploads_data();
    void sendsChunkedUploads();
    void carriesEightMegabytesBothWays();
    void putsThePathOfTheBaseUrlBeforeTheTarget_data();
    void putsThePathOfTheBaseUrlBeforeTheTarget();
    void addsNoCorsHeaders();

private:
    ProxiedUpstream m_site{echoBody};
};

void TestFidelity::initTestCase()
{
    QVERIFY2(m_site.proxy.start(), m_site.proxy.errorText());
}

void TestFidelity::sendsRequestsAsTheyCame_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("body");

    const QByteArray json = "Content-Type: application/json\r\n";
    const QByteArray gzip = Answer::gzipped(awkwardJson);
    const QByteArray zstd = zstdFrame(awkwardJson);
    const QByteArray stream = "{\"stream\":true,\"seed\":12345678901234567890,\"t\":1.0 }";
    const auto post
        = [](const char* name, const QByteArray& target, const QByteArray& fields, const QByteArray& body) {
              QTest::newRow(name) << QByteArray("POST") << target << requestIdLine + fields + lengthLine(body)
                                  << body;
          };
    post("awkward JSON to chat", "/v1/chat/completions", json, awkwardJson);
    post("awkward JSON to messages", "/v1/messages?beta=true", json, awkwardJson);
    post("awkward JSON to Gemini", "/v1beta/models/g:generateContent", json, awkwardJson);
    post("streamed messages", "/v1/messages", json, stream);
    post("streamed Gemini", "/v1beta/models/g:streamGenerateContent?alt=sse", json, stream);
    post("streamed responses", "/v1/responses", json, stream);
    post("not JSON to chat", "/v1/chat/completions", json, "{\"stream\":true,");
    post("gzip body", "/v1/chat/completions", json + "Content-Encoding: gzip\r\n", gzip);
    post("zstd body", "/v1/responses", json + "Content-Encoding: zstd\r\n", zstd);
    post("binary body", "/v1/files", "", manyBytes(70000));
    post("order, case and repeats", "/v1/chat/completions",
        "X-B: 2\r\nx-a: 1\r\nX-b: 3\r\nx-A:  \r\nUser-Agent: Mixed/1.0 (x; y)\r\nCookie: a=b\r\nCookie: "
        "c=d\r\n"
        "aCCept-eNCoding: br, gzip;q=0.5\r\nanthropic-Beta: a,b\r\nX-Latin: caf\xe9\r\n",
        "{}");
    QTest::newRow("empty body of stated length")
        << QByteArray("POST") << QByteArray("/v1/x") << requestIdLine + "Content-Length: 0\r\n"
        << QByteArray();
    QTest::newRow("no body") << QByteArray("POST") << QByteArray("/v1/chat/completions") << requestIdLine
                             << QByteArray();
    QTest::newRow("length before others") << QByteArray("PUT") << QByteArray("/v1/x")
                                          << "cOntent-length: 2\r\n" + requestIdLine + "X-After: 1\r\n"
                                          << QByteArray("ab");
    QTest::newRow("PATCH") << QByteArray("PATCH") << QByteArray("/v1/x")
                           << requestIdLine + "Content-Length: 2\r\n"
                           << QByteArray("{}");
    QTest::newRow("DELETE with a body")
        << QByteArray("DELETE") << QByteArray("/v1/x") << requestIdLine + "Content-Length: 3\r\n"
        << QByteArray("abc");
    QTest::newRow("GET with a body") << QByteArray("GET") << QByteArray("/v1/x")
                                     << requestIdLine + "Content-Length: 3\r\n"
                                     << QByteArray("abc");
    QTest::newRow("unusual method") << QByteArray("PROPFIND") << QByteArray("/v1/x") << requestIdLine
                                    << QByteArray();
    for (const char* target : {"/v1/%zz", "/v1//x//", "/v1/x?a=b?c", "/v1/x?", "/v1/x?&&=&a=%20+%2B%2f%2F",
             "/v1beta/models/g:streamGenerateContent?alt=sse", "/v1/a/../b/./c",
             "/v1/x;p=1,2/~'()*!$@:", "/v1/%C3%A9%00", "/v1/models?limit=1000", "/v1/x\"<>|^`{}"})
        QTest::newRow(target) << QByteArray("GET") << QByteArray(target) << requestIdLine << QByteArray();
}

void TestFidelity::sendsRequestsAsTheyCame()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, body);
    // A request to Anthropic without a version would get one.
    if (target.startsWith("/v1/messages"))
        fields.prepend("anthropic-version: 2023-06-01\r\n");
    m_site.upstream.setHandler(echoBody);

    const qsizetype before = m_site.upstream.requests().size();
    const auto response = m_site.exchange(
        method + ' ' + target + " HTTP/1.1\r\nHost: proxy.example\r\n" + fields + "\r\n" + body, method);
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 200);
    QCOMPARE(response->body, body);
    QCOMPARE(m_site.upstream.requests().size(), before + 1);
    const ReceivedRequest seen = m_site.upstream.requests().last();
    // The white space around a value belongs to the framing of the field line, not to the value.
    fields.replace("x-A:  \r\n", "x-A: \r\n");
    QCOMPARE(seen.rawHead,
        method + ' ' + target + " HTTP/1.1\r\nHost: " + m_site.upstreamHost() + "\r\n" + fields + "\r\n");
    QCOMPARE(seen.rawBody, body);
    QVERIFY2(m_site.upstream.violations().isEmpty(), qPrintable(m_site.upstream.violations().join(u' ')));
}

void TestFidelity::sendsChunkedUploads_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QList<QByteArray>>("chunks");
    QTest::newRow("streamed through")
        << QByteArray("/v1/files") << QList<QByteArray>{"ab", "", "c\r\nd", manyBytes(100000)};
    QTest::newRow("looked at first") << QByteArray("/v1/chat/completions")
                                     << QList<QByteArray>{"{\"model\" :", "1.0}"};
    QTest::newRow("empty") << QByteArray("/v1/files") << QList<QByteArray>{};
}

void TestFidelity::sendsChunkedUploads()
{
    QFETCH(QByteArray, target);
    QFETCH(QList<QByteArray>, chunks);
    m_site.upstream.setHandler(echoBody);
    chunks.removeAll(QByteArray());
    RawClient client(m_site.proxy.port());
    QVERIFY(client.send("POST " + target + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
        + requestIdLine + "\r\n"));
    for (const QByteArray& chunk : std::as_const(chunks))
        QVERIFY(client.send(Answer::chunk(chunk)));
    QVERIFY(client.send(Answer::chunk({})));
    const auto response = client.readResponse("POST");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->body, chunks.join());
    const ReceivedRequest seen = m_site.upstream.requests().last();
    QCOMPARE(seen.rawHead,
        "POST " + target + " HTTP/1.1\r\nHost: " + m_site.upstreamHost()
            + "\r\nTransfer-Encoding: chunked\r\n" + requestIdLine + "\r\n");
    QCOMPARE(seen.body, chunks.join());
}

void TestFidelity::carriesEightMegabytesBothWays()
{
    m_site.upstream.setHandler(echoBody);
    const QByteArray body = manyBytes(8 << 20);
    for (const char* target : {"/v1/files", "/v1/chat/completions"}) {
        RawClient client(m_site.proxy.port());
        client.setTimeout(std::chrono::seconds(60));
        QVERIFY(client.send(requestText("POST", target, requestIdLine, body)));
        const auto response = client.readResponse("POST");
        QVERIFY2(response, reasonOf(response).constData());
        QVERIFY(response->body == body);
        QVERIFY(m_site.upstream.requests().last().body == body);
    }
}

void TestFidelity::putsThePathOfTheBaseUrlBeforeTheTarget_data()
{
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("path") << QByteArray("/gateway/a%20b") << QByteArray("/gateway/a%20b/v1/x?y=%zz");
    QTest::newRow("final slash") << QByteArray("/gateway/") << QByteArray("/gateway/v1/x?y=%zz");
    QTest::newRow("only a slash") << QByteArray("/") << QByteArray("/v1/x?y=%zz");
}

void TestFidelity::putsThePathOfTheBaseUrlBeforeTheTarget()
{
    QFETCH(QByteArray, prefix);
    QFETCH(QByteArray, expected);
    ProxiedUpstream site(echoBody, {}, {}, prefix);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QVERIFY(site.exchange(requestText("GET", "/v1/x?y=%zz", requestIdLine), "GET"));
    QCOMPARE(site.upstream.requests().last().target, expected);
}

void TestFidelity::addsNoCorsHeaders()
{
    m_site.upstream.setHandler(echoBody);
    for (const char* target : {"/v1/x", "/nowhere"}) {
        const auto response = m_site.exchange(
            requestText("OPTIONS", target,
                requestIdLine + "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n"),
            "OPTIONS");
        QVERIFY2(response, reasonOf(response).constData());
        QVERIFY2(!response->rawHead.toLower().contains("access-control-"), response->rawHead.constData());
    }
}

REGISTER_TEST(TestFidelity)
#include "tst_fidelity.moc"
