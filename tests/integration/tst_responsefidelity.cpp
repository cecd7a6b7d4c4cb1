// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Byte identity of responses through the real program: a corpus of what other proxies break. Requests:
// tst_fidelity.

#include "fidelitysamples.h"
#include "proxiedupstream.h"
#include "support/testprogram.h"

namespace {

} // namespace

class TestResponseFidelity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void relaysResponsesAsTheyCame_data();
    void relaysResponsesAsTheyCame();
    void relaysEventStreams_data();
    void relaysEventStreams();
    void relaysInterimResponses();
    void relaysTrailers();
    void relaysCloseDelimitedBodiesChunked();

private:
    ProxiedUpstream m_site{[](const ReceivedRequest&) { return Answer::json(200, "{}"); }};
};

void TestResponseFidelity::initTestCase()
{
    QVERIFY2(m_site.proxy.start(), m_site.proxy.errorText());
}

void TestResponseFidelity::relaysResponsesAsTheyCame_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("head"); // without the empty line
    QTest::addColumn<QByteArray>("body"); // on the wire

    const QByteArray post = "POST";
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray gzip = Answer::gzipped(awkwardJson);
    QTest::newRow("awkward JSON") << post
                                  << ok + "Content-Type: application/json\r\n" + lengthLine(awkwardJson)
                                  << awkwardJson;
    QTest::newRow("gzip") << post
                          << ok + "content-encoding: gzip\r\n" + lengthLine(gzip)
            + "Vary: Accept-Encoding\r\n"
                          << gzip;
    QTest::newRow("undecodable gzip") << post << ok + "Content-Encoding: gzip\r\nContent-Length: 3\r\n"
                                      << QByteArray("abc");
    QTest::newRow("set-cookie twice, order and case") << post
                                                      << ok
            + "Set-Cookie: a=1; Path=/\r\nX-B: 1\r\nset-cookie: b=2\r\nContent-Length: 2\r\nx-b: 2\r\nX-E: "
              "\r\n" << QByteArray("{}");
    QTest::newRow("529 with retry-after")
        << post
        << QByteArray("HTTP/1.1 529 Site is overloaded\r\nretry-after: 7\r\nrequest-id: req_1\r\n"
                      "anthropic-ratelimit-unified-status: rejected\r\nContent-Length: 9\r\n")
        << QByteArray("{\"e\":1.0}");
    QTest::newRow("no reason phrase")
        << post << QByteArray("HTTP/1.1 299 \r\nContent-Length: 2\r\n") << QByteArray("{}");
    QTest::newRow("empty body") << post << ok + "Content-Length: 0\r\n" << QByteArray();
    QTest::newRow("empty chunked body") << post << ok + "Transfer-Encoding: chunked\r\nX-After: 1\r\n"
                                        << Answer::chunk({});
    QTest::newRow("chunked 429") << post
                                 << QByteArray("HTTP/1.1 429 Too Many Requests\r\nX-First: "
                                               "1\r\nTransfer-Encoding: chunked\r\nretry-after-ms: 5\r\n")
                                 << Answer::chunk(awkwardJson) + Answer::chunk({});
    QTest::newRow("204") << post << QByteArray("HTTP/1.1 204 No Content\r\nX-A: 1\r\n") << QByteArray();
    QTest::newRow("304") << QByteArray("GET")
                         << QByteArray("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 99\r\n")
                         << QByteArray();
    QTest::newRow("HEAD") << QByteArray("HEAD") << ok + "Content-Type: a/b\r\nContent-Length: 99\r\n"
                          << QByteArray();
    QTest::newRow("HEAD of chunked") << QByteArray("HEAD") << ok + "Transfer-Encoding: chunked\r\n"
                                     << QByteArray();
    QTest::newRow("redirect is not followed")
        << post
        << QByteArray(
               "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n")
        << QByteArray();
    QTest::newRow("401 is not answered")
        << post
        << QByteArray(
               "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n")
        << QByteArray();
}

void TestResponseFidelity::relaysResponsesAsTheyCame()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    m_site.upstream.setHandler(
        [=](const ReceivedRequest&) { return UpstreamScript().send(head + "\r\n" + body); });
    for (const char* target : {"/v1/chat/completions", "/v1/messages", "/v1/other"}) {
        const auto response = m_site.exchange(requestText(method, target, requestIdLine), method);
        QVERIFY2(response, reasonOf(response).constData());
        QCOMPARE(response->rawHead, head + "x-request-id: r1\r\n\r\n");
        QCOMPARE(response->rawBody, body);
    }
}

void TestResponseFidelity::relaysEventStreams_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("isBytewise");
    for (const bool isBytewise : {false, true}) {
        for (const char* target :
            {"/v1/chat/completions", "/v1/messages", "/v1beta/models/g:streamGenerateContent"})
            QTest::addRow("%s %s", target, isBytewise ? "bytewise" : "whole")
                << QByteArray(target) << isBytewise;
    }
}

void TestResponseFidelity::relaysEventStreams()
{
    QFETCH(QByteArray, target);
    QFETCH(bool, isBytewise);
    const QByteArray stream
        = ": ping\n\n:\r\n\r\n\n\ndata: {\"seed\":12345678901234567890, \"t\":1.0}\r\n\r\nevent: error\n"
          "data: {\"choices\": []}\n\ndata:{\"choices\":[ ],\"usage\":null}\n\nid: 1\nretry: 5\n\n"
          "data: \xc3\xa9 \\u00e9\r\rdata: a\ndata: b\n\ndata: [DONE]\n\ndata: no end";
    QList<QByteArray> chunks{stream};
    if (isBytewise) {
        chunks.clear();
        for (const char byte : stream)
            chunks.append(QByteArray(1, byte));
    }
    m_site.upstream.setHandler([=](const ReceivedRequest&) { return Answer::sse(chunks); });
    const auto response = m_site.exchange(requestText("POST", target, requestIdLine, "{\"stream\":true}"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->rawHead,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nx-request-id: "
        "r1\r\n\r\n");
    QCOMPARE(response->body, stream);
}

void TestResponseFidelity::relaysInterimResponses()
{
    const QByteArray hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\nlink: </b>\r\n\r\n";
    m_site.upstream.setHandler([=](const ReceivedRequest&) {
        return UpstreamScript().send("HTTP/1.1 100 Continue\r\n\r\n" + hints).then(Answer::json(200, "{}"));
    });
    const auto response = m_site.exchange(requestText("POST", "/v1/x", requestIdLine, "{}"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->interimHeads, QList<QByteArray>{hints}); // 100 is between the proxy and the upstream
    QCOMPARE(response->body, QByteArray("{}"));
}

void TestResponseFidelity::relaysTrailers()
{
    m_site.upstream.setHandler([](const ReceivedRequest&) {
        return UpstreamScript().send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX-Sum: 1\r\n\r\n");
    });
    const auto response = m_site.exchange(requestText("POST", "/v1/x", requestIdLine, "{}"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->trailers, (HeaderList{{"X-Sum", "1"}}));
}

void TestResponseFidelity::relaysCloseDelimitedBodiesChunked()
{
    m_site.upstream.setHandler([](const ReceivedRequest&) {
        return Answer::closeDelimited(200, {{"X-A", "1"}}, awkwardJson);
    });
    const auto response = m_site.exchange(requestText("POST", "/v1/x", requestIdLine, "{}"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->rawHead,
        QByteArray("HTTP/1.1 200 OK\r\nX-A: 1\r\nx-request-id: r1\r\nTransfer-Encoding: chunked\r\n\r\n"));
    QCOMPARE(response->body, awkwardJson);
}

REGISTER_TEST(TestResponseFidelity)
#include "tst_responsefidelity.moc"
