// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakeproviders/fakeproviders.h"

#include <QJsonArray>

using namespace std::chrono_literals;

namespace {

const HeaderList commonHeaders{{"x-request-id", "req_openai_1"}, {"openai-processing-ms", "12"},
    {"x-ratelimit-remaining-requests", "4999"}, {"Set-Cookie", "__cf_bm=a; path=/"},
    {"Set-Cookie", "_cfuvid=b; path=/"}};

constexpr auto chatUsage = R"({"prompt_tokens":20,"completion_tokens":7,"total_tokens":27,)"
                           R"("prompt_tokens_details":{"cached_tokens":8,"audio_tokens":0},)"
                           R"("completion_tokens_details":{"reasoning_tokens":3,"audio_tokens":0}})";

constexpr auto toolCalls
    = R"([{"id":"call_1","type":"function","function":{"name":"get_weather",)"
      R"("arguments":"{\"city\":\"Zürich\",\"days\":2}"}},)"
      R"({"id":"call_2","type":"function","function":{"name":"get_time","arguments":"{}"}}])";

UpstreamScript error(
    int status, const char* type, const char* code, const char* message, const HeaderList& extra = {})
{
    HeaderList headers = commonHeaders;
    for (const Header& header : extra)
        headers.append(header.name, header.value);
    return Answer::json(status,
        filled(R"({"error":{"message":"%MESSAGE%","type":"%TYPE%","param":null,"code":"%CODE%"}})",
            {{"MESSAGE", message}, {"TYPE", type}, {"CODE", code}}),
        headers);
}

QByteArray completion(const ProviderRequest& request, const QByteArray& choices)
{
    return filled(R"({"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"%MODEL%",)"
                  R"("choices":[%CHOICES%],"usage":%USAGE%,"service_tier":"default",)"
                  R"("system_fingerprint":"fp_1"})",
        {{"MODEL", request.model}, {"CHOICES", choices}, {"USAGE", chatUsage}});
}

QByteArray choice(int index, const QByteArray& message, const QByteArray& finishReason)
{
    return filled(R"({"index":%INDEX%,"message":%MESSAGE%,"logprobs":null,"finish_reason":"%REASON%"})",
        {{"INDEX", QByteArray::number(index)}, {"MESSAGE", message}, {"REASON", finishReason}});
}

QByteArray textMessage(const QByteArray& text)
{
    return R"({"role":"assistant","content":)" + jsonString(text) + R"(,"refusal":null,"annotations":[]})";
}

QByteArray chunk(const ProviderRequest& request, const QByteArray& choices, const QByteArray& chunkUsage)
{
    return "data: "
        + filled(R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,)"
                 R"("model":"%MODEL%","system_fingerprint":"fp_1","choices":[%CHOICES%]%USAGE%})",
            {{"MODEL", request.model}, {"CHOICES", choices},
                {"USAGE", chunkUsage.isEmpty() ? QByteArray() : R"(,"usage":)" + chunkUsage}})
        + "\n\n";
}

QByteArray deltaChoice(int index, const QByteArray& delta, const QByteArray& finishReason = {})
{
    return filled(R"({"index":%INDEX%,"delta":%DELTA%,"logprobs":null,"finish_reason":%REASON%})",
        {{"INDEX", QByteArray::number(index)}, {"DELTA", delta},
            {"REASON", finishReason.isEmpty() ? QByteArray("null") : '"' + finishReason + '"'}});
}

QList<QByteArray> streamDeltas(const ProviderRequest& request)
{
    if (request.model == "gpt-tools") {
        return {deltaChoice(0, R"({"role":"assistant","content":null})"),
            deltaChoice(0,
                R"({"tool_calls":[{"index":0,"id":"call_1","type":"function",)"
                R"("function":{"name":"get_weather","arguments":""}}]})"),
            deltaChoice(0, R"({"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":\"Zür"}}]})"),
            deltaChoice(0, R"({"tool_calls":[{"index":0,"function":{"arguments":"ich\",\"days\":2}"}}]})"),
            deltaChoice(0,
                R"({"tool_calls":[{"index":1,"id":"call_2","type":"function",)"
                R"("function":{"name":"get_time","arguments":"{}"}}]})"),
            deltaChoice(0, "{}", "tool_calls")};
    }
    QList<QByteArray> deltas;
    const int count = qMax(1, request.json.value(QStringLiteral("n")).toInt());
    for (int index = 0; index < count; ++index)
        deltas.append(deltaChoice(index, R"({"role":"assistant","content":"","refusal":null})"));
    for (const char* word : {"Grüezi ", "from ", "the ", "fake \\uD83D\\uDE00."}) {
        for (int index = 0; index < count; ++index)
            deltas.append(deltaChoice(index, R"({"content":")" + QByteArray(word) + R"("})"));
    }
    for (int index = 0; index < count; ++index)
        deltas.append(deltaChoice(index, "{}", "stop"));
    return deltas;
}

UpstreamScript stream(const ProviderRequest& request)
{
    const bool wantsUsage = request.json.value(QStringLiteral("stream_options"))
                                .toObject()
                                .value(QStringLiteral("include_usage"))
                                .toBool();
    // OpenAI gives every chunk "usage":null when usage was asked for.
    const QByteArray noUsage = wantsUsage ? "null" : "";
    QList<QByteArray> events;
    if (request.model == "gpt-endless") {
        for (int i = 0; i < 3000; ++i)
            events.append(chunk(request, deltaChoice(0, R"({"content":"tick "})"), noUsage));
        return Answer::sse(events, commonHeaders, {{}, 10ms});
    }
    for (const QByteArray& delta : streamDeltas(request))
        events.append(chunk(request, delta, noUsage));
    if (request.model == "gpt-cut") {
        HeaderList headers = commonHeaders;
        headers.append("Content-Type", "text/event-stream");
        headers.append("Transfer-Encoding", "chunked");
        UpstreamScript script = UpstreamScript().send(Answer::head(200, headers));
        for (const QByteArray& event : events.first(4))
            script.send(Answer::chunk(event));
        return script.delay(20ms).reset();
    }
    if (wantsUsage)
        events.append(chunk(request, {}, chatUsage));
    events.append("data: [DONE]\n\n");
    return Answer::sse(events, commonHeaders, {{}, 1ms});
}

UpstreamScript chatCompletion(const ProviderRequest& request)
{
    if (request.model == "gpt-429" && request.isFailingTurn()) {
        return error(429, "requests", "rate_limit_exceeded", "Rate limit reached",
            {{"retry-after-ms", "30"}, {"x-ratelimit-reset-requests", "30ms"}});
    }
    if (request.model == "gpt-401")
        return error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided: sk-***");
    if (request.model == "gpt-400")
        return error(400, "invalid_request_error", "context_length_exceeded", "Too many tokens");
    if (request.model == "gpt-500")
        return error(500, "server_error", "internal_error", "Try again", {{"retry-after-ms", "10"}});
    if (request.isStream())
        return stream(request);
    if (request.model == "gpt-tools") {
        const QByteArray message = R"({"role":"assistant","content":null,"refusal":null,"tool_calls":)"
            + QByteArray(toolCalls) + "}";
        return Answer::json(200, completion(request, choice(0, message, "tool_calls")), commonHeaders);
    }
    if (request.model == "gpt-echo") {
        const QByteArray seen = QByteArray::number(request.raw.body.size()) + ' ' + sha1Hex(request.raw.body);
        return Answer::json(200, completion(request, choice(0, textMessage(seen), "stop")), commonHeaders);
    }
    QByteArrayList choices;
    for (int i = 0; i < qMax(1, request.json.value(QStringLiteral("n")).toInt()); ++i)
        choices.append(choice(i, textMessage("Grüezi number " + QByteArray::number(i)), "stop"));
    const QByteArray body = completion(request, choices.join(','));
    return request.model == "gpt-gzip" ? Answer::gzipJson(200, body, commonHeaders)
                                       : Answer::json(200, body, commonHeaders);
}

UpstreamScript embeddings(const ProviderRequest& request)
{
    // [0.25, -1.5] as little-endian floats, or as numbers.
    const bool isBase64 = request.json.value(QStringLiteral("encoding_format")).toString() == u"base64";
    return Answer::json(200,
        filled(R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":%VECTOR%}],)"
               R"("model":"%MODEL%","usage":{"prompt_tokens":4,"total_tokens":4}})",
            {{"MODEL", request.model}, {"VECTOR", isBase64 ? "\"AACAPgAAwL8=\"" : "[0.25,-1.5]"}}),
        commonHeaders);
}

UpstreamScript fileUpload(const ProviderRequest& request)
{
    const UploadedFile file = parseMultipart(request.raw);
    return Answer::json(200,
        filled(R"({"id":"file-1","object":"file","bytes":%SIZE%,"created_at":1700000000,"filename":"%NAME%",)"
               R"("purpose":"%PURPOSE%","status":"processed","status_details":"sha1 %SHA1%"})",
            {{"SIZE", QByteArray::number(file.bytes.size())}, {"NAME", file.name},
                {"PURPOSE", file.fields.value("purpose")}, {"SHA1", sha1Hex(file.bytes)}}),
        commonHeaders);
}

UpstreamScript images(const ProviderRequest& request)
{
    constexpr auto usage = R"({"input_tokens":50,"output_tokens":60,"total_tokens":110,)"
                           R"("input_tokens_details":{"text_tokens":10,"image_tokens":40}})";
    if (!request.isStream())
        return Answer::json(200,
            filled(
                R"({"created":1700000000,"data":[{"b64_json":"aVBORw0="}],"output_format":"png","usage":%USAGE%})",
                {{"USAGE", usage}}),
            commonHeaders);
    return Answer::sse(
        sseEvents(filled("image_generation.partial_image|{\"type\":\"image_generation.partial_image\","
                         "\"b64_json\":\"AAAA\",\"partial_image_index\":0}\n"
                         "image_generation.completed|{\"type\":\"image_generation.completed\","
                         "\"b64_json\":\"aVBORw0=\",\"usage\":%USAGE%}\n",
            {{"USAGE", usage}})),
        commonHeaders);
}

/// The text tells what arrived of the form.
UpstreamScript transcription(const ProviderRequest& request)
{
    const UploadedFile file = parseMultipart(request.raw);
    const QByteArray text
        = file.name + ' ' + QByteArray::number(file.bytes.size()) + ' ' + sha1Hex(file.bytes);
    constexpr auto usage = R"({"type":"tokens","input_tokens":14,"input_token_details":{"text_tokens":4,)"
                           R"("audio_tokens":10},"output_tokens":5,"total_tokens":19})";
    if (file.fields.value("stream") != "true")
        return Answer::json(200,
            filled(R"({"text":%TEXT%,"usage":%USAGE%})", {{"TEXT", jsonString(text)}, {"USAGE", usage}}),
            commonHeaders);
    return Answer::sse(sseEvents(filled(R"({"type":"transcript.text.delta","delta":%TEXT%})"
                                        "\n"
                                        R"({"type":"transcript.text.done","text":%TEXT%,"usage":%USAGE%})",
                           {{"TEXT", jsonString(text)}, {"USAGE", usage}})),
        commonHeaders);
}

UpstreamScript speech()
{
    HeaderList headers = commonHeaders;
    headers.append("Content-Type", "audio/mpeg");
    return Answer::contentLength(200, headers, QByteArray("\xff\xfb\x90\x00", 4).repeated(25'000));
}

UpstreamScript moderation()
{
    return Answer::json(200,
        R"({"id":"modr-1","model":"omni-moderation-latest","results":[{"flagged":true,)"
        R"("categories":{"harassment":true,"violence":false},)"
        R"("category_scores":{"harassment":0.91,"violence":0.01}}]})",
        commonHeaders);
}

} // namespace

std::optional<UpstreamScript> FakeOpenAi::answer(const ProviderRequest& request)
{
    if (request.path == "/v1/chat/completions")
        return chatCompletion(request);
    if (request.path == "/v1/embeddings")
        return embeddings(request);
    if (request.path == "/v1/images/generations")
        return images(request);
    if (request.path == "/v1/audio/transcriptions")
        return transcription(request);
    if (request.path == "/v1/audio/speech")
        return speech();
    if (request.path == "/v1/moderations")
        return moderation();
    if (request.path == "/v1/files" && request.isMethod("POST"))
        return fileUpload(request);
    if (request.path == "/v1/models") {
        return Answer::json(200,
            R"({"object":"list","data":[{"id":"gpt-text","object":"model","created":1700000000,)"
            R"("owned_by":"openai"},{"id":"gpt-tools","object":"model","created":1700000001,)"
            R"("owned_by":"openai"}]})",
            commonHeaders);
    }
    if (request.path.startsWith("/v1/models/"))
        return error(404, "invalid_request_error", "model_not_found", "The model does not exist");
    return std::nullopt;
}
