// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakeproviders/fakeproviders.h"

using namespace std::chrono_literals;

namespace {

const HeaderList commonHeaders{{"request-id", "req_anthropic_1"}, {"anthropic-organization-id", "org-1"},
    {"anthropic-ratelimit-requests-remaining", "49"}};

constexpr auto usage = R"({"input_tokens":21,"cache_creation_input_tokens":5,"cache_read_input_tokens":9,)"
                       R"("output_tokens":%OUTPUT%,"service_tier":"standard"})";

QByteArray usageOf(int outputTokens)
{
    return filled(usage, {{"OUTPUT", QByteArray::number(outputTokens)}});
}

UpstreamScript error(int status, const char* type, const char* message, const HeaderList& extra = {})
{
    HeaderList headers = commonHeaders;
    for (const Header& header : extra)
        headers.append(header.name, header.value);
    return Answer::json(status,
        filled(R"({"type":"error","error":{"type":"%TYPE%","message":"%MESSAGE%"},)"
               R"("request_id":"req_anthropic_1"})",
            {{"TYPE", type}, {"MESSAGE", message}}),
        headers);
}

QByteArray message(const ProviderRequest& request, const QByteArray& content, const QByteArray& stopReason)
{
    return filled(
        R"({"id":"msg_1","type":"message","role":"assistant","model":"%MODEL%","content":%CONTENT%,)"
        R"("stop_reason":"%STOP%","stop_sequence":null,"usage":%USAGE%})",
        {{"MODEL", request.model}, {"CONTENT", content}, {"STOP", stopReason}, {"USAGE", usageOf(12)}});
}

QByteArray messageStart(const ProviderRequest& request)
{
    return filled(R"(message_start|{"type":"message_start","message":{"id":"msg_1","type":"message",)"
                  R"("role":"assistant","model":"%MODEL%","content":[],"stop_reason":null,)"
                  R"("stop_sequence":null,"usage":%USAGE%}})",
               {{"MODEL", request.model}, {"USAGE", usageOf(1)}})
        + '\n';
}

QByteArray messageEnd(const char* stopReason)
{
    return filled(R"(message_delta|{"type":"message_delta","delta":{"stop_reason":"%STOP%",)"
                  R"("stop_sequence":null},"usage":{"output_tokens":12}}
                  message_stop|{"type":"message_stop"})",
        {{"STOP", stopReason}});
}

constexpr auto textBlockEvents = R"(
content_block_start|{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
ping|{"type": "ping"}
content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Grüezi "}}
content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"from \"here\"."}}
content_block_stop|{"type":"content_block_stop","index":0}
)";

constexpr auto thinkingAndToolEvents = R"(
content_block_start|{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"The user "}}
ping|{"type": "ping"}
content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"wants weather."}}
content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2lnbmF0dXJl"}}
content_block_stop|{"type":"content_block_stop","index":0}
content_block_start|{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{}}}
content_block_delta|{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":""}}
content_block_delta|{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"city\": \"Zür"}}
content_block_delta|{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"ich\"}"}}
content_block_stop|{"type":"content_block_stop","index":1}
)";

constexpr auto thinkingAndToolContent
    = R"([{"type":"thinking","thinking":"The user wants weather.","signature":"c2lnbmF0dXJl"},)"
      R"({"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Zürich"}}])";

UpstreamScript stream(const ProviderRequest& request)
{
    const StreamPace pace{{}, 1ms};
    if (request.model == "claude-endless") {
        QList<QByteArray> events = sseEvents(messageStart(request)
            + R"(content_block_start|{"type":"content_block_start","index":0,)"
              R"("content_block":{"type":"text","text":""}})");
        const QByteArray tick = sseEvents(R"(content_block_delta|{"type":"content_block_delta","index":0,)"
                                          R"("delta":{"type":"text_delta","text":"tick "}})")
                                    .first();
        events.append(QList<QByteArray>(3000, tick));
        return Answer::sse(events, commonHeaders, {{}, 10ms});
    }
    if (request.model == "claude-tools") {
        return Answer::sse(sseEvents(messageStart(request) + thinkingAndToolEvents + messageEnd("tool_use")),
            commonHeaders, pace);
    }
    if (request.model == "claude-error-event") {
        return Answer::sse(sseEvents(messageStart(request)
                               + R"(error|{"type":"error","error":{"type":"overloaded_error",)"
                                 R"("message":"Overloaded"}})"),
            commonHeaders, pace);
    }
    return Answer::sse(
        sseEvents(messageStart(request) + textBlockEvents + messageEnd("end_turn")), commonHeaders, pace);
}

UpstreamScript messages(const ProviderRequest& request)
{
    if (request.model == "claude-529" && request.isFailingTurn()) {
        return error(
            529, "overloaded_error", "Overloaded", {{"retry-after-ms", "30"}, {"x-should-retry", "true"}});
    }
    if (request.model == "claude-400")
        return error(400, "invalid_request_error", "max_tokens: too large", {{"x-should-retry", "false"}});
    if (request.model == "claude-401")
        return error(401, "authentication_error", "invalid x-api-key", {{"x-should-retry", "false"}});
    if (request.isStream())
        return stream(request);
    if (request.model == "claude-tools") {
        return Answer::json(200, message(request, thinkingAndToolContent, "tool_use"), commonHeaders);
    }
    QByteArray text = "Grüezi from \"here\".";
    if (request.model == "claude-echo") {
        text = request.raw.target + " beta=" + request.raw.headers.values("anthropic-beta").join('+')
            + " version=" + request.raw.headers.value("anthropic-version")
            + " body=" + QByteArray::number(request.raw.body.size()) + ' ' + sha1Hex(request.raw.body);
    }
    const QByteArray content = R"([{"type":"text","text":)" + jsonString(text) + R"(,"citations":null}])";
    return Answer::json(200, message(request, content, "end_turn"), commonHeaders);
}

} // namespace

std::optional<UpstreamScript> FakeAnthropic::answer(const ProviderRequest& request)
{
    if (request.path == "/v1/messages")
        return messages(request);
    if (request.path == "/v1/messages/count_tokens")
        return Answer::json(200, R"({"input_tokens":2095})", commonHeaders);
    if (!request.raw.headers.contains("anthropic-version"))
        return std::nullopt;
    if (request.path == "/v1/models") {
        return Answer::json(200,
            R"({"data":[{"type":"model","id":"claude-text","display_name":"Claude Text",)"
            R"("created_at":"2026-01-01T00:00:00Z"}],"has_more":false,"first_id":"claude-text",)"
            R"("last_id":"claude-text"})",
            commonHeaders);
    }
    if (request.path == "/v1/files" && request.isMethod("POST")) {
        const UploadedFile file = parseMultipart(request.raw);
        return Answer::json(200,
            filled(R"({"id":"file_1","type":"file","filename":"%NAME%","mime_type":"%TYPE%",)"
                   R"("size_bytes":%SIZE%,"created_at":"2026-01-01T00:00:00Z","downloadable":false,)"
                   R"("sha1":"%SHA1%"})",
                {{"NAME", file.name}, {"TYPE", file.contentType},
                    {"SIZE", QByteArray::number(file.bytes.size())}, {"SHA1", sha1Hex(file.bytes)}}),
            commonHeaders);
    }
    return std::nullopt;
}
