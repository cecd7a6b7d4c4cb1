// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaitranscriptions.h"

#include "wire/choices.h"
#include "wire/documentreader.h"
#include "wire/mediapart.h"
#include "wire/modelparameters.h"
#include "wire/openaimediausage.h"
#include "wire/openaipath.h"
#include "wire/plainreader.h"

namespace {

class TranscriptionsReader final : public FramedReader
{
public:
    using FramedReader::FramedReader;

protected:
    void readEvent(QByteArrayView, JsonValue root) override
    {
        const QByteArray type = root["type"].text();
        if (type == "transcript.text.delta") {
            noteContent();
            budget().append(&text(), root["delta"].text());
        } else if (type == "transcript.text.done") {
            if (text().isEmpty()) // the whole text once more, or for the first time
                budget().append(&text(), root["text"].text());
            readUsage(root["usage"]);
            result().isComplete = true;
        }
    }

    void readMarker(QByteArrayView) override { }

    /// `json`, `verbose_json` and `diarized_json`: the segments tell the text again.
    void readDocument(JsonValue root) override
    {
        if (root["text"].isString())
            budget().append(&text(), root["text"].text());
        readUsage(root["usage"]);
        // whisper-1 tells the length of the sound outside of a usage.
        if (!result().usage && root["duration"].isNumber()) {
            result().usage.emplace();
            result().usage->json = "{\"type\":\"duration\",\"seconds\":" + root["duration"].json() + '}';
        }
    }

    [[nodiscard]] QByteArrayView usageKey() const override { return "usage"; }

    void readUsage(JsonValue usage) override
    {
        if (std::optional<Usage> read = readOpenAiMediaUsage(usage))
            result().usage = std::move(read);
    }

private:
    [[nodiscard]] QByteArray& text()
    {
        QList<Message>& messages = result().output.messages;
        if (messages.isEmpty())
            messages = answerOf({textPart({})});
        return messages.first().parts.first().text;
    }
};

} // namespace

QByteArray OpenAiTranscriptions::name() const
{
    return QByteArrayLiteral("openai.transcriptions");
}

bool OpenAiTranscriptions::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    const QByteArrayView endpoint = openAiEndpoint(provider, path);
    return method == "POST" && (endpoint == "audio/transcriptions" || endpoint == "audio/translations");
}

ParsedRequest OpenAiTranscriptions::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = openAiModel(root, context.path);
    request.isStream = root["stream"].isTrue() || root["stream"].text() == "true"; // a form knows only texts
    QList<Part> asked = fileParts(Part::Kind::Audio, root["file"]);
    if (root["prompt"].isString())
        asked.append(textPart(root["prompt"].text()));
    request.input.messages = questionOf(asked);
    request.parameters = readParameters(root,
        {"language", "response_format", "temperature", "timestamp_granularities", "include",
            "chunking_strategy", "known_speaker_names", "stream"});
    return request;
}

std::unique_ptr<ResponseReader> OpenAiTranscriptions::makeResponseReader(const DialectContext& context) const
{
    if (PlainReader::kindOf(context) == PlainReader::Kind::Text)
        return std::make_unique<PlainReader>(PlainReader::Kind::Text, context);
    return std::make_unique<TranscriptionsReader>(context);
}
