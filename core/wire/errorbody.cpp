// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/errorbody.h"

namespace {

constexpr qsizetype maxMessageBytes = 64 * 1024;

QByteArray bounded(const QByteArray& text)
{
    return text.left(maxMessageBytes);
}

ParsedError readErrorObject(JsonValue error)
{
    ParsedError parsed;
    parsed.type = bounded(error["type"].scalar());
    if (parsed.type.isEmpty())
        parsed.type = bounded(error["status"].text());
    parsed.code = bounded(error["code"].scalar());
    parsed.message = bounded(error["message"].text());
    return parsed;
}

} // namespace

std::optional<ParsedError> readError(JsonValue root, bool isFailure)
{
    if (root.isArray() && !root.isEmpty())
        root = *root.begin();
    const JsonValue error = root["error"];
    if (error.isObject())
        return readErrorObject(error);
    if (error.isString())
        return ParsedError{{}, {}, bounded(error.text())};
    // vLLM and Mistral say it flat, and vLLM so in the middle of a stream too.
    const bool isErrorObject = root["object"].text() == "error";
    if (!(isFailure || isErrorObject) || !root.isObject())
        return std::nullopt;

    ParsedError flat = readErrorObject(root);
    if (flat.message.isEmpty() && root["detail"].exists())
        flat.message = bounded(root["detail"].isString() ? root["detail"].text() : root["detail"].json());
    if (flat.message.isEmpty())
        return std::nullopt;
    return flat;
}
