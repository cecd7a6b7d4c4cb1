// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OTLP JSON: a span as the JSON form of the request that OtlpEncoder makes of it (opentelemetry-proto's "JSON
// Protobuf Encoding": ids in hex, 64-bit numbers as texts, enums as numbers), for people who want to see what
// Langfuse gets. Pure; any thread.

#include "langfuse/otlpspan.h"

namespace OtlpJson {

/// `{"resourceSpans":[...]}` with that one span.
[[nodiscard]] QByteArray encodeRequest(const OtlpSpan& span, const QByteArray& version);

} // namespace OtlpJson
