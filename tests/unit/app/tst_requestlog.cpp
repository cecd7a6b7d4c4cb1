// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/requestlog.h"
#include "support/testprogram.h"

using namespace Qt::StringLiterals;

class TestRequestLog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsACall();
    void tellsTheStatusThatTheConsumerGot_data();
    void tellsTheStatusThatTheConsumerGot();
    void addsUpTheBuckets();
    void leavesOutWhatIsUnknown();
    void keepsTheQueryOut();
};

namespace {

TraceRecord finished(CallOutcome outcome, int status, const QByteArray& errorCode = {})
{
    TraceRecord record;
    record.method = "POST";
    record.target = "/v1/chat/completions";
    record.requestId = "r1";
    record.outcome = outcome;
    record.status = status;
    record.errorCode = errorCode;
    record.errorMessage = errorCode.isEmpty() ? QByteArray() : "why"_ba;
    record.durationUs = 12345;
    return record;
}

QByteArray field(const RequestLogLine& line, const QByteArray& name)
{
    for (const Logging::Field& field : line.fields) {
        if (field.name == name)
            return field.value;
    }
    return "(none)";
}

} // namespace

void TestRequestLog::tellsACall()
{
    TraceRecord record = finished(CallOutcome::Completed, 200);
    record.requestModel = "gpt-5";
    record.responseModel = "gpt-5-2025-08-07";
    record.responseHeadUs = 1234;
    record.usage = Usage();
    record.usage->input = 3;
    record.usage->output = 2;
    const RequestLogLine line = requestLogLine(record);
    QCOMPARE(Logging::formatLine(Logging::Format::Json, line.level, "request", line.message, line.fields, 0),
        R"({"time":"1970-01-01T00:00:00.000Z","level":"info","category":"request",)"
        R"("msg":"POST /v1/chat/completions","status":200,"model":"gpt-5-2025-08-07","input_tokens":3,)"
        R"("output_tokens":2,"ttfb_ms":1.2,"duration_ms":12.3,"request_id":"r1"})"
        "\n"_ba);
}

void TestRequestLog::tellsTheStatusThatTheConsumerGot_data()
{
    QTest::addColumn<CallOutcome>("outcome");
    QTest::addColumn<int>("status"); // the upstream's; 0: none
    QTest::addColumn<QByteArray>("errorCode");
    QTest::addColumn<QByteArray>("logged");
    QTest::addColumn<Logging::Level>("level");
    using enum CallOutcome;
    using Logging::Level;
    const QByteArray none;
    QTest::newRow("answered") << Completed << 200 << none << "200"_ba << Level::Info;
    QTest::newRow("an error of the provider's") << Completed << 529 << "overloaded_error"_ba
                                                << "529"_ba << Level::Warn;
    QTest::newRow("cancelled in the stream") << ClientCancelled << 200 << "client_cancelled"_ba
                                             << "200"_ba << Level::Warn;
    QTest::newRow("cancelled before the answer") << ClientCancelled << 0 << "client_cancelled"_ba
                                                 << "(none)"_ba << Level::Warn;
    QTest::newRow("unreachable") << UpstreamFailed << 0 << "connection_error"_ba
                                 << "502"_ba << Level::Error;
    QTest::newRow("broken off") << UpstreamFailed << 200 << "connection_error"_ba
                                << "200"_ba << Level::Error;
    QTest::newRow("timed out") << TimedOut << 0 << "timeout"_ba
                               << "502"_ba << Level::Error;
    QTest::newRow("wrong proxy key") << Rejected << 401 << "invalid_api_key"_ba
                                     << "401"_ba << Level::Warn;
    QTest::newRow("too large") << Rejected << 0 << "request_too_large"_ba
                               << "413"_ba << Level::Warn;
    QTest::newRow("stalled upload") << Rejected << 0 << "request_timeout"_ba
                                    << "408"_ba << Level::Warn;
    QTest::newRow("bad chunk size") << Rejected << 0 << "bad_request"_ba
                                    << "400"_ba << Level::Warn;
}

void TestRequestLog::tellsTheStatusThatTheConsumerGot()
{
    QFETCH(CallOutcome, outcome);
    QFETCH(int, status);
    QFETCH(QByteArray, errorCode);
    QFETCH(QByteArray, logged);
    QFETCH(Logging::Level, level);
    const RequestLogLine line = requestLogLine(finished(outcome, status, errorCode));
    QCOMPARE(field(line, "status"), logged);
    QCOMPARE(line.level, level);
    QCOMPARE(field(line, "error"), errorCode.isEmpty() ? "(none)"_ba : errorCode + ": why");
    QCOMPARE(field(line, "outcome"), outcome == CallOutcome::ClientCancelled ? "cancelled"_ba : "(none)"_ba);
}

void TestRequestLog::addsUpTheBuckets()
{
    TraceRecord record = finished(CallOutcome::Completed, 200);
    record.usage = Usage();
    record.usage->input = 1;
    record.usage->inputCached = 20;
    record.usage->cacheWrite5m = 300;
    record.usage->inputAudio = 4000;
    record.usage->output = 5;
    record.usage->outputReasoning = 60;
    const RequestLogLine line = requestLogLine(record);
    QCOMPARE(field(line, "input_tokens"), "4321"_ba);
    QCOMPARE(field(line, "output_tokens"), "65"_ba);
}

void TestRequestLog::leavesOutWhatIsUnknown()
{
    const RequestLogLine line = requestLogLine(finished(CallOutcome::Completed, 200));
    for (const char* name : {"model", "input_tokens", "output_tokens", "ttfb_ms", "error", "outcome"})
        QCOMPARE(field(line, name), "(none)"_ba);
}

void TestRequestLog::keepsTheQueryOut()
{
    TraceRecord record = finished(CallOutcome::Completed, 200);
    record.target = "/v1beta/models?key=***&pageToken=x";
    QCOMPARE(requestLogLine(record).message, "POST /v1beta/models"_ba);
    record.method.clear();
    record.target.clear();
    QCOMPARE(requestLogLine(record).message, "no request"_ba);
}

REGISTER_TEST(TestRequestLog)
#include "tst_requestlog.moc"
