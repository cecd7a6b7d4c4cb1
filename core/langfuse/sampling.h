// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Sampling (LANGFUSE_SAMPLE_RATE): which finished calls are delivered to Langfuse at all. Asked by the Engine
// before a record is stored; the others stay in the local store. Pure; telemetry thread.

#include "trace/tracerecord.h"

namespace Sampling {

/// Why a record in the store is not for Langfuse.
constexpr char sampledOutReason[] = "sampled_out";

/// Whether a record is delivered when the share `rate` (0..1) of all traces is. Decided by a hash of the
/// trace id, so that all calls of one trace agree, whichever proxy saw them. Failed calls always are.
[[nodiscard]] bool isDelivered(const TraceRecord& record, double rate);

} // namespace Sampling
