// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/recordredaction.h"

#include "trace/recordbuilder.h"
#include "trace/recordcodec.h"
#include "wire/jsonparser.h"

#include <zlib.h>

class TestRecordRedaction final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redactsEveryText();
    void changesNothingWithoutRules();
    void doesNotMindHowAStreamIsCut_data();
    void doesNotMindHowAStreamIsCut();
    void treatsCopies_data();
    void treatsCopies();
    void redactsTheRequestBeforeItIsRead();
    void masksWhatPathsTookOutOfAnAnswer();
    void dropsTheEndOfACutText();
    void withholdsUnknownStreams();
    void leavesMediaAndSignaturesAlone();
};

namespace {

const QByteArray secret = "jo@example.com";

RecordRules recordRules(const QList<QByteArray>& detectors, const QByteArray& paths = {})
{
    RecordRules rules;
    rules.redaction = *makeRedactionRules(detectors, {}, paths);
    return rules;
}

QByteArray gzipped(const QByteArray& bytes)
{
    QByteArray out(qsizetype(compressBound(uLong(bytes.size()))) + 64, '\0');
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

struct RedactedCall
{
    QByteArray path = "/v1/chat/completions";
    QByteArray request = R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})";
    HeaderList requestHeaders{{"Content-Type", "application/json"}};
    QByteArray response;
    HeaderList responseHeaders{{"Content-Type", "application/json"}};
};

/// The record of that call; the response in pieces of that size.
TraceRecord redactedRecord(
    const RedactedCall& call, const RecordRules& rules, qsizetype pieceSize, qsizetype bound = 1 << 20)
{
    RecordBuilder builder(bound, nullptr, &rules);
    CaptureSegment segment;
    segment.start = CallStart();
    segment.start->provider = "openai";
    segment.start->method = "POST";
    segment.start->target = call.path;
    segment.start->requestHeaders = call.requestHeaders;
    segment.requestBody = {call.request};
    segment.response = CallResponse();
    segment.response->status = 200;
    segment.response->headers = call.responseHeaders;
    builder.add(segment);
    for (qsizetype at = 0; at < call.response.size(); at += pieceSize) {
        CaptureSegment piece;
        piece.responseBody = {{call.response.mid(at, pieceSize), 1}};
        builder.add(piece);
    }
    CaptureSegment last;
    last.end = CallEnd();
    last.end->requestBytes = call.request.size();
    last.end->responseBytes = call.response.size();
    builder.add(last);
    return builder.finish();
}

QByteArray answerOf(const QByteArray& content)
{
    return R"({"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":")" + content
        + R"("},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})";
}

/// Deltas of one character.
QByteArray streamOf(const QByteArray& content)
{
    QByteArray stream;
    for (const char c : content)
        stream += R"(data: {"model":"m","choices":[{"index":0,"delta":{"content":")" + QByteArray(1, c)
            + "\"}}]}\n\n";
    return stream
        + "data: "
          "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: "
          "[DONE]\n\n";
}

const HeaderList eventStream{{"Content-Type", "text/event-stream"}};

} // namespace

void TestRecordRedaction::redactsEveryText()
{
    TraceRecord record;
    Part text{Part::Kind::Text, secret, secret, secret, R"({"a":"jo\u0040example.com"})", {}, {}, false};
    record.input = {{{"user", secret, {text}, {}}},
        {{"tool", secret, R"({"a":"jo@example.com"})", R"(["jo@example.com"])"}}};
    record.output = record.input;
    record.verbatimInput = R"({"messages":["jo@example.com"]})";
    record.parameters = {{"user", "\"jo@example.com\""}};
    record.requestText = record.responseText = secret;
    record.requestBody = record.responseBody = R"({"a":"jo@example.com"})";
    record.requestBytes = record.responseBytes = record.requestBody.size();
    record.requestModel = record.responseModel = record.requestId = secret;
    record.errorMessage = record.errorCode = secret;
    record.target = "/v1/x?user=jo%40example.com";
    record.requestHeaders = record.responseHeaders = {{"X-User", secret}};
    Attribution& attribution = record.attribution;
    attribution.sessionId = attribution.userId = attribution.traceName = attribution.environment = secret;
    attribution.version = attribution.promptName = secret;
    attribution.tags = {secret};
    attribution.metadata = {{secret, "\"jo@example.com\""}};
    redactRecord(&record, recordRules({"email"}).redaction);
    const QByteArray stored = RecordCodec::encode(record);
    QVERIFY2(!stored.contains("example.com"), stored.constData());
    QCOMPARE(record.withheldTexts, 0);
    QCOMPARE(record.target, "/v1/x?user=[EMAIL]");
    QCOMPARE(record.requestBody, R"({"a":"[EMAIL]"})");
    QCOMPARE(record.input.messages.first().parts.first().json, R"({"a":"[EMAIL]"})");
}

void TestRecordRedaction::changesNothingWithoutRules()
{
    RedactedCall call;
    call.request = R"({"model":"m","messages":[{"role":"user","content":"jo@example.com"}]})";
    call.response = answerOf(secret);
    const TraceRecord record = redactedRecord(call, {}, 1000);
    QCOMPARE(record.requestBody, call.request);
    QCOMPARE(record.responseBody, call.response);
    QCOMPARE(record.output.messages.first().parts.first().text, secret);
}

void TestRecordRedaction::doesNotMindHowAStreamIsCut_data()
{
    QTest::addColumn<QByteArray>("detector");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("label");
    QTest::newRow("email") << QByteArray("email") << secret << QByteArray("[EMAIL]");
    QTest::newRow("phone") << QByteArray("phone") << QByteArray("+1 415 555 0123") << QByteArray("[PHONE]");
    QTest::newRow("card") << QByteArray("card") << QByteArray("4111 1111 1111 1111") << QByteArray("[CARD]");
    QTest::newRow("ip") << QByteArray("ip") << QByteArray("2001:db8::1") << QByteArray("[IP]");
    QTest::newRow("id") << QByteArray("national-id") << QByteArray("123-45-6789")
                        << QByteArray("[NATIONAL_ID]");
    QTest::newRow("key") << QByteArray("api-key")
                         << QByteArray("AKIA"
                                       "IOSFODNN7EXAMPLE")
                         << QByteArray("[API_KEY]");
}

void TestRecordRedaction::doesNotMindHowAStreamIsCut()
{
    QFETCH(QByteArray, detector);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, label);
    RedactedCall call;
    call.response = streamOf("It is " + text + '.');
    call.responseHeaders = eventStream;
    const RecordRules rules = recordRules({detector});
    for (const qsizetype pieceSize : {1, 7, 64, 1 << 20}) {
        const TraceRecord record = redactedRecord(call, rules, pieceSize);
        QCOMPARE(record.output.messages.first().parts.first().text, "It is " + label + '.');
        QVERIFY(record.responseBody.isEmpty()); // it says the same in pieces
        QVERIFY(record.errorCode.isEmpty());
    }
}

void TestRecordRedaction::treatsCopies_data()
{
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("copy");
    const HeaderList json{{"Content-Type", "application/json"}};
    const HeaderList encoded{{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}};
    const HeaderList encodedStream{{"Content-Type", "text/event-stream"}, {"Content-Encoding", "gzip"}};
    QTest::newRow("in place") << answerOf(secret) << json << answerOf("[EMAIL]");
    QTest::newRow("clean") << answerOf("x") << json << answerOf("x");
    QTest::newRow("clean, encoded") << gzipped(answerOf("x")) << encoded << gzipped(answerOf("x"));
    QTest::newRow("encoded") << gzipped(answerOf(secret)) << encoded << QByteArray();
    QTest::newRow("clean stream") << streamOf("xyz") << eventStream << streamOf("xyz");
    QTest::newRow("clean stream, encoded")
        << gzipped(streamOf("xyz")) << encodedStream << gzipped(streamOf("xyz"));
    QTest::newRow("stream, encoded") << gzipped(streamOf(secret)) << encodedStream << QByteArray();
    const QByteArray inComment = ": jo@example.com\n\n" + streamOf("x");
    QTest::newRow("beside what was said") << inComment << eventStream << QByteArray();
    const QByteArray tokens
        = R"({"choices":[{"message":{"content":"jo@example.com"},"logprobs":{"content":)"
          R"([{"token":"jo","top_logprobs":[]},{"token":"@example.com","top_logprobs":[]}]}}]})";
    QTest::newRow("token by token") << tokens << json << QByteArray();
}

void TestRecordRedaction::treatsCopies()
{
    QFETCH(QByteArray, response);
    QFETCH(HeaderList, headers);
    QFETCH(QByteArray, copy);
    RedactedCall call;
    call.response = response;
    call.responseHeaders = headers;
    const TraceRecord record = redactedRecord(call, recordRules({"email", "card"}), 1000);
    QCOMPARE(record.responseBody, copy);
    QVERIFY(!record.output.messages.first().parts.first().text.contains("example.com"));
    QCOMPARE(record.withheldTexts, 0);
}

void TestRecordRedaction::redactsTheRequestBeforeItIsRead()
{
    RedactedCall call;
    call.request = R"({"model":"m","messages":[{"role":"user","content":"hunter2"}],"metadata":{"k":"v"}})";
    call.response = answerOf("x");
    const RecordRules rules = recordRules({}, "messages[*].content");
    TraceRecord record = redactedRecord(call, rules, 1000);
    QVERIFY(!RecordCodec::encode(record).contains("hunter2"));
    QCOMPARE(record.input.messages.first().parts.first().text, "[REDACTED]");
    QVERIFY(!record.isTruncated);
    QVERIFY(record.requestBody.endsWith(R"("metadata":{"k":"v"}})"));

    call.request = gzipped(call.request);
    call.requestHeaders.append("Content-Encoding", "gzip");
    record = redactedRecord(call, rules, 1000);
    QVERIFY(!RecordCodec::encode(record).contains("hunter2"));
    QCOMPARE(record.input.messages.first().parts.first().text, "[REDACTED]");
    QVERIFY(record.requestBody.isEmpty());

    // Not JSON to its end: nobody can say where the path is.
    call.requestHeaders = {{"Content-Type", "application/json"}};
    call.request = R"({"model":"m","messages":[{"role":"user","content":"hunter2"}],)";
    record = redactedRecord(call, rules, 1000);
    QVERIFY(!RecordCodec::encode(record).contains("hunter2"));
    QVERIFY(record.withheldTexts > 0);
}

void TestRecordRedaction::masksWhatPathsTookOutOfAnAnswer()
{
    RedactedCall call;
    call.response = answerOf("hunter2");
    const TraceRecord record = redactedRecord(call, recordRules({}, "choices[*].message.content"), 1000);
    QVERIFY(!RecordCodec::encode(record).contains("hunter2"));
    QCOMPARE(record.output.messages.first().parts.first().text, "[REDACTED]");
}

void TestRecordRedaction::dropsTheEndOfACutText()
{
    const qsizetype bound = 2000;
    RedactedCall call;
    for (qsizetype before = bound - 60; before < bound; before += 7) {
        const QByteArray text = QByteArray(before, 'x') + ' ' + secret + QByteArray(1000, ' ');
        call.request = R"({"model":"m","messages":[{"role":"user","content":")" + text + "\"}]}";
        call.response = answerOf(text);
        for (const bool isStream : {false, true}) {
            call.responseHeaders = isStream ? eventStream : HeaderList{{"Content-Type", "application/json"}};
            if (isStream)
                call.response = streamOf(text);
            const TraceRecord record = redactedRecord(call, recordRules({"email"}), 1 << 20, bound);
            QVERIFY(record.isTruncated);
            QVERIFY2(!RecordCodec::encode(record).contains("jo@e"), QByteArray::number(before).constData());
        }
    }
}

void TestRecordRedaction::withholdsUnknownStreams()
{
    RedactedCall call;
    call.path = "/v1/unknown";
    call.response = "data: {\"x\":\"jo@exa\"}\n\ndata: {\"x\":\"mple.com\"}\n\n";
    call.responseHeaders = eventStream;
    const TraceRecord record = redactedRecord(call, recordRules({"email"}), 1000);
    QVERIFY(!RecordCodec::encode(record).contains("jo@exa"));
    QCOMPARE(record.withheldTexts, 1);
}

void TestRecordRedaction::leavesMediaAndSignaturesAlone()
{
    const QByteArray image = "data:image/png;base64,+4111111111111111/AAAA";
    TraceRecord record;
    record.input.messages = {{"user", {},
        {{Part::Kind::Image, image, {}, {}, {}, "image/png", {}, false},
            {Part::Kind::Thinking, "hm", {}, {}, {}, {}, "+4111111111111111/", false},
            {Part::Kind::RedactedThinking, "+4111111111111111/", {}, {}, {}, {}, {}, false},
            {Part::Kind::Image, "https://h/p?user=jo%40example.com", {}, {}, {}, {}, {}, false}},
        {}}};
    const QList<Part> before = record.input.messages.first().parts;
    redactRecord(&record, recordRules({"card", "phone", "email"}).redaction);
    const QList<Part>& after = record.input.messages.first().parts;
    QVERIFY(after.first(3) == before.first(3));
    QCOMPARE(after.at(3).text, "https://h/p?user=[EMAIL]");
}

REGISTER_TEST(TestRecordRedaction)
#include "tst_recordredaction.moc"
