// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "responsesanswer.h"

namespace {

constexpr auto responseUsage
    = R"("usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":40,"cache_write_tokens":0},)"
      R"("output_tokens":30,"output_tokens_details":{"reasoning_tokens":10},"total_tokens":130})";
constexpr auto reasoningItem
    = R"({"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Let me think"}]})";
constexpr auto callItem
    = R"({"id":"fc_1","type":"function_call","status":"completed","call_id":"call_1","name":"get_weather",)"
      R"("arguments":"{\"city\":\"Paris\"}"})";
constexpr auto messageItem
    = R"({"id":"msg_1","type":"message","role":"assistant","content":[{"type":"output_text",)"
      R"("text":"It is sunny","annotations":[]}]})";

QByteArray response(const QByteArray& id, const QByteArray& rest)
{
    return R"({"id":")" + id + R"(","object":"response","model":"gpt-5-2025-08-07","error":null,)" + rest
        + "}";
}

QByteArray completed(const QByteArray& id)
{
    return response(id,
        QByteArray(R"("status":"completed","output":[)") + reasoningItem + ',' + callItem + ',' + messageItem
            + "]," + responseUsage);
}

QByteArray responseEvent(const QByteArray& type, const QByteArray& rest)
{
    return "event: response." + type + "\ndata: {\"type\":\"response." + type + "\"," + rest + "}\n\n";
}

/// The stream, with or without its deltas and done items; its last event is the caller's.
UpstreamScript responseStream(const QByteArray& id, const QByteArray& last, bool hasDeltas = true)
{
    QList<QByteArray> events{
        responseEvent("created", R"("response":)" + response(id, R"("status":"in_progress","output":[])"))};
    if (hasDeltas) {
        events += {responseEvent("output_item.added",
                       R"("output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]})"),
            responseEvent(
                "reasoning_summary_text.delta", R"("output_index":0,"summary_index":0,"delta":"Let me ")"),
            responseEvent(
                "reasoning_summary_text.delta", R"("output_index":0,"summary_index":0,"delta":"think")"),
            responseEvent("output_item.done", QByteArray(R"("output_index":0,"item":)") + reasoningItem),
            responseEvent("output_item.added",
                R"("output_index":1,"item":{"id":"fc_1","type":"function_call","call_id":"call_1","name":"get_weather","arguments":""})"),
            responseEvent("function_call_arguments.delta", R"("output_index":1,"delta":"{\"city\":")"),
            responseEvent("function_call_arguments.delta", R"("output_index":1,"delta":"\"Paris\"}")"),
            responseEvent("output_item.done", QByteArray(R"("output_index":1,"item":)") + callItem),
            responseEvent("output_text.delta", R"("output_index":2,"content_index":0,"delta":"It is ")"),
            responseEvent("output_text.delta", R"("output_index":2,"content_index":0,"delta":"sunny")")};
    }
    if (!last.isEmpty())
        events.append(last);
    return Answer::sse(events);
}

} // namespace

UpstreamScript responsesAnswer(const ReceivedRequest& request)
{
    const QByteArray kind = request.headers.value("x-kind");
    const QByteArray id = request.headers.value("x-answer-id");
    if (kind == "streamed")
        return responseStream(id, responseEvent("completed", R"("response":)" + completed(id)));
    if (kind == "final event only")
        return responseStream(id, responseEvent("completed", R"("response":)" + completed(id)), false);
    if (kind == "failed") {
        return responseStream(id,
            responseEvent("failed",
                R"("response":{"id":"r","status":"failed","error":{"code":"server_error","message":"Broken"}})"));
    }
    if (kind == "unfinished")
        return responseStream(id, {});
    return Answer::json(200, completed(id));
}
