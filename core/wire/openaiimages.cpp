// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaiimages.h"

#include "wire/choices.h"
#include "wire/documentreader.h"
#include "wire/mediapart.h"
#include "wire/modelparameters.h"
#include "wire/openaimediausage.h"
#include "wire/openaipath.h"

namespace {

/// The endpoint without `images/`; empty for another API.
QByteArrayView actionOf(QByteArrayView provider, QByteArrayView path)
{
    const QByteArrayView endpoint = openAiEndpoint(provider, path);
    constexpr QByteArrayView prefix = "images/";
    const QByteArrayView action
        = endpoint.startsWith(prefix) ? endpoint.sliced(prefix.size()) : QByteArrayView();
    return action == "generations" || action == "edits" || action == "variations" ? action : QByteArrayView();
}

class ImagesReader final : public FramedReader
{
public:
    using FramedReader::FramedReader;

protected:
    /// `image_generation.partial_image` and `.completed`, or `image_edit...`. Sketches are not kept.
    void readEvent(QByteArrayView, JsonValue root) override
    {
        const QByteArray type = root["type"].text();
        if (type.endsWith(".partial_image")) {
            noteContent();
            budget().omit(qMax<qsizetype>(0, root["b64_json"].raw().size() - 2));
        } else if (type.endsWith(".completed")) {
            addImage(root, root["output_format"].text());
            readUsage(root["usage"]);
            result().isComplete = true;
        }
    }

    void readMarker(QByteArrayView) override { }

    void readDocument(JsonValue root) override
    {
        keepText(&result().model, root["model"]); // of compatible servers
        for (const JsonValue image : root["data"])
            addImage(image, root["output_format"].text());
        readUsage(root["usage"]);
    }

    [[nodiscard]] QByteArrayView usageKey() const override { return "usage"; }

    void readUsage(JsonValue usage) override
    {
        if (std::optional<Usage> read = readOpenAiMediaUsage(usage))
            result().usage = std::move(read);
    }

private:
    /// One picture: its bytes or its address, behind the prompt that the model made of ours.
    void addImage(JsonValue image, const QByteArray& format)
    {
        noteContent();
        QList<Message>& messages = result().output.messages;
        if (messages.isEmpty())
            messages.append({QByteArrayLiteral("assistant"), {}, {}, {}});
        if (const QByteArray prompt = image["revised_prompt"].text(); !prompt.isEmpty())
            append(&messages.first(), textPart(prompt));
        Part part;
        part.kind = Part::Kind::Image;
        part.text = image["url"].text();
        if (const JsonValue base64 = image["b64_json"]; base64.isString()) {
            part.mediaType = "image/" + (format.isEmpty() ? QByteArray("png") : format);
            part.text = "data:" + part.mediaType + ";base64," + base64.text();
        }
        if (!part.text.isEmpty())
            append(&messages.first(), std::move(part));
    }

    void append(Message* message, Part part)
    {
        budget().charge(&part);
        (void)appendPart(message, std::move(part)); // beyond the bound it is left out
    }
};

/// `image` or `images`: files of a form, or references in JSON (`image_url`, `file_id`), which stay JSON.
QList<Part> imageParts(JsonValue root)
{
    QList<Part> parts = fileParts(Part::Kind::Image, root["image"]);
    for (const JsonValue image : root["images"]) {
        Part part;
        part.kind = Part::Kind::Image;
        part.text = image["image_url"].isString() ? image["image_url"].text() : image["file_id"].text();
        if (part.text.isEmpty())
            part.json = image.json();
        parts.append(std::move(part));
    }
    parts += fileParts(Part::Kind::Image, root["mask"]);
    return parts;
}

} // namespace

QByteArray OpenAiImages::name() const
{
    return QByteArrayLiteral("openai.images");
}

bool OpenAiImages::handles(QByteArrayView provider, QByteArrayView method, QByteArrayView path) const
{
    return method == "POST" && !actionOf(provider, path).isEmpty();
}

ParsedRequest OpenAiImages::readRequest(QByteArrayView body, const DialectContext& context) const
{
    ParsedRequest request;
    JsonParser parser;
    const JsonValue root = parser.parse(body);
    if (!root.isObject())
        return request;
    request.isValid = true;
    request.model = openAiModel(root, context.path);
    request.isStream = root["stream"].isTrue() || root["stream"].text() == "true"; // a form knows only texts
    QList<Part> asked;
    if (root["prompt"].isString())
        asked.append(textPart(root["prompt"].text()));
    request.input.messages = questionOf(asked + imageParts(root));
    request.parameters = readParameters(root,
        {"n", "size", "quality", "style", "background", "moderation", "output_format", "output_compression",
            "partial_images", "input_fidelity", "response_format", "stream"});
    request.user = root["user"].text();
    return request;
}

std::unique_ptr<ResponseReader> OpenAiImages::makeResponseReader(const DialectContext& context) const
{
    return std::make_unique<ImagesReader>(context);
}
