// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OTLP encoder: spans -> ExportTraceServiceRequest protobuf bytes (opentelemetry-proto 1.x,
// collector/trace/v1 and trace/v1). Deterministic. A span is encoded once; batches are put together and split
// from encoded spans. Pure; telemetry thread.

#include "langfuse/otlpspan.h"

#include <QByteArrayView>

namespace OtlpEncoder {

/// Under the base URL.
constexpr char path[] = "/api/public/otel/v1/traces";

/// One encoded Span message.
[[nodiscard]] QByteArray encodeSpan(const OtlpSpan& span);

/// What an encoded span of that size adds to a request, and what a request has besides its spans, at most.
[[nodiscard]] qsizetype sizeInRequest(const QByteArray& encodedSpan);
constexpr qsizetype maxFrameBytes = 256;

/// The request of these spans, under one resource without attributes and one scope. The scope's name begins
/// with `langfuse-sdk`: only then Langfuse does not repeat every attribute as metadata (langfuse.md 5).
[[nodiscard]] QByteArray encodeRequest(const QList<QByteArray>& encodedSpans, QByteArrayView version);

} // namespace OtlpEncoder
