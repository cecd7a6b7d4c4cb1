// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The chat dialect as other servers speak it. Shapes from their documentation (2026-11):
// docs.ollama.com/openai, docs.vllm.ai (reasoning outputs, OpenAI-compatible server),
// console.groq.com/docs/api-reference, api-docs.deepseek.com/api/create-chat-completion, openrouter.ai/docs
// (reasoning tokens, usage accounting, errors), docs.mistral.ai/capabilities/reasoning,
// learn.microsoft.com/azure/ai-foundry/openai/reference, platform.moonshot.ai/docs/api/chat,
// docs.perplexity.ai, deepinfra.com/docs.

#include "support/testprogram.h"
#include "wire/openaichat.h"

#include "everychunking.h"

namespace {

/// Chunks with these choices (or, beginning with a quote, these members), each an event.
QByteArray streamOf(const QByteArrayList& chunks)
{
    QByteArray stream;
    for (const QByteArray& chunk : chunks)
        stream += "data: {\"id\":\"c\",\"model\":\"m\"," + chunk + "}\n\n";
    return stream;
}

QByteArray delta(const QByteArray& json, const QByteArray& more = {})
{
    return R"("choices":[{"index":0,"delta":)" + json + more + "}]";
}

const QByteArray stop = R"(,"finish_reason":"stop")";
const QByteArray done = "data: [DONE]\n\n";
const QByteArray plainUsage = R"("usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11})";

} // namespace

class OpenAiCompatibleTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsStreams_data();
    void readsStreams();
    void readsAnswers_data();
    void readsAnswers();
    void readsFailures_data();
    void readsFailures();
    void readsCosts_data();
    void readsCosts();
    void readsAzuresPaths();
    void keepsSignaturesWithinTheBudget();

private:
    const OpenAiChat m_dialect{};
    DialectContext m_stream = {"/v1/chat/completions", "text/event-stream", 200, 1 << 20, 1 << 20};
    DialectContext m_json = {"/v1/chat/completions", "application/json", 200, 1 << 20, 1 << 20};
};

void OpenAiCompatibleTest::readsStreams_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArrayList>("messages");
    QTest::addColumn<QByteArray>("usage");

    const QByteArrayList thoughtful{"assistant (stop)", "  Thinking text=Let me think", "  Text text=Done"};
    QTest::newRow("Ollama") << streamOf({delta(R"({"role":"assistant","content":"","reasoning":"Let me "})"),
                                   delta(R"({"role":"assistant","content":"","reasoning":"think"})"),
                                   delta(R"({"role":"assistant","content":"Done"})"),
                                   delta(R"({"role":"assistant","content":""})", stop),
                                   R"("choices":[],)" + plainUsage})
            + done << thoughtful
                            << QByteArray("9 - - - - - 2 - - 11");
    QTest::newRow("vLLM, usage in every chunk")
        << streamOf({delta(R"({"role":"assistant","content":""})")
                   + R"(,"usage":{"prompt_tokens":9,"total_tokens":9,"completion_tokens":0})",
               delta(R"({"reasoning_content":"Let me think"})")
                   + R"(,"usage":{"prompt_tokens":9,"total_tokens":10,"completion_tokens":1})",
               delta(R"({"content":"Done"})", stop) + ',' + plainUsage, R"("choices":[],)" + plainUsage})
            + done
        << thoughtful << QByteArray("9 - - - - - 2 - - 11");
    QTest::newRow("vLLM, both names")
        << streamOf({delta(R"({"reasoning":"Let me think","reasoning_content":"Let me think"})"),
               delta(R"({"content":"Done","reasoning":null})", stop)})
        << thoughtful << QByteArray("none");
    QTest::newRow("Groq")
        << streamOf({delta(R"({"role":"assistant"})") + R"(,"x_groq":{"id":"req_1"})",
               delta(R"({"reasoning":"Let me think","channel":"analysis"})"), delta(R"({"content":"Done"})"),
               delta("{}", stop)
                   + R"(,"x_groq":{"id":"req_1","usage":{"queue_time":0.1,"prompt_tokens":9,"prompt_time":0.01,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":4}}})"})
            + done
        << thoughtful << QByteArray("5 4 - - - - 2 - - 11");
    QTest::newRow("DeepSeek, without [DONE]") << ": keep-alive\n\n"
            + streamOf({delta(R"({"role":"assistant","content":null,"reasoning_content":"Let me think"})"),
                delta(R"({"content":"Done","reasoning_content":null})"),
                delta(R"({"content":"","reasoning_content":null})", stop)
                    + R"(,"usage":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16,"prompt_cache_hit_tokens":4,"prompt_cache_miss_tokens":5,"completion_tokens_details":{"reasoning_tokens":5}})"})
                                              << thoughtful << QByteArray("5 4 - - - - 2 5 - 16");
    QTest::newRow("OpenRouter") << ": OPENROUTER PROCESSING\n\n"
            + streamOf({delta(
                            R"({"role":"assistant","content":"","reasoning":"Let me ","reasoning_details":[{"type":"reasoning.text","text":"Let me ","index":0}]})"),
                delta(
                    R"({"content":"","reasoning":"think","reasoning_details":[{"type":"reasoning.text","text":"think","index":0}]})"),
                delta(
                    R"({"content":"","reasoning_details":[{"type":"reasoning.text","signature":"sig","index":0}]})"),
                delta(R"({"content":"Done"})", stop),
                R"("choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"cost":0.00014,"cost_details":{"upstream_inference_cost":null},"prompt_tokens_details":{"cached_tokens":0,"cache_write_tokens":3}})"})
            + done
                                << QByteArrayList{"assistant (stop)",
                                       "  Thinking text=Let me think signature=sig", "  Text text=Done"}
                                << QByteArray("6 0 3 - - - 2 - - 11");
    QTest::newRow("OpenRouter, details only") << streamOf(
        {delta(
             R"({"content":"","reasoning_details":[{"type":"reasoning.summary","summary":"Let me think"}]})"),
            delta(R"({"content":"Done","reasoning_details":[{"type":"reasoning.encrypted","data":"gAA="}]})",
                stop)})
                                              << QByteArrayList{"assistant (stop)",
                                                     "  Thinking text=Let me think",
                                                     "  RedactedThinking text=gAA=", "  Text text=Done"}
                                              << QByteArray("none");
    QTest::newRow("OpenRouter, a picture") << streamOf({delta(
        R"({"content":"Done","images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]})",
        stop)})
                                           << QByteArrayList{"assistant (stop)", "  Text text=Done",
                                                  "  Image text=data:image/png;base64,iVBORw0KGgo= "
                                                  "type=image/png"}
                                           << QByteArray("none");
    QTest::newRow("Mistral")
        << streamOf(
               {delta(
                    R"({"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Let me "}]}]})"),
                   delta(R"({"content":[{"type":"thinking","thinking":[{"type":"text","text":"think"}]}]})"),
                   delta(R"({"content":[{"type":"text","text":"Do"}]})"),
                   delta(R"({"content":"ne"})", stop) + ',' + plainUsage})
            + done
        << thoughtful << QByteArray("9 - - - - - 2 - - 11");
    QTest::newRow("Azure")
        << streamOf(
               {R"("choices":[],"model":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}])",
                   delta(R"({"role":"assistant","content":"Done"})",
                       R"(,"content_filter_results":{"hate":{"filtered":false}})"),
                   delta("{}", stop), R"("choices":[],)" + plainUsage})
            + done
        << QByteArrayList{"assistant (stop)", "  Text text=Done"} << QByteArray("9 - - - - - 2 - - 11");
    QTest::newRow("Moonshot")
        << streamOf({delta(R"({"content":"Done"})"),
               delta("{}",
                   stop
                       + R"(,"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"cached_tokens":4})")})
            + done
        << QByteArrayList{"assistant (stop)", "  Text text=Done"} << QByteArray("5 4 - - - - 2 - - 11");
}

void OpenAiCompatibleTest::readsStreams()
{
    QFETCH(QByteArray, stream);
    const ParsedResponse response = readEveryChunking(m_dialect, m_stream, stream);
    QVERIFY(response.isComplete);
    QVERIFY(!response.error);
    QCOMPARE(response.model, "m");
    QTEST(described(response.output.messages), "messages");
    QTEST(described(response.usage), "usage");
}

void OpenAiCompatibleTest::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArrayList>("parts");
    const auto row = [](const char* name, const char* message, const QByteArrayList& parts) {
        QTest::newRow(name) << QByteArray(message) << parts;
    };
    row("Mistral",
        R"({"content":[{"type":"thinking","thinking":[{"type":"text","text":"Let me"},{"type":"text","text":" think"}]},{"type":"text","text":"Done"}]})",
        {"  Thinking text=Let me think", "  Text text=Done"});
    row("Mistral, as a text", R"({"content":[{"type":"thinking","thinking":"Let me think"}]})",
        {"  Thinking text=Let me think"});
    row("OpenRouter",
        R"({"content":"Done","reasoning":"Let me think","reasoning_details":[{"type":"reasoning.text","text":"Let me think","signature":"sig"},{"type":"reasoning.encrypted","data":"gAA="}]})",
        {"  Thinking text=Let me think signature=sig", "  RedactedThinking text=gAA=", "  Text text=Done"});
    row("DeepSeek", R"({"content":"Done","reasoning_content":"Let me think"})",
        {"  Thinking text=Let me think", "  Text text=Done"});
    row("Ollama",
        R"({"content":"","reasoning":"Let me think","tool_calls":[{"id":"call_1","index":0,"type":"function","function":{"name":"f","arguments":"{}"}}]})",
        {"  Thinking text=Let me think", "  ToolCall id=call_1 name=f json={}"});
}

void OpenAiCompatibleTest::readsAnswers()
{
    QFETCH(QByteArray, message);
    const ParsedResponse response = readEveryChunking(
        m_dialect, m_json, R"({"model":"m","choices":[{"index":0,"message":)" + message + "}]}");
    QTEST(described(response.output.messages).mid(1), "parts");
}

void OpenAiCompatibleTest::readsFailures_data()
{
    QTest::addColumn<QByteArray>("chunk");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char* name, const QByteArray& chunk, const char* error) {
        QTest::newRow(name) << chunk << QByteArray(error);
    };
    row("OpenRouter",
        R"("error":{"code":502,"message":"Provider disconnected"},)"
            + delta("{}", R"(,"finish_reason":"error")"),
        "|502|Provider disconnected");
    row("OpenRouter, in the choice",
        delta("{}", R"(,"error":{"code":502,"message":"Oh"},"finish_reason":"error")"), "|502|Oh");
    row("Groq", R"("x_groq":{"id":"req_1","error":"over capacity"},"choices":[])", "||over capacity");
    row("vLLM", R"("error":{"message":"Oh","type":"InternalServerError","param":null,"code":500})",
        "InternalServerError|500|Oh");
}

void OpenAiCompatibleTest::readsFailures()
{
    QFETCH(QByteArray, chunk);
    const ParsedResponse response
        = readEveryChunking(m_dialect, m_stream, streamOf({delta(R"({"content":"Half"})"), chunk}) + done);
    QTEST(described(response.error), "error");
    QVERIFY(described(response.output.messages).contains("  Text text=Half"));
}

void OpenAiCompatibleTest::readsCosts_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("cost");
    QTest::newRow("OpenRouter") << QByteArray(R"("cost":0.00014)") << QByteArray("0.00014");
    QTest::newRow("Perplexity") << QByteArray(R"("cost":{"input_tokens_cost":0.1,"total_cost":0.5})")
                                << QByteArray("0.5");
    QTest::newRow("DeepInfra") << QByteArray(R"("estimated_cost":1.2e-05)") << QByteArray("1.2e-05");
    QTest::newRow("none") << QByteArray(R"("cost":null)") << QByteArray();
}

void OpenAiCompatibleTest::readsCosts()
{
    QFETCH(QByteArray, member);
    const ParsedResponse response = readChunks(m_dialect, m_json,
        {R"({"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,)" + member
            + "}}"});
    QTEST(response.usage->costJson, "cost");
}

/// The model of a deployment stands in the path; a prefix of the base URL is never seen.
void OpenAiCompatibleTest::readsAzuresPaths()
{
    const QByteArray path = "/openai/deployments/my%20gpt/chat/completions";
    QVERIFY(m_dialect.handles("openai", "POST", path));
    QVERIFY(m_dialect.handles("openai", "POST", "/openai/v1/chat/completions"));
    QVERIFY(!m_dialect.handles("openai", "POST", "/openai/deployments/my%20gpt/embeddings"));
    QVERIFY(!m_dialect.handles("openai", "POST", "/openai/deployments/chat/completions"));
    DialectContext context = m_json;
    context.path = path;
    QCOMPARE(m_dialect.readRequest(R"({"messages":[]})", context).model, "my gpt");
    QCOMPARE(m_dialect.readRequest(R"({"model":"m","messages":[]})", context).model, "m");
}

void OpenAiCompatibleTest::keepsSignaturesWithinTheBudget()
{
    DialectContext context = m_stream;
    context.maxTextBytes = 4;
    const ParsedResponse response = readChunks(m_dialect, context,
        {streamOf(
            {delta(
                 R"({"reasoning":"abcd","reasoning_details":[{"type":"reasoning.text","signature":"sig"}]})"),
                delta(R"({"reasoning_details":[{"type":"reasoning.encrypted","data":"gAA="}]})", stop)})});
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant (stop)", "  Thinking text=abcd", "  RedactedThinking"}));
    QCOMPARE(response.omittedBytes, 7);
}

REGISTER_TEST(OpenAiCompatibleTest)
#include "tst_openaicompatible.moc"
