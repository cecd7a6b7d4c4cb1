// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "capturesamples.h"

#include <QCryptographicHash>

namespace {

constexpr qsizetype agentTurns = 20;
constexpr qsizetype agentTurnBytes = 20 * 1024; // 400 KB in twenty turns
constexpr qsizetype imageBytes = 1536 * 1024; // 2 MB of base64
constexpr int streamedChunks = 60;

/// Text that does not compress to nothing: every line of it is different, and the same for the same seed.
QByteArray text(qsizetype seed, qsizetype bytes)
{
    QByteArray out;
    out.reserve(bytes + 128);
    for (qsizetype line = 0; out.size() < bytes; ++line) {
        const QByteArray hash = QCryptographicHash::hash(
            QByteArray::number(seed) + ':' + QByteArray::number(line), QCryptographicHash::Md5);
        out += "    if (cache.contains(\\\"" + hash.toHex().first(12) + "\\\")) return find("
            + QByteArray::number(line) + ");\\n";
    }
    return out;
}

/// Bytes that do not compress.
QByteArray noise(qsizetype seed, qsizetype bytes)
{
    QByteArray out;
    out.reserve(bytes + 64);
    QByteArray block = QByteArray::number(seed);
    while (out.size() < bytes) {
        block = QCryptographicHash::hash(block, QCryptographicHash::Sha512);
        out += block;
    }
    return out;
}

QByteArray smallRequest(qsizetype index)
{
    return R"({"model":"gpt-4o-mini","temperature":0.2,"messages":[{"role":"system","content":"You are terse."},)"
           R"({"role":"user","content":"Question )"
        + QByteArray::number(index) + ": " + text(index, 500) + R"("}]})";
}

QByteArray agentRequest(qsizetype index)
{
    const qsizetype conversation = index / agentTurns;
    QByteArray body
        = R"({"model":"gpt-4o-mini","stream":true,"stream_options":{"include_usage":true},)"
          R"("tools":[{"type":"function","function":{"name":"read_file","description":"Reads a file",)"
          R"("parameters":{"type":"object","properties":{"path":{"type":"string"}}}}}],)"
          R"("messages":[{"role":"system","content":"You write code."})";
    for (qsizetype turn = 0; turn < agentTurns; ++turn) {
        const QByteArray id = "call_" + QByteArray::number(conversation) + '_' + QByteArray::number(turn);
        body
            += R"(,{"role":"user","content":"Go on."},{"role":"assistant","content":null,"tool_calls":[{"id":")"
            + id
            + R"(","type":"function","function":{"name":"read_file","arguments":"{\"path\":\"a.cpp\"}"}}]},)"
              R"({"role":"tool","tool_call_id":")"
            + id + R"(","content":")"
            + text(turn + 1 < agentTurns ? conversation * agentTurns + turn : -index - 1, agentTurnBytes)
            + R"("})";
    }
    return body + "]}";
}

QByteArray imageRequest(qsizetype index)
{
    return R"({"model":"gpt-4o-mini","messages":[{"role":"user","content":[{"type":"text","text":"What is it?"},)"
           R"({"type":"image_url","image_url":{"url":"data:image/png;base64,)"
        + noise(index, imageBytes).toBase64() + R"("}}]}]})";
}

QByteArray answer(qsizetype index)
{
    return R"({"id":"chatcmpl-)" + QByteArray::number(index)
        + R"(","object":"chat.completion","created":1741569952,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,)"
          R"("message":{"role":"assistant","content":")"
        + text(-index, 200)
        + R"(","refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":41,"completion_tokens":27,)"
          R"("total_tokens":68,"prompt_tokens_details":{"cached_tokens":0}}})";
}

QByteArray streamedChunk(int chunk)
{
    return R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1741570283,)"
           R"("model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"content":"word )"
        + QByteArray::number(chunk) + R"( "},"finish_reason":null}]})" + "\n\n";
}

constexpr char streamEnd[]
    = R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1741570283,)"
      R"("model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"
      "\n\n"
      R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1741570283,)"
      R"("model":"gpt-4o-mini-2024-07-18","choices":[],"usage":{"prompt_tokens":90000,)"
      R"("completion_tokens":60,"total_tokens":90060}})"
      "\n\ndata: [DONE]\n\n";

} // namespace

CaptureSegment CaptureSamples::make(const std::string& kind, qsizetype index)
{
    const bool isStream = kind == "agent";
    CaptureSegment segment;
    segment.call = quint64(index) + 1;
    CallStart start;
    start.startedAtUs = 1'760'000'000'000'000 + index * 1000;
    start.requestId = "bench-" + QByteArray::number(index);
    start.provider = "openai";
    start.method = "POST";
    start.target = "/v1/chat/completions";
    start.upstreamOrigin = "https://api.openai.com:443";
    start.requestHeaders = HeaderList{
        {"Host", "127.0.0.1"}, {"Content-Type", "application/json"}, {"Authorization", "Bearer ***9f2a"}};
    segment.start = start;
    segment.requestBody = {isStream ? agentRequest(index)
            : kind == "image"       ? imageRequest(index)
                                    : smallRequest(index)};
    segment.response = CallResponse{200, "OK",
        HeaderList{{"Content-Type", isStream ? "text/event-stream" : "application/json"}}, 400'000'000};
    CallEnd end;
    end.requestBytes = segment.requestBody.first().size();
    if (isStream) {
        for (int chunk = 0; chunk < streamedChunks; ++chunk)
            segment.responseBody.append({streamedChunk(chunk), 400'000'000 + chunk * 20'000'000LL});
        segment.responseBody.append({streamEnd, 1'700'000'000});
    } else {
        segment.responseBody.append({answer(index), 420'000'000});
    }
    for (const TimedChunk& chunk : std::as_const(segment.responseBody))
        end.responseBytes += chunk.bytes.size();
    end.atNs = 1'800'000'000;
    segment.end = end;
    return segment;
}
