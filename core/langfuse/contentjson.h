// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Content JSON: one part of a message's content as Langfuse's interface shows it (langfuse.md 4): text,
// `image_url`, `input_audio`, or a bare media reference. Pure; telemetry thread.

#include "langfuse/eventmedia.h"
#include "trace/tracerecord.h"

class JsonWriter;

namespace ContentJson {

/// The part in words: its text, or a note on the media.
[[nodiscard]] QByteArray textOf(const Part& part, EventMedia* media);

/// As an element of a content array. Media that are stored in Langfuse are referred to; others become text,
/// but for pictures that are short or elsewhere.
void writePart(JsonWriter* out, const Part& part, EventMedia* media);

} // namespace ContentJson
