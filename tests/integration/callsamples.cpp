// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "callsamples.h"

namespace {

QByteArray namedEvent(const QByteArray& name, const QByteArray& json)
{
    return "event: " + name + "\ndata: " + json + "\n\n";
}

QByteArray data(const QByteArray& json)
{
    return "data: " + json + "\n\n";
}

CallSample openai()
{
    return {"OpenAI", "/v1/chat/completions",
        R"({"model":"gpt-5","temperature":0.5,"messages":[{"role":"user","content":"Weather?"}]})",
        Answer::json(200,
            R"({"id":"c","model":"gpt-5-2025-08-07","choices":[{"index":0,"message":{"role":"assistant",)"
            R"("content":"It is sunny","tool_calls":[{"id":"t1","type":"function","function":{"name":)"
            R"("get_weather","arguments":"{\"city\":\"Paris\"}"}}]},"finish_reason":"tool_calls"}],"usage":)"
            R"({"prompt_tokens":100,"completion_tokens":30,"total_tokens":130,"prompt_tokens_details":)"
            R"({"cached_tokens":40},"completion_tokens_details":{"reasoning_tokens":10}}})"),
        "gpt-5-2025-08-07", {},
        R"({"input":60,"input_cached_tokens":40,"output":20,"output_reasoning_tokens":10,"total":130})"};
}

CallSample openaiStream()
{
    CallSample sample = openai();
    sample.name = "OpenAI, streamed";
    sample.request = R"({"model":"gpt-5","stream":true,"messages":[{"role":"user","content":"Weather?"}]})";
    const QByteArray head = R"({"model":"gpt-5-2025-08-07","choices":[)";
    sample.answer = Answer::sse({data(head
                                     + R"({"index":0,"delta":{"role":"assistant","content":"It is "}}]})"),
        data(head + R"({"index":0,"delta":{"content":"sunny"}}]})"),
        data(head
            + R"({"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","type":"function","function":)"
              R"({"name":"get_weather","arguments":"{\"city\":"}}]}}]})"),
        data(head
            + R"({"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"Paris\"}"}}]}}]})"),
        data(head + R"({"index":0,"delta":{},"finish_reason":"tool_calls"}]})"),
        data(head
            + R"(],"usage":{"prompt_tokens":100,"completion_tokens":30,"total_tokens":130,)"
              R"("prompt_tokens_details":{"cached_tokens":40},"completion_tokens_details":)"
              R"({"reasoning_tokens":10}}})"),
        "data: [DONE]\n\n"});
    return sample;
}

CallSample anthropic()
{
    return {"Anthropic", "/v1/messages",
        R"({"model":"claude-sonnet-4-5","max_tokens":99,"messages":[{"role":"user","content":"Weather?"}]})",
        Answer::json(200,
            R"({"id":"m","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":)"
            R"([{"type":"thinking","thinking":"Let me think","signature":"s"},{"type":"text","text":)"
            R"("It is sunny"},{"type":"tool_use","id":"t1","name":"get_weather","input":{"city":"Paris"}}],)"
            R"("stop_reason":"tool_use","usage":{"input_tokens":10,"cache_read_input_tokens":20,)"
            R"("cache_creation_input_tokens":30,"output_tokens":40}})"),
        "claude-sonnet-4-5-20250929", "Let me think",
        R"({"input":10,"input_cache_creation":30,"input_cached_tokens":20,"output":40,"total":100})"};
}

CallSample anthropicStream()
{
    CallSample sample = anthropic();
    sample.name = "Anthropic, streamed";
    sample.request
        = R"({"model":"claude-sonnet-4-5","stream":true,"max_tokens":99,"messages":[{"role":"user","content":"Weather?"}]})";
    const auto start = [](int index, const QByteArray& block) {
        return namedEvent("content_block_start",
            R"({"type":"content_block_start","index":)" + QByteArray::number(index) + R"(,"content_block":)"
                + block + "}");
    };
    const auto delta = [](int index, const QByteArray& part) {
        return namedEvent("content_block_delta",
            R"({"type":"content_block_delta","index":)" + QByteArray::number(index) + R"(,"delta":)" + part
                + "}");
    };
    const auto stop = [](int index) {
        return namedEvent("content_block_stop",
            R"({"type":"content_block_stop","index":)" + QByteArray::number(index) + "}");
    };
    sample.answer
        = Answer::sse({namedEvent("message_start",
                           R"({"type":"message_start","message":{"id":"m","type":"message","role":)"
                           R"("assistant","model":"claude-sonnet-4-5-20250929","content":[],"usage":)"
                           R"({"input_tokens":10,"cache_read_input_tokens":20,)"
                           R"("cache_creation_input_tokens":30,"output_tokens":1}}})"),
            start(0, R"({"type":"thinking","thinking":""})"),
            delta(0, R"({"type":"thinking_delta","thinking":"Let me "})"),
            delta(0, R"({"type":"thinking_delta","thinking":"think"})"), stop(0),
            start(1, R"({"type":"text","text":""})"),
            delta(1, R"({"type":"text_delta","text":"It is sunny"})"), stop(1),
            start(2, R"({"type":"tool_use","id":"t1","name":"get_weather","input":{}})"),
            delta(2, R"({"type":"input_json_delta","partial_json":"{\"city\":\"Pa"})"),
            delta(2, R"({"type":"input_json_delta","partial_json":"ris\"}"})"), stop(2),
            namedEvent("message_delta",
                R"({"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":40}})"),
            namedEvent("message_stop", R"({"type":"message_stop"})")});
    return sample;
}

const QByteArray geminiRequest = R"({"contents":[{"role":"user","parts":[{"text":"Weather?"}]}]})";
const QByteArray geminiUsage
    = R"("usageMetadata":{"promptTokenCount":50,"cachedContentTokenCount":20,"candidatesTokenCount":30,)"
      R"("thoughtsTokenCount":10,"totalTokenCount":90},"modelVersion":"gemini-2.5-pro")";

CallSample gemini()
{
    return {"Gemini", "/v1beta/models/gemini-2.5-pro:generateContent", geminiRequest,
        Answer::json(200,
            R"({"candidates":[{"content":{"role":"model","parts":[{"text":"Let me think","thought":true},)"
            R"({"text":"It is sunny"},{"functionCall":{"name":"get_weather","args":{"city":"Paris"}}}]},)"
            R"("finishReason":"STOP","index":0}],)"
                + geminiUsage + "}"),
        "gemini-2.5-pro", "Let me think",
        R"({"input":30,"input_cached_tokens":20,"output":30,"output_reasoning_tokens":10,"total":90})"};
}

CallSample geminiStream()
{
    CallSample sample = gemini();
    sample.name = "Gemini, streamed";
    sample.target = "/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse";
    const auto parts = [](const QByteArray& json, const QByteArray& rest) {
        return QByteArray("data: ") + R"({"candidates":[{"content":{"role":"model","parts":[)" + json + "]}"
            + rest + "}\r\n\r\n";
    };
    sample.answer = Answer::sse({parts(R"({"text":"Let me think","thought":true})", "}]"),
        parts(R"({"text":"It is "})", "}]"), parts(R"({"text":"sunny"})", "}]"),
        parts(R"({"functionCall":{"name":"get_weather","args":{"city":"Paris"}}})",
            R"(,"finishReason":"STOP"}],)" + geminiUsage)});
    return sample;
}

} // namespace

const QList<CallSample>& callSamples()
{
    static const QList<CallSample> all{
        openai(), openaiStream(), anthropic(), anthropicStream(), gemini(), geminiStream()};
    return all;
}

UpstreamScript answerSample(const ReceivedRequest& request)
{
    return callSamples().at(request.headers.value("x-sample").toInt()).answer;
}
