// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakeproviders/fakeproviders.h"

using namespace std::chrono_literals;

namespace {

const HeaderList commonHeaders{{"Vary", "Origin"}, {"Vary", "X-Origin"},
    {"Server", "scaffolding on HTTPServer2"}, {"X-XSS-Protection", "0"}};

constexpr auto usage
    = R"({"promptTokenCount":11,"candidatesTokenCount":6,"totalTokenCount":22,"cachedContentTokenCount":4,)"
      R"("thoughtsTokenCount":5,"promptTokensDetails":[{"modality":"TEXT","tokenCount":11}]})";

constexpr auto textParts = R"([{"text":"Thinking it over.","thought":true},{"text":"Grüezi from Gemini."}])";
constexpr auto toolParts = R"([{"functionCall":{"name":"get_weather","args":{"city":"Zürich","days":2}},)"
                           R"("thoughtSignature":"c2lnbmF0dXJl"}])";

QByteArray response(const ProviderRequest& request, const QByteArray& parts, const QByteArray& finishReason)
{
    return filled(R"({"candidates":[{"content":{"parts":%PARTS%,"role":"model"}%FINISH%,"index":0}],)"
                  R"("usageMetadata":%USAGE%,"modelVersion":"%MODEL%","responseId":"resp_1"})",
        {{"PARTS", parts}, {"MODEL", request.model}, {"USAGE", usage},
            {"FINISH", finishReason.isEmpty() ? QByteArray() : R"(,"finishReason":")" + finishReason + '"'}});
}

/// Google's error shape: pretty-printed, with the status name.
UpstreamScript error(int status, const char* name, const char* message, const QByteArray& details = {})
{
    return Answer::json(status,
        filled("{\n  \"error\": {\n    \"code\": %CODE%,\n    \"message\": \"%MESSAGE%\",\n"
               "    \"status\": \"%STATUS%\"%DETAILS%\n  }\n}\n",
            {{"CODE", QByteArray::number(status)}, {"MESSAGE", message}, {"STATUS", name},
                {"DETAILS", details}}),
        commonHeaders);
}

UpstreamScript failure(const ProviderRequest& request)
{
    if (request.model == "gemini-400")
        return error(400, "INVALID_ARGUMENT", "Invalid value at 'contents'");
    return error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota",
        ",\n    \"details\": [{\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\", \"retryDelay\": "
        "\"0.03s\"}]");
}

bool fails(const ProviderRequest& request)
{
    return request.model == "gemini-400" || (request.model == "gemini-429" && request.isFailingTurn());
}

UpstreamScript stream(const ProviderRequest& request)
{
    QList<QByteArray> parts;
    if (request.model == "gemini-tools")
        parts = {R"([{"text":"Let me look.","thought":true}])", toolParts};
    else
        parts = {R"([{"text":"Thinking it over.","thought":true}])", R"([{"text":"Grüezi "}])",
            R"([{"text":"from Gemini."}])"};
    if (request.model == "gemini-endless")
        parts = QList<QByteArray>(3000, R"([{"text":"tick "}])");
    const bool isSse = request.query.contains("alt=sse");
    QList<QByteArray> chunks;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool isLast = i == parts.size() - 1;
        const QByteArray body = response(request, parts.at(i), isLast ? "STOP" : "");
        // Without alt=sse Gemini streams one JSON array, an element a chunk; with it, events end in CRLF.
        if (isSse)
            chunks.append("data: " + body + "\r\n\r\n");
        else
            chunks.append((i == 0 ? "[" : ",\r\n") + body + (isLast ? "]" : ""));
    }
    HeaderList headers{{"Content-Type", isSse ? "text/event-stream" : "application/json; charset=UTF-8"}};
    for (const Header& header : commonHeaders)
        headers.append(header.name, header.value);
    return Answer::chunked(200, headers, chunks, {{}, request.model == "gemini-endless" ? 10ms : 1ms});
}

UpstreamScript generate(const ProviderRequest& request)
{
    if (request.model == "gemini-echo") {
        const QByteArray seen = QByteArray::number(request.raw.body.size()) + ' ' + sha1Hex(request.raw.body);
        return Answer::json(
            200, response(request, R"([{"text":)" + jsonString(seen) + "}]", "STOP"), commonHeaders);
    }
    const QByteArray parts = request.model == "gemini-tools" ? toolParts : textParts;
    return Answer::json(200, response(request, parts, "STOP"), commonHeaders);
}

UpstreamScript action(const ProviderRequest& request, const QByteArray& verb)
{
    if (fails(request))
        return failure(request);
    if (request.model == "gemini-blocked")
        return Answer::json(200,
            R"({"promptFeedback":{"blockReason":"SAFETY","safetyRatings":[]},"usageMetadata":)"
            R"({"promptTokenCount":5,"totalTokenCount":5},"modelVersion":"gemini-blocked"})",
            commonHeaders);
    if (verb == "generateContent")
        return generate(request);
    if (verb == "streamGenerateContent")
        return stream(request);
    if (verb == "countTokens")
        return Answer::json(200, R"({"totalTokens":31})", commonHeaders);
    if (verb == "embedContent")
        return Answer::json(200, R"({"embedding":{"values":[0.25,-1.5]}})", commonHeaders);
    if (verb == "batchEmbedContents")
        return Answer::json(200, R"({"embeddings":[{"values":[0.25,-1.5]}]})", commonHeaders);
    return error(404, "NOT_FOUND", "no such method");
}

/// Resumable upload: "start" answers with the address for the bytes; the SDK puts its own base URL's host
/// there.
UpstreamScript upload(const ProviderRequest& request)
{
    const QByteArray command = request.raw.headers.value("X-Goog-Upload-Command");
    HeaderList headers = commonHeaders;
    if (command == "start") {
        const QByteArray base = "http://" + request.raw.headers.value("Host");
        headers.append(
            "X-Goog-Upload-URL", base + "/upload/v1beta/files?upload_id=u1&upload_protocol=resumable");
        headers.append("X-Goog-Upload-Status", "active");
        headers.append("X-Goog-Upload-Chunk-Granularity", "262144");
        return Answer::contentLength(200, headers, {});
    }
    headers.append("X-Goog-Upload-Status", command.contains("finalize") ? "final" : "active");
    if (!command.contains("finalize"))
        return Answer::contentLength(200, headers, {});
    return Answer::json(200,
        filled(R"({"file":{"name":"files/f1","mimeType":"text/plain","sizeBytes":"%SIZE%","state":"ACTIVE",)"
               R"("uri":"https://example.invalid/v1beta/files/f1","sha256Hash":"%HASH%"}})",
            {{"SIZE", QByteArray::number(request.raw.body.size())}, {"HASH", sha1Hex(request.raw.body)}}),
        headers);
}

} // namespace

std::optional<UpstreamScript> FakeGemini::answer(const ProviderRequest& request)
{
    if (request.path == "/upload/v1beta/files")
        return upload(request);
    if (request.path == "/v1beta/models") {
        return Answer::json(200,
            R"({"models":[{"name":"models/gemini-text","version":"1","displayName":"Gemini Text",)"
            R"("inputTokenLimit":1048576,"outputTokenLimit":65536}]})",
            commonHeaders);
    }
    const qsizetype colon = request.path.lastIndexOf(':');
    if (request.path.startsWith("/v1beta/models/") && colon > 0)
        return action(request, request.path.sliced(colon + 1));
    return std::nullopt;
}
