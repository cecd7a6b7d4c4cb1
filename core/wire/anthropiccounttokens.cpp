// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/anthropiccounttokens.h"

#include "wire/anthropiccontent.h"
#include "wire/documentreader.h"
#include "wire/modelparameters.h"
#include "wire/tokencount.h"

namespace {

class AnthropicCountReader final : public DocumentReader
{
public:
    using DocumentReader::DocumentReader;

protected:
    void readDocument(JsonValue root) override
    {
        if (const std::optional<qint64> tokens = TokenCount::read(root["input_tokens"]))
            result().output.messages = answerOf({textPart(QByteArray::number(*tokens) + " input tokens")});
    }
};

} // namespace

QByteArray AnthropicCountTokens::name() const
{
    return QByteArrayLiteral("anthropic.countTokens");
}

bool AnthropicCountTokens::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    return provider == "anthropic" && method == "POST" && path == "/v1/messages/count_tokens";
}

ParsedRequest AnthropicCountTokens::readRequest(QByteArrayView body, const DialectContext&) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = root["model"].text();
    request.input.messages = AnthropicContent::readMessages(root);
    request.input.tools = AnthropicContent::readTools(root);
    request.parameters
        = readParameters(root, {"thinking", "tool_choice", "output_config", "context_management"});
    return request;
}

std::unique_ptr<ResponseReader> AnthropicCountTokens::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<AnthropicCountReader>(context);
}
