// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaispeech.h"

#include "wire/documentreader.h"
#include "wire/mediapart.h"
#include "wire/modelparameters.h"
#include "wire/openaimediausage.h"
#include "wire/openaipath.h"
#include "wire/plainreader.h"

namespace {

/// The answer as events (`stream_format: sse`): pieces of the sound in base64, counted, then the usage.
class SpeechReader final : public FramedReader
{
public:
    using FramedReader::FramedReader;

protected:
    void readEvent(QByteArrayView, JsonValue root) override
    {
        const QByteArray type = root["type"].text();
        if (type == "speech.audio.delta") {
            noteContent();
            m_bytes += base64Bytes(root["audio"].text());
            result().output.messages = answerOf({mediaPart(Part::Kind::Audio, {}, m_bytes)});
        } else if (type == "speech.audio.done") {
            readUsage(root["usage"]);
            result().isComplete = true;
        }
    }

    void readMarker(QByteArrayView) override { }
    void readDocument(JsonValue) override { }
    [[nodiscard]] QByteArrayView usageKey() const override { return "usage"; }

    void readUsage(JsonValue usage) override
    {
        if (std::optional<Usage> read = readOpenAiMediaUsage(usage))
            result().usage = std::move(read);
    }

private:
    qint64 m_bytes = 0;
};

} // namespace

QByteArray OpenAiSpeech::name() const
{
    return QByteArrayLiteral("openai.speech");
}

bool OpenAiSpeech::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && openAiEndpoint(provider, path) == "audio/speech";
}

ParsedRequest OpenAiSpeech::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = openAiModel(root, context.path);
    request.isStream = root["stream_format"].text() == "sse";
    if (root["instructions"].isString())
        request.input.messages.append(
            {QByteArrayLiteral("system"), {}, {textPart(root["instructions"].text())}, {}});
    if (root["input"].isString())
        request.input.messages += questionOf({textPart(root["input"].text())});
    request.parameters = readParameters(root, {"voice", "response_format", "speed", "stream_format"});
    return request;
}

std::unique_ptr<ResponseReader> OpenAiSpeech::makeResponseReader(const DialectContext& context) const
{
    if (PlainReader::kindOf(context) == PlainReader::Kind::Audio)
        return std::make_unique<PlainReader>(PlainReader::Kind::Audio, context);
    return std::make_unique<SpeechReader>(context);
}
