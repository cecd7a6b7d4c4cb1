// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The one change to a body: OpenAI chat streams are asked for their usage, and the consumer does not notice.

#include "proxiedupstream.h"
#include "support/testprogram.h"

namespace {

const QByteArray contentEvent
    = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}],\"usage\":null}\n\n";
const QByteArray usageEvent
    = "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";
const QByteArray doneEvent = "data: [DONE]\n\n";

UpstreamScript streamUsage(const ReceivedRequest&)
{
    return Answer::sse({contentEvent, usageEvent, doneEvent});
}

} // namespace

class TestUsageSplice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void insertsBytesAndNothingElse_data();
    void insertsBytesAndNothingElse();
    void leavesTheConsumersChoice_data();
    void leavesTheConsumersChoice();
    void leavesOtherPathsAlone_data();
    void leavesOtherPathsAlone();
    void splicesAChunkedUpload();
    void hidesTheFrameInAnyChunking();
    void leavesOtherAnswersAlone_data();
    void leavesOtherAnswersAlone();

private:
    ProxiedUpstream m_site{streamUsage};
};

void TestUsageSplice::initTestCase()
{
    QVERIFY2(m_site.proxy.start(), m_site.proxy.errorText());
}

void TestUsageSplice::insertsBytesAndNothingElse_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("end"); // of the body, behind the inserted bytes
    QTest::newRow("plain") << QByteArray("{\"stream\":true}") << QByteArray("}");
    QTest::newRow("awkward") << QByteArray(
        "{ \"seed\": 12345678901234567890, \"t\":1.0,\"u\":\"\\u00e9\\/\",\n\"stream\" : true\r\n}\n")
                             << QByteArray("}\n");
    QTest::newRow("options open") << QByteArray("{\"stream\":true,\"stream_options\":{\"x\": 1.0},\"a\":1}")
                                  << QByteArray("},\"a\":1}");
}

void TestUsageSplice::insertsBytesAndNothingElse()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, end);
    m_site.upstream.setHandler(streamUsage);
    const auto response = m_site.exchange(requestText("POST", "/v1/chat/completions", "", body));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->body, contentEvent + doneEvent);

    const ReceivedRequest seen = m_site.upstream.requests().last();
    QCOMPARE(seen.headers.value("content-length"), QByteArray::number(seen.body.size()));
    const qsizetype inserted = seen.body.size() - body.size();
    QVERIFY(inserted > 0);
    qsizetype start = 0;
    while (start < body.size() && seen.body[start] == body[start])
        ++start;
    // What is left without the inserted bytes is the consumer's body.
    QCOMPARE(seen.body.first(start) + seen.body.mid(start + inserted), body);
    QVERIFY(seen.body.contains("\"include_usage\":true"));
    QVERIFY(seen.body.endsWith(end));
}

void TestUsageSplice::leavesTheConsumersChoice_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char* body : {"{\"stream\":true,\"stream_options\":{\"include_usage\":false}}",
             "{\"stream\":true,\"stream_options\":{\"include_usage\":true}}", "{\"stream\":false}",
             "{\"model\":\"m\"}", "{\"messages\":[{\"stream\":true}]}", "[{\"stream\":true}]"})
        QTest::newRow(body) << QByteArray(body);
}

void TestUsageSplice::leavesTheConsumersChoice()
{
    QFETCH(QByteArray, body);
    m_site.upstream.setHandler(streamUsage);
    const auto response = m_site.exchange(requestText("POST", "/v1/chat/completions", "", body));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(m_site.upstream.requests().last().body, body);
    QCOMPARE(response->body, contentEvent + usageEvent + doneEvent); // whatever came is the consumer's
}

void TestUsageSplice::leavesOtherPathsAlone_data()
{
    QTest::addColumn<bool>("isSpliced");
    QTest::newRow("/v1/responses") << false;
    // Azure's older API versions refuse the option.
    QTest::newRow("/openai/deployments/d/chat/completions?api-version=2024-02-01") << false;
    QTest::newRow("/openai/v1/chat/completions") << true;
    QTest::newRow("/v1beta/openai/chat/completions") << false; // Gemini's copy of the API
}

void TestUsageSplice::leavesOtherPathsAlone()
{
    QFETCH(bool, isSpliced);
    const QByteArray body = "{\"stream\":true}";
    m_site.upstream.setHandler(streamUsage);
    const auto response = m_site.exchange(requestText("POST", QTest::currentDataTag(), "", body));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(m_site.upstream.requests().last().target, QByteArray(QTest::currentDataTag()));
    QCOMPARE(m_site.upstream.requests().last().body != body, isSpliced);
    QCOMPARE(response->body, isSpliced ? contentEvent + doneEvent : contentEvent + usageEvent + doneEvent);
}

void TestUsageSplice::splicesAChunkedUpload()
{
    m_site.upstream.setHandler(streamUsage);
    const auto response = m_site.exchange(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Answer::chunk("{\"stream\"") + Answer::chunk(":true}") + Answer::chunk({}));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->body, contentEvent + doneEvent);
    const ReceivedRequest seen = m_site.upstream.requests().last();
    QVERIFY(seen.body.startsWith("{\"stream\":true,"));
    QVERIFY(!seen.headers.contains("content-length"));
}

void TestUsageSplice::hidesTheFrameInAnyChunking()
{
    QList<QByteArray> bytes;
    for (const char byte : contentEvent + usageEvent + doneEvent)
        bytes.append(QByteArray(1, byte));
    m_site.upstream.setHandler([=](const ReceivedRequest&) { return Answer::sse(bytes); });
    const auto response
        = m_site.exchange(requestText("POST", "/v1/chat/completions", "", "{\"stream\":true}"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->body, contentEvent + doneEvent);
}

void TestUsageSplice::leavesOtherAnswersAlone_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("an error") << 400 << QByteArray("text/event-stream");
    QTest::newRow("no event stream") << 200 << QByteArray("application/json");
}

void TestUsageSplice::leavesOtherAnswersAlone()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    m_site.upstream.setHandler([=](const ReceivedRequest&) {
        return Answer::contentLength(status, {{"Content-Type", type}}, usageEvent);
    });
    const auto response
        = m_site.exchange(requestText("POST", "/v1/chat/completions", "", "{\"stream\":true}"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, status);
    QCOMPARE(response->body, usageEvent);
    QCOMPARE(response->headers.value("content-length"), QByteArray::number(usageEvent.size()));
}

REGISTER_TEST(TestUsageSplice)
#include "tst_usagesplice.moc"
