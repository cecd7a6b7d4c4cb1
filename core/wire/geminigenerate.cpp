// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/geminigenerate.h"

#include "wire/geminicontent.h"
#include "wire/geminigeneratereader.h"
#include "wire/geminipath.h"
#include "wire/jsonparser.h"
#include "wire/modelparameters.h"

namespace {

constexpr QByteArrayView streamingMethod = "streamGenerateContent";

QList<ModelParameter> generateParameters(JsonValue root)
{
    const JsonValue config = GeminiContent::member(root, "generationConfig", "generation_config");
    QList<ModelParameter> list = readParameters(config,
        {"temperature", "topP", "topK", "maxOutputTokens", "candidateCount", "stopSequences", "seed",
            "presencePenalty", "frequencyPenalty", "responseMimeType", "responseSchema", "responseJsonSchema",
            "responseModalities", "responseLogprobs", "logprobs", "thinkingConfig", "speechConfig",
            "imageConfig", "mediaResolution", "enableEnhancedCivicAnswers", "top_p", "top_k",
            "max_output_tokens", "candidate_count", "stop_sequences", "presence_penalty", "frequency_penalty",
            "response_mime_type", "response_schema", "response_json_schema", "response_modalities",
            "response_logprobs", "thinking_config", "speech_config", "image_config", "media_resolution"});
    list += readParameters(root,
        {"toolConfig", "tool_config", "safetySettings", "safety_settings", "cachedContent", "cached_content",
            "serviceTier", "service_tier"});
    return list;
}

} // namespace

QByteArray GeminiGenerate::name() const
{
    return QByteArrayLiteral("gemini.generateContent");
}

bool GeminiGenerate::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    const std::optional<GeminiCall> call = geminiCall(path);
    return provider == "gemini" && method == "POST" && call
        && (call->method == "generateContent" || call->method == streamingMethod);
}

ParsedRequest GeminiGenerate::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    if (const std::optional<GeminiCall> call = geminiCall(context.path)) {
        request.model = call->model;
        request.isStream = call->method == streamingMethod;
    }
    request.input.messages = GeminiContent::readMessages(root);
    request.input.tools = GeminiContent::readTools(root);
    request.parameters = generateParameters(root);
    return request;
}

std::unique_ptr<ResponseReader> GeminiGenerate::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<GeminiGenerateReader>(context);
}
