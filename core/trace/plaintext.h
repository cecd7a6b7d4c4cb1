// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PlainText: what every text of a record goes through: UTF-8 that is valid, cut between characters, without
// control characters where it is an id. Pure.

#include <QByteArray>
#include <QByteArrayView>

namespace PlainText {

/// The bytes when they are valid UTF-8, else the same read as Latin-1 (what header values may be).
[[nodiscard]] QByteArray toUtf8(QByteArrayView bytes);

/// UTF-8 without C0, DEL and C1 control characters.
[[nodiscard]] QByteArray withoutControls(const QByteArray& utf8);

/// At most that many bytes from the front, never ending inside a character.
[[nodiscard]] QByteArray cutAtCharacter(const QByteArray& utf8, qsizetype maximumBytes);

/// UTF-8 that was cut anywhere, without what is left of a character at its end.
[[nodiscard]] QByteArray withoutCutCharacter(const QByteArray& utf8);

/// The text when it fits, else its front and `…[truncated N bytes]` with N = what is missing.
[[nodiscard]] QByteArray cutWithMark(const QByteArray& utf8, qsizetype maximumBytes);

} // namespace PlainText
