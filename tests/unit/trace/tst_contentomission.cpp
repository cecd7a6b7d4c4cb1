// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/contentomission.h"

#include "fullrecord.h"
#include "trace/recordcodec.h"

class TestContentOmission final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesNoContent();
    void keepsFacts();
    void keepsOnlyWordsOfParameters_data();
    void keepsOnlyWordsOfParameters();
    void keepsOurOwnMessages_data();
    void keepsOurOwnMessages();
};

namespace {

const QByteArray marker = "MARKER";

/// A record that has the marker wherever content can be.
TraceRecord markedRecord()
{
    TraceRecord record = fullRecord();
    record.target = "/v1/chat/completions?q=MARKER";
    record.errorMessage = "invalid: MARKER";
    record.errorCode = "MARKER in words";
    record.outcome = CallOutcome::Completed;
    record.verbatimInput = R"({"messages":["MARKER"]})";
    record.requestBody = record.responseBody = record.requestText = record.responseText = marker;
    record.parameters = {{"temperature", "0.70"}, {"stop", "[\"MARKER\"]"}, {"reasoning_effort", "\"high\""}};
    QList<Part> parts;
    for (int kind = 0; kind <= int(Part::Kind::Unknown); ++kind)
        parts.append(
            {Part::Kind(kind), marker, marker, "tool", R"({"a":"MARKER"})", "image/png", marker, false});
    for (Part& part : parts) {
        if (part.kind != Part::Kind::ToolCall && part.kind != Part::Kind::ToolResult)
            part.name = marker;
    }
    record.input = {{{"user", marker, parts, {}}},
        {{"weather", marker, R"({"x":"MARKER"})", marker},
            {"", "", "", R"({"type":"web_search","x":"MARKER"})"}}};
    record.output = {{{"assistant", marker, parts, "stop"}}, {}};
    return record;
}

} // namespace

void TestContentOmission::leavesNoContent()
{
    TraceRecord record = markedRecord();
    QVERIFY(RecordCodec::encode(record).contains(marker));
    omitContent(&record);
    const QByteArray stored = RecordCodec::encode(record);
    QVERIFY2(!stored.contains(marker), stored.constData());
    QVERIFY(record.isContentOmitted);
    QCOMPARE(record.errorCode, "error");
}

void TestContentOmission::keepsFacts()
{
    const TraceRecord before = markedRecord();
    TraceRecord record = before;
    omitContent(&record);
    QCOMPARE(record.target, "/v1/chat/completions");
    QCOMPARE(record.requestModel, before.requestModel);
    QVERIFY(record.usage == before.usage);
    QVERIFY(record.cost == before.cost);
    QVERIFY(record.attribution == before.attribution);
    QVERIFY(record.requestHeaders == before.requestHeaders);
    QCOMPARE(record.requestBytes, before.requestBytes);
    QCOMPARE(record.durationUs, before.durationUs);
    QCOMPARE(record.input.messages.size(), 1);
    const Message& message = record.input.messages.first();
    QCOMPARE(message.role, "user");
    QCOMPARE(message.parts.size(), before.input.messages.first().parts.size());
    const Part& call = message.parts.at(int(Part::Kind::ToolCall));
    QVERIFY(call.kind == Part::Kind::ToolCall);
    QCOMPARE(call.name, "tool");
    QCOMPARE(call.json, "\"[omitted: 14 bytes]\"");
    QCOMPARE(message.parts.first().text, "[omitted: 6 bytes]");
    QCOMPARE(message.parts.first().mediaType, "image/png");
    QCOMPARE(record.input.tools.at(0).name, "weather");
    QCOMPARE(record.input.tools.at(1).name, "web_search");
    QCOMPARE(record.output.messages.first().finishReason, "stop");
}

void TestContentOmission::keepsOnlyWordsOfParameters_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isKept");
    const auto add = [](const char* name, const char* json, bool isKept) {
        QTest::addRow("%s %s", name, json) << QByteArray(name) << QByteArray(json) << isKept;
    };
    add("temperature", "0.70", true);
    add("stream", "true", true);
    add("reasoning_effort", "\"high\"", true);
    add("service_tier", "\"flex\"", true);
    add("stop", "\"END\"", false);
    add("user", "\"jo\"", false);
    add("response_format", R"({"type":"json_schema"})", false);
    add("tool_choice", "\"what was said\"", false);
    add("tool_choice", R"("a\"b")", false);
    add("tool_choice", "\"\"", false);
}

void TestContentOmission::keepsOnlyWordsOfParameters()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, json);
    QFETCH(bool, isKept);
    TraceRecord record;
    record.parameters = {{name, json}};
    omitContent(&record);
    QCOMPARE(record.parameters.size(), isKept ? 1 : 0);
}

void TestContentOmission::keepsOurOwnMessages_data()
{
    QTest::addColumn<CallOutcome>("outcome");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("timeout") << CallOutcome::TimedOut << QByteArray("timeout") << true;
    QTest::newRow("refused") << CallOutcome::UpstreamFailed << QByteArray("connection_error") << true;
    QTest::newRow("incomplete") << CallOutcome::Completed << QByteArray("incomplete") << true;
    QTest::newRow("provider") << CallOutcome::Completed << QByteArray("invalid_request_error") << false;
    QTest::newRow("provider, cancelled") << CallOutcome::ClientCancelled << QByteArray("http_400") << false;
}

void TestContentOmission::keepsOurOwnMessages()
{
    QFETCH(CallOutcome, outcome);
    QFETCH(QByteArray, code);
    QFETCH(bool, isKept);
    TraceRecord record;
    record.outcome = outcome;
    record.errorCode = code;
    record.errorMessage = "a message";
    omitContent(&record);
    QCOMPARE(!record.errorMessage.isEmpty(), isKept);
    QCOMPARE(record.errorCode, code);
}

REGISTER_TEST(TestContentOmission)
#include "tst_contentomission.moc"
