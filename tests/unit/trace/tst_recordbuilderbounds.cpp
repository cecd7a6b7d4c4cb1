// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What RecordBuilder keeps of bodies that are too long, broken, or no conversation.

#include "recordedcall.h"
#include "support/testprogram.h"

#include "base/ids.h"

class TestRecordBuilderBounds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsUsageBeyondTheBound();
    void boundsTheConversation();
    void keepsTextOfOtherRoutes();
    void listsFormFields();
    void keepsNoTextOfBinaryBodies();
    void cutsTextBetweenCharacters();
    void readsOnBehindAGap();
    void findsUsageInTheTailOfADocument();
    void survivesBrokenEncodings_data();
    void survivesBrokenEncodings();
    void masksCredentials();
    void dropsEncodedCopiesWithCredentials();
};

void TestRecordBuilderBounds::keepsUsageBeyondTheBound()
{
    for (const RecordedCall& call : {openaiCall(), anthropicCall(), geminiCall(), documentCall()}) {
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

void TestRecordBuilderBounds::boundsTheConversation()
{
    RecordedCall call = openaiCall();
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

void TestRecordBuilderBounds::keepsTextOfOtherRoutes()
{
    RecordedCall call = openaiCall();
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

void TestRecordBuilderBounds::listsFormFields()
{
    RecordedCall call = openaiCall();
    call.target = "/v1/audio/other";
    call.requestHeaders = {{"content-type", "multipart/form-data; boundary=b"}};
    call.request = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b--\r\n";
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.requestText, QByteArray(R"({"model":"whisper-1"})"));
    QCOMPARE(record.attribution.tags, (QList<QByteArray>{"audio"}));
}

void TestRecordBuilderBounds::keepsNoTextOfBinaryBodies()
{
    RecordedCall call = openaiCall();
    call.target = "/v1/audio/other";
    call.responseHeaders = {{"content-type", "audio/mpeg"}};
    call.response = QByteArray("\xff\xfb\x00", 3);
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.responseText, QByteArray());
    QCOMPARE(record.responseBody, call.response);
}

void TestRecordBuilderBounds::cutsTextBetweenCharacters()
{
    RecordedCall call = openaiCall();
    call.target = "/v1/files";
    call.responseHeaders = {{"content-type", "text/plain"}};
    call.response = "ab\xe2\x82\xac\xe2\x82\xac";
    for (qsizetype size = 0; size <= call.response.size(); ++size) {
        const QByteArray text = recordOf(call, 2, size).responseText;
        QVERIFY(call.response.startsWith(text));
        QCOMPARE(text.size(), size < 2 ? size : 2 + (size - 2) / 3 * 3);
    }
}

void TestRecordBuilderBounds::readsOnBehindAGap()
{
    const RecordedCall call = anthropicCall();
    const qsizetype tailAt = call.response.indexOf("\"delta\":{\"stop_reason\""); // inside an event
    for (qsizetype headSize : {0, 10, 300, 420}) {
        RecordBuilder builder(recordedBodyBound);
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
    RecordBuilder builder(recordedBodyBound);
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

void TestRecordBuilderBounds::findsUsageInTheTailOfADocument()
{
    const RecordedCall call = documentCall();
    RecordBuilder builder(recordedBodyBound);
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

void TestRecordBuilderBounds::survivesBrokenEncodings_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("unknown") << QByteArray("rot13") << openaiCall().response;
    QTest::newRow("not what it says") << QByteArray("gzip") << openaiCall().response;
    QTest::newRow("cut") << QByteArray("deflate") << deflated(openaiCall().response).chopped(30);
    QTest::newRow("empty") << QByteArray("br") << QByteArray();
}

void TestRecordBuilderBounds::survivesBrokenEncodings()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, body);
    for (const char* target : {"/v1/chat/completions", "/v1/other"}) {
        RecordedCall call;
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

void TestRecordBuilderBounds::masksCredentials()
{
    const QByteArray key("sk-proj-this-is-the-key");
    RecordedCall call = openaiCall();
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

void TestRecordBuilderBounds::dropsEncodedCopiesWithCredentials()
{
    const QByteArray key("sk-proj-this-is-the-key");
    for (const char* target : {"/v1/chat/completions", "/v1/other"}) {
        RecordedCall call = documentCall();
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

REGISTER_TEST(TestRecordBuilderBounds)
#include "tst_recordbuilderbounds.moc"
