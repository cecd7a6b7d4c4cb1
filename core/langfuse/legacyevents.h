// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Legacy events: a span -> the two events that make trace and observation through /api/public/ingestion, for
// servers that are too old for OTLP with `langfuse.*` attributes (langfuse.md 1b and 2). Deterministic. A
// trace's events are encoded once and stay together; batches are put together and split from them. Pure;
// telemetry thread.

#include "langfuse/otlpspan.h"

namespace LegacyEvents {

/// Under the base URL.
constexpr char path[] = "/api/public/ingestion";

/// `{trace-create},{generation-create or span-create}`: the same facts as the span has. Embeddings are
/// generations, and whatever is no generation is a span: the other types came in with 3.98.2.
[[nodiscard]] QByteArray encode(const OtlpSpan& span);

/// The envelope ids of those two, by which the answer speaks of them.
[[nodiscard]] QByteArray traceEventId(const QByteArray& spanId);
[[nodiscard]] QByteArray observationEventId(const QByteArray& spanId);

/// `{"batch":[...],"metadata":{...}}`. Not to be compressed: the endpoint decodes nothing.
[[nodiscard]] QByteArray encodeRequest(const QList<QByteArray>& encoded, const QByteArray& version);

} // namespace LegacyEvents
