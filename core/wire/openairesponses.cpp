// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openairesponses.h"

#include "wire/jsonparser.h"
#include "wire/modelparameters.h"
#include "wire/openaipath.h"
#include "wire/openairesponsesitems.h"
#include "wire/openairesponsesreader.h"

namespace {

QList<ModelParameter> responsesParameters(JsonValue root)
{
    return readParameters(root,
        {"temperature", "top_p", "max_output_tokens", "reasoning", "text", "top_logprobs", "tool_choice",
            "parallel_tool_calls", "max_tool_calls", "truncation", "include", "store", "background",
            "service_tier", "stream", "stream_options", "previous_response_id", "conversation", "prompt",
            "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options", "context_management"});
}

/// `conversation` is an id or an object with one; Codex names its session beside other ids.
QByteArray sessionOf(JsonValue root)
{
    for (const JsonValue value :
        {root["conversation"], root["conversation"]["id"], root["client_metadata"]["session_id"]}) {
        if (QByteArray session = value.text(); !session.isEmpty())
            return session;
    }
    return {};
}

} // namespace

QByteArray OpenAiResponses::name() const
{
    return QByteArrayLiteral("openai.responses");
}

bool OpenAiResponses::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    const QByteArrayView endpoint = openAiEndpoint(provider, path);
    return method == "POST" && (endpoint == "responses" || endpoint == "responses/compact");
}

ParsedRequest OpenAiResponses::readRequest(QByteArrayView body, const DialectContext&) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = root["model"].text();
    request.isStream = root["stream"].isTrue();
    request.input.messages = OpenAiResponsesItems::readInput(root);
    request.input.tools = OpenAiResponsesItems::readTools(root);
    request.parameters = responsesParameters(root);
    request.user = root["user"].text();
    if (request.user.isEmpty())
        request.user = root["safety_identifier"].text();
    request.session = sessionOf(root);
    request.previousResponseId = root["previous_response_id"].text();
    request.promptCacheKey = root["prompt_cache_key"].text();
    return request;
}

std::unique_ptr<ResponseReader> OpenAiResponses::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<OpenAiResponsesReader>(context);
}
