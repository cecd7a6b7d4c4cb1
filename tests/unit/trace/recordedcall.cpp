// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "recordedcall.h"

namespace {

// Shapes of the providers' API references, 2026-11.
const QByteArray openaiRequest(
    R"({"model":"gpt-5.1","stream":true,"temperature":0.70,"seed":12345678901234567890,)"
    R"("messages":[{"role":"user","content":"Hi"}]})");
const QByteArray openaiStream(
    "data: "
    "{\"id\":\"c1\",\"model\":\"gpt-5.1-2026\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
    "\"content\":\"\"},\"finish_reason\":null}]}\n\n"
    "data: "
    "{\"id\":\"c1\",\"model\":\"gpt-5.1-2026\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"},"
    "\"finish_reason\":null}]}\n\n"
    "data: "
    "{\"id\":\"c1\",\"model\":\"gpt-5.1-2026\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},"
    "\"finish_reason\":\"stop\"}]}\n\n"
    "data: {\"id\":\"c1\",\"model\":\"gpt-5.1-2026\",\"choices\":[],\"usage\":{\"prompt_tokens\":11,"
    "\"completion_tokens\":7,\"total_tokens\":18}}\n\n"
    "data: [DONE]\n\n");
const QByteArray anthropicRequest(
    R"({"model":"claude-5","max_tokens":10,"stream":true,"metadata":{"user_id":"user_a_account_b_session_s-1"},)"
    R"("messages":[{"role":"user","content":"Hi"}]})");
const QByteArray anthropicStream(
    "event: message_start\ndata: "
    "{\"type\":\"message_start\",\"message\":{\"id\":\"m1\",\"role\":\"assistant\","
    "\"model\":\"claude-5-2026\",\"content\":[],\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}}\n\n"
    "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
    "{\"type\":\"text\",\"text\":\"\"}}\n\n"
    "event: ping\ndata: {\"type\":\"ping\"}\n\n"
    "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
    "{\"type\":\"text_delta\",\"text\":\"Hello\"}}\n\n"
    "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
    "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
    "\"usage\":{\"output_tokens\":7}}\n\n"
    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
const QByteArray geminiRequest(R"({"contents":[{"role":"user","parts":[{"text":"Hi"}]}]})");
const QByteArray geminiArray(
    "[{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hel\"}]}}],"
    "\"modelVersion\":\"gemini-3\"},\r\n"
    "{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"lo\"}]},"
    "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":7,"
    "\"totalTokenCount\":18},\"modelVersion\":\"gemini-3\"}]");
const QByteArray openaiDocument(
    R"({"id":"c1","object":"chat.completion","model":"gpt-5.1-2026","choices":[{"index":0,"message":)"
    R"({"role":"assistant","content":"Hello"},"finish_reason":"stop"}],)"
    R"("usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}})");

} // namespace

RecordedCall openaiCall()
{
    RecordedCall call;
    call.request = openaiRequest;
    call.response = openaiStream;
    return call;
}

RecordedCall anthropicCall()
{
    RecordedCall call;
    call.provider = "anthropic";
    call.target = "/v1/messages?beta=true";
    call.request = anthropicRequest;
    call.response = anthropicStream;
    return call;
}

RecordedCall geminiCall()
{
    RecordedCall call;
    call.provider = "gemini";
    call.target = "/v1beta/models/gemini-3:streamGenerateContent";
    call.request = geminiRequest;
    call.response = geminiArray;
    call.responseHeaders = {{"content-type", "application/json; charset=UTF-8"}};
    return call;
}

RecordedCall documentCall()
{
    RecordedCall call;
    call.request = openaiRequest;
    call.response = openaiDocument;
    call.responseHeaders = {{"content-type", "application/json"}};
    return call;
}

QByteArray deflated(const QByteArray& body)
{
    return qCompress(body).sliced(4);
}

CaptureSegment startOf(const RecordedCall& call)
{
    CaptureSegment segment;
    segment.call = 1;
    segment.start.emplace();
    segment.start->startedAtUs = 1'795'000'000'000'000;
    segment.start->requestId = "11111111-2222-4333-8444-555555555555";
    segment.start->provider = call.provider;
    segment.start->method = "POST";
    segment.start->target = call.target;
    segment.start->upstreamOrigin = "https://upstream:443";
    segment.start->requestHeaders = call.requestHeaders;
    segment.start->credentials = call.credentials;
    return segment;
}

CaptureSegment responseOf(const RecordedCall& call)
{
    CaptureSegment segment;
    segment.call = 1;
    segment.response = CallResponse{call.status, "The Reason", call.responseHeaders, 2'000'000};
    return segment;
}

CaptureSegment endOf(const RecordedCall& call)
{
    CaptureSegment segment;
    segment.call = 1;
    segment.end.emplace();
    segment.end->outcome = call.outcome;
    segment.end->atNs = 9'000'999;
    segment.end->requestSentNs = 1'000'000;
    segment.end->requestBytes = call.request.size();
    segment.end->responseBytes = call.response.size();
    return segment;
}

TraceRecord recordOf(const RecordedCall& call, qsizetype pieceSize, qsizetype maxBodyBytes)
{
    RecordBuilder builder(maxBodyBytes);
    if (pieceSize == 0) {
        CaptureSegment whole = startOf(call);
        whole.requestBody = {call.request};
        whole.response = responseOf(call).response;
        whole.responseBody = {{call.response, 3'000'000}};
        whole.end = endOf(call).end;
        builder.add(whole);
        return builder.finish();
    }
    builder.add(startOf(call));
    for (qsizetype at = 0; at < call.request.size(); at += pieceSize) {
        CaptureSegment segment;
        segment.requestBody = {call.request.mid(at, pieceSize)};
        builder.add(segment);
    }
    builder.add(responseOf(call));
    for (qsizetype at = 0; at < call.response.size(); at += pieceSize) {
        CaptureSegment segment;
        segment.responseBody = {{call.response.mid(at, pieceSize), 3'000'000}};
        builder.add(segment);
    }
    builder.add(endOf(call));
    return builder.finish();
}

QByteArray outputText(const TraceRecord& record)
{
    QByteArray text;
    for (const Message& message : record.output.messages) {
        for (const Part& part : message.parts)
            text += part.text;
    }
    return text;
}
