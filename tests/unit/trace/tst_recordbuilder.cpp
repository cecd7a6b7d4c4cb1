// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "recordedcall.h"
#include "support/testprogram.h"

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
    void readsErrorBodies();
    void quotesTheErrorPageOfAGateway();
    void readsAnErrorInsideAStream();
    void tellsAStreamWithoutItsEnd();
    void keepsWhatACancelledCallSaid();
    void finishesWithoutAnEnd();
    void attributesAndTags();
    void takesTimes();
};

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
    const RecordedCall call = which == 0 ? openaiCall() : which == 1 ? anthropicCall() : geminiCall();
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
    RecordedCall call = which == 1 ? anthropicCall() : which == 2 ? geminiCall() : openaiCall();
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
    RecordedCall call = documentCall();
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

void TestRecordBuilder::readsErrorBodies()
{
    RecordedCall call = anthropicCall();
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
    RecordedCall call = openaiCall();
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
    RecordedCall call = anthropicCall();
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
    RecordedCall call = anthropicCall();
    call.response = call.response.first(call.response.indexOf("event: message_delta"));
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.errorCode, QByteArray("incomplete"));
    QCOMPARE(outputText(record), QByteArray("Hello"));
}

void TestRecordBuilder::keepsWhatACancelledCallSaid()
{
    RecordedCall call = anthropicCall();
    call.outcome = CallOutcome::ClientCancelled;
    QCOMPARE(recordOf(call).errorCode, QByteArray()); // it left after the end
    call.response = call.response.first(call.response.indexOf("event: content_block_stop"));
    const TraceRecord record = recordOf(call);
    QCOMPARE(record.outcome, CallOutcome::ClientCancelled);
    QCOMPARE(record.errorCode, QByteArray("client_cancelled"));
    QCOMPARE(outputText(record), QByteArray("Hello"));
    QCOMPARE(record.usage->input, std::optional<qint64>(11));
}

void TestRecordBuilder::finishesWithoutAnEnd()
{
    const RecordedCall call = anthropicCall();
    RecordBuilder builder(recordedBodyBound);
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
    RecordedCall call = anthropicCall();
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
    const TraceRecord record = recordOf(openaiCall());
    QCOMPARE(record.startedAtUs, 1'795'000'000'000'000);
    QCOMPARE(record.requestSentUs, 1000);
    QCOMPARE(record.responseHeadUs, 2000);
    QCOMPARE(record.firstTokenUs, 3000);
    QCOMPARE(record.durationUs, 9000);
    RecordedCall unanswered = openaiCall();
    unanswered.outcome = CallOutcome::TimedOut;
    RecordBuilder builder(recordedBodyBound);
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
