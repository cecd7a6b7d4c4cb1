// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/recordbuilder.h"

#include "base/ids.h"

class TestRecordBuilder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsStreams_data();
    void readsStreams();
    void readsTheSameInAnyCutting_data();
    void readsTheSameInAnyCutting();
    void readsADocument();
    void readsEncodedBodies();
    void keepsUsageBeyondTheBound();
    void boundsTheConversation();
    void keepsTextOfOtherRoutes();
    void listsFormFields();
    void keepsNoTextOfBinaryBodies();
    void cutsTextBetweenCharacters();
    void readsErrorBodies();
    void quotesTheErrorPageOfAGateway();
    void readsAnErrorInsideAStream();
    void tellsAStreamWithoutItsEnd();
    void keepsWhatACancelledCallSaid();
    void readsOnBehindAGap();
    void findsUsageInTheTailOfADocument();
    void survivesBrokenEncodings_data();
    void survivesBrokenEncodings();
    void masksCredentials();
    void dropsEncodedCopiesWithCredentials();
    void finishesWithoutAnEnd();
    void attributesAndTags();
    void takesTimes();
};

namespace {

constexpr qsizetype bound = 1 << 20;

// Shapes of the providers' API references, 2026-11.
const QByteArray openaiRequest(
    R"({"model":"gpt-5.1","stream":true,"temperature":0.70,"seed":12345678901234567890,)"
    R"("messages":[{"role":"user","content":"Hi"}]})");
const QByteArray openaiStream(
    "data: "
    "{\"id\":\"c1\",\"model\":\"gpt-5.1-2026\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
    "\"content\":\"\"},\"finish_reason\":null}]}\n\n"
    "data: "
    "{\"id\":\"c1\",\"model\":\"gpt-5.1-2026\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"},"
    "\"finish_reason\":null}]}\n\n"
    "data: "
    "{\"id\":\"c1\",\"model\":\"gpt-5.1-2026\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},"
    "\"finish_reason\":\"stop\"}]}\n\n"
    "data: {\"id\":\"c1\",\"model\":\"gpt-5.1-2026\",\"choices\":[],\"usage\":{\"prompt_tokens\":11,"
    "\"completion_tokens\":7,\"total_tokens\":18}}\n\n"
    "data: [DONE]\n\n");
const QByteArray anthropicRequest(
    R"({"model":"claude-5","max_tokens":10,"stream":true,"metadata":{"user_id":"user_a_account_b_session_s-1"},)"
    R"("messages":[{"role":"user","content":"Hi"}]})");
const QByteArray anthropicStream(
    "event: message_start\ndata: "
    "{\"type\":\"message_start\",\"message\":{\"id\":\"m1\",\"role\":\"assistant\","
    "\"model\":\"claude-5-2026\",\"content\":[],\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}}\n\n"
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
    "{\"type\":\"text\",\"text\":\"\"}}\n\n"
    "event: ping\ndata: {\"type\":\"ping\"}\n\n"
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
    "{\"type\":\"text_delta\",\"text\":\"Hello\"}}\n\n"
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
    "\"usage\":{\"output_tokens\":7}}\n\n"
    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
const QByteArray geminiRequest(R"({"contents":[{"role":"user","parts":[{"text":"Hi"}]}]})");
const QByteArray geminiArray(
    "[{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hel\"}]}}],"
    "\"modelVersion\":\"gemini-3\"},\r\n"
    "{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"lo\"}]},"
    "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":7,"
    "\"totalTokenCount\":18},\"modelVersion\":\"gemini-3\"}]");
const QByteArray openaiDocument(
    R"({"id":"c1","object":"chat.completion","model":"gpt-5.1-2026","choices":[{"index":0,"message":)"
    R"({"role":"assistant","content":"Hello"},"finish_reason":"stop"}],)"
    R"("usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}})");

struct Call
{
    QByteArray provider = "openai";
    QByteArray target = "/v1/chat/completions";
    HeaderList requestHeaders;
    QList<Secret> credentials;
    QByteArray request = openaiRequest;
    int status = 200;
    HeaderList responseHeaders{{"Content-Type", "text/event-stream; charset=utf-8"}};
    QByteArray response = openaiStream;
    CallOutcome outcome = CallOutcome::Completed;
};

Call anthropicCall()
{
    Call call;
    call.provider = "anthropic";
    call.target = "/v1/messages?beta=true";
    call.request = anthropicRequest;
    call.response = anthropicStream;
    return call;
}

Call geminiCall()
{
    Call call;
    call.provider = "gemini";
    call.target = "/v1beta/models/gemini-3:streamGenerateContent";
    call.request = geminiRequest;
    call.response = geminiArray;
    call.responseHeaders = {{"content-type", "application/json; charset=UTF-8"}};
    return call;
}

Call documentCall()
{
    Call call;
    call.response = openaiDocument;
    call.responseHeaders = {{"content-type", "application/json"}};
    return call;
}

/// An encoded body as `Content-Encoding: deflate` has it (zlib, RFC 1950).
QByteArray deflated(const QByteArray& body)
{
    return qCompress(body).sliced(4);
}

CaptureSegment startOf(const Call& call)
{
    CaptureSegment segment;
    segment.call = 1;
    segment.start.emplace();
    segment.start->startedAtUs = 1'795'000'000'000'000;
    segment.start->requestId = "11111111-2222-4333-8444-555555555555";
    segment.start->provider = call.provider;
    segment.start->method = "POST";
    segment.start->target = call.target;
    segment.start->upstreamOrigin = "https://upstream:443";
    segment.start->requestHeaders = call.requestHeaders;
    segment.start->credentials = call.credentials;
    return segment;
}

CaptureSegment responseOf(const Call& call)
{
    CaptureSegment segment;
    segment.call = 1;
    segment.response = CallResponse{call.status, "The Reason", call.responseHeaders, 2'000'000};
    return segment;
}

CaptureSegment endOf(const Call& call)
{
    CaptureSegment segment;
    segment.call = 1;
    segment.end.emplace();
    segment.end->outcome = call.outcome;
    segment.end->atNs = 9'000'999;
    segment.end->requestSentNs = 1'000'000;
    segment.end->requestBytes = call.request.size();
    segment.end->responseBytes = call.response.size();
    return segment;
}

/// The record of that call, its bodies in pieces of that size, one segment a piece (0: all in one segment).
TraceRecord recordOf(const Call& call, qsizetype pieceSize = 0, qsizetype maxBodyBytes = bound)
{
    RecordBuilder builder(maxBodyBytes);
    if (pieceSize == 0) {
        CaptureSegment whole = startOf(call);
        whole.requestBody = {call.request};
        whole.response = responseOf(call).response;
        whole.responseBody = {{call.response, 3'000'000}};
        whole.end = endOf(call).end;
        builder.add(whole);
        return builder.finish();
    }
    builder.add(startOf(call));
    for (qsizetype at = 0; at < call.request.size(); at += pieceSize) {
        CaptureSegment segment;
        segment.requestBody = {call.request.mid(at, pieceSize)};
        builder.add(segment);
    }
    builder.add(responseOf(call));
    for (qsizetype at = 0; at < call.response.size(); at += pieceSize) {
        CaptureSegment segment;
        segment.responseBody = {{call.response.mid(at, pieceSize), 3'000'000}};
        builder.add(segment);
    }
    builder.add(endOf(call));
    return builder.finish();
}

QByteArray outputText(const TraceRecord& record)
{
    QByteArray text;
    for (const Message& message : record.output.messages) {
        for (const Part& part : message.parts)
            text += part.text;
    }
    return text;
}

} // namespace

void TestRecordBuilder::readsStreams_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QByteArray>("dialect");
    QTest::addColumn<QByteArray>("requestModel");
    QTest::addColumn<QByteArray>("responseModel");
    QTest::newRow("openai") << 0 << QByteArray("openai.chat") << QByteArray("gpt-5.1")
                            << QByteArray("gpt-5.1-2026");
    QTest::newRow("anthropic") << 1 << QByteArray("anthropic.messages") << QByteArray("claude-5")
                               << QByteArray("claude-5-2026");
    QTest::newRow("gemini") << 2 << QByteArray("gemini.generateContent") << QByteArray("gemini-3")
                            << QByteArray("gemini-3");
}

void TestRecordBuilder::readsStreams()
{
    QFETCH(int, which);
    QFETCH(QByteArray, dialect);
    QFETCH(QByteArray, requestModel);
    QFETCH(QByteArray, responseModel);
    const Call call = which == 0 ? Call() : which == 1 ? anthropicCall() : geminiCall();
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.dialect, dialect);
    QCOMPARE(record.requestModel, requestModel);
    QCOMPARE(record.responseModel, responseModel);
    QCOMPARE(record.errorCode, QByteArray());
    QVERIFY(record.isStream);
    QVERIFY(!record.isTruncated);
    QVERIFY(!record.bodiesDropped);
    QCOMPARE(outputText(record), QByteArray("Hello"));
    QCOMPARE(record.input.messages.size(), 1);
    QVERIFY(record.usage.has_value());
    QCOMPARE(record.usage->input, std::optional<qint64>(11));
    QCOMPARE(record.usage->output, std::optional<qint64>(7));
    QCOMPARE(record.usage->total, std::optional<qint64>(18));
    QCOMPARE(record.requestBody, call.request);
    QCOMPARE(record.responseBody, call.response);
    QCOMPARE(record.requestText, QByteArray());
    QCOMPARE(record.responseText, QByteArray());
}

void TestRecordBuilder::readsTheSameInAnyCutting_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("openai") << 0;
    QTest::newRow("anthropic") << 1;
    QTest::newRow("gemini") << 2;
    QTest::newRow("encoded") << 3;
}

void TestRecordBuilder::readsTheSameInAnyCutting()
{
    QFETCH(int, which);
    Call call = which == 1 ? anthropicCall() : which == 2 ? geminiCall() : Call();
    if (which == 3) {
        call.response = deflated(call.response);
        call.responseHeaders.append("Content-Encoding", "deflate");
    }
    TraceRecord whole = recordOf(call);
    QCOMPARE(outputText(whole), QByteArray("Hello"));
    for (qsizetype size = 1; size < call.response.size(); ++size) {
        TraceRecord cut = recordOf(call, size);
        cut.id = whole.id;
        cut.attribution.spanId = whole.attribution.spanId;
        const ArrivalTimes arrivals = ArrivalTimes::decode(cut.arrivals);
        qint64 bytes = 0;
        for (const Arrival& arrival : arrivals.entries())
            bytes += arrival.bytes;
        QCOMPARE(bytes, cut.responseBytes);
        QVERIFY(arrivals.entries().size() > 1);
        cut.arrivals = whole.arrivals;
        QVERIFY2(cut == whole, qPrintable(QString::number(size)));
    }
}

void TestRecordBuilder::readsADocument()
{
    const TraceRecord record = recordOf(documentCall());
    QVERIFY(!record.isStream);
    QCOMPARE(record.firstTokenUs, -1);
    QCOMPARE(outputText(record), QByteArray("Hello"));
    QCOMPARE(record.usage->total, std::optional<qint64>(18));
    QCOMPARE(record.errorCode, QByteArray());
    QVERIFY(record.parameters.contains(ModelParameter{"temperature", "0.70"}));
    QVERIFY(record.parameters.contains(ModelParameter{"seed", "12345678901234567890"}));
}

void TestRecordBuilder::readsEncodedBodies()
{
    Call call = documentCall();
    call.request = deflated(call.request);
    call.requestHeaders = {{"Content-Encoding", "deflate"}, {"content-type", "application/json"}};
    call.response = deflated(call.response);
    call.responseHeaders.append("content-encoding", "Deflate");
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.requestModel, QByteArray("gpt-5.1"));
    QCOMPARE(outputText(record), QByteArray("Hello"));
    QCOMPARE(record.requestBody, call.request); // as on the wire
    QCOMPARE(record.responseBody, call.response);
}

void TestRecordBuilder::keepsUsageBeyondTheBound()
{
    for (const Call& call : {Call(), anthropicCall(), geminiCall(), documentCall()}) {
        const TraceRecord record = recordOf(call, 10, 3);
        QCOMPARE(record.usage->total, std::optional<qint64>(18));
        QCOMPARE(outputText(record).size(), 3);
        QCOMPARE(record.requestBody, call.request.left(3));
        QCOMPARE(record.responseBody, call.response.left(3));
        QCOMPARE(record.responseBytes, call.response.size());
        QVERIFY(record.isTruncated);
        QCOMPARE(record.errorCode, QByteArray());
    }
}

void TestRecordBuilder::boundsTheConversation()
{
    Call call;
    call.request = R"({"model":"m","messages":[{"role":"system","content":")" + QByteArray(500, 's')
        + R"("},{"role":"user","content":"newest"}],"response_format":{"x":")" + QByteArray(500, 'f')
        + R"("}})";
    const TraceRecord record = recordOf(call, 0, 100);
    QCOMPARE(record.input.messages[1].parts[0].text, QByteArray("newest"));
    QVERIFY(record.input.messages[0].parts[0].text.endsWith("…[truncated 406 bytes]"));
    QCOMPARE(record.verbatimInput, QByteArray());
    QVERIFY(record.parameters.isEmpty());
    QVERIFY(record.isTruncated);
    QCOMPARE(record.requestModel, QByteArray("m"));
}

void TestRecordBuilder::keepsTextOfOtherRoutes()
{
    Call call;
    call.target = "/v1/other/embeddings?x=1";
    call.request = R"({"input":"a"})";
    call.requestHeaders = {{"content-type", "application/json"}, {"content-encoding", "deflate"}};
    call.response = R"({"data":[1.0]})";
    call.responseHeaders = {{"content-type", "application/json"}, {"content-encoding", "deflate"}};
    const QByteArray requestText = std::exchange(call.request, deflated(call.request));
    const QByteArray responseText = std::exchange(call.response, deflated(call.response));
    const TraceRecord record = recordOf(call, 3);
    QCOMPARE(record.dialect, QByteArray());
    QCOMPARE(record.requestText, requestText);
    QCOMPARE(record.responseText, responseText);
    QCOMPARE(record.requestBody, call.request);
    QCOMPARE(record.attribution.tags, (QList<QByteArray>{"embedding"}));
    QVERIFY(!record.isStream);
    QVERIFY(!record.isTruncated);
}

void TestRecordBuilder::listsFormFields()
{
    Call call;
    call.target = "/v1/audio/other";
    call.requestHeaders = {{"content-type", "multipart/form-data; boundary=b"}};
    call.request = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b--\r\n";
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.requestText, QByteArray(R"({"model":"whisper-1"})"));
    QCOMPARE(record.attribution.tags, (QList<QByteArray>{"audio"}));
}

void TestRecordBuilder::keepsNoTextOfBinaryBodies()
{
    Call call;
    call.target = "/v1/audio/other";
    call.responseHeaders = {{"content-type", "audio/mpeg"}};
    call.response = QByteArray("\xff\xfb\x00", 3);
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.responseText, QByteArray());
    QCOMPARE(record.responseBody, call.response);
}

void TestRecordBuilder::cutsTextBetweenCharacters()
{
    Call call;
    call.target = "/v1/files";
    call.responseHeaders = {{"content-type", "text/plain"}};
    call.response = "ab\xe2\x82\xac\xe2\x82\xac";
    for (qsizetype size = 0; size <= call.response.size(); ++size) {
        const QByteArray text = recordOf(call, 2, size).responseText;
        QVERIFY(call.response.startsWith(text));
        QCOMPARE(text.size(), size < 2 ? size : 2 + (size - 2) / 3 * 3);
    }
}

void TestRecordBuilder::readsErrorBodies()
{
    Call call = anthropicCall();
    call.status = 529;
    call.responseHeaders = {{"content-type", "application/json"}, {"retry-after", "7"}};
    call.response = R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})";
    const TraceRecord record = recordOf(call, 7);
    QCOMPARE(record.errorCode, QByteArray("overloaded_error"));
    QCOMPARE(record.errorMessage, QByteArray("Overloaded"));
    QVERIFY(!record.isStream);
    QVERIFY(record.isError());
    QCOMPARE(record.requestModel, QByteArray("claude-5"));
    QCOMPARE(record.responseHeaders.value("retry-after"), QByteArray("7"));
}

void TestRecordBuilder::quotesTheErrorPageOfAGateway()
{
    Call call;
    call.status = 502;
    call.responseHeaders = {{"content-type", "text/html"}};
    call.response = "<h1>Bad Gateway</h1>";
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.errorCode, QByteArray("http_502"));
    QCOMPARE(record.errorMessage, QByteArray("<h1>Bad Gateway</h1>"));
    QCOMPARE(record.responseText, QByteArray("<h1>Bad Gateway</h1>"));
    call.response.clear();
    QCOMPARE(recordOf(call).errorMessage, QByteArray("The Reason"));
}

void TestRecordBuilder::readsAnErrorInsideAStream()
{
    Call call = anthropicCall();
    call.response = call.response.first(call.response.indexOf("event: message_delta"))
        + "event: error\ndata: "
          "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Later\"}}\n\n";
    const TraceRecord record = recordOf(call, 50);
    QCOMPARE(record.errorCode, QByteArray("overloaded_error"));
    QCOMPARE(record.errorMessage, QByteArray("Later"));
    QCOMPARE(record.status, 200);
    QCOMPARE(outputText(record), QByteArray("Hello"));
}

void TestRecordBuilder::tellsAStreamWithoutItsEnd()
{
    Call call = anthropicCall();
    call.response = call.response.first(call.response.indexOf("event: message_delta"));
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.errorCode, QByteArray("incomplete"));
    QCOMPARE(outputText(record), QByteArray("Hello"));
}

void TestRecordBuilder::keepsWhatACancelledCallSaid()
{
    Call call = anthropicCall();
    call.outcome = CallOutcome::ClientCancelled;
    QCOMPARE(recordOf(call).errorCode, QByteArray()); // it left after the end
    call.response = call.response.first(call.response.indexOf("event: content_block_stop"));
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.outcome, CallOutcome::ClientCancelled);
    QCOMPARE(record.errorCode, QByteArray("client_cancelled"));
    QCOMPARE(outputText(record), QByteArray("Hello"));
    QCOMPARE(record.usage->input, std::optional<qint64>(11));
}

void TestRecordBuilder::readsOnBehindAGap()
{
    const Call call = anthropicCall();
    const qsizetype tailAt = call.response.indexOf("\"delta\":{\"stop_reason\""); // inside an event
    for (qsizetype headSize : {0, 10, 300, 420}) {
        RecordBuilder builder(bound);
        builder.add(startOf(call));
        CaptureSegment head = responseOf(call);
        head.responseBody = {{call.response.first(headSize), 3'000'000}};
        builder.add(head);
        CaptureSegment tail = endOf(call);
        tail.bodiesDropped = true;
        tail.responseBody = {{call.response.sliced(tailAt), 4'000'000}};
        builder.add(tail);
        const TraceRecord record = builder.finish();
        QVERIFY(record.bodiesDropped);
        QVERIFY(record.isTruncated);
        QCOMPARE(record.errorCode, QByteArray()); // we were blind, it was not incomplete
    }
    RecordBuilder builder(bound);
    builder.add(startOf(call));
    CaptureSegment head = responseOf(call);
    head.responseBody = {{call.response.first(300), 3'000'000}};
    builder.add(head);
    CaptureSegment tail = endOf(call);
    tail.bodiesDropped = true;
    tail.responseBody
        = {{call.response.sliced(call.response.indexOf("event: message_delta") - 20), 4'000'000}};
    builder.add(tail);
    QCOMPARE(builder.finish().usage->output, std::optional<qint64>(7));
}

void TestRecordBuilder::findsUsageInTheTailOfADocument()
{
    const Call call = documentCall();
    RecordBuilder builder(bound);
    builder.add(startOf(call));
    builder.add(responseOf(call));
    CaptureSegment tail = endOf(call);
    tail.bodiesDropped = true;
    tail.responseBody = {{call.response.last(120), 4'000'000}};
    builder.add(tail);
    const TraceRecord record = builder.finish();
    QVERIFY(record.usage.has_value());
    QCOMPARE(record.usage->total, std::optional<qint64>(18));
    QCOMPARE(record.errorCode, QByteArray());
}

void TestRecordBuilder::survivesBrokenEncodings_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("unknown") << QByteArray("rot13") << openaiStream;
    QTest::newRow("not what it says") << QByteArray("gzip") << openaiStream;
    QTest::newRow("cut") << QByteArray("deflate") << deflated(openaiStream).chopped(30);
    QTest::newRow("empty") << QByteArray("br") << QByteArray();
}

void TestRecordBuilder::survivesBrokenEncodings()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, body);
    for (const char* target : {"/v1/chat/completions", "/v1/other"}) {
        Call call;
        call.target = target;
        call.request = body;
        call.requestHeaders = {{"content-encoding", encoding}, {"content-type", "application/json"}};
        call.response = body;
        call.responseHeaders.append("content-encoding", encoding);
        const TraceRecord record = recordOf(call, 5);
        QCOMPARE(record.requestBody, body);
        QCOMPARE(record.responseBody, body);
        QCOMPARE(record.status, 200);
    }
}

void TestRecordBuilder::masksCredentials()
{
    const QByteArray key("sk-proj-this-is-the-key");
    Call call;
    call.credentials = {Secret(key)};
    call.status = 401;
    call.request = R"({"model":"m","messages":[{"role":"user","content":"my key is )" + key + R"("}]})";
    call.responseHeaders = {{"content-type", "application/json"}};
    call.response = R"({"error":{"type":"auth","message":"Incorrect API key: )" + key + R"("}})";
    const TraceRecord record = recordOf(call, 9);
    QCOMPARE(record.errorMessage, QByteArray("Incorrect API key: ***"));
    QCOMPARE(record.input.messages[0].parts[0].text, QByteArray("my key is ***"));
    for (const QByteArray& text : {record.requestBody, record.responseBody, record.verbatimInput})
        QVERIFY(!text.contains(key));
}

void TestRecordBuilder::dropsEncodedCopiesWithCredentials()
{
    const QByteArray key("sk-proj-this-is-the-key");
    for (const char* target : {"/v1/chat/completions", "/v1/other"}) {
        Call call = documentCall();
        call.target = target;
        call.credentials = {Secret(key)};
        call.request = deflated(R"({"model":"m","messages":[],"x":")" + key + R"("})");
        call.requestHeaders = {{"content-encoding", "deflate"}, {"content-type", "application/json"}};
        call.response = deflated(R"({"echo":")" + key + R"("})");
        call.responseHeaders.append("content-encoding", "deflate");
        const TraceRecord record = recordOf(call, 4);
        QCOMPARE(record.requestBody, QByteArray());
        QCOMPARE(record.responseBody, QByteArray());
        QVERIFY(record.isTruncated);
        QVERIFY(!record.responseText.contains(key));
    }
}

void TestRecordBuilder::finishesWithoutAnEnd()
{
    const Call call = anthropicCall();
    RecordBuilder builder(bound);
    builder.add(startOf(call));
    CaptureSegment segment = responseOf(call);
    segment.requestBody = {call.request};
    segment.responseBody = {{call.response.chopped(60), 5'000'000}};
    builder.add(segment);
    QVERIFY(!builder.isEnded());
    const TraceRecord record = builder.finish();
    QCOMPARE(record.outcome, CallOutcome::ClientCancelled);
    QCOMPARE(record.errorCode, QByteArray("incomplete"));
    QCOMPARE(record.durationUs, 5000);
    QCOMPARE(record.requestBytes, call.request.size());
    QCOMPARE(record.responseBytes, call.response.size() - 60);
}

void TestRecordBuilder::attributesAndTags()
{
    Call call = anthropicCall();
    call.requestHeaders = {{"x-langfuse-tags", "mine,vision"}};
    call.request = R"({"model":"m","metadata":{"user_id":"user_a_account_b_session_s-1"},"messages":[)"
                   R"({"role":"user","content":[{"type":"image","source":{"type":"base64",)"
                   R"("media_type":"image/png","data":"AAAA"}}]}]})";
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.attribution.sessionId, QByteArray("s-1"));
    QCOMPARE(record.attribution.tags, (QList<QByteArray>{"mine", "vision"}));
    QCOMPARE(record.attribution.traceId, QByteArray("11111111222243338444555555555555"));
    QCOMPARE(record.attribution.spanId, Ids::spanIdFor(record.id));
    QCOMPARE(record.id.size(), 36);
}

void TestRecordBuilder::takesTimes()
{
    const TraceRecord record = recordOf(Call());
    QCOMPARE(record.startedAtUs, 1'795'000'000'000'000);
    QCOMPARE(record.requestSentUs, 1000);
    QCOMPARE(record.responseHeadUs, 2000);
    QCOMPARE(record.firstTokenUs, 3000);
    QCOMPARE(record.durationUs, 9000);
    Call unanswered;
    unanswered.outcome = CallOutcome::TimedOut;
    RecordBuilder builder(bound);
    builder.add(startOf(unanswered));
    builder.add(endOf(unanswered));
    const TraceRecord timedOut = builder.finish();
    QCOMPARE(timedOut.status, 0);
    QCOMPARE(timedOut.responseHeadUs, -1);
    QCOMPARE(timedOut.firstTokenUs, -1);
    QCOMPARE(timedOut.errorCode, QByteArray("timeout"));
}

REGISTER_TEST(TestRecordBuilder)
#include "tst_recordbuilder.moc"
