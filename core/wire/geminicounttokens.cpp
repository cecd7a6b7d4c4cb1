// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/geminicounttokens.h"

#include "wire/documentreader.h"
#include "wire/geminicontent.h"
#include "wire/geminipath.h"
#include "wire/tokencount.h"

namespace {

class GeminiCountReader final : public DocumentReader
{
public:
    using DocumentReader::DocumentReader;

protected:
    void readDocument(JsonValue root) override
    {
        const std::optional<qint64> tokens = TokenCount::read(root["totalTokens"]);
        if (!tokens)
            return;
        QByteArray text = QByteArray::number(*tokens) + " tokens";
        if (const auto cached = TokenCount::read(root["cachedContentTokenCount"]); cached.value_or(0) > 0)
            text += ", " + QByteArray::number(*cached) + " of them cached";
        result().output.messages = answerOf({textPart(text)});
    }
};

} // namespace

QByteArray GeminiCountTokens::name() const
{
    return QByteArrayLiteral("gemini.countTokens");
}

bool GeminiCountTokens::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    const std::optional<GeminiCall> call = geminiCall(path);
    return provider == "gemini" && method == "POST" && call && call->method == "countTokens";
}

/// The contents alone, or a whole request of generateContent.
ParsedRequest GeminiCountTokens::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    if (const std::optional<GeminiCall> call = geminiCall(context.path))
        request.model = call->model;
    const JsonValue inner = GeminiContent::member(root, "generateContentRequest", "generate_content_request");
    const JsonValue counted = inner.isObject() ? inner : root;
    request.input.messages = GeminiContent::readMessages(counted);
    request.input.tools = GeminiContent::readTools(counted);
    return request;
}

std::unique_ptr<ResponseReader> GeminiCountTokens::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<GeminiCountReader>(context);
}
