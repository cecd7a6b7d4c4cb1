// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/geminigenerate.h"

#include "everychunking.h"

class GeminiGenerateTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThePath_data();
    void readsThePath();
    void readsRequests();
    void acceptsSnakeCase();
    void readsAnswers();
    void readsStreams_data();
    void readsStreams();
    void keepsLargeSignatures();
    void neverMergesSignedText();
    void turnsABlockedPromptIntoARefusal();
    void keepsGrounding();
    void readsErrors_data();
    void readsErrors();
    void tellsStreamsFromDocuments();
    void findsTheFirstToken();
    void boundsTextButNotUsage();
    void findsUsageInDocumentsTooLargeToKeep();
    void survivesGarbage_data();
    void survivesGarbage();

private:
    const GeminiGenerate m_dialect{};
    DialectContext m_stream = {
        "/v1beta/models/gemini-3.7-flash:streamGenerateContent", "text/event-stream", 200, 1 << 20, 1 << 20};
    DialectContext m_json
        = {"/v1beta/models/gemini-3.7-flash:generateContent", "application/json", 200, 1 << 20, 1 << 20};
};

void GeminiGenerateTest::readsThePath_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isHandled");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<bool>("isStream");

    const auto row = [](const char* path, bool isHandled, const char* model = "", bool isStream = false) {
        QTest::newRow(path) << QByteArray(path) << isHandled << QByteArray(model) << isStream;
    };
    row("/v1beta/models/gemini-3.7-flash:generateContent", true, "gemini-3.7-flash");
    row("/v1alpha/models/gemini-3.7-flash:generateContent", true, "gemini-3.7-flash");
    row("/v1/models/gemini-3.7-flash:streamGenerateContent", true, "gemini-3.7-flash", true);
    row("/v1beta/tunedModels/mine-1:generateContent", true, "tunedModels/mine-1");
    row("/v1beta/models/a%3Ab:generateContent", true, "a:b");
    row("/v1beta/models/gemini-3.7-flash:countTokens", false, "gemini-3.7-flash");
    row("/v1beta/models/gemini-3.7-flash", false);
    row("/v1beta/models/:generateContent", false);
    row("/v2/models/m:generateContent", false);
    row("/v1beta/files/m:generateContent", false);
    row("", false);
}

void GeminiGenerateTest::readsThePath()
{
    QFETCH(QByteArray, path);
    QTEST(m_dialect.handles("gemini", "POST", path), "isHandled");
    QVERIFY(!m_dialect.handles("gemini", "GET", path));
    QVERIFY(!m_dialect.handles("openai", "POST", path));
    const Dialect* const found = findDialect("gemini", "POST", path);
    QCOMPARE(found && found->name() == m_dialect.name(), m_dialect.handles("gemini", "POST", path));
    DialectContext context = m_json;
    context.path = path;
    const ParsedRequest request = m_dialect.readRequest("{}", context);
    QTEST(request.model, "model");
    QTEST(request.isStream, "isStream");
}

void GeminiGenerateTest::readsRequests()
{
    const ParsedRequest request = m_dialect.readRequest(golden("gemini-request.json"), m_stream);
    QVERIFY(request.isValid);
    QVERIFY(request.isStream);
    QCOMPARE(described(request.input.messages),
        (QByteArrayList{"system", "  Text text=Be brief.", "user", "  Text text=Hi",
            "  Image text=data:image/png;base64,iVBORw0= type=image/png",
            "  Audio text=data:audio/mp3;base64,SUQz type=audio/mp3",
            "  Document text=https://example.org/f type=application/pdf", "assistant", "  Thinking text=Hm",
            "  ToolCall id=c1 name=look json={\"n\":1.0} signature=c2ln", "tool",
            "  ToolResult id=c1 name=look json={\"r\":12345678901234567890}", "user", "  Text text=Go on",
            "  Unknown json={\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1\"}}"}));
    QCOMPARE(described(request.input.tools),
        (QByteArrayList{
            "look|Looks.|{\"type\":\"OBJECT\"}", "walk||{\"type\":\"object\"}", "googleSearch||"}));
    QCOMPARE(described(request.parameters),
        "temperature=0.70;maxOutputTokens=100;thinkingConfig={\"thinkingBudget\":-1};"
        "toolConfig={\"functionCallingConfig\":{\"mode\":\"AUTO\"}};");
    QVERIFY(request.verbatimInput.isEmpty());

    const QByteArray body = golden("gemini-request.json").trimmed();
    for (qsizetype i = 0; i < body.size(); ++i)
        QVERIFY(m_dialect.readRequest(body.first(i), m_json) == ParsedRequest());
}

void GeminiGenerateTest::acceptsSnakeCase()
{
    const ParsedRequest request = m_dialect.readRequest(
        R"({"system_instruction":{"parts":{"text":"S"}},"contents":{"parts":[{"text":"Hi"},{"function_call":{"name":"f"}}]},)"
        R"("tools":[{"function_declarations":[{"name":"f"}]}],"generation_config":{"max_output_tokens":5}})",
        m_json);
    QCOMPARE(described(request.input.messages),
        (QByteArrayList{"system", "  Text text=S", "user", "  Text text=Hi", "  ToolCall name=f json={}"}));
    QCOMPARE(described(request.input.tools), (QByteArrayList{"f||"}));
    QCOMPARE(described(request.parameters), "max_output_tokens=5;");
}

void GeminiGenerateTest::readsAnswers()
{
    const ParsedResponse response = readEveryChunking(m_dialect, m_json, golden("gemini-answer.json"));
    QCOMPARE(response.id, "resp-1");
    QCOMPARE(response.model, "gemini-3.7-flash");
    QVERIFY(response.isComplete);
    QCOMPARE(response.firstTokenNs, -1);
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (STOP)", "  Thinking text=Hm.", "  Text text=Caf\xC3\xA9 \xF0\x9F\x98\x80",
            "  ToolCall name=look json={\"n\": 12345678901234567890, \"x\": 1.0} signature=c2ln",
            "  Unknown json={\"executableCode\": {\"language\": \"PYTHON\", \"code\": \"1\"}}",
            "  Image text=data:image/png;base64,iVBORw0= type=image/png", "assistant (MAX_TOKENS)",
            "  Text text=Second"}));
    QCOMPARE(described(response.usage), "47 60 - - - - 20 13 - 140");
}

void GeminiGenerateTest::readsStreams_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("contentType");

    QByteArray lineFeeds = golden("gemini-stream.sse");
    lineFeeds.replace("\r\n", "\n");
    QTest::newRow("SSE") << golden("gemini-stream.sse") << QByteArray("text/event-stream");
    QTest::newRow("SSE, LF") << lineFeeds << QByteArray("text/event-stream");
    QTest::newRow("array") << golden("gemini-stream.json") << QByteArray("application/json");
}

void GeminiGenerateTest::readsStreams()
{
    QFETCH(QByteArray, stream);
    DialectContext context = m_stream;
    QFETCH(QByteArray, contentType);
    context.responseContentType = contentType;

    const ParsedResponse response = readEveryChunking(m_dialect, context, stream);
    QCOMPARE(response.id, "resp-2");
    QCOMPARE(response.model, "gemini-3.7-flash");
    QVERIFY(response.isComplete);
    QVERIFY(!response.error);
    const QByteArray signature = QByteArray("QUJD").repeated(1200);
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (STOP)", "  Thinking text=Let me see.",
            "  Text text=Caf\xC3\xA9 }]\\\",[{ signature=" + signature,
            "  ToolCall name=look json={\"n\": 1}", "  ToolCall name=walk json={}"}));
    QCOMPARE(described(response.usage), "6 4 - - - - 9 5 - 24");
    QVERIFY(!readChunks(m_dialect, context, {stream.first(stream.size() * 3 / 4)}).isComplete);
}

void GeminiGenerateTest::keepsLargeSignatures()
{
    const QByteArray signature(300'000, 'A');
    const QByteArray body
        = "[{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{}},"
          "\"thoughtSignature\":\""
        + signature + "\"}]},\"finishReason\":\"STOP\"}]}]";
    QByteArrayList chunks;
    for (qsizetype i = 0; i < body.size(); i += 999)
        chunks.append(body.mid(i, 999));
    const ParsedResponse response = readChunks(m_dialect, m_stream, chunks);
    QVERIFY(response.output.messages.first().parts.first().signature == signature);
    QVERIFY(response.isComplete);
}

void GeminiGenerateTest::neverMergesSignedText()
{
    const ParsedResponse response = readEveryChunking(m_dialect, m_stream,
        "data: "
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"b\",\"thoughtSignature\":"
        "\"s\"},"
        "{\"text\":\"c\"},{\"text\":\"d\"}]}}]}\n\n");
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant", "  Text text=ab signature=s", "  Text text=cd"}));
}

void GeminiGenerateTest::turnsABlockedPromptIntoARefusal()
{
    const QByteArray body
        = R"({"promptFeedback":{"blockReason":"SAFETY","safetyRatings":[]},)"
          R"("usageMetadata":{"promptTokenCount":5,"totalTokenCount":5},"modelVersion":"m"})";
    for (const QByteArray& stream : QByteArrayList{body, '[' + body + ']', "data: " + body + "\n\n"}) {
        const ParsedResponse response
            = readEveryChunking(m_dialect, stream.startsWith("data") ? m_stream : m_json, stream);
        QCOMPARE(described(response.output.messages),
            (QByteArrayList{"assistant (SAFETY)", "  Refusal text=SAFETY"}));
        QVERIFY(response.isComplete);
        QCOMPARE(described(response.usage), "5 - - - - - - - - 5");
    }
}

/// ai.google.dev/gemini-api/docs/google-search (2026-11).
void GeminiGenerateTest::keepsGrounding()
{
    const QByteArray grounding
        = R"({"webSearchQueries":["a","b"],"groundingChunks":[{"web":{"uri":"https://example.org"}}]})";
    const QByteArray usage
        = R"("usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":1,"totalTokenCount":6})";
    const QByteArray text = R"({"candidates":[{"content":{"parts":[{"text":"It is"}]}}],)" + usage + '}';
    const QByteArray end = R"({"candidates":[{"content":{"parts":[{"text":" so"}]},"finishReason":"STOP",)"
                           R"("groundingMetadata":)"
        + grounding + "}]," + usage + '}';
    for (const QByteArray& stream : QByteArrayList{'[' + text + ',' + end + ']',
             "data: " + text + "\r\n\r\ndata: " + end + "\r\n\r\ndata: " + QByteArray(end).replace(" so", "")
                 + "\r\n\r\n"}) {
        const ParsedResponse response
            = readEveryChunking(m_dialect, stream.startsWith("data") ? m_stream : m_json, stream);
        QCOMPARE(described(response.output.messages),
            (QByteArrayList{"assistant (STOP)", "  Text text=It is so json=" + grounding}));
        QCOMPARE(response.usage->webSearches, std::optional<qint64>(2));
        QCOMPARE(described(response.usage), "5 - - - - - 1 - - 6");
    }
}

void GeminiGenerateTest::readsErrors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const QByteArray error
        = R"({"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED","details":[]}})";
    const QByteArray piece = R"({"candidates":[{"content":{"parts":[{"text":"Half"}]}}]})";
    QTest::newRow("object") << error << 429;
    QTest::newRow("array") << '[' + error + ']' << 429;
    QTest::newRow("in SSE") << "data: " + piece + "\r\n\r\ndata: " + error + "\r\n\r\n" << 200;
    QTest::newRow("in an array") << '[' + piece + ",\n" + error + ']' << 200;
}

void GeminiGenerateTest::readsErrors()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    DialectContext context = body.startsWith("data") ? m_stream : m_json;
    context.status = status;
    const ParsedResponse response = readEveryChunking(m_dialect, context, body);
    QCOMPARE(described(response.error), "RESOURCE_EXHAUSTED|429|Quota");
    QCOMPARE(response.output.messages.size(), status == 200 ? 1 : 0);
}

/// The framing tells, not what the answer is called.
void GeminiGenerateTest::tellsStreamsFromDocuments()
{
    const QByteArray body = R"({"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"STOP"}]})";
    const auto isStream = [&](const QByteArray& contentType, const QByteArray& bytes) {
        DialectContext context = m_json;
        context.responseContentType = contentType;
        return readEveryChunking(m_dialect, context, bytes).isStream;
    };
    QCOMPARE(isStream("text/event-stream", body), std::optional<bool>(false));
    QCOMPARE(isStream("application/json", body), std::optional<bool>(false));
    QCOMPARE(isStream("text/plain", "data: " + body + "\n\n"), std::optional<bool>(true));
    QCOMPARE(isStream("", "\n: hello\n\ndata: " + body + "\n\n"), std::optional<bool>(true));
    QCOMPARE(isStream("application/json", '[' + body + ']'), std::optional<bool>());
    QCOMPARE(isStream("text/html", "<p>data: 1</p>\n\n"), std::optional<bool>());
    QCOMPARE(isStream("text/event-stream", ""), std::optional<bool>());
}

void GeminiGenerateTest::findsTheFirstToken()
{
    const QByteArray stream
        = "data: {\"usageMetadata\":{\"promptTokenCount\":1}}\n\n"
          "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]}}]}\n\n"
          "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\",\"thought\":true}]}}]}\n\n";
    QCOMPARE(firstTokenEvent(m_dialect, m_stream, stream), 2);

    const std::unique_ptr<ResponseReader> array = m_dialect.makeResponseReader(m_json);
    array->feed("[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}]", 5);
    QCOMPARE(array->response().firstTokenNs, -1);
    array->feed("}", 6);
    QCOMPARE(array->response().firstTokenNs, 6);
}

void GeminiGenerateTest::boundsTextButNotUsage()
{
    DialectContext context = m_stream;
    context.maxTextBytes = 20;
    const ParsedResponse response = readEveryChunking(m_dialect, context, golden("gemini-stream.sse"));
    QCOMPARE(described(response.output.messages).mid(0, 3),
        (QByteArrayList{"assistant (STOP)", "  Thinking text=Let me see.", "  Text text=Caf\xC3\xA9 }]\\"}));
    QCOMPARE(described(response.usage), "6 4 - - - - 9 5 - 24");
    QVERIFY(response.omittedBytes > 4800);
}

void GeminiGenerateTest::findsUsageInDocumentsTooLargeToKeep()
{
    DialectContext context = m_json;
    context.maxDocumentBytes = 300;
    const ParsedResponse response = readEveryChunking(m_dialect, context, golden("gemini-answer.json"));
    QCOMPARE(described(response.usage), "47 60 - - - - 20 13 - 140");
}

void GeminiGenerateTest::survivesGarbage_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("empty array") << QByteArray("[]");
    QTest::newRow("scalars") << QByteArray("[1,\"x\",null]");
    QTest::newRow("broken array") << QByteArray("[{\"candidates\":[}]");
    QTest::newRow("wrong types") << QByteArray(
        R"({"candidates":[1,{"content":{"parts":[1,{"text":5},{"inlineData":1},{"functionCall":[]}]},"finishReason":1}],"promptFeedback":[],"usageMetadata":"x"})");
}

void GeminiGenerateTest::survivesGarbage()
{
    QFETCH(QByteArray, body);
    for (const DialectContext& context : {m_json, m_stream}) {
        const ParsedResponse response = readEveryChunking(m_dialect, context, body);
        QVERIFY(!response.usage);
        QVERIFY(!response.error);
    }
}

REGISTER_TEST(GeminiGenerateTest)
#include "tst_geminigenerate.moc"
