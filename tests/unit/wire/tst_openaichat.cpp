// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/openaichat.h"

#include "everychunking.h"

class OpenAiChatTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handlesItsPathOnly();
    void readsRequests();
    void readsBrokenRequests();
    void readsAnswers();
    void readsStreams();
    void readsStreamsOfCompatibleServers();
    void joinsFreeFormToolInput();
    void keepsTranscriptsOfStreamedAudio();
    void readsErrorsInsideStreams();
    void readsErrorAnswers_data();
    void readsErrorAnswers();
    void countsInExclusiveBuckets_data();
    void countsInExclusiveBuckets();
    void findsTheFirstToken();
    void boundsTextButNotUsage();
    void findsUsageInDocumentsTooLargeToKeep();
    void survivesHostileIndexes();
    void survivesGarbage_data();
    void survivesGarbage();

private:
    const OpenAiChat m_dialect{};
    DialectContext m_stream = {"/v1/chat/completions", "text/event-stream", 200, 1 << 20, 1 << 20};
    DialectContext m_json = {"/v1/chat/completions", "application/json", 200, 1 << 20, 1 << 20};
};

void OpenAiChatTest::handlesItsPathOnly()
{
    QVERIFY(m_dialect.handles("openai", "POST", "/v1/chat/completions"));
    QVERIFY(!m_dialect.handles("openai", "GET", "/v1/chat/completions"));
    QVERIFY(!m_dialect.handles("openai", "POST", "/v1/chat/completions/x"));
    QVERIFY(!m_dialect.handles("openai", "POST", "/v1/completions"));
    QVERIFY(!m_dialect.handles("anthropic", "POST", "/v1/chat/completions"));
    QCOMPARE(findDialect("openai", "POST", "/v1/chat/completions")->name(), "openai.chat");
    QVERIFY(!findDialect("openai", "POST", "/v1/files"));
}

void OpenAiChatTest::readsRequests()
{
    const ParsedRequest request = m_dialect.readRequest(golden("openaichat-request.json"), m_json);
    QVERIFY(request.isValid);
    QVERIFY(request.isStream);
    QCOMPARE(request.model, "gpt-5.5");
    QCOMPARE(request.user, "u-1");
    QCOMPARE(described(request.input.messages),
        (QByteArrayList{"developer", "  Text text=Be brief. caf\xC3\xA9", "user [ann]",
            "  Text text=What is this? \xF0\x9F\x98\x80",
            "  Image text=data:image/png;base64,iVBORw0KGgo= type=image/png",
            "  Audio text=data:audio/wav;base64,UklGRg== type=audio/wav",
            "  Document text=data:application/pdf;base64,JVBERi0= name=a.pdf type=application/pdf",
            "  Document text=file-1", "  Unknown json={\"type\":\"hologram\",\"x\":1.0}", "assistant",
            "  Thinking text=hm", "  ToolCall id=call_1 name=look json={\"n\":1.0}", "tool",
            "  ToolResult text=a cat id=call_1", "tool",
            "  ToolResult id=call_2 "
            "json=[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"text\",\"text\":\"two\"}]"}));
    QCOMPARE(described(request.input.tools),
        (QByteArrayList{"look|Looks.|{\"type\":\"object\",\"max\":1.0}", "code|Runs.|"}));
    QCOMPARE(request.input.tools[1].json,
        "{\"type\":\"custom\",\"custom\":{\"name\":\"code\",\"description\":\"Runs.\"}}");
    QCOMPARE(described(request.parameters),
        "temperature=0.70;seed=12345678901234567890;response_format={\"type\":\"json_object\"};"
        "service_tier=\"auto\";stream=true;");
    QVERIFY(
        request.verbatimInput.startsWith("{\"messages\":[\n  {\"role\":\"developer\",\"content\":\"Be brief. "
                                         "caf\\u00e9\"},\n"));
    QVERIFY(request.verbatimInput.endsWith(
        " ],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"description\":\"Looks.\","
        "\"parameters\":{\"type\":\"object\",\"max\":1.0}}},\n  {\"type\":\"custom\",\"custom\":{\"name\":"
        "\"code\",\"description\":\"Runs.\"}}]}"));
    QCOMPARE(m_dialect.readRequest("{\"messages\":[ 1.0 ]}", m_json).verbatimInput, "{\"messages\":[ 1.0 ]}");
}

void OpenAiChatTest::readsBrokenRequests()
{
    const QByteArray body = golden("openaichat-request.json").trimmed();
    for (qsizetype i = 0; i < body.size(); ++i)
        QVERIFY(m_dialect.readRequest(body.first(i), m_json) == ParsedRequest());
    for (const char* const text : {"[]", "null", "x", "\xFF"})
        QVERIFY(!m_dialect.readRequest(text, m_json).isValid);
    QCOMPARE(m_dialect.readRequest(R"({"prompt_cache_key":"k"})", m_json).promptCacheKey, "k");
    QVERIFY(
        m_dialect.readRequest(R"({"model":1,"messages":{"a":1},"tools":5,"stream":"yes"})", m_json).isValid);
}

void OpenAiChatTest::readsAnswers()
{
    const ParsedResponse response = readEveryChunking(m_dialect, m_json, golden("openaichat-answer.json"));
    QCOMPARE(response.id, "chatcmpl-1");
    QCOMPARE(response.model, "gpt-5.5-2026-04-23");
    QCOMPARE(response.serviceTier, "priority");
    QVERIFY(response.isComplete);
    QVERIFY(!response.error);
    QCOMPARE(response.firstTokenNs, -1);
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (tool_calls)", "  Text text=caf\xC3\xA9 \xF0\x9F\x98\x80",
            "  ToolCall id=call_a name=look json={\"n\":12345678901234567890}",
            "  ToolCall id=call_b name=code json=\"print(\\\"x\\\")\"", "assistant (stop)",
            "  Refusal text=No."}));
    QCOMPARE(described(response.usage), "25 60 10 - - 5 27 20 3 150");
    QVERIFY(response.usage->json.startsWith("{\"prompt_tokens\": 100, "));
}

void OpenAiChatTest::readsStreams()
{
    const QByteArray stream = golden("openaichat-stream.sse");
    const ParsedResponse response = readEveryChunking(m_dialect, m_stream, stream);
    QCOMPARE(response.id, "chatcmpl-1");
    QCOMPARE(response.model, "gpt-5.5-2026-04-23");
    QCOMPARE(response.serviceTier, "default");
    QVERIFY(response.isComplete);
    QVERIFY(!response.error);
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (tool_calls)", "  Text text=Look: \xF0\x9F\x98\x80",
            "  ToolCall id=call_a name=look json={\"n\":12345678901234567890}",
            "  ToolCall id=call_b name=walk json={\"far\":1.0}", "assistant (length)",
            "  Text text=Caf\xC3\xA9 noir"}));
    QCOMPARE(described(response.usage), "20 0 - - - 0 6 4 - 30");
    QCOMPARE(response.omittedBytes, 0);

    QByteArray crlf = stream;
    QVERIFY(readEveryChunking(m_dialect, m_stream, crlf.replace("\n", "\r\n")) == response);
    DialectContext mislabelled = m_stream;
    mislabelled.responseContentType = "text/plain";
    QVERIFY(readChunks(m_dialect, mislabelled, {stream}) == response);
    QVERIFY(readChunks(m_dialect, m_stream, {stream.chopped(16)}) == response); // without [DONE]
    QVERIFY(!readChunks(m_dialect, m_stream, {stream.first(stream.size() / 2)}).isComplete);
}

void OpenAiChatTest::readsStreamsOfCompatibleServers()
{
    const ParsedResponse response
        = readEveryChunking(m_dialect, m_stream, golden("openaichat-compatible.sse"));
    QVERIFY(response.isComplete);
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (stop)", "  Thinking text=Let me think.", "  Text text=Done",
            "  ToolCall id=x1 name=a json={}", "  ToolCall id=x2 name=b json={\"k\":1}"}));
    QCOMPARE(described(response.usage), "6 4 - - - - 8 - - 18");
    QCOMPARE(response.usage->costJson, "0.00014");
}

void OpenAiChatTest::joinsFreeFormToolInput()
{
    const ParsedResponse response = readEveryChunking(m_dialect, m_stream,
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"custom\","
        "\"custom\":{\"name\":\"code\",\"input\":\"\"}}]}}]}\n\n"
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"a "
        "\\\"\"}}]}}]}\n\n"
        "data: "
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"b\\\"\"}}]}}]}\n\n"
        "data: {\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"old\",\"arguments\":\"{}\"}}}]}\n\n");
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{
            "assistant", "  ToolCall id=c name=code json=\"a \\\"b\\\"\"", "  ToolCall name=old json={}"}));
}

void OpenAiChatTest::keepsTranscriptsOfStreamedAudio()
{
    const ParsedResponse response = readEveryChunking(m_dialect, m_stream,
        "data: {\"choices\":[{\"delta\":{\"audio\":{\"id\":\"audio_1\",\"transcript\":\"Hel\"}}}]}\n\n"
        "data: {\"choices\":[{\"delta\":{\"audio\":{\"data\":\"AAAA\"}}}]}\n\n"
        "data: {\"choices\":[{\"delta\":{\"audio\":{\"transcript\":\"lo\"}}}]}\n\n");
    QCOMPARE(
        described(response.output.messages), (QByteArrayList{"assistant", "  Audio id=audio_1 name=Hello"}));
    QCOMPARE(response.omittedBytes, 4);

    const ParsedResponse answer = readEveryChunking(m_dialect, m_json,
        R"({"choices":[{"message":{"audio":{"id":"audio_1","transcript":"Hello","data":"UklGRg=="}}}]})");
    QCOMPARE(described(answer.output.messages),
        (QByteArrayList{"assistant",
            "  Audio text=data:audio/wav;base64,UklGRg== id=audio_1 name=Hello type=audio/wav"}));
}

void OpenAiChatTest::readsErrorsInsideStreams()
{
    const ParsedResponse response = readEveryChunking(m_dialect, m_stream, golden("openaichat-error.sse"));
    QCOMPARE(described(response.error), "server_error|overloaded|The server had an error");
    QCOMPARE(described(response.output.messages), (QByteArrayList{"assistant", "  Text text=Half"}));
    QVERIFY(!response.isComplete);
}

void OpenAiChatTest::readsErrorAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("error");

    QTest::newRow("OpenAI") << QByteArray(
        R"({"error":{"message":"Bad key \u00e9","type":"invalid_request_error","param":null,"code":"invalid_api_key"}})")
                            << QByteArray("invalid_request_error|invalid_api_key|Bad key \xC3\xA9");
    QTest::newRow("number code") << QByteArray(R"({"error":{"message":"x","code":429}})")
                                 << QByteArray("|429|x");
    QTest::newRow("text") << QByteArray(R"({"error":"no model"})") << QByteArray("||no model");
    QTest::newRow("flat") << QByteArray(R"({"object":"error","message":"x","type":"T","code":400})")
                          << QByteArray("T|400|x");
    QTest::newRow("detail") << QByteArray(R"({"detail":"Not Found"})") << QByteArray("||Not Found");
    QTest::newRow("detail list") << QByteArray(R"({"detail":[{"loc":[]}]})")
                                 << QByteArray(R"(||[{"loc":[]}])");
    QTest::newRow("array") << QByteArray(R"([{"error":{"message":"x"}}])") << QByteArray("||x");
    QTest::newRow("other JSON") << QByteArray(R"({"a":1})") << QByteArray("none");
    QTest::newRow("HTML") << QByteArray("<html>502 Bad Gateway</html>") << QByteArray("none");
    QTest::newRow("nothing") << QByteArray() << QByteArray("none");
}

void OpenAiChatTest::readsErrorAnswers()
{
    QFETCH(QByteArray, body);
    for (const char* const type : {"application/json", "text/event-stream", "text/html", ""}) {
        DialectContext context = m_json;
        context.status = 500;
        context.responseContentType = type;
        const ParsedResponse response = readEveryChunking(m_dialect, context, body);
        QTEST(described(response.error), "error");
        QVERIFY(response.output.messages.isEmpty());
    }
}

void OpenAiChatTest::countsInExclusiveBuckets_data()
{
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<QByteArray>("counts");

    const auto row = [](const char* name, const char* usage, const char* counts) {
        QTest::newRow(name) << QByteArray(usage) << QByteArray(counts);
    };
    row("plain", R"({"prompt_tokens":9,"completion_tokens":2,"total_tokens":11})", "9 - - - - - 2 - - 11");
    row("details null",
        R"({"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":null})",
        "9 - - - - - 2 - - 11");
    row("total missing", R"({"prompt_tokens":9,"completion_tokens":2})", "9 - - - - - 2 - - 11");
    row("prompt only", R"({"prompt_tokens":8,"total_tokens":8})", "8 - - - - - - - - 8");
    row("more cached than prompt",
        R"({"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":20}})",
        "0 20 - - - - 2 - - 11");
    row("reasoning beside completion",
        R"({"prompt_tokens":10,"completion_tokens":5,"total_tokens":35,"completion_tokens_details":{"reasoning_tokens":20}})",
        "10 - - - - - 5 20 - 35");
    row("Kimi", R"({"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"cached_tokens":3})",
        "6 3 - - - - 2 - - 11");
    row("extra keys",
        R"({"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"queue_time":0.5,"x":{}})",
        "9 - - - - - 2 - - 11");
    row("not counts", R"({"prompt_tokens":-1,"completion_tokens":"2","total_tokens":1.5})", "none");
    row("empty", "{}", "none");
    row("null", "null", "none");
}

void OpenAiChatTest::countsInExclusiveBuckets()
{
    QFETCH(QByteArray, usage);
    const QByteArray body = "{\"choices\":[],\"usage\":" + usage + '}';
    const ParsedResponse document = readChunks(m_dialect, m_json, {body});
    QTEST(described(document.usage), "counts");
    const ParsedResponse stream = readChunks(m_dialect, m_stream, {"data: " + body + "\n\n"});
    QCOMPARE(stream.usage, document.usage);
    if (document.usage)
        QCOMPARE(document.usage->json, usage);
}

void OpenAiChatTest::findsTheFirstToken()
{
    QCOMPARE(firstTokenEvent(m_dialect, m_stream, golden("openaichat-stream.sse")), 2);
    QCOMPARE(firstTokenEvent(m_dialect, m_stream, golden("openaichat-compatible.sse")), 2);
}

void OpenAiChatTest::boundsTextButNotUsage()
{
    DialectContext context = m_stream;
    context.maxTextBytes = 10;
    const ParsedResponse response = readEveryChunking(m_dialect, context, golden("openaichat-stream.sse"));
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (tool_calls)", "  Text text=Look", "  ToolCall id=call_a name=look",
            "  ToolCall id=call_b name=walk", "assistant (length)", "  Text text=Caf\xC3\xA9 "}));
    QCOMPARE(described(response.usage), "20 0 - - - 0 6 4 - 30");
    QVERIFY(response.omittedBytes > 0);
    QVERIFY(response.isComplete);

    context = m_json;
    context.maxTextBytes = 3;
    const ParsedResponse answer = readEveryChunking(m_dialect, context, golden("openaichat-answer.json"));
    QCOMPARE(answer.output.messages.size(), 2);
    QVERIFY(answer.usage.has_value());
}

void OpenAiChatTest::findsUsageInDocumentsTooLargeToKeep()
{
    DialectContext context = m_json;
    context.maxDocumentBytes = 500'000;
    const QByteArray decoy = R"(\"usage\":{\"prompt_tokens\":1})";
    const QByteArray body
        = "{\"id\":\"x\",\"usage\":{\"prompt_tokens\":1},\"choices\":[{\"message\":{\"content\":\""
        + QByteArray(600'000, 'x')
        + R"("}}],"usage": {"prompt_tokens":9,"completion_tokens":2,"total_tokens":11},)" + R"("z":")" + decoy
        + "\"}\n";
    QByteArrayList chunks;
    for (qsizetype i = 0; i < body.size(); i += 1000)
        chunks.append(body.mid(i, 1000));
    for (const QByteArrayList& list : {QByteArrayList{body}, chunks}) {
        const ParsedResponse response = readChunks(m_dialect, context, list);
        QCOMPARE(described(response.usage), "9 - - - - - 2 - - 11");
        QVERIFY(!response.isComplete);
    }
    // The same for a document that broke off behind its usage.
    QCOMPARE(described(readChunks(m_dialect, m_json, {body.chopped(5)}).usage), "9 - - - - - 2 - - 11");
    QCOMPARE(described(readChunks(m_dialect, m_json, {body.chopped(100)}).usage), "none");
}

void OpenAiChatTest::survivesHostileIndexes()
{
    QByteArray stream;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray number = QByteArray::number(i * 1'000'000'000LL - 5);
        stream += "data: {\"choices\":[{\"index\":" + number + ",\"delta\":{\"content\":\"x\"}}]}\n\n";
        stream += "data: {\"choices\":[{\"index\":-5,\"delta\":{\"tool_calls\":[{\"index\":" + number
            + ",\"id\":\"i\"}]}}]}\n\n";
    }
    const ParsedResponse response = readChunks(m_dialect, m_stream, {stream});
    QCOMPARE(response.output.messages.size(), 128);
    QCOMPARE(response.output.messages.first().parts.size(), 1001);
}

void OpenAiChatTest::survivesGarbage_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("space") << QByteArray(" \n ");
    QTest::newRow("bytes") << QByteArray("\xFF\x00\x80{[\n\n", 7);
    QTest::newRow("wrong types") << QByteArray(
        R"({"id":1,"model":[],"choices":[1,null,{"index":"x","delta":5,"message":[],"finish_reason":{}}],"usage":[]})");
    QTest::newRow("wrong types in a stream") << QByteArray(
        "data: {\"choices\":{\"a\":{\"delta\":{\"tool_calls\":{\"a\":{\"function\":1}},\"content\":{}}}}}\n\n"
        "data: [1]\n\ndata: 5\n\ndata: {\"choices\":[[]]}\n\ndata: "
        "{\"choices\":[{\"delta\":{\"tool_calls\":[1]}}]}\n\n");
}

void OpenAiChatTest::survivesGarbage()
{
    QFETCH(QByteArray, body);
    for (const DialectContext& context : {m_json, m_stream}) {
        const ParsedResponse response = readEveryChunking(m_dialect, context, body);
        QVERIFY(!response.usage);
        QVERIFY(!response.error);
    }
}

REGISTER_TEST(OpenAiChatTest)
#include "tst_openaichat.moc"
