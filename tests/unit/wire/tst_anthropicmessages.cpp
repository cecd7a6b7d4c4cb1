// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/anthropicmessages.h"

#include "everychunking.h"

class AnthropicMessagesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handlesItsPathOnly();
    void readsRequests();
    void readsAnswers();
    void readsStreams();
    void readsServerTools();
    void keepsCitations();
    void marksCutStreams();
    void readsErrorsInsideStreams();
    void readsErrorAnswers();
    void countsInExclusiveBuckets_data();
    void countsInExclusiveBuckets();
    void takesTheLastValueOfEachCount();
    void findsTheFirstToken();
    void boundsTextButNotUsage();
    void findsUsageInDocumentsTooLargeToKeep();
    void survivesGarbage_data();
    void survivesGarbage();

private:
    const AnthropicMessages m_dialect{};
    DialectContext m_stream = {"/v1/messages", "text/event-stream", 200, 1 << 20, 1 << 20};
    DialectContext m_json = {"/v1/messages", "application/json", 200, 1 << 20, 1 << 20};
};

void AnthropicMessagesTest::handlesItsPathOnly()
{
    QVERIFY(m_dialect.handles("anthropic", "POST", "/v1/messages"));
    QVERIFY(!m_dialect.handles("anthropic", "GET", "/v1/messages"));
    QVERIFY(!m_dialect.handles("anthropic", "POST", "/v1/messages/count_tokens"));
    QVERIFY(!m_dialect.handles("anthropic", "POST", "/v1/messages/batches"));
    QVERIFY(!m_dialect.handles("openai", "POST", "/v1/messages"));
    QCOMPARE(findDialect("anthropic", "POST", "/v1/messages")->name(), "anthropic.messages");
}

void AnthropicMessagesTest::readsRequests()
{
    const ParsedRequest request = m_dialect.readRequest(golden("anthropic-request.json"), m_json);
    QVERIFY(request.isValid);
    QVERIFY(request.isStream);
    QCOMPARE(request.model, "claude-opus-5");
    QCOMPARE(request.user, "user_x_session_y");
    QCOMPARE(described(request.input.messages),
        (QByteArrayList{"system", "  Text text=Be brief.", "user", "  Text text=Hi", "assistant",
            "  Thinking text=hm signature=s", "  RedactedThinking text=d",
            "  ToolCall id=t1 name=look json={\"n\":1.0}", "tool", "  ToolResult text=a cat id=t1 error",
            "tool", "  ToolResult text=one id=t2", "tool",
            "  ToolResult id=t3 "
            "json=[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://example.org/a.png\"}}]",
            "user", "  Text text=And these?", "  Image text=data:image/png;base64,iVBORw0= type=image/png",
            "  Document text=https://example.org/a.pdf name=A",
            "  Document json={\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":\"plain\"} "
            "type=text/plain",
            "  Unknown json={\"type\":\"search_result\",\"title\":\"S\"}"}));
    QCOMPARE(described(request.input.tools),
        (QByteArrayList{"look|Looks.|{\"type\":\"object\",\"max\":1.0}", "web_search||"}));
    QCOMPARE(described(request.parameters),
        "max_tokens=1024;thinking={\"type\":\"enabled\",\"budget_tokens\":2048};stream=true;");
    QVERIFY(request.verbatimInput.isEmpty());

    const QByteArray body = golden("anthropic-request.json").trimmed();
    for (qsizetype i = 0; i < body.size(); ++i)
        QVERIFY(m_dialect.readRequest(body.first(i), m_json) == ParsedRequest());
    QCOMPARE(
        described(m_dialect.readRequest(R"({"system":"S","messages":[{"role":"user","content":[]}]})", m_json)
                      .input.messages),
        (QByteArrayList{"system", "  Text text=S", "user"}));
}

void AnthropicMessagesTest::readsAnswers()
{
    const ParsedResponse response = readEveryChunking(m_dialect, m_json, golden("anthropic-answer.json"));
    QCOMPARE(response.id, "msg_2");
    QCOMPARE(response.model, "claude-opus-5");
    QCOMPARE(response.serviceTier, "priority");
    QVERIFY(response.isComplete);
    QCOMPARE(response.firstTokenNs, -1);
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (tool_use)", "  Thinking text=Hm. signature=sig",
            "  Text text=Caf\xC3\xA9",
            "  ToolCall id=toolu_1 name=look json={\"n\": 12345678901234567890, \"x\":1.0}"}));
    QCOMPARE(described(response.usage), "10 0 5 - - - 7 - - 22");
    QVERIFY(response.usage->json.startsWith("{\"input_tokens\":10,"));
}

void AnthropicMessagesTest::readsStreams()
{
    const QByteArray stream = golden("anthropic-stream.sse");
    const ParsedResponse response = readEveryChunking(m_dialect, m_stream, stream);
    QCOMPARE(response.id, "msg_1");
    QCOMPARE(response.model, "claude-opus-5");
    QCOMPARE(response.serviceTier, "standard");
    QVERIFY(response.isComplete);
    QVERIFY(!response.error);
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (tool_use)", "  Thinking text=Let me see. signature=EqQBCgIYAhIM",
            "  RedactedThinking text=EmwKAhgBEgy3",
            "  Text text=Caf\xC3\xA9 \xF0\x9F\x98\x80 json=[{\"type\": \"char_location\", \"cited_text\": "
            "\"x\"}]",
            "  ToolCall id=toolu_1 name=look json={\"n\": 12345678901234567890}",
            "  ToolCall id=toolu_2 name=now json={}",
            "  ToolCall id=srv_1 name=web_search json={\"query\":\"x\"}",
            "  ToolResult id=srv_1 "
            "json=[{\"type\": \"web_search_result\", \"url\": \"https://example.org\"}]",
            "  Unknown json={\"type\": \"container_upload\", \"file_id\": \"f\"}"}));
    QCOMPARE(described(response.usage), "12 1000 - 100 200 - 89 - - 1401");
    QVERIFY(response.usage->json.contains("\"output_tokens\":89"));
    QVERIFY(response.usage->json.contains("\"server_tool_use\":{\"web_search_requests\": 1}"));

    QByteArray crlf = stream;
    QVERIFY(readEveryChunking(m_dialect, m_stream, crlf.replace("\n", "\r\n")) == response);
}

/// docs.anthropic.com/en/docs/agents-and-tools/tool-use/web-search-tool, /code-execution-tool and
/// /en/docs/agents-and-tools/mcp-connector (2026-11).
void AnthropicMessagesTest::readsServerTools()
{
    const QByteArray answer
        = R"({"id":"m","type":"message","role":"assistant","model":"c","stop_reason":"end_turn","content":[)"
          R"({"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"x"}},)"
          R"({"type":"web_search_tool_result","tool_use_id":"s1","content":{"type":)"
          R"("web_search_tool_result_error","error_code":"max_uses_exceeded"}},)"
          R"({"type":"mcp_tool_use","id":"p1","name":"echo","server_name":"srv","input":{}},)"
          R"({"type":"mcp_tool_result","tool_use_id":"p1","is_error":false,"content":[{"type":"text","text":"E"}]},)"
          R"({"type":"bash_code_execution_tool_result","tool_use_id":"b1","content":{"type":)"
          R"("bash_code_execution_result","stdout":"1","return_code":0}}],"usage":{"input_tokens":3,)"
          R"("output_tokens":4,"server_tool_use":{"web_search_requests":2}}})";
    const ParsedResponse response = readEveryChunking(m_dialect, m_json, answer);
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (end_turn)", R"(  ToolCall id=s1 name=web_search json={"query":"x"})",
            R"(  ToolResult id=s1 json={"type":"web_search_tool_result_error","error_code":)"
            R"("max_uses_exceeded"} error)",
            "  ToolCall id=p1 name=echo json={}", "  ToolResult text=E id=p1",
            R"(  ToolResult id=b1 json={"type":"bash_code_execution_result","stdout":"1","return_code":0})"}));
    QCOMPARE(described(response.usage), "3 - - - - - 4 - - 7");
    QCOMPARE(response.usage->webSearches, std::optional<qint64>(2));
}

/// docs.anthropic.com/en/docs/build-with-claude/citations (2026-11).
void AnthropicMessagesTest::keepsCitations()
{
    const QByteArray first = R"({"type":"char_location","cited_text":"a"})";
    const QByteArray second = R"({"type":"char_location","cited_text":"b"})";
    const QByteArrayList expected{
        "assistant", "  Text text=Green. json=[" + first + ',' + second + ']', "  Text text=Plain."};
    const ParsedResponse document = readEveryChunking(m_dialect, m_json,
        R"({"type":"message","role":"assistant","content":[{"type":"text","text":"Green.","citations":[)"
            + first + ',' + second + R"(]},{"type":"text","text":"Plain.","citations":[]}]})");
    QCOMPARE(described(document.output.messages), expected);

    const auto delta = [](const QByteArray& index, const QByteArray& json) {
        return R"(data: {"type":"content_block_delta","index":)" + index + R"(,"delta":)" + json + "}\n\n";
    };
    const auto start = [](const QByteArray& index) {
        return R"(data: {"type":"content_block_start","index":)" + index
            + R"(,"content_block":{"type":"text","text":"","citations":[]}})" + "\n\n";
    };
    const QByteArray citation = R"({"type":"citations_delta","citation":)";
    const ParsedResponse stream = readEveryChunking(m_dialect, m_stream,
        start("0") + delta("0", citation + first + '}')
            + delta("0", R"({"type":"text_delta","text":"Green."})") + delta("0", citation + second + '}')
            + delta("0", R"({"type":"citations_delta","citation":7})") + start("1")
            + delta("1", R"({"type":"text_delta","text":"Plain."})"));
    QCOMPARE(described(stream.output.messages), expected);
}

void AnthropicMessagesTest::marksCutStreams()
{
    const QByteArray stream = golden("anthropic-stream.sse");
    const ParsedResponse response
        = readEveryChunking(m_dialect, m_stream, stream.first(stream.indexOf("78901234567890}")));
    QVERIFY(!response.isComplete);
    QCOMPARE(response.output.messages.first().parts.last().json, "{\"n\": 123456");
    QCOMPARE(described(response.usage), "12 1000 - 100 200 - 1 - - 1313");
}

void AnthropicMessagesTest::readsErrorsInsideStreams()
{
    const ParsedResponse response = readEveryChunking(m_dialect, m_stream, golden("anthropic-error.sse"));
    QCOMPARE(described(response.error), "overloaded_error||Overloaded");
    QCOMPARE(described(response.output.messages), (QByteArrayList{"assistant", "  Text text=Half"}));
    QVERIFY(!response.isComplete);
}

void AnthropicMessagesTest::readsErrorAnswers()
{
    DialectContext context = m_json;
    context.status = 529;
    const ParsedResponse response = readEveryChunking(m_dialect, context,
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"})");
    QCOMPARE(described(response.error), "overloaded_error||Overloaded");
    QVERIFY(response.output.isEmpty());
    QVERIFY(!readEveryChunking(m_dialect, context, "upstream connect error").error);
}

void AnthropicMessagesTest::countsInExclusiveBuckets_data()
{
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<QByteArray>("counts");

    const auto row = [](const char* name, const char* usage, const char* counts) {
        QTest::newRow(name) << QByteArray(usage) << QByteArray(counts);
    };
    row("plain", R"({"input_tokens":3,"output_tokens":4})", "3 - - - - - 4 - - 7");
    row("cache",
        R"({"input_tokens":3,"cache_creation_input_tokens":10,"cache_read_input_tokens":20,"output_tokens":4})",
        "3 20 10 - - - 4 - - 37");
    row("lifetimes",
        R"({"input_tokens":3,"cache_creation_input_tokens":10,"cache_creation":{"ephemeral_5m_input_tokens":4,"ephemeral_1h_input_tokens":6},"output_tokens":4})",
        "3 - - 4 6 - 4 - - 17");
    row("lifetimes of a part only",
        R"({"input_tokens":3,"cache_creation_input_tokens":10,"cache_creation":{"ephemeral_5m_input_tokens":4},"output_tokens":4})",
        "3 - 6 4 - - 4 - - 17");
    row("null",
        R"({"input_tokens":3,"cache_creation_input_tokens":null,"cache_creation":null,"output_tokens":4})",
        "3 - - - - - 4 - - 7");
    row("nothing known", R"({"service_tier":"standard"})", "none");
    row("not counts", R"({"input_tokens":"3","output_tokens":-4})", "none");
}

void AnthropicMessagesTest::countsInExclusiveBuckets()
{
    QFETCH(QByteArray, usage);
    const ParsedResponse document
        = readChunks(m_dialect, m_json, {"{\"type\":\"message\",\"usage\":" + usage + '}'});
    QTEST(described(document.usage), "counts");
    if (document.usage)
        QCOMPARE(document.usage->json, usage);
    const ParsedResponse stream = readChunks(m_dialect, m_stream,
        {"data: {\"type\":\"message_start\",\"message\":{\"usage\":" + usage + "}}\n\n"});
    QCOMPARE(stream.usage, document.usage);
}

void AnthropicMessagesTest::takesTheLastValueOfEachCount()
{
    const ParsedResponse response = readEveryChunking(m_dialect, m_stream,
        "data: "
        "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}\n\n"
        "data: {\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":5}}\n\n"
        "data: "
        "{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"input_tokens\":4,\"output_tokens\":1.0e1}}"
        "\n\n");
    QCOMPARE(described(response.usage), "4 - - - - - 10 - - 14");
    QCOMPARE(response.usage->json, "{\"input_tokens\":4,\"output_tokens\":1.0e1}");
}

void AnthropicMessagesTest::findsTheFirstToken()
{
    // message_start, ping, comment and block start come first.
    QCOMPARE(firstTokenEvent(m_dialect, m_stream, golden("anthropic-stream.sse")), 4);
}

void AnthropicMessagesTest::boundsTextButNotUsage()
{
    DialectContext context = m_stream;
    context.maxTextBytes = 4;
    const ParsedResponse response = readEveryChunking(m_dialect, context, golden("anthropic-stream.sse"));
    QCOMPARE(response.output.messages.first().parts.first().text, "Let ");
    QCOMPARE(response.output.messages.first().parts.size(), 8);
    QCOMPARE(described(response.usage), "12 1000 - 100 200 - 89 - - 1401");
    QCOMPARE(response.output.messages.first().finishReason, "tool_use");
    QVERIFY(response.isComplete);
    QVERIFY(response.omittedBytes > 50);
}

void AnthropicMessagesTest::findsUsageInDocumentsTooLargeToKeep()
{
    DialectContext context = m_json;
    context.maxDocumentBytes = 200;
    const ParsedResponse response = readEveryChunking(m_dialect, context, golden("anthropic-answer.json"));
    QCOMPARE(described(response.usage), "10 0 5 - - - 7 - - 22");
    QVERIFY(!response.isComplete);
}

void AnthropicMessagesTest::survivesGarbage_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("wrong types") << QByteArray(R"({"id":1,"content":{"a":1},"usage":5,"stop_reason":[]})");
    QTest::newRow("other order") << QByteArray(
        "data: "
        "{\"type\":\"content_block_delta\",\"index\":9,\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}"
        "\n\n"
        "data: {\"type\":\"content_block_stop\",\"index\":9}\n\n"
        "data: {\"type\":\"content_block_start\"}\n\n"
        "data: "
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":5}}\n\n"
        "data: {\"type\":\"message_start\"}\n\ndata: {\"type\":5}\n\ndata: {}\n\ndata: x\n\n");
}

void AnthropicMessagesTest::survivesGarbage()
{
    QFETCH(QByteArray, body);
    for (const DialectContext& context : {m_json, m_stream}) {
        const ParsedResponse response = readEveryChunking(m_dialect, context, body);
        QVERIFY(!response.usage);
        QVERIFY(!response.error);
    }
}

REGISTER_TEST(AnthropicMessagesTest)
#include "tst_anthropicmessages.moc"
