// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// healthJson: the body of GET /api/health. Pure.
//
//   {"apiVersion":1,"name":"langfuse-proxy","version":"0.1.0","status":"ok","upstream":{"openai":"ok","anthropic":"not_configured",...},
//    "telemetry":{"captured":12,"pending":0,"delivering":0,"delivered":11,"rejected":0,"disabled":0,"dropped":1,
//    "bytes":{"captured":9120,"pending":0,...},"droppedBy":{"queue_full":{"traces":1,"bytes":700}},
//    "rejectedBy":{},"evictedBy":{},"oldestPendingAgeMs":null,"lastError":null,"delivery":"enabled"}}

#include "langfuse/langfusedelivery.h"
#include "live/healthprobe.h"
#include "store/ledger.h"

/// `status` is `degraded` when an upstream that is configured cannot be reached; Langfuse has no say in it,
/// because no request depends on it.
[[nodiscard]] QByteArray healthJson(
    const UpstreamHealths& upstreams, const Ledger& ledger, const DeliveryStatus& delivery, qint64 nowUs);

/// Its `telemetry` part alone.
[[nodiscard]] QByteArray telemetryJson(const Ledger& ledger, const DeliveryStatus& delivery, qint64 nowUs);
