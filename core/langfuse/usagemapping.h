// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Usage buckets -> the keys that Langfuse's price table knows (langfuse.md 3, "Recommended mapping"). A key
// without a price costs nothing and a token in two keys is paid twice, so that both names and arithmetic
// matter. Pure; telemetry thread.

#include "trace/tracerecord.h"

namespace UsageMapping {

/// `{"input":10,"input_cached_tokens":2,"output":5,"total":17}`; empty buckets are left out, the total is
/// always there. `model` is the name Langfuse matches prices by. Empty when no bucket is known.
[[nodiscard]] QByteArray usageDetails(const Usage& usage, QByteArrayView model);

/// For failed calls: without it the server counts and charges the text itself.
[[nodiscard]] QByteArray noUsage();

/// `{"total":0.0012}` for a cost that the provider itself reported; empty without one, or when it is no
/// non-negative JSON number.
[[nodiscard]] QByteArray costDetails(const Usage& usage);

} // namespace UsageMapping
