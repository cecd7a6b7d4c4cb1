// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/contentjson.h"

#include "langfuse/inlinemedia.h"
#include "langfuse/jsonwriter.h"

namespace ContentJson {

namespace {

using InlineMedia::withoutInlineMedia;

// What the interface shows as a picture (langfuse.md 4); one part that it can't show turns the whole content
// array into raw JSON there.
bool isShownAsImage(const QByteArray& url)
{
    if (url.startsWith("https://") || url.startsWith("http://"))
        return true;
    if (url.size() >= InlineMedia::maxInlineBase64)
        return false;
    for (const char* type : {"png", "jpeg", "jpg", "gif", "webp"}) {
        if (url.startsWith(QByteArray(QByteArray("data:image/") + type + ";base64,")))
            return true;
    }
    return false;
}

QByteArray mediaText(const Part& part, const char* kind, EventMedia* media)
{
    if (part.text.isEmpty())
        return withoutInlineMedia(part.json, media);
    QByteArray note;
    if (const auto uri = InlineMedia::parseDataUri(part.text))
        note = media->note(part.mediaType.isEmpty() ? uri->mediaType : part.mediaType, uri->bytes);
    else
        note = QByteArray("[") + kind + (part.mediaType.isEmpty() ? "" : " ") + part.mediaType + ' '
            + withoutInlineMedia(part.text, media) + "]";
    return part.name.isEmpty() ? note : note + " " + part.name;
}

// Langfuse's reference to the media of this part; empty when it is not stored there, or no media.
QByteArray referenceTo(const Part& part, EventMedia* media)
{
    const bool isMedia = part.kind == Part::Kind::Image || part.kind == Part::Kind::Audio
        || part.kind == Part::Kind::Document;
    const auto uri = isMedia ? InlineMedia::parseDataUri(part.text) : std::nullopt;
    if (!uri)
        return {};
    return media->reference(part.mediaType.isEmpty() ? uri->mediaType : part.mediaType, uri->bytes);
}

void writeTextPart(JsonWriter* out, const QByteArray& text)
{
    out->beginObject();
    out->key("type");
    out->string("text");
    out->key("text");
    out->string(text);
    out->endObject();
}

// {"type":"image_url","image_url":{"url":"..."}}, {"type":"input_audio","input_audio":{"data":"..."}}
void writeNestedPart(JsonWriter* out, const char* type, const char* key, const QByteArray& value)
{
    out->beginObject();
    out->key("type");
    out->string(type);
    out->key(type);
    out->beginObject();
    out->key(key);
    out->string(value);
    out->endObject();
    out->endObject();
}

} // namespace

QByteArray textOf(const Part& part, EventMedia* media)
{
    switch (part.kind) {
    case Part::Kind::Text:
        return withoutInlineMedia(part.text, media);
    case Part::Kind::Image:
        return mediaText(part, "image", media);
    case Part::Kind::Audio:
        return mediaText(part, "audio", media);
    case Part::Kind::Document:
        return mediaText(part, "document", media);
    default:
        return withoutInlineMedia(part.json, media);
    }
}

// One part that the interface does not know turns the whole content array into raw JSON there (langfuse.md
// 4): media are an image, an audio, or a bare reference; everything else is text.
void writePart(JsonWriter* out, const Part& part, EventMedia* media)
{
    const QByteArray reference = referenceTo(part, media);
    if (part.kind == Part::Kind::Image && (!reference.isEmpty() || isShownAsImage(part.text))) {
        writeNestedPart(out, "image_url", "url", reference.isEmpty() ? part.text : reference);
        return;
    }
    if (reference.isEmpty()) {
        writeTextPart(out, textOf(part, media));
        return;
    }
    if (part.kind == Part::Kind::Audio)
        writeNestedPart(out, "input_audio", "data", reference);
    else
        out->string(reference);
    if (!part.name.isEmpty()) // a transcript, a title
        writeTextPart(out, part.name);
}

} // namespace ContentJson
