// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Call cost: what a call cost, as far as that is certain. Pure; telemetry thread, at the end of a record.

#include "trace/pricelist.h"
#include "trace/tracerecord.h"

/// What the provider reported wins. Else tokens times prices, when all of this is known: the usage in
/// buckets, an entry for the model on that day, a price for each bucket that has tokens, prices of the tier
/// that served the call (service_tier as answered, else as asked for; `speed`; the length of the input).
/// Nothing otherwise: no guess, and never zero for what is unknown. Reasoning is billed as output and an
/// unspecified cache write as the five-minute one, where an entry has no price of their own. Tokens only:
/// what a provider charges for a search or an image is not in it.
[[nodiscard]] std::optional<Cost> costOf(const TraceRecord& record, const PriceList& prices);
