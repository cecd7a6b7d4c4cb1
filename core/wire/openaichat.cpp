// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaichat.h"

#include "wire/modelparameters.h"
#include "wire/jsonparser.h"
#include "wire/openaichatreader.h"
#include "wire/openaicontent.h"
#include "wire/openaipath.h"

namespace {

/// The two members that Langfuse renders in OpenAI's own shape, as they came.
QByteArray verbatimInput(JsonValue root)
{
    if (!root["messages"].isArray())
        return {};
    const QByteArrayView messages = root["messages"].raw();
    const QByteArrayView tools = root["tools"].isArray() ? root["tools"].raw() : QByteArrayView();
    QByteArray json;
    json.reserve(messages.size() + tools.size() + 32); // both can be large
    json.append("{\"messages\":").append(messages);
    if (!tools.isEmpty())
        json.append(",\"tools\":").append(tools);
    return json.append('}');
}

QList<ModelParameter> chatParameters(JsonValue root)
{
    return readParameters(root,
        {"temperature", "top_p", "top_k", "max_tokens", "max_completion_tokens", "n", "stop", "seed",
            "frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "top_logprobs",
            "reasoning_effort", "reasoning", "thinking", "verbosity", "response_format", "tool_choice",
            "parallel_tool_calls", "function_call", "modalities", "audio", "prediction", "service_tier",
            "speed", "stream", "stream_options", "store", "web_search_options", "prompt_cache_key",
            "prompt_cache_retention"});
}

} // namespace

QByteArray OpenAiChat::name() const
{
    return QByteArrayLiteral("openai.chat");
}

bool OpenAiChat::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && openAiEndpoint(provider, path) == "chat/completions";
}

ParsedRequest OpenAiChat::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = openAiModel(root, context.path);
    request.isStream = root["stream"].isTrue();
    for (const JsonValue message : root["messages"])
        request.input.messages.append(OpenAiContent::readMessage(message, "user"));
    request.input.tools = OpenAiContent::readTools(root);
    request.verbatimInput = verbatimInput(root);
    request.parameters = chatParameters(root);
    request.user = root["user"].text();
    if (request.user.isEmpty())
        request.user = root["safety_identifier"].text();
    request.promptCacheKey = root["prompt_cache_key"].text();
    return request;
}

std::unique_ptr<ResponseReader> OpenAiChat::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<OpenAiChatReader>(context);
}
