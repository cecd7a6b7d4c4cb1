// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a record says of the endpoints that are no conversation: uploads, sounds, vectors, and calls that no
// dialect reads.

#include "recordedcall.h"
#include "support/testprogram.h"
#include "trace/recordbuilder.h"

class TestEndpointRecords final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnUploadInAnyCutting_data();
    void readsAnUploadInAnyCutting();
    void keepsTheFieldsBehindALargeFile();
    void listsTheFormOfAnotherRoute();
    void marksAnUploadWithAGap();
    void survivesAFormThatIsABomb();
    void recordsSpeechByTypeAndSize();
    void readsVectorsFromAnEncodedAnswer();
    void readsErrorsOfOtherRoutes();
    void saysWhatACancelledStreamSaid();
    void marksAnIncompleteStream();
};

namespace {

constexpr qsizetype bound = 1 << 20;

struct Call
{
    QByteArray target = "/v1/audio/transcriptions";
    HeaderList requestHeaders{{"Content-Type", "multipart/form-data; boundary=b1"}};
    QByteArray request;
    int status = 200;
    HeaderList responseHeaders{{"Content-Type", "application/json"}};
    QByteArray response
        = R"({"text":"Hello","usage":{"type":"tokens","input_tokens":14,"input_token_details":)"
          R"({"text_tokens":4,"audio_tokens":10},"output_tokens":5,"total_tokens":19}})";
    CallOutcome outcome = CallOutcome::Completed;
    bool hasGap = false; // in the middle of the request
};

QByteArray upload(const QByteArray& sound)
{
    return "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n"
           "Content-Type: audio/mpeg\r\n\r\n"
        + sound
        + "\r\n--b1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngpt-4o-transcribe\r\n--b1--\r\n";
}

CaptureSegment startOf(const Call& call)
{
    CaptureSegment segment;
    segment.start.emplace();
    segment.start->requestId = "r";
    segment.start->provider = call.target.startsWith("/v1beta/") ? "gemini" : "openai";
    segment.start->method = "POST";
    segment.start->target = call.target;
    segment.start->requestHeaders = call.requestHeaders;
    return segment;
}

/// The record of that call, its bodies in pieces of that size.
TraceRecord recordOf(const Call& call, qsizetype pieceSize = 4096, qsizetype maxBodyBytes = bound)
{
    RecordBuilder builder(maxBodyBytes);
    builder.add(startOf(call));
    for (qsizetype at = 0; at < call.request.size(); at += pieceSize) {
        CaptureSegment segment;
        segment.requestBody = {call.request.mid(at, pieceSize)};
        segment.bodiesDropped = call.hasGap && at > 0 && at <= pieceSize;
        builder.add(segment);
    }
    CaptureSegment response;
    response.response = CallResponse{call.status, "Reason", call.responseHeaders, 2};
    builder.add(response);
    for (qsizetype at = 0; at < call.response.size(); at += pieceSize) {
        CaptureSegment segment;
        segment.responseBody = {{call.response.mid(at, pieceSize), 3}};
        builder.add(segment);
    }
    CaptureSegment end;
    end.end.emplace();
    end.end->outcome = call.outcome;
    end.end->requestBytes = call.request.size();
    end.end->responseBytes = call.response.size();
    builder.add(end);
    return builder.finish();
}

QList<Part> asked(const TraceRecord& record)
{
    return record.input.messages.isEmpty() ? QList<Part>() : record.input.messages.first().parts;
}

Part answered(const TraceRecord& record)
{
    return record.output.messages.isEmpty() ? Part() : record.output.messages.first().parts.first();
}

} // namespace

void TestEndpointRecords::readsAnUploadInAnyCutting_data()
{
    QTest::addColumn<bool>("isEncoded");
    QTest::newRow("plain") << false;
    QTest::newRow("deflate") << true;
}

void TestEndpointRecords::readsAnUploadInAnyCutting()
{
    QFETCH(bool, isEncoded);
    Call call;
    call.request = upload(QByteArray("\x00\xff\r\n--b", 7));
    if (isEncoded) {
        call.requestHeaders.append("Content-Encoding", "deflate");
        call.request = deflated(call.request);
    }
    for (qsizetype pieceSize = 1; pieceSize <= call.request.size(); ++pieceSize) {
        const TraceRecord record = recordOf(call, pieceSize);
        QCOMPARE(record.dialect, QByteArray("openai.transcriptions"));
        QCOMPARE(record.requestModel, QByteArray("gpt-4o-transcribe"));
        QCOMPARE(asked(record).size(), 1);
        QCOMPARE(asked(record).first().json, R"({"filename":"a.mp3","type":"audio/mpeg","bytes":7})");
        QCOMPARE(answered(record).text, QByteArray("Hello"));
        QCOMPARE(record.usage->inputAudio, std::optional<qint64>(10));
        QCOMPARE(record.requestText, QByteArray());
        QCOMPARE(record.requestBody, call.request);
        QVERIFY(record.errorCode.isEmpty());
    }
}

void TestEndpointRecords::keepsTheFieldsBehindALargeFile()
{
    Call call;
    call.request = upload(QByteArray(3'000'000, 's'));
    const TraceRecord record = recordOf(call, 65536, 1000);
    QCOMPARE(record.requestModel, QByteArray("gpt-4o-transcribe"));
    QCOMPARE(asked(record).first().json, R"({"filename":"a.mp3","type":"audio/mpeg","bytes":3000000})");
    QCOMPARE(record.requestBody.size(), 1000);
    QVERIFY(record.isTruncated);
}

void TestEndpointRecords::listsTheFormOfAnotherRoute()
{
    Call call;
    call.target = "/v1/files";
    call.request = upload("12");
    call.response = R"({"id":"file-1"})";
    const TraceRecord record = recordOf(call, 7);
    QCOMPARE(record.dialect, QByteArray());
    QCOMPARE(record.requestText,
        R"({"file":{"filename":"a.mp3","type":"audio/mpeg","bytes":2},"model":"gpt-4o-transcribe"})");
    QCOMPARE(record.responseText, call.response);
}

void TestEndpointRecords::marksAnUploadWithAGap()
{
    Call call;
    call.request = upload(QByteArray(30'000, 's'));
    call.hasGap = true;
    const TraceRecord record = recordOf(call, 10'000);
    QCOMPARE(
        asked(record).first().json, R"({"filename":"a.mp3","type":"audio/mpeg","bytes":30000,"cut":true})");
    QCOMPARE(record.requestModel, QByteArray("gpt-4o-transcribe"));
    QVERIFY(record.bodiesDropped);
}

/// Somewhat more than the bound of one file in some 70 KB: reading stops at the bound, and what stood before
/// it is kept.
void TestEndpointRecords::survivesAFormThatIsABomb()
{
    Call call;
    call.requestHeaders.append("Content-Encoding", "deflate");
    call.request = deflated("--b1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n"
        + upload(QByteArray(70'000'000, '\0')));
    QVERIFY(call.request.size() < 1'000'000);
    const TraceRecord record = recordOf(call, 65536);
    QCOMPARE(record.requestModel, QByteArray("whisper-1"));
    QVERIFY(asked(record).first().json.endsWith(",\"cut\":true}"));
    QVERIFY(record.requestBody.size() <= bound);
}

void TestEndpointRecords::recordsSpeechByTypeAndSize()
{
    Call call;
    call.target = "/v1/audio/speech";
    call.requestHeaders = {{"Content-Type", "application/json"}};
    call.request = R"({"model":"tts-1","input":"Hi","voice":"alloy"})";
    call.responseHeaders = {{"Content-Type", "audio/mpeg"}};
    call.response = QByteArray(2'000'000, '{');
    const TraceRecord record = recordOf(call, 65536, 1000);
    QCOMPARE(answered(record).kind, Part::Kind::Audio);
    QCOMPARE(answered(record).json, R"({"type":"audio/mpeg","bytes":2000000})");
    QCOMPARE(record.responseText, QByteArray());
    QVERIFY(!record.usage);
    QVERIFY(record.errorCode.isEmpty());
    QVERIFY(!record.isStream);
    QCOMPARE(record.firstTokenUs, -1);
    QCOMPARE(record.attribution.tags, (QList<QByteArray>{"audio"}));
}

void TestEndpointRecords::readsVectorsFromAnEncodedAnswer()
{
    Call call;
    call.target = "/v1beta/models/e:batchEmbedContents";
    call.requestHeaders = {{"Content-Type", "application/json"}};
    call.request = R"({"requests":[{"content":{"parts":[{"text":"Hi"}]}}]})";
    call.responseHeaders.append("Content-Encoding", "deflate");
    call.response = deflated(R"({"embeddings":[{"values":[0.25,-1.5]}]})");
    for (qsizetype pieceSize = 1; pieceSize <= call.response.size(); ++pieceSize) {
        const TraceRecord record = recordOf(call, pieceSize);
        QCOMPARE(answered(record).text, QByteArray("1 embedding of 2 dimensions"));
        QCOMPARE(record.requestModel, QByteArray("e"));
        QVERIFY(!record.usage); // unknown, not zero
        QCOMPARE(record.responseText, QByteArray());
    }
}

void TestEndpointRecords::readsErrorsOfOtherRoutes()
{
    Call call;
    call.target = "/v1/batches";
    call.requestHeaders = {{"Content-Type", "application/json"}};
    call.request = R"({"input_file_id":"x"})";
    call.status = 404;
    call.response = R"({"error":{"message":"No such file","type":"invalid_request_error","code":null}})";
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.errorCode, QByteArray("invalid_request_error"));
    QCOMPARE(record.errorMessage, QByteArray("No such file"));
    QCOMPARE(record.responseText, call.response);
}

void TestEndpointRecords::saysWhatACancelledStreamSaid()
{
    Call call;
    call.request = upload("12");
    call.responseHeaders = {{"Content-Type", "text/event-stream"}};
    call.response = "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Hel\"}\n\n";
    call.outcome = CallOutcome::ClientCancelled;
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.errorCode, QByteArray("client_cancelled"));
    QCOMPARE(answered(record).text, QByteArray("Hel"));
    QVERIFY(record.firstTokenUs >= 0);
}

void TestEndpointRecords::marksAnIncompleteStream()
{
    Call call;
    call.request = upload("12");
    call.responseHeaders = {{"Content-Type", "text/event-stream"}};
    call.response = "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Hel\"}\n\n";
    QCOMPARE(recordOf(call).errorCode, QByteArray("incomplete"));
    call.response += "data: {\"type\":\"transcript.text.done\",\"text\":\"Hel\"}\n\n";
    QCOMPARE(recordOf(call).errorCode, QByteArray());
}

REGISTER_TEST(TestEndpointRecords)
#include "tst_endpointrecords.moc"
