// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/geminiembeddings.h"

#include "wire/geminicontent.h"
#include "wire/geminipath.h"
#include "wire/geminiusage.h"
#include "wire/modelparameters.h"
#include "wire/tokencount.h"
#include "wire/vectorreader.h"

namespace {

/// `embedding` of one content, `embeddings` of a batch.
class EmbeddingsReader final : public DocumentReader
{
public:
    using DocumentReader::DocumentReader;

protected:
    void readDocument(JsonValue root) override
    {
        addEmbedding(root["embedding"]);
        for (const JsonValue embedding : root["embeddings"])
            addEmbedding(embedding);
        result().output.messages = embeddingsMessage(m_count, m_dimensions);
        readUsage(root["usageMetadata"]);
        if (!result().usage && m_tokens) {
            result().usage.emplace();
            result().usage->input = result().usage->total = m_tokens;
        }
    }

    [[nodiscard]] QByteArrayView usageKey() const override { return "usageMetadata"; }

    void readUsage(JsonValue usage) override { result().usage = readGeminiUsage(usage); }

private:
    void addEmbedding(JsonValue embedding)
    {
        if (!embedding.isObject())
            return;
        ++m_count;
        m_dimensions = embedding["values"].integer().value_or(m_dimensions);
        m_tokens = TokenCount::sum({m_tokens, TokenCount::read(embedding["statistics"]["tokenCount"])});
    }

    qint64 m_count = 0;
    qint64 m_dimensions = 0;
    std::optional<qint64> m_tokens;
};

/// The parameters stand beside the content, or in newer versions in a config.
QList<ModelParameter> embeddingParameters(JsonValue request)
{
    const std::initializer_list<QByteArrayView> names{"taskType", "task_type", "title",
        "outputDimensionality", "output_dimensionality", "autoTruncate", "auto_truncate"};
    return readParameters(request, names)
        + readParameters(GeminiContent::member(request, "embedContentConfig", "embed_content_config"), names);
}

} // namespace

QByteArray GeminiEmbeddings::name() const
{
    return QByteArrayLiteral("gemini.embedContent");
}

bool GeminiEmbeddings::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    const std::optional<GeminiCall> call = geminiCall(path);
    return provider == "gemini" && method == "POST" && call
        && (call->method == "embedContent" || call->method == "batchEmbedContents");
}

ParsedRequest GeminiEmbeddings::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    if (const std::optional<GeminiCall> call = geminiCall(context.path))
        request.model = call->model;
    const JsonValue batch = root["requests"];
    const auto add = [&request](JsonValue content) {
        request.input.messages += GeminiContent::readMessages(content, "content");
    };
    if (!batch.isArray())
        add(root);
    for (const JsonValue each : batch)
        add(each);
    request.parameters = embeddingParameters(batch.isArray() && !batch.isEmpty() ? *batch.begin() : root);
    return request;
}

std::unique_ptr<ResponseReader> GeminiEmbeddings::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<VectorReader>(std::make_unique<EmbeddingsReader>(context));
}
