// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/openairesponsesreader.h"

#include "everychunking.h"

namespace {

/// One event of a stream, named by its data.
QByteArray sse(const QByteArray& data)
{
    return "data: " + data + "\n\n";
}

/// The events of the stream but those of the given types.
QByteArray without(const QByteArray& stream, const QByteArrayList& types)
{
    QByteArray rest;
    for (const QByteArray& each : QByteArray(stream).replace("\n\n", "\x01").split('\x01')) {
        const bool isLeftOut = std::any_of(types.cbegin(), types.cend(),
            [&](const QByteArray& type) { return each.startsWith("event: " + type + '\n'); });
        if (!isLeftOut && !each.isEmpty())
            rest += each + "\n\n";
    }
    return rest;
}

const QByteArrayList finalEvent{"response.completed"};
const QByteArrayList deltaEvents{"response.reasoning_summary_text.delta",
    "response.function_call_arguments.delta", "response.output_text.delta", "response.refusal.delta"};
const QByteArrayList textDoneEvents{"response.reasoning_summary_text.done",
    "response.function_call_arguments.done", "response.output_text.done", "response.refusal.done"};
const QByteArrayList itemEvents{"response.output_item.done"};

const QByteArrayList streamedText{"  Thinking text=**Looking** first", "  Thinking text=Then caf\xC3\xA9",
    "  ToolCall id=call_a name=look json={\"n\":12345678901234567890}"};

} // namespace

class OpenAiResponsesReaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsStreams();
    void countsNothingTwice_data();
    void countsNothingTwice();
    void keepsWhatCameOfACutStream_data();
    void keepsWhatCameOfACutStream();
    void isIncompleteWithoutItsFinalEvent();
    void readsBuiltInTools();
    void keepsWhatCameOfBuiltInTools();
    void readsFailures_data();
    void readsFailures();
    void survivesItemsThatSayLess();
    void findsTheFirstToken();
    void boundsTextButNotUsage();
    void takesNoMoreThanTheBudgetTwice();
    void survivesHostileIndexes();
    void survivesGarbage_data();
    void survivesGarbage();

private:
    [[nodiscard]] ParsedResponse read(const QByteArray& stream) const
    {
        return readEveryChunking(m_dialect, m_stream, stream);
    }
    [[nodiscard]] ParsedResponse readOnce(const QByteArray& stream) const
    {
        return readChunks(m_dialect, m_stream, {stream});
    }

    const Dialect& m_dialect = *findDialect("openai", "POST", "/v1/responses");
    DialectContext m_stream = {"/v1/responses", "text/event-stream", 200, 1 << 20, 1 << 20};
};

/// A stream says the same as the document.
void OpenAiResponsesReaderTest::readsStreams()
{
    DialectContext json = m_stream;
    json.responseContentType = "application/json";
    ParsedResponse document = readChunks(m_dialect, json, {golden("openairesponses-answer.json")});
    ParsedResponse response = read(golden("openairesponses-stream.sse"));
    QVERIFY(response.isComplete);
    QCOMPARE(response.firstTokenNs, 7);
    response.firstTokenNs = document.firstTokenNs;
    QCOMPARE(response.isStream, std::optional<bool>(true));
    response.isStream = document.isStream;
    for (ParsedResponse* each : {&document, &response}) { // white space in its JSON differs
        QVERIFY(each->output.messages.first().parts[3].json.contains("web_search_call"));
        QVERIFY(each->output.messages.first().parts[4].json.contains("url_citation"));
        each->output.messages.first().parts[3].json.clear();
        each->output.messages.first().parts[4].json.clear();
        each->usage->json.clear();
    }
    QCOMPARE(described(response.output.messages), described(document.output.messages));
    QCOMPARE(response, document);

    QByteArray crlf = golden("openairesponses-stream.sse");
    QCOMPARE(described(readOnce(crlf.replace("\n", "\r\n")).usage), "30 60 10 - - - 30 20 - 150");
}

void OpenAiResponsesReaderTest::countsNothingTwice_data()
{
    QTest::addColumn<QByteArrayList>("lost");
    QTest::newRow("deltas") << deltaEvents;
    QTest::newRow("deltas and their ends") << deltaEvents + textDoneEvents;
    QTest::newRow("done items") << itemEvents;
    QTest::newRow("done items and deltas") << itemEvents + deltaEvents;
    QTest::newRow("everything but the final event")
        << itemEvents + deltaEvents + textDoneEvents + QByteArrayList{"response.output_item.added"};
    QTest::newRow("beginnings") << QByteArrayList{"response.created", "response.output_item.added"};
}

/// Whatever the stream left out, the result is the same.
void OpenAiResponsesReaderTest::countsNothingTwice()
{
    QFETCH(QByteArrayList, lost);
    const QByteArray stream = golden("openairesponses-stream.sse");
    const ParsedResponse response = readOnce(without(stream, lost));
    QCOMPARE(described(response.output.messages), described(readOnce(stream).output.messages));
    QCOMPARE(described(response.usage), "30 60 10 - - - 30 20 - 150");
    QCOMPARE(response.id, "resp_2");
    QVERIFY(response.isComplete);
}

void OpenAiResponsesReaderTest::keepsWhatCameOfACutStream_data()
{
    QTest::addColumn<QByteArrayList>("lost");
    QTest::newRow("before its final event") << finalEvent;
    QTest::newRow("with its deltas only") << finalEvent + itemEvents + textDoneEvents;
    QTest::newRow("with ends of texts only") << finalEvent + itemEvents + deltaEvents;
}

void OpenAiResponsesReaderTest::keepsWhatCameOfACutStream()
{
    QFETCH(QByteArrayList, lost);
    const ParsedResponse response = readOnce(without(golden("openairesponses-stream.sse"), lost));
    QVERIFY(!response.isComplete);
    QVERIFY(!response.usage);
    QCOMPARE(response.id, "resp_2");
    QCOMPARE(response.model, "gpt-5.5-2026-04-23");
    QByteArrayList lines = described(response.output.messages);
    lines.removeIf([](const QByteArray& line) { return line.contains("RedactedThinking"); });
    QCOMPARE(lines.first(), "assistant");
    for (qsizetype i = 0; i < streamedText.size(); ++i)
        QVERIFY2(lines[i + 1].startsWith(streamedText[i]), lines[i + 1].constData());
    QVERIFY(lines[lines.size() - 2].startsWith("  Text text=It is sunny \xF0\x9F\x98\x80"));
    QCOMPARE(lines.last(), "  Refusal text=Not more.");
}

void OpenAiResponsesReaderTest::isIncompleteWithoutItsFinalEvent()
{
    const QByteArray stream = golden("openairesponses-stream.sse");
    for (const QByteArray& tail : {QByteArray(), sse("[DONE]")})
        QVERIFY(!readOnce(without(stream, finalEvent) + tail).isComplete);
    QVERIFY(readOnce(stream + sse("[DONE]")).isComplete);
}

void OpenAiResponsesReaderTest::readsBuiltInTools()
{
    const ParsedResponse response = read(golden("openairesponses-tools.sse"));
    QVERIFY(response.isComplete);
    QVERIFY(!response.error);
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (max_output_tokens)",
            "  ToolCall id=fs_1 name=file_search "
            "json={\"id\":\"fs_1\",\"type\":\"file_search_call\",\"status\":"
            "\"completed\",\"queries\":[\"q\"],\"results\":null}",
            "  ToolCall id=ci_1 name=code_interpreter "
            "json={\"id\":\"ci_1\",\"type\":\"code_interpreter_call\",\"status\":"
            "\"completed\",\"code\":\"print(\\\"x\\\")\",\"container_id\":\"cntr_1\",\"outputs\":[{\"type\":"
            "\"logs\","
            "\"logs\":\"x\"}]}",
            "  ToolCall id=ig_1 name=image_generation "
            "json={\"id\":\"ig_1\",\"type\":\"image_generation_call\",\"status\":"
            "\"completed\",\"revised_prompt\":\"a cat\",\"output_format\":\"webp\"}",
            "  Image text=data:image/webp;base64,UklGRg== type=image/webp",
            "  ToolCall id=mcp_1 name=ask json={\"q\":1.0}", "  ToolResult text=forty-two id=mcp_1",
            "  ToolCall id=call_c name=code json=\"a \\\"b\\\"\"",
            "  ToolCall id=call_d name=computer "
            "json={\"id\":\"cu_1\",\"type\":\"computer_call\",\"call_id\":\"call_d\","
            "\"status\":\"completed\",\"action\":{\"type\":\"click\",\"x\":1,\"y\":2},\"pending_safety_"
            "checks\":[]}",
            "  Unknown json={\"id\":\"hologram_1\",\"type\":\"hologram\",\"x\":1.0}"}));
}

void OpenAiResponsesReaderTest::keepsWhatCameOfBuiltInTools()
{
    const QByteArray stream
        = without(golden("openairesponses-tools.sse"), itemEvents + QByteArrayList{"response.incomplete"});
    const QByteArrayList lines = described(readOnce(stream).output.messages);
    for (const char* line : {"  ToolCall id=ci_1 name=code_interpreter json=\"print(\\\"x\\\")\"",
             "  Image text=data:image/webp;base64,AAAA type=image/webp",
             "  ToolCall id=mcp_1 name=ask json={\"q\":1.0}",
             "  ToolCall id=call_c name=code json=\"a \\\"b\\\"\""})
        QVERIFY2(lines.contains(line), lines.join('\n').constData());
    const QByteArray whole = without(stream, {"response.custom_tool_call_input.delta"});
    QVERIFY(described(readOnce(whole).output.messages)
                .contains("  ToolCall id=call_c name=code json=\"a \\\"b\\\"\""));
}

void OpenAiResponsesReaderTest::readsFailures_data()
{
    QTest::addColumn<QByteArray>("last");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<bool>("isComplete");
    const auto row = [](const char* name, const char* last, const char* error, bool isComplete) {
        QTest::newRow(name) << QByteArray(last) << QByteArray(error) << isComplete;
    };
    row("error", R"({"type":"error","code":"rate_limit_exceeded","message":"Slow down","param":null})",
        "|rate_limit_exceeded|Slow down", false);
    row("error without a code", R"({"type":"error","code":null,"message":"Oh"})", "||Oh", false);
    row("error as an object",
        R"({"type":"error","error":{"type":"invalid_request_error","code":"x","message":"Oh"}})",
        "invalid_request_error|x|Oh", false);
    row("response.failed",
        R"({"type":"response.failed","response":{"id":"r","status":"failed","output":[],"usage":null,)"
        R"("error":{"code":"server_error","message":"Oh"}}})",
        "|server_error|Oh", true);
    row("response.failed without an error",
        R"({"type":"response.failed","response":{"id":"r","status":"failed","error":null}})", "failed||",
        true);
}

void OpenAiResponsesReaderTest::readsFailures()
{
    QFETCH(QByteArray, last);
    const ParsedResponse response = read(
        sse(R"({"type":"response.created","response":{"id":"r","status":"in_progress"}})")
        + sse(R"({"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Half"})")
        + sse(last));
    QTEST(described(response.error), "error");
    QTEST(response.isComplete, "isComplete");
    QVERIFY(described(response.output.messages).contains("  Text text=Half"));
}

/// Servers that send done items or a final event without the content they streamed.
void OpenAiResponsesReaderTest::survivesItemsThatSayLess()
{
    const QByteArray delta
        = sse(R"({"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hello"})");
    const QByteArray done = sse(
        R"({"type":"response.output_item.done","output_index":0,"item":{"type":"message","content":[]}})");
    const QByteArray end
        = sse(R"({"type":"response.completed","response":{"status":"completed","output":[]}})");
    const QByteArray end2 = sse(
        R"({"type":"response.completed","response":{"status":"completed","output":[{"type":"message"}]}})");
    for (const QByteArray& stream : {delta + end, delta + done + end, delta + end2, delta + done + end2})
        QCOMPARE(described(read(stream).output.messages),
            (QByteArrayList{"assistant (completed)", "  Text text=Hello"}));
}

void OpenAiResponsesReaderTest::findsTheFirstToken()
{
    QCOMPARE(firstTokenEvent(m_dialect, m_stream, golden("openairesponses-stream.sse")), 4); // of the summary
    QCOMPARE(firstTokenEvent(m_dialect, m_stream, golden("openairesponses-tools.sse")), 1); // a tool's call
}

void OpenAiResponsesReaderTest::boundsTextButNotUsage()
{
    DialectContext context = m_stream;
    context.maxTextBytes = 16;
    const ParsedResponse response
        = readEveryChunking(m_dialect, context, golden("openairesponses-stream.sse"));
    qsizetype kept = 0;
    for (const Part& part : response.output.messages.first().parts)
        kept += part.text.size() + part.json.size() + part.signature.size();
    QVERIFY(kept > 0 && kept <= 16);
    QVERIFY(response.omittedBytes > 0);
    QCOMPARE(described(response.usage), "30 60 10 - - - 30 20 - 150");
    QVERIFY(response.isComplete);
}

/// Text that came in deltas, in a done item and in the final event takes its length from the bound once.
void OpenAiResponsesReaderTest::takesNoMoreThanTheBudgetTwice()
{
    const QByteArray stream = golden("openairesponses-stream.sse");
    const ParsedResponse whole = readOnce(stream);
    DialectContext context = m_stream;
    context.maxTextBytes = 0;
    for (const Part& part : whole.output.messages.first().parts)
        context.maxTextBytes += part.text.size() + part.json.size() + part.signature.size();
    const ParsedResponse bounded = readChunks(m_dialect, context, {stream});
    QCOMPARE(bounded.omittedBytes, 0);
    QCOMPARE(bounded, whole);
}

void OpenAiResponsesReaderTest::survivesHostileIndexes()
{
    QByteArray stream;
    for (int i = 0; i < 6000; ++i) {
        const QByteArray number = QByteArray::number((i % 2 ? -1 : 1) * i * 1'000'000'000LL);
        stream += sse(R"({"type":"response.output_text.delta","output_index":)" + number
            + R"(,"content_index":)" + number + R"(,"delta":"x"})");
        stream += sse(R"({"type":"response.output_text.delta","output_index":0,"content_index":)" + number
            + R"(,"delta":"y"})");
    }
    const ParsedResponse response = readOnce(stream);
    QCOMPARE(response.output.messages.size(), 1);
    QCOMPARE(response.output.messages.first().parts.size(), 4096);
}

void OpenAiResponsesReaderTest::survivesGarbage_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("bytes") << QByteArray("\xFF\x00\x80{[\n\n", 7);
    QTest::newRow("wrong types") << QByteArray(
        R"({"id":1,"model":[],"output":[1,null,{"type":[]}],"usage":[]})");
    QTest::newRow("wrong types in a stream") << QByteArray(
        "data: {\"type\":5}\n\ndata: {\"type\":\"response.output_text.delta\",\"delta\":{}}\n\n"
        "data: {\"type\":\"response.output_item.done\",\"item\":[]}\n\ndata: "
        "{\"type\":\"response.created\"}\n\n"
        "data: {\"type\":\"response.output_item.added\",\"output_index\":\"x\"}\n\ndata: [1]\n\n"
        "data: {\"type\":\"response.image_generation_call.partial_image\"}\n\n");
}

void OpenAiResponsesReaderTest::survivesGarbage()
{
    QFETCH(QByteArray, body);
    const ParsedResponse response = read(body);
    QVERIFY(!response.usage);
    QVERIFY(!response.error);
}

REGISTER_TEST(OpenAiResponsesReaderTest)
#include "tst_openairesponsesreader.moc"
