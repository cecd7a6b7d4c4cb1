// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// prettyJson: JSON with line breaks, for people: numbers and escapes stay as they were sent, long texts are
// cut with a note, so that 12 MB of pictures become a page. Text that is no JSON is laid out as far as it
// looks like it. Pure.

#include <QByteArray>
#include <QString>

#include <limits>

inline constexpr qsizetype wholeText = std::numeric_limits<qsizetype>::max();

/// Stops soon after `most` bytes; isWhole: it did not.
[[nodiscard]] QString prettyJson(const QByteArray& json, qsizetype most = wholeText, bool* isWhole = nullptr);
/// The events of a stream, each with its type and its data as JSON. Stops soon after `most` characters.
[[nodiscard]] QString prettyEvents(
    const QByteArray& stream, qsizetype most = wholeText, bool* isWhole = nullptr);
/// No line has more than 2,000 characters: text views take seconds for each repaint of a line of millions.
[[nodiscard]] QString withBrokenLines(const QString& text);
