// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// IngestionRoute: the two ways of a trace into Langfuse, and what a batch looks like on each. Pure; telemetry
// thread.

#include "langfuse/apirequest.h"
#include "langfuse/otlpspan.h"

enum class IngestionRoute {
    Otlp, // protobuf, gzip, all or nothing
    Legacy, // JSON events, each with an outcome of its own
};

namespace IngestionRoutes {

/// A trace as a part of a request.
[[nodiscard]] QByteArray encodeTrace(IngestionRoute route, const OtlpSpan& span);
/// What a part of that size adds to a request, and what a request has besides its parts: at most.
[[nodiscard]] qsizetype sizeInRequest(const QByteArray& encoded);
constexpr qsizetype maxFrameBytes = 256;

struct Sender
{
    QByteArray version; // of this program
    QByteArray publicKey;
};

/// The request of these traces.
[[nodiscard]] ApiRequest request(
    IngestionRoute route, const QList<QByteArray>& encoded, const Sender& sender);

} // namespace IngestionRoutes
