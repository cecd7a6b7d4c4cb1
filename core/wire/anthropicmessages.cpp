// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/anthropicmessages.h"

#include "wire/anthropiccontent.h"
#include "wire/anthropicmessagesreader.h"
#include "wire/jsonparser.h"
#include "wire/modelparameters.h"

QByteArray AnthropicMessages::name() const
{
    return QByteArrayLiteral("anthropic.messages");
}

bool AnthropicMessages::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    return provider == "anthropic" && method == "POST" && path == "/v1/messages";
}

ParsedRequest AnthropicMessages::readRequest(QByteArrayView body, const DialectContext&) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = root["model"].text();
    request.isStream = root["stream"].isTrue();
    request.input.messages = AnthropicContent::readMessages(root);
    request.input.tools = AnthropicContent::readTools(root);
    request.parameters = readParameters(root,
        {"max_tokens", "temperature", "top_p", "top_k", "stop_sequences", "thinking", "effort",
            "output_config", "output_format", "tool_choice", "context_management", "cache_control",
            "service_tier", "speed", "inference_geo", "stream"});
    request.user = root["metadata"]["user_id"].text();
    return request;
}

std::unique_ptr<ResponseReader> AnthropicMessages::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<AnthropicMessagesReader>(context);
}
