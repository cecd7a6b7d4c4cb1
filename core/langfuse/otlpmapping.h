// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OTLP mapping: TraceRecord -> the one span that makes trace and observation in Langfuse (langfuse.md 5, 7).
// Pure and deterministic: the same record gives the same span, so that a resend is the same bytes. Telemetry
// thread.

#include "langfuse/eventmedia.h"
#include "langfuse/otlpspan.h"
#include "trace/tracerecord.h"

struct OtlpMappingOptions
{
    QByteArray environment; // when the call names none; empty: Langfuse's default
    QByteArray release;
};

namespace OtlpMapping {

/// `media` finds what stands for media and learns of all there is; null: nothing is uploaded.
[[nodiscard]] OtlpSpan toSpan(
    const TraceRecord& record, const OtlpMappingOptions& options, EventMedia* media = nullptr);

/// Moves the model to the metadata. Langfuse counts and charges the text of a generation without usage
/// itself, by its model: what must not happen to notes, and to a text that was cut.
void withholdModel(OtlpSpan* span);

/// Says "cut" in an observation: text `true` when something is missing.
constexpr char truncatedKey[] = "langfuse.observation.metadata.truncated";
constexpr char inputKey[] = "langfuse.observation.input";
constexpr char outputKey[] = "langfuse.observation.output";
constexpr char modelKey[] = "langfuse.observation.model.name";
constexpr char usageKey[] = "langfuse.observation.usage_details";

} // namespace OtlpMapping
