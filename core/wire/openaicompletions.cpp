// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaicompletions.h"

#include "wire/choices.h"
#include "wire/framedreader.h"
#include "wire/modelparameters.h"
#include "wire/openaipath.h"
#include "wire/openaiprompt.h"
#include "wire/openaiusage.h"

namespace {

/// A document and each event of a stream have the same shape: choices with a piece of text.
class CompletionsReader final : public FramedReader
{
public:
    explicit CompletionsReader(const DialectContext& context)
        : FramedReader(context)
        , m_choices(&result().output)
    {
    }

protected:
    void readEvent(QByteArrayView, JsonValue root) override
    {
        readDocument(root);
        result().isComplete = m_isDone || m_choices.areFinished();
    }

    void readMarker(QByteArrayView data) override
    {
        if (data.trimmed() == "[DONE]")
            result().isComplete = m_isDone = true;
    }

    void readDocument(JsonValue root) override
    {
        keepText(&result().id, root["id"]);
        keepText(&result().model, root["model"]);
        keepText(&result().serviceTier, root["service_tier"]);
        for (const JsonValue choice : root["choices"])
            readChoice(choice);
        readUsage(root["usage"]);
    }

    [[nodiscard]] QByteArrayView usageKey() const override { return "usage"; }

    void readUsage(JsonValue usage) override
    {
        if (std::optional<Usage> read = readOpenAiUsage(usage))
            result().usage = std::move(read);
    }

private:
    void readChoice(JsonValue choice)
    {
        Message* const message = m_choices.message(choice["index"].integer().value_or(0));
        if (!message)
            return;
        keepText(&message->finishReason, choice["finish_reason"]);
        const QByteArray text = choice["text"].text();
        if (text.isEmpty())
            return;
        noteContent();
        if (Part* const part = partOfKind(message, Part::Kind::Text))
            budget().append(&part->text, text);
    }

    Choices m_choices;
    bool m_isDone = false;
};

} // namespace

QByteArray OpenAiCompletions::name() const
{
    return QByteArrayLiteral("openai.completions");
}

bool OpenAiCompletions::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && openAiEndpoint(provider, path) == "completions";
}

ParsedRequest OpenAiCompletions::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = openAiModel(root, context.path);
    request.isStream = root["stream"].isTrue();
    for (const Part& prompt : readPrompt(root["prompt"])) // each is answered on its own
        request.input.messages.append({QByteArrayLiteral("user"), {}, {prompt}, {}});
    request.parameters = readParameters(root,
        {"temperature", "top_p", "top_k", "max_tokens", "n", "best_of", "stop", "seed", "frequency_penalty",
            "presence_penalty", "logit_bias", "logprobs", "echo", "suffix", "service_tier", "stream",
            "stream_options"});
    request.user = root["user"].text();
    return request;
}

std::unique_ptr<ResponseReader> OpenAiCompletions::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<CompletionsReader>(context);
}
