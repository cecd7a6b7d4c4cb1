// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaiembeddings.h"

#include "wire/modelparameters.h"
#include "wire/openaipath.h"
#include "wire/openaiprompt.h"
#include "wire/openaiusage.h"
#include "wire/vectorreader.h"

namespace {

class OpenAiEmbeddingsReader final : public DocumentReader
{
public:
    using DocumentReader::DocumentReader;

protected:
    void readDocument(JsonValue root) override
    {
        result().model = root["model"].text();
        qint64 count = 0;
        qint64 dimensions = 0;
        for (const JsonValue item : root["data"]) {
            ++count;
            dimensions = item["embedding"].integer().value_or(dimensions);
        }
        result().output.messages = embeddingsMessage(count, dimensions);
        readUsage(root["usage"]);
    }

    void readUsage(JsonValue usage) override { result().usage = readOpenAiUsage(usage); }
};

} // namespace

QByteArray OpenAiEmbeddings::name() const
{
    return QByteArrayLiteral("openai.embeddings");
}

bool OpenAiEmbeddings::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && openAiEndpoint(provider, path) == "embeddings";
}

ParsedRequest OpenAiEmbeddings::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = openAiModel(root, context.path);
    request.input.messages = questionOf(readPrompt(root["input"]));
    request.parameters = readParameters(root, {"dimensions", "encoding_format", "input_type", "task"});
    request.user = root["user"].text();
    return request;
}

std::unique_ptr<ResponseReader> OpenAiEmbeddings::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<VectorReader>(std::make_unique<OpenAiEmbeddingsReader>(context));
}
