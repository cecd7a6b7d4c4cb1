// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Inline media: base64 inside requests and answers (images, audio, documents, embeddings). An event must not
// carry it by the megabyte: what Langfuse's media store has is referred to, and other long runs are replaced
// by a note on what was there; the local store keeps the original. Pure; telemetry thread.

#include "langfuse/eventmedia.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace InlineMedia {

/// Base64 of at least this many characters never stays.
constexpr qsizetype maxInlineBase64 = 4096;

/// A text that is a base64 data URI and nothing else.
struct DataUri
{
    QByteArray mediaType; // as it stands there, may be empty
    QByteArray bytes;
};
[[nodiscard]] std::optional<DataUri> parseDataUri(const QByteArray& text);

/// The text (plain, or JSON source) without its media: every data URI, and every whole string in quotes that
/// is long base64 and nothing else. Each becomes a reference where `media` has one; else it stays when it is
/// short, and becomes a placeholder when it is not.
[[nodiscard]] QByteArray withoutInlineMedia(const QByteArray& text, EventMedia* media);

} // namespace InlineMedia
