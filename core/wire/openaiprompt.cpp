// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/openaiprompt.h"

namespace {

Part promptPart(JsonValue value)
{
    Part part;
    if (value.isString() || value["text"].isString()) {
        part.text = value.isString() ? value.text() : value["text"].text();
        return part;
    }
    const JsonValue image = value["image_url"];
    part.text = image.isString() ? image.text() : image["url"].text();
    part.kind = part.text.isEmpty() ? Part::Kind::Unknown : Part::Kind::Image;
    if (part.text.isEmpty())
        part.json = value.json();
    else if (part.text.startsWith("data:"))
        part.mediaType = part.text.left(128).split(';').first().sliced(5);
    return part;
}

} // namespace

QList<Part> readPrompt(JsonValue prompt)
{
    QList<Part> parts;
    if (!prompt.exists() || prompt.isNull())
        return parts;
    const bool isList = prompt.isArray() && !prompt.isEmpty() && !(*prompt.begin()).isNumber();
    if (!isList) {
        parts.append(promptPart(prompt));
        return parts;
    }
    for (const JsonValue element : prompt)
        parts.append(promptPart(element));
    return parts;
}
