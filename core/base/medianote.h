// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// mediaNote: what is written in the place of media that is not kept or not sent. Pure; any thread.

#include <QByteArray>
#include <QByteArrayView>

/// `[image/png, 48123 bytes, sha256 2c26b4...]` for these bytes. The media type may be empty. Has no
/// character that JSON would escape, as long as the type has none.
[[nodiscard]] QByteArray mediaNote(QByteArrayView mediaType, const QByteArray& bytes);
/// The same for a size and a SHA-256 that are known.
[[nodiscard]] QByteArray mediaNote(QByteArrayView mediaType, qsizetype bytes, const QByteArray& sha256);

/// The same for a base64 data URI; `mediaType`: instead of the one in it, unless empty.
[[nodiscard]] QByteArray mediaNoteOf(const QByteArray& dataUri, QByteArrayView mediaType);
