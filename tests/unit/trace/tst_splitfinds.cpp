// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What REDACT names and what stands across the border of two parts of one message.

#include "support/testprogram.h"
#include "trace/recordbuilder.h"
#include "trace/recordcodec.h"

class TestSplitFinds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsInAnswers_data();
    void findsInAnswers();
    void findsInRequests_data();
    void findsInRequests();
    void keepsParts();
};

namespace {

struct SplitCall
{
    QByteArray provider;
    QByteArray target;
    QByteArray request;
    QByteArray contentType = "application/json";
    QByteArray response;
};

TraceRecord redactedRecordOf(const SplitCall& call)
{
    RecordRules rules;
    rules.redaction = *makeRedactionRules({"email", "card"}, R"(EMP-\d{6})", {});
    RecordBuilder builder(1 << 20, nullptr, &rules);
    CaptureSegment segment;
    segment.start = CallStart();
    segment.start->provider = call.provider;
    segment.start->method = "POST";
    segment.start->target = call.target;
    segment.start->requestHeaders = {{"Content-Type", "application/json"}};
    segment.requestBody = {call.request};
    segment.response = CallResponse{200, "OK", {{"Content-Type", call.contentType}}, 1};
    segment.responseBody = {{call.response, 2}};
    segment.end = CallEnd();
    segment.end->requestBytes = call.request.size();
    segment.end->responseBytes = call.response.size();
    builder.add(segment);
    return builder.finish();
}

QByteArray joinedText(const Conversation& conversation)
{
    QByteArray text;
    for (const Message& message : conversation.messages) {
        for (const Part& part : message.parts)
            text += part.text;
    }
    return text;
}

/// Gemini's answer in three parts: the reader keeps what follows a signature apart.
SplitCall geminiAnswer(const QByteArray& one, const QByteArray& two, const QByteArray& three)
{
    const auto piece = [](const QByteArray& text, const QByteArray& more) {
        return "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + '"' + more
            + "}]}}]}\r\n\r\n";
    };
    return {"gemini", "/v1beta/models/m:streamGenerateContent?alt=sse",
        R"({"contents":[{"parts":[{"text":"Hi"}]}]})", "text/event-stream",
        piece(one, R"(,"thoughtSignature":"a")") + piece(two, R"(,"thoughtSignature":"b")")
            + piece(three, {})};
}

SplitCall anthropicAnswer(const QByteArray& one, const QByteArray& two, const QByteArray& three)
{
    QByteArray blocks;
    for (const QByteArray& text : {one, two, three})
        blocks += (blocks.isEmpty() ? "" : ",") + QByteArray(R"({"type":"text","text":")") + text + "\"}";
    return {"anthropic", "/v1/messages", R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})",
        "application/json",
        R"({"type":"message","role":"assistant","content":[)" + blocks + R"(],"stop_reason":"end_turn"})"};
}

void addTexts()
{
    QTest::addColumn<QByteArrayList>("texts");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QByteArrayList& texts, const char* expected) {
        QTest::newRow(name) << texts << QByteArray(expected);
    };
    row("address", {"I am jo@exa", "mple.co", "m."}, "I am [EMAIL].");
    row("card", {"4111 11", "11 1111 1", "111 is mine"}, "[CARD] is mine");
    row("pattern", {"EMP-77", "7001", " and EMP-123456"}, "[REDACTED] and [REDACTED]");
    row("one in a part, one across", {"jo@example.com, al@exam", "ple.org", "!"}, "[EMAIL], [EMAIL]!");
}

} // namespace

void TestSplitFinds::findsInAnswers_data()
{
    addTexts();
}

void TestSplitFinds::findsInAnswers()
{
    QFETCH(QByteArrayList, texts);
    for (const SplitCall& call :
        {geminiAnswer(texts[0], texts[1], texts[2]), anthropicAnswer(texts[0], texts[1], texts[2])}) {
        const TraceRecord record = redactedRecordOf(call);
        QTEST(joinedText(record.output), "expected");
        QCOMPARE(record.responseBody, QByteArray());
        QVERIFY(!RecordCodec::encode(record).contains(texts[1]));
    }
}

void TestSplitFinds::findsInRequests_data()
{
    addTexts();
}

void TestSplitFinds::findsInRequests()
{
    QFETCH(QByteArrayList, texts);
    QByteArray parts;
    for (const QByteArray& text : texts)
        parts += (parts.isEmpty() ? "" : ",") + QByteArray(R"({"type":"text","text":")") + text + "\"}";
    const QByteArray body
        = R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":[)" + parts + "]}]}";
    for (const char* target : {"/v1/chat/completions", "/v1/messages"}) {
        const TraceRecord record = redactedRecordOf(
            {QByteArray(target).contains("chat") ? "openai" : "anthropic", target, body, {}, {}});
        QTEST(joinedText(record.input), "expected");
        QCOMPARE(record.requestBody, QByteArray());
        QCOMPARE(record.verbatimInput, QByteArray());
    }
}

/// Without anything across, and with other kinds between, everything stays as it came.
void TestSplitFinds::keepsParts()
{
    const SplitCall call = anthropicAnswer("jo@example", "", "and com");
    const TraceRecord record = redactedRecordOf(call);
    QCOMPARE(record.responseBody, call.response);
    QCOMPARE(joinedText(record.output), "jo@exampleand com");
    QCOMPARE(record.output.messages.first().parts.first().text, "jo@example");

    const QByteArray body = R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":)"
                            R"([{"type":"text","text":"jo@exam"},{"type":"image","source":)"
                            R"({"type":"url","url":"https://h/i.png"}},{"type":"text","text":"ple.com"}]}]})";
    QCOMPARE(redactedRecordOf({"anthropic", "/v1/messages", body, {}, {}}).requestBody, body);
}

REGISTER_TEST(TestSplitFinds)
#include "tst_splitfinds.moc"
