// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaimoderations.h"

#include "wire/documentreader.h"
#include "wire/openaipath.h"
#include "wire/openaiprompt.h"

namespace {

/// `flagged: harassment, violence`, `flagged` or `not flagged`.
QByteArray verdict(JsonValue result)
{
    if (!result["flagged"].isTrue())
        return QByteArrayLiteral("not flagged");
    QByteArray categories;
    if (result["categories"].isObject()) {
        for (const JsonValue category : result["categories"]) {
            if (category.isTrue())
                categories += (categories.isEmpty() ? ": " : ", ") + category.name();
        }
    }
    return "flagged" + categories;
}

class ModerationsReader final : public DocumentReader
{
public:
    using DocumentReader::DocumentReader;

protected:
    void readDocument(JsonValue root) override
    {
        result().id = root["id"].text();
        result().model = root["model"].text();
        QList<Part> verdicts;
        for (const JsonValue each : root["results"]) {
            verdicts.append(textPart(verdict(each)));
            budget().charge(&verdicts.last());
        }
        result().output.messages = answerOf(verdicts);
    }
};

} // namespace

QByteArray OpenAiModerations::name() const
{
    return QByteArrayLiteral("openai.moderations");
}

bool OpenAiModerations::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && openAiEndpoint(provider, path) == "moderations";
}

ParsedRequest OpenAiModerations::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = openAiModel(root, context.path);
    request.input.messages = questionOf(readPrompt(root["input"]));
    return request;
}

std::unique_ptr<ResponseReader> OpenAiModerations::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<ModerationsReader>(context);
}
