// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Inline media: base64 inside requests and answers (images, audio, documents, embeddings). An event must not
// carry it by the megabyte, so that long runs are replaced by a note on what was there; the store keeps the
// original. Pure; telemetry thread.

#include <QByteArray>
#include <QByteArrayView>

namespace InlineMedia {

/// Base64 of at least this many characters is replaced.
constexpr qsizetype maxInlineBase64 = 4096;

/// `[image/png, 48123 bytes, sha256 2c26b4...]` for these bytes. The media type may be empty. Has no
/// character that JSON would escape.
[[nodiscard]] QByteArray placeholder(QByteArrayView mediaType, const QByteArray& bytes);

/// The text (plain, or JSON source) with its long base64 replaced by placeholders: every data URI, and every
/// whole string in quotes that is nothing but base64.
[[nodiscard]] QByteArray withoutInlineMedia(const QByteArray& text);

} // namespace InlineMedia
