// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demoscript.h"

namespace {

const QByteArray agentSession = "demo-agent";

QByteArray sseHead()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nx-request-id: demo";
}

DemoAnswer json(
    int afterMs, const QByteArray& body, const QByteArray& status = "200 OK", const QByteArray& fields = {})
{
    return {"HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + fields
            + "Content-Length: " + QByteArray::number(body.size()),
        false, {{afterMs, body}}};
}

/// One event for each word, `everyMs` apart.
QList<DemoPiece> words(const QByteArray& text, const QByteArray& before, const QByteArray& after, int everyMs)
{
    QList<DemoPiece> pieces;
    for (const QByteArray& word : text.split(' '))
        pieces.append({everyMs,
            before + word + (word.endsWith('.') && pieces.size() + 1 == text.count(' ') + 1 ? "" : " ")
                + after});
    return pieces;
}

DemoAnswer openAiStream(const QByteArray& text)
{
    DemoAnswer answer{sseHead(), true, {}};
    const QByteArray front
        = R"(data: {"id":"chatcmpl-demo","object":"chat.completion.chunk","model":"gpt-5-mini","choices":[{"index":0,)";
    answer.pieces.append({250, front + R"("delta":{"role":"assistant","content":""}}]})" + "\n\n"});
    answer.pieces += words(text, front + R"("delta":{"content":")",
        R"("}}]})"
        "\n\n",
        60);
    answer.pieces.append({20, front + R"("delta":{},"finish_reason":"stop"}]})" + "\n\n"});
    answer.pieces.append({0,
        R"(data: {"id":"chatcmpl-demo","object":"chat.completion.chunk","model":"gpt-5-mini","choices":[],)"
        R"("usage":{"prompt_tokens":1240,"completion_tokens":88,"total_tokens":1328,"prompt_tokens_details":{"cached_tokens":1024},)"
        R"("completion_tokens_details":{"reasoning_tokens":64}}})"
        "\n\ndata: [DONE]\n\n"});
    return answer;
}

DemoAnswer anthropicTool()
{
    DemoAnswer answer{sseHead(), true, {}};
    const auto event = [&answer](int afterMs, const QByteArray& type, const QByteArray& members) {
        answer.pieces.append(
            {afterMs, "event: " + type + "\ndata: {\"type\":\"" + type + '"' + members + "}\n\n"});
    };
    event(300, "message_start",
        R"(,"message":{"id":"msg_demo1","type":"message","role":"assistant","model":"claude-sonnet-4-5",)"
        R"("content":[],"stop_reason":null,"usage":{"input_tokens":420,"cache_creation_input_tokens":2048,"cache_read_input_tokens":0,"output_tokens":1}})");
    event(0, "content_block_start",
        R"(,"index":0,"content_block":{"type":"thinking","thinking":"","signature":""})");
    for (const QByteArray& word :
        QByteArray("The user wants the weather. I have a tool for that.").split(' '))
        event(50, "content_block_delta",
            R"(,"index":0,"delta":{"type":"thinking_delta","thinking":")" + word + " \"}");
    event(0, "content_block_stop", R"(,"index":0)");
    event(0, "content_block_start",
        R"(,"index":1,"content_block":{"type":"tool_use","id":"toolu_demo","name":"get_weather","input":{}})");
    for (const char* part : {R"({\"city\":)", R"( \"Zurich\"})"})
        event(150, "content_block_delta",
            QByteArray(R"(,"index":1,"delta":{"type":"input_json_delta","partial_json":")") + part + "\"}");
    event(0, "content_block_stop", R"(,"index":1)");
    event(0, "message_delta",
        R"(,"delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":64})");
    event(0, "message_stop", "");
    return answer;
}

DemoAnswer anthropicAnswer()
{
    return json(600,
        R"({"id":"msg_demo2","type":"message","role":"assistant","model":"claude-sonnet-4-5",)"
        R"("content":[{"type":"text","text":"It is 12 degrees and sunny in Zurich."}],"stop_reason":"end_turn","stop_sequence":null,)"
        R"("usage":{"input_tokens":96,"cache_creation_input_tokens":0,"cache_read_input_tokens":2468,"output_tokens":18}})");
}

DemoAnswer geminiStream()
{
    DemoAnswer answer{sseHead(), true, {}};
    answer.pieces = words("Bytes are forwarded first, and looked at afterwards.",
        R"(data: {"candidates":[{"content":{"role":"model","parts":[{"text":")",
        R"("}]},"index":0}],"modelVersion":"gemini-2.5-flash"})"
        "\r\n\r\n",
        90);
    answer.pieces.append({20,
        R"(data: {"candidates":[{"content":{"role":"model","parts":[{"text":""}]},"finishReason":"STOP","index":0}],)"
        R"("usageMetadata":{"promptTokenCount":31,"candidatesTokenCount":12,"thoughtsTokenCount":40,"totalTokenCount":83},"modelVersion":"gemini-2.5-flash"})"
        "\r\n\r\n"});
    return answer;
}

} // namespace

QList<QPair<QByteArray, QByteArray>> demoHeaders(const DemoCall& call)
{
    QList<QPair<QByteArray, QByteArray>> headers{
        {"Content-Type", "application/json"}, {"X-Session-Id", call.session}, {"X-User-Id", "demo"}};
    if (call.isAnthropic)
        headers += {{"x-api-key", "demo"}, {"anthropic-version", "2023-06-01"}};
    else
        headers.emplace_back("Authorization", "Bearer demo");
    return headers;
}

const DemoCall& demoTestCall()
{
    static const DemoCall call{"OpenAI, a test", "/v1/chat/completions", "test",
        R"({"model":"gpt-5-mini","stream":true,"messages":[{"role":"system","content":"Answer in two sentences."},)"
        R"({"role":"user","content":"Does the proxy work?"}],"metadata":{"demo":"test"}})",
        false};
    return call;
}

const QList<DemoCall>& demoCalls()
{
    static const QByteArray tools
        = R"("tools":[{"name":"get_weather","description":"The weather in a city","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}}])";
    static const QByteArray asked = R"({"role":"user","content":"What is the weather in Zurich?"})";
    static const QByteArray system = R"("system":"You are a helpful assistant.")";
    static const QList<DemoCall> calls{
        {"OpenAI, a stream", "/v1/chat/completions", "demo-chat",
            R"({"model":"gpt-5-mini","stream":true,"messages":[{"role":"system","content":"Answer in one sentence."},{"role":"user","content":"What does a proxy do?"}]})",
            false},
        {"Anthropic, thinking and a tool call", "/v1/messages", agentSession,
            R"({"model":"claude-sonnet-4-5","max_tokens":1024,"stream":true,)" + system + ',' + tools
                + R"(,"messages":[)" + asked + "]}",
            true},
        {"Anthropic, the tool's result", "/v1/messages", agentSession,
            R"({"model":"claude-sonnet-4-5","max_tokens":1024,)" + system + ',' + tools + R"(,"messages":[)"
                + asked
                + R"(,{"role":"assistant","content":[{"type":"tool_use","id":"toolu_demo","name":"get_weather","input":{"city":"Zurich"}}]})"
                  R"(,{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_demo","content":"12 degrees, sunny"}]}]})",
            true},
        {"Gemini, a stream", "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", "demo-chat",
            R"({"contents":[{"role":"user","parts":[{"text":"Which comes first, forwarding or looking?"}]}]})",
            false},
        {"OpenAI, refused for its rate", "/v1/chat/completions", "demo-errors",
            R"({"model":"gpt-5-mini","messages":[{"role":"user","content":"once more"}],"metadata":{"demo":"limit"}})",
            false},
        {"OpenAI, slow", "/v1/chat/completions", "demo-slow",
            R"({"model":"gpt-5","messages":[{"role":"user","content":"Take your time."}],"metadata":{"demo":"slow"}})",
            false},
    };
    return calls;
}

DemoAnswer demoAnswer(const QByteArray& path, const QByteArray& body)
{
    if (path.startsWith("/v1/messages"))
        return body.contains("tool_result") ? anthropicAnswer() : anthropicTool();
    if (path.startsWith("/v1beta/"))
        return geminiStream();
    if (body.contains(R"("demo":"limit")"))
        return json(80,
            R"({"error":{"message":"Rate limit reached for gpt-5-mini. Please try again in 20s.","type":"requests","param":null,"code":"rate_limit_exceeded"}})",
            "429 Too Many Requests", "retry-after: 20\r\n");
    if (body.contains(R"("demo":"slow")"))
        return json(4000,
            R"({"id":"chatcmpl-slow","object":"chat.completion","model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant",)"
            R"("content":"Good things need a moment."},"finish_reason":"stop"}],"usage":{"prompt_tokens":24,"completion_tokens":6,"total_tokens":30}})");
    if (path.startsWith("/v1/chat/completions"))
        return openAiStream(body.contains(R"("demo":"test")")
                ? "This answer was made up on your own machine, so it needed no key and cost nothing. It "
                  "came "
                  "through the proxy word by word, as a real one would."
                : "A proxy stands between you and the model, passes every byte on as it came, and keeps a "
                  "copy to look at later.");
    return json(0,
        R"({"error":{"message":"the demo does not know that path","type":"invalid_request_error","code":"not_found"}})",
        "404 Not Found");
}
