// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/openairesponses.h"

#include "everychunking.h"

class OpenAiResponsesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handlesGenerationsOnly_data();
    void handlesGenerationsOnly();
    void readsRequests();
    void readsInputs_data();
    void readsInputs();
    void leavesCredentialsOfMcpServersOut();
    void readsWhoAsks_data();
    void readsWhoAsks();
    void readsBrokenRequests();
    void readsAnswers();
    void readsStates_data();
    void readsStates();
    void readsCompactions();
    void readsErrorAnswers();
    void countsInExclusiveBuckets_data();
    void countsInExclusiveBuckets();

private:
    [[nodiscard]] ParsedResponse read(const QByteArray& document) const
    {
        return readEveryChunking(m_dialect, m_json, document);
    }

    const OpenAiResponses m_dialect{};
    DialectContext m_json = {"/v1/responses", "application/json", 200, 1 << 20, 1 << 20};
};

void OpenAiResponsesTest::handlesGenerationsOnly_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isHandled");
    const auto row = [](const char* method, const char* path, bool isHandled) {
        QTest::addRow("%s %s", method, path) << QByteArray(method) << QByteArray(path) << isHandled;
    };
    row("POST", "/v1/responses", true);
    row("POST", "/v1/responses/compact", true);
    row("POST", "/openai/v1/responses", true);
    row("POST", "/openai/responses", true);
    row("POST", "/openai/deployments/gpt-5/responses", true);
    row("GET", "/v1/responses", false);
    row("GET", "/v1/responses/resp_1", false);
    row("DELETE", "/v1/responses/resp_1", false);
    row("POST", "/v1/responses/resp_1/cancel", false);
    row("GET", "/v1/responses/resp_1/input_items", false);
    row("POST", "/v1/responses/input_tokens", false);
    row("POST", "/v1/responses/", false);
    row("POST", "/v1/responsesx", false);
    row("POST", "/v2/responses", false);
}

void OpenAiResponsesTest::handlesGenerationsOnly()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QTEST(m_dialect.handles("openai", method, path), "isHandled");
    QVERIFY(!m_dialect.handles("anthropic", method, path));
    const Dialect* const found = findDialect("openai", method, path);
    QCOMPARE(found && found->name() == "openai.responses", m_dialect.handles("openai", method, path));
}

void OpenAiResponsesTest::readsRequests()
{
    const ParsedRequest request = m_dialect.readRequest(golden("openairesponses-request.json"), m_json);
    QVERIFY(request.isValid);
    QVERIFY(request.isStream);
    QCOMPARE(request.model, "gpt-5.5");
    QCOMPARE(described(request.input.messages),
        (QByteArrayList{"system", "  Text text=Be brief. caf\xC3\xA9", "developer", "  Text text=Careful.",
            "user", "  Text text=What is this?",
            "  Image text=data:image/png;base64,iVBORw0KGgo= type=image/png", "  Image text=file-9",
            "  Document text=data:application/pdf;base64,JVBERi0= name=a.pdf type=application/pdf",
            "  Document text=https://f.example/b",
            "  Audio text=data:audio/wav;base64,UklGRg== type=audio/wav",
            "  Unknown json={\"type\":\"hologram\",\"x\":1.0}", "assistant", "  Thinking text=hm",
            "  Thinking text=deep signature=gAAAA=", "  ToolCall id=call_1 name=look json={\"n\":1.0}",
            "  Text text=One moment", "  Refusal text=No.", "tool", "  ToolResult text=a cat id=call_1",
            "tool",
            "  ToolResult id=call_2 "
            "json=[{\"type\":\"input_text\",\"text\":\"one\"},{\"type\":\"input_image\","
            "\"image_url\":\"https://i.example/x\"}]",
            "assistant", "  RedactedThinking text=gBBBB=",
            "  ToolCall id=call_3 name=local_shell "
            "json={\"type\":\"local_shell_call\",\"id\":\"ls_1\",\"call_id\":"
            "\"call_3\",\"status\":\"completed\",\"action\":{\"type\":\"exec\",\"command\":[\"ls\"]}}",
            "tool", "  ToolResult text=a.txt id=call_3", "tool", "  ToolResult text=done id=call_4", "user",
            "  Unknown json={\"type\":\"item_reference\",\"id\":\"msg_7\"}"}));
    QCOMPARE(described(request.input.tools),
        (QByteArrayList{
            "look|Looks.|{\"type\":\"object\",\"max\":1.0}", "code|Runs.|", "web_search||", "mcp.wiki||"}));
    QCOMPARE(described(request.parameters),
        "temperature=0.70;max_output_tokens=12345678901234567890;reasoning={\"effort\":\"low\",\"summary\":"
        "\"auto\"};"
        "text={\"format\":{\"type\":\"text\"}};tool_choice=\"auto\";parallel_tool_calls=true;truncation="
        "\"auto\";"
        "include=[\"reasoning.encrypted_content\"];store=false;service_tier=\"auto\";stream=true;"
        "previous_response_id=\"resp_1\";conversation={\"id\":\"conv_1\"};prompt_cache_key=\"key-1\";");
    QCOMPARE(request.user, "u-1");
    QCOMPARE(request.session, "conv_1");
    QCOMPARE(request.previousResponseId, "resp_1");
    QCOMPARE(request.promptCacheKey, "key-1");
    QVERIFY(request.verbatimInput.isEmpty()); // Langfuse renders the common shape better
}

void OpenAiResponsesTest::readsInputs_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArrayList>("messages");
    const auto row = [](const char* name, const char* body, const QByteArrayList& messages) {
        QTest::newRow(name) << QByteArray(body) << messages;
    };
    row("text", R"({"input":"Hi \u00e9"})", {"user", "  Text text=Hi \xC3\xA9"});
    row("text with instructions", R"({"instructions":"Brief.","input":"Hi"})",
        {"system", "  Text text=Brief.", "user", "  Text text=Hi"});
    row("nothing new", R"({"previous_response_id":"resp_1","instructions":null})", {});
    row("message without a type",
        R"({"input":[{"role":"assistant","content":"a"},{"role":"user","content":"b"}]})",
        {"assistant", "  Text text=a", "user", "  Text text=b"});
    row("the assistant in one go",
        R"({"input":[{"role":"assistant","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":""}]})",
        {"assistant", "  Text text=a", "  Text text=b", "user"});
    row("a turn of tools",
        R"({"input":[{"type":"function_call","call_id":"1","name":"f","arguments":"{}"},)"
        R"({"type":"function_call_output","call_id":"1","output":[{"type":"input_text","text":"x"}]},)"
        R"({"type":"function_call","call_id":"2","name":"g","arguments":"{}"}]})",
        {"assistant", "  ToolCall id=1 name=f json={}", "tool", "  ToolResult text=x id=1", "assistant",
            "  ToolCall id=2 name=g json={}"});
    row("wrong types",
        R"({"input":[1,null,"x",{"type":5},{"type":"message","content":{"a":1}}],"tools":{"a":1}})",
        {"user", "  Unknown json=1", "user", "  Unknown json=null", "user", "  Unknown json=\"x\"", "user",
            "  Unknown json={\"type\":5}", "user"});
}

void OpenAiResponsesTest::readsInputs()
{
    QFETCH(QByteArray, body);
    QTEST(described(m_dialect.readRequest(body, m_json).input.messages), "messages");
}

void OpenAiResponsesTest::leavesCredentialsOfMcpServersOut()
{
    const ParsedRequest request = m_dialect.readRequest(golden("openairesponses-request.json"), m_json);
    QCOMPARE(request.input.tools.last().json,
        "{\"type\":\"mcp\",\"server_label\":\"wiki\",\"server_url\":\"https://m.example/\"}");
}

void OpenAiResponsesTest::readsWhoAsks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("who");
    const auto row = [](const char* name, const char* body, const char* who) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(who);
    };
    row("user", R"({"user":"u","safety_identifier":"s"})", "u||");
    row("safety identifier", R"({"safety_identifier":"s"})", "s||");
    row("conversation", R"({"conversation":"conv_1"})", "|conv_1|");
    row("conversation object", R"({"conversation":{"id":"conv_1"},"client_metadata":{"session_id":"c"}})",
        "|conv_1|");
    row("Codex", R"({"client_metadata":{"session_id":"c","thread_id":"t"},"prompt_cache_key":"p"})", "|c|p");
    row("nulls", R"({"user":null,"conversation":null,"previous_response_id":null,"prompt_cache_key":null})",
        "||");
}

void OpenAiResponsesTest::readsWhoAsks()
{
    QFETCH(QByteArray, body);
    const ParsedRequest request = m_dialect.readRequest(body, m_json);
    QTEST(QByteArray(request.user + '|' + request.session + '|' + request.promptCacheKey), "who");
}

void OpenAiResponsesTest::readsBrokenRequests()
{
    const QByteArray body = golden("openairesponses-request.json").trimmed();
    for (qsizetype i = 0; i < body.size(); ++i)
        QVERIFY(m_dialect.readRequest(body.first(i), m_json) == ParsedRequest());
    for (const char* const text : {"[]", "null", "x", "\xFF"})
        QVERIFY(!m_dialect.readRequest(text, m_json).isValid);
}

void OpenAiResponsesTest::readsAnswers()
{
    const ParsedResponse response = read(golden("openairesponses-answer.json"));
    QCOMPARE(response.id, "resp_2");
    QCOMPARE(response.model, "gpt-5.5-2026-04-23");
    QCOMPARE(response.serviceTier, "default");
    QVERIFY(response.isComplete);
    QVERIFY(response.isContinuable);
    QVERIFY(!response.error);
    QCOMPARE(response.firstTokenNs, -1);
    const QByteArrayList lines = described(response.output.messages);
    QCOMPARE(lines.mid(0, 4),
        (QByteArrayList{"assistant (completed)", "  Thinking text=**Looking** first",
            "  Thinking text=Then caf\xC3\xA9 signature=gAAAA=",
            "  ToolCall id=call_a name=look json={\"n\":12345678901234567890}"}));
    QVERIFY(lines[4].startsWith("  ToolCall id=ws_1 name=web_search json={"));
    QVERIFY(lines[5].startsWith("  Text text=It is sunny \xF0\x9F\x98\x80 json=["));
    QVERIFY(lines[5].contains("https://w.example/"));
    QCOMPARE(lines.mid(6), QByteArrayList{"  Refusal text=Not more."});
    QCOMPARE(described(response.usage), "30 60 10 - - - 30 20 - 150");
}

void OpenAiResponsesTest::readsStates_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArrayList>("messages");
    QTest::addColumn<QByteArray>("error");
    const auto row
        = [](const char* name, const char* body, const QByteArrayList& messages, const char* error = "none") {
              QTest::newRow(name) << QByteArray(body) << messages << QByteArray(error);
          };
    row("queued", R"({"id":"r","status":"queued","output":[],"error":null})", {});
    row("in progress", R"({"id":"r","status":"in_progress","output":[],"error":null})", {});
    row("incomplete",
        R"({"id":"r","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[]})",
        {"assistant (max_output_tokens)"});
    row("incomplete for some reason",
        R"({"id":"r","status":"incomplete","incomplete_details":null,"output":[]})",
        {"assistant (incomplete)"});
    row("cancelled", R"({"id":"r","status":"cancelled","output":[]})", {"assistant (cancelled)"});
    row("failed",
        R"({"id":"r","status":"failed","error":{"code":"server_error","message":"Oh"},"output":[]})", {},
        "|server_error|Oh");
    row("failed with something said",
        R"({"id":"r","status":"failed","error":{"code":"server_error","message":"Oh"},)"
        R"("output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Half"}]}]})",
        {"assistant (failed)", "  Text text=Half"}, "|server_error|Oh");
    row("failed without an error", R"({"id":"r","status":"failed","error":null,"output":[]})", {},
        "failed||");
    row("kept by nobody", R"({"id":"r","status":"completed","store":false,"output":[]})",
        {"assistant (completed)"});
    row("not an answer", R"({"id":"r","object":"list","data":[]})", {});
}

void OpenAiResponsesTest::readsStates()
{
    QFETCH(QByteArray, body);
    const ParsedResponse response = read(body);
    QCOMPARE(response.id, "r");
    QVERIFY(response.isComplete);
    QCOMPARE(response.isContinuable, !body.contains("\"store\":false"));
    QTEST(described(response.output.messages), "messages");
    QTEST(described(response.error), "error");
}

void OpenAiResponsesTest::readsCompactions()
{
    const ParsedResponse response
        = read(R"({"id":"cmp_1","object":"response.compaction","output":[)"
               R"({"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]},)"
               R"({"type":"compaction","id":"cmp","encrypted_content":"gAAAA="}],)"
               R"("usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":0},"output_tokens":2,)"
               R"("output_tokens_details":{"reasoning_tokens":0},"total_tokens":11}})");
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"user", "  Text text=Hi", "assistant", "  RedactedThinking text=gAAAA="}));
    QCOMPARE(described(response.usage), "9 0 - - - - 2 0 - 11");
}

void OpenAiResponsesTest::readsErrorAnswers()
{
    DialectContext context = m_json;
    context.status = 400;
    const ParsedResponse response = readEveryChunking(m_dialect, context,
        R"({"error":{"message":"No such model","type":"invalid_request_error","param":"model","code":"model_not_found"}})");
    QCOMPARE(described(response.error), "invalid_request_error|model_not_found|No such model");
    QVERIFY(response.output.messages.isEmpty());
    QVERIFY(!response.usage);
}

void OpenAiResponsesTest::countsInExclusiveBuckets_data()
{
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<QByteArray>("counts");
    const auto row = [](const char* name, const char* usage, const char* counts) {
        QTest::newRow(name) << QByteArray(usage) << QByteArray(counts);
    };
    row("plain", R"({"input_tokens":9,"output_tokens":2,"total_tokens":11})", "9 - - - - - 2 - - 11");
    row("no total", R"({"input_tokens":9,"output_tokens":2})", "9 - - - - - 2 - - 11");
    row("cached only",
        R"({"input_tokens":9,"input_tokens_details":{"cached_tokens":4},"output_tokens":2,"total_tokens":11})",
        "5 4 - - - - 2 - - 11");
    row("details null",
        R"({"input_tokens":9,"input_tokens_details":null,"output_tokens":2,"output_tokens_details":null})",
        "9 - - - - - 2 - - 11");
    row("with a cost", R"({"input_tokens":9,"output_tokens":2,"total_tokens":11,"cost":0.5})",
        "9 - - - - - 2 - - 11");
    row("not counts", R"({"input_tokens":-1,"output_tokens":"2","total_tokens":1.5})", "none");
    row("null", "null", "none");
}

void OpenAiResponsesTest::countsInExclusiveBuckets()
{
    QFETCH(QByteArray, usage);
    const ParsedResponse response
        = read(R"({"id":"r","status":"completed","output":[],"usage":)" + usage + '}');
    QTEST(described(response.usage), "counts");
    QCOMPARE(response.usage && !response.usage->costJson.isEmpty(), usage.contains("cost"));
}

REGISTER_TEST(OpenAiResponsesTest)
#include "tst_openairesponses.moc"
