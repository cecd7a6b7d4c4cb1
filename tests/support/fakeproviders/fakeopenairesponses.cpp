// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakeproviders/fakeproviders.h"

using namespace std::chrono_literals;

namespace {

const HeaderList commonHeaders{{"x-request-id", "req_openai_2"}, {"openai-processing-ms", "15"}};

constexpr auto usage
    = R"({"input_tokens":20,"input_tokens_details":{"cached_tokens":8,"cache_write_tokens":0},)"
      R"("output_tokens":7,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":27})";

constexpr auto reasoningItem = R"({"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text",)"
                               R"("text":"**Looking** it up"}],"encrypted_content":"gAAAAA=="})";
constexpr auto callItem = R"({"id":"fc_1","type":"function_call","status":"completed","call_id":"call_1",)"
                          R"("name":"get_weather","arguments":"{\"city\":\"Zürich\",\"days\":2}"})";
constexpr auto messageItem = R"({"id":"msg_1","type":"message","status":"completed","role":"assistant",)"
                             R"("content":[{"type":"output_text","text":"Grüezi from the fake 😀.",)"
                             R"("annotations":[],"logprobs":[]}]})";

UpstreamScript error(int status, const char* type, const char* code)
{
    return Answer::json(status,
        filled(R"({"error":{"message":"No luck","type":"%TYPE%","param":null,"code":"%CODE%"}})",
            {{"TYPE", type}, {"CODE", code}}),
        commonHeaders);
}

/// A response object; the members that say how it ended come from the caller.
QByteArray response(const QByteArray& model, const QByteArray& status, const QByteArray& output,
    const QByteArray& responseUsage = "null", const QByteArray& responseError = "null",
    const QByteArray& incomplete = "null")
{
    return filled(
        R"({"id":"resp_1","object":"response","created_at":1700000000,"status":"%STATUS%","background":false,)"
        R"("error":%ERROR%,"incomplete_details":%WHY%,"instructions":null,"model":"%MODEL%","output":[%OUTPUT%],)"
        R"("parallel_tool_calls":true,"previous_response_id":null,"service_tier":"default","store":true,)"
        R"("temperature":1.0,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,)"
        R"("truncation":"disabled","usage":%USAGE%,"user":null,"metadata":{}})",
        {{"STATUS", status}, {"ERROR", responseError}, {"WHY", incomplete}, {"MODEL", model},
            {"OUTPUT", output}, {"USAGE", responseUsage}});
}

QByteArray outputOf(const QByteArray& model)
{
    return QByteArray(reasoningItem) + ',' + (model == "gpt-resp-tools" ? callItem : messageItem);
}

/// Numbers the events and gives each its `event:` line.
QList<QByteArray> numbered(const QList<QByteArray>& events)
{
    QList<QByteArray> lines;
    for (const QByteArray& json : events) {
        constexpr qsizetype typeAt = 9; // behind {"type":"
        const QByteArray type = json.mid(typeAt, json.indexOf('"', typeAt) - typeAt);
        lines.append("event: " + type + "\ndata: " + json.chopped(1) + R"(,"sequence_number":)"
            + QByteArray::number(lines.size()) + "}\n\n");
    }
    return lines;
}

QList<QByteArray> reasoningEvents()
{
    const QByteArray place = R"("item_id":"rs_1","output_index":0,"summary_index":0,)";
    return {
        R"({"type":"response.output_item.added","output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}})",
        R"({"type":"response.reasoning_summary_part.added",)" + place
            + R"("part":{"type":"summary_text","text":""}})",
        R"({"type":"response.reasoning_summary_text.delta",)" + place + R"("delta":"**Looking**"})",
        R"({"type":"response.reasoning_summary_text.delta",)" + place + R"("delta":" it up"})",
        R"({"type":"response.reasoning_summary_text.done",)" + place + R"("text":"**Looking** it up"})",
        R"({"type":"response.reasoning_summary_part.done",)" + place
            + R"("part":{"type":"summary_text","text":"**Looking** it up"}})",
        QByteArray(R"({"type":"response.output_item.done","output_index":0,"item":)") + reasoningItem + "}"};
}

QList<QByteArray> callEvents()
{
    const QByteArray place = R"("item_id":"fc_1","output_index":1,)";
    return {
        R"({"type":"response.output_item.added","output_index":1,"item":{"id":"fc_1","type":"function_call",)"
        R"("status":"in_progress","call_id":"call_1","name":"get_weather","arguments":""}})",
        R"({"type":"response.function_call_arguments.delta",)" + place + R"("delta":"{\"city\":\"Zür"})",
        R"({"type":"response.function_call_arguments.delta",)" + place + R"("delta":"ich\",\"days\":2}"})",
        R"({"type":"response.function_call_arguments.done",)" + place
            + R"("name":"get_weather","arguments":"{\"city\":\"Zürich\",\"days\":2}"})",
        QByteArray(R"({"type":"response.output_item.done","output_index":1,"item":)") + callItem + "}"};
}

QList<QByteArray> messageEvents()
{
    const QByteArray place = R"("item_id":"msg_1","output_index":1,"content_index":0,)";
    const QByteArray part = R"("part":{"type":"output_text","annotations":[],"text":"%TEXT%"}})";
    QList<QByteArray> events{
        R"({"type":"response.output_item.added","output_index":1,"item":{"id":"msg_1","type":"message",)"
        R"("status":"in_progress","role":"assistant","content":[]}})",
        R"({"type":"response.content_part.added",)" + place + filled(part, {{"TEXT", ""}})};
    for (const char* word : {"Grüezi ", "from ", "the ", "fake 😀."})
        events.append(R"({"type":"response.output_text.delta",)" + place + R"("delta":")" + word
            + R"(","logprobs":[]})");
    events.append(R"({"type":"response.output_text.done",)" + place
        + R"("text":"Grüezi from the fake 😀.","logprobs":[]})");
    events.append(R"({"type":"response.content_part.done",)" + place
        + filled(part, {{"TEXT", "Grüezi from the fake 😀."}}));
    events.append(
        QByteArray(R"({"type":"response.output_item.done","output_index":1,"item":)") + messageItem + "}");
    return events;
}

UpstreamScript stream(const QByteArray& model)
{
    const QByteArray begun = response(model, "in_progress", {});
    QList<QByteArray> events{R"({"type":"response.created","response":)" + begun + "}",
        R"({"type":"response.in_progress","response":)" + begun + "}"};
    events += reasoningEvents();
    events += model == "gpt-resp-tools" ? callEvents() : messageEvents();
    if (model == "gpt-resp-failed") {
        events.append(R"({"type":"response.failed","response":)"
            + response(model, "failed", {}, "null", R"({"code":"server_error","message":"The model broke"})")
            + "}");
    } else if (model == "gpt-resp-incomplete") {
        events.append(R"({"type":"response.incomplete","response":)"
            + response(
                model, "incomplete", outputOf(model), usage, "null", R"({"reason":"max_output_tokens"})")
            + "}");
    } else if (model != "gpt-resp-unfinished") {
        events.append(R"({"type":"response.completed","response":)"
            + response(model, "completed", outputOf(model), usage) + "}");
    }
    return Answer::sse(numbered(events), commonHeaders, {{}, 1ms});
}

UpstreamScript create(const ProviderRequest& request)
{
    if (request.model == "gpt-resp-429" && request.isFailingTurn())
        return error(429, "requests", "rate_limit_exceeded");
    if (request.model == "gpt-resp-400")
        return error(400, "invalid_request_error", "context_length_exceeded");
    if (request.isStream())
        return stream(request.model);
    return Answer::json(
        200, response(request.model, "completed", outputOf(request.model), usage), commonHeaders);
}

} // namespace

std::optional<UpstreamScript> FakeOpenAiResponses::answer(const ProviderRequest& request)
{
    if (!request.path.startsWith("/v1/responses"))
        return std::nullopt;
    const QByteArray endpoint = request.path.sliced(13);
    if (endpoint.isEmpty() && request.isMethod("POST"))
        return create(request);
    if (endpoint == "/input_tokens")
        return Answer::json(200, R"({"object":"response.input_tokens","input_tokens":11})", commonHeaders);
    if (endpoint == "/compact") {
        return Answer::json(200,
            filled(R"({"id":"cmp_1","object":"response.compaction","created_at":1700000000,"output":[)"
                   R"({"id":"cmp_2","type":"compaction","encrypted_content":"gAAAAA=="}],"usage":%USAGE%})",
                {{"USAGE", usage}}),
            commonHeaders);
    }
    if (endpoint.endsWith("/input_items")) {
        return Answer::json(200,
            R"({"object":"list","data":[{"id":"msg_0","type":"message","role":"user","content":)"
            R"([{"type":"input_text","text":"Hi"}]}],"first_id":"msg_0","last_id":"msg_0","has_more":false})",
            commonHeaders);
    }
    if (endpoint.endsWith("/cancel"))
        return Answer::json(200, response("gpt-resp-kept", "cancelled", {}), commonHeaders);
    return Answer::json(200, response("gpt-resp-kept", "completed", messageItem, usage), commonHeaders);
}
