// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a record makes of an answer that is not what it is called, and of keys that stand in a request.

#include "support/testprogram.h"
#include "trace/recordbuilder.h"

class TestRecordShape final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsStreams_data();
    void tellsStreams();
    void readsOnBehindAGap();
    void masksKeysOfToolServers_data();
    void masksKeysOfToolServers();
};

namespace {

struct Exchanged
{
    QByteArray provider = "openai";
    QByteArray target = "/v1/chat/completions";
    HeaderList requestHeaders{{"Content-Type", "application/json"}};
    QByteArray request = R"({"model":"gpt-5","stream":true,"messages":[{"role":"user","content":"Hi"}]})";
    HeaderList responseHeaders{{"Content-Type", "text/event-stream"}};
    QByteArrayList response;
    int gapBefore = -1; // piece of the response
};

TraceRecord recordOfExchange(const Exchanged& call)
{
    RecordBuilder builder(1 << 20);
    CaptureSegment segment;
    segment.start.emplace();
    segment.start->provider = call.provider;
    segment.start->method = "POST";
    segment.start->target = call.target;
    segment.start->requestHeaders = call.requestHeaders;
    segment.requestBody = {call.request};
    segment.response = CallResponse{200, "OK", call.responseHeaders, 1'000'000};
    builder.add(segment);
    for (int i = 0; i < call.response.size(); ++i) {
        CaptureSegment piece;
        piece.bodiesDropped = i == call.gapBefore;
        piece.responseBody = {{call.response[i], (i + 2) * qint64(1'000'000)}};
        builder.add(piece);
    }
    CaptureSegment last;
    last.end.emplace();
    last.end->atNs = 90'000'000;
    last.end->requestBytes = call.request.size();
    last.end->responseBytes = call.response.join().size();
    builder.add(last);
    return builder.finish();
}

const QByteArray chunk = R"({"id":"c","model":"gpt-5","choices":[{"index":0,"delta":{"content":"Hi"}}]})";
const QByteArray lastChunk
    = R"({"id":"c","model":"gpt-5","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":)"
      R"({"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})";
const QByteArray chatDocument
    = R"({"id":"c","model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},)"
      R"("finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})";
const QByteArray geminiPiece
    = R"({"candidates":[{"content":{"parts":[{"text":"Hi"}]},"finishReason":"STOP"}],"usageMetadata":)"
      R"({"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":5}})";

} // namespace

void TestRecordShape::tellsStreams_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArrayList>("response");
    QTest::addColumn<bool>("isStream");
    const QByteArray chat = "/v1/chat/completions";
    const QByteArray streams = "/v1beta/models/gemini-3:streamGenerateContent";
    const QByteArrayList events{"data: " + chunk + "\n\n", "data: " + lastChunk + "\n\n", "data: [DONE]\n\n"};
    const auto row = [](const char* name, const QByteArray& target, const char* contentType,
                         const QByteArrayList& response, bool isStream) {
        QTest::newRow(name) << target << QByteArray(contentType) << response << isStream;
    };
    row("events", chat, "text/event-stream", events, true);
    row("events called JSON", chat, "application/octet-stream", events, true);
    row("events called text", chat, "text/plain; charset=utf-8", events, true);
    row("events called nothing", chat, "", events, true);
    row("a document called events", chat, "text/event-stream", {chatDocument}, false);
    row("a document", chat, "application/json", {chatDocument}, false);
    row("Gemini's array", streams, "application/json", {"[" + geminiPiece, ",\r\n" + geminiPiece, "]"}, true);
    row("Gemini's events", streams + "?alt=sse", "text/event-stream", {"data: " + geminiPiece + "\r\n\r\n"},
        true);
    row("one document of Gemini's", streams, "application/json", {geminiPiece}, false);
    row("Gemini's document", "/v1beta/models/gemini-3:generateContent", "application/json", {geminiPiece},
        false);
}

void TestRecordShape::tellsStreams()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArrayList, response);
    QFETCH(bool, isStream);
    Exchanged call;
    call.target = target;
    call.provider = target.contains("gemini") ? "gemini" : "openai";
    call.responseHeaders = {{"Content-Type", contentType}};
    call.response = response;
    const TraceRecord record = recordOfExchange(call);
    QCOMPARE(record.isStream, isStream);
    QCOMPARE(record.firstTokenUs, isStream ? 2000 : -1);
    QCOMPARE(record.errorCode, QByteArray());
    QVERIFY(record.usage && record.usage->total == 5);
    QVERIFY(record.output.messages.first().parts.first().text.startsWith("Hi"));
}

void TestRecordShape::readsOnBehindAGap()
{
    Exchanged call;
    call.responseHeaders = {{"Content-Type", "text/plain"}};
    call.response = {"data: " + chunk + "\n\n", "data: {\"cut", "ata: " + chunk.first(20),
        "\n\ndata: " + lastChunk + "\n\ndata: [DONE]\n\n"};
    call.gapBefore = 2;
    const TraceRecord record = recordOfExchange(call);
    QVERIFY(record.isStream);
    QVERIFY(record.usage && record.usage->total == 5);
}

void TestRecordShape::masksKeysOfToolServers_data()
{
    QTest::addColumn<bool>("isEncoded");
    QTest::addColumn<bool>("isAnswerEncoded");
    QTest::newRow("plain") << false << false;
    QTest::newRow("encoded") << true << false;
    QTest::newRow("answer encoded") << false << true;
}

/// From the body, the tools, and an answer that repeats them.
void TestRecordShape::masksKeysOfToolServers()
{
    QFETCH(bool, isEncoded);
    QFETCH(bool, isAnswerEncoded);
    const auto deflated = [](const QByteArray& body) { return qCompress(body).sliced(4); };
    Exchanged call;
    call.target = "/v1/responses";
    call.request = R"({"model":"gpt-5","input":"Hi","tools":[{"type":"mcp","server_label":"s",)"
                   R"("headers":{"Authorization":"Bearer mcp-token-1"},"authorization":"mcp-token-2"}]})";
    call.response = {R"({"id":"r","object":"response","status":"completed","output":[{"type":"message",)"
                     R"("role":"assistant","content":[{"type":"output_text","text":"mcp-token-2?"}]}],)"
                     R"("tools":[{"type":"mcp","headers":{"Authorization":"Bearer mcp-token-1"}}]})"};
    call.responseHeaders = {{"Content-Type", "application/json"}};
    if (isEncoded) {
        call.request = deflated(call.request);
        call.requestHeaders.append("Content-Encoding", "deflate");
    }
    if (isAnswerEncoded) {
        call.response = {deflated(call.response.first())};
        call.responseHeaders.append("Content-Encoding", "deflate");
    }
    const QByteArray encoded = isAnswerEncoded ? call.response.first() : call.request;
    const TraceRecord record = recordOfExchange(call);
    QCOMPARE(record.dialect, "openai.responses");
    QCOMPARE(record.input.tools.size(), 1);
    QCOMPARE(record.output.messages.first().parts.first().text, "***?");
    QVERIFY(isAnswerEncoded ? record.responseBody.isEmpty() : record.responseBody.contains("***?"));
    QVERIFY(isEncoded ? record.requestBody.isEmpty() : record.requestBody.contains(R"("***"}]})"));
    QCOMPARE(record.isTruncated, isEncoded || isAnswerEncoded);
    for (const QByteArray& text : {record.requestBody, record.responseBody, record.requestText,
             record.input.tools.first().json, record.verbatimInput}) {
        QVERIFY(!text.contains("mcp-token"));
        QVERIFY(!isEncoded && !isAnswerEncoded ? true : text != encoded);
    }
}

REGISTER_TEST(TestRecordShape)
#include "tst_recordshape.moc"
