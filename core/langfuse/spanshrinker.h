// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Span shrinker: makes one span fit a size by cutting its input and output (then any other long text) in the
// middle. What is cut says how much, and the span is marked `truncated`. Pure; telemetry thread.

#include "langfuse/otlpspan.h"

namespace SpanShrinker {

/// Head and tail of the text with `...[truncated N bytes]...` between, at most `maxBytes` (but never less
/// than the mark itself); cut between characters.
[[nodiscard]] QByteArray cutMiddle(const QByteArray& text, qsizetype maxBytes);

/// The span so that it encodes to at most `maxBytes` (at least 16 KiB is needed for the rest of a span).
[[nodiscard]] OtlpSpan shrink(const OtlpSpan& span, qsizetype maxBytes);

} // namespace SpanShrinker
