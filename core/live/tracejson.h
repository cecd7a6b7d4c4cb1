// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Trace JSON: calls as the API shows them. Times are ISO 8601 UTC or milliseconds with a fraction, costs US
// dollars; what is not known is null. JSON of the call itself (parameters, tool arguments, usage) is embedded
// as it came. Pure; query thread.

#include "store/tracesummary.h"

class JsonWriter;

namespace TraceJson {

/// {"id":...,"startedAt":...,"provider":...,"model":...,"status":200,"outcome":"completed","error":null,...,
/// "tokens":{...},"costUsd":0.0015,"delivery":{"state":"delivered",...}}
void writeSummary(JsonWriter* out, const TraceSummary& summary);

/// The same of a call that has not ended, as far as it is known: "outcome":"open","delivery":null.
void writeOpenCall(JsonWriter* out, const TraceSummary& summary);

/// {"input":10,"cached":null,"cacheWrite":null,"output":2,"reasoning":null,"total":12}
void writeTokens(JsonWriter* out, const TokenCounts& tokens);

/// completed, cancelled, upstream_failed, timed_out, refused
[[nodiscard]] const char* outcomeWord(CallOutcome outcome);

/// pending, delivered, rejected, disabled
[[nodiscard]] const char* deliveryWord(DeliveryState state);

/// Everything: the summary's members, and heads, bodies, conversation, usage, cost, timings.
[[nodiscard]] QByteArray detail(const TraceSummary& summary, const TraceRecord& record);

// Members of an object, and values.
void writeText(JsonWriter* out, const char* key, const QByteArray& text); // empty: null
void writeNumber(JsonWriter* out, const char* key, std::optional<qint64> number);
void writeSwitch(JsonWriter* out, const char* key, bool isOn);
void writeMilliseconds(JsonWriter* out, const char* key, std::optional<qint64> microseconds); // below 0: null
void writeDollars(JsonWriter* out, const char* key, std::optional<qint64> picodollars);
void writeTime(JsonWriter* out, const char* key, qint64 microseconds); // since 1970

} // namespace TraceJson
