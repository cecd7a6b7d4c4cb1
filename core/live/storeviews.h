// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Store views: the API's questions to the store, each with its answer as JSON. All of it happens on the query
// thread: reading, unpacking and writing a long conversation takes milliseconds.

#include "langfuse/otlpmapping.h"
#include "live/apianswer.h"
#include "live/apiparameters.h"

namespace StoreViews {

/// {"apiVersion":1,"traces":[...],"nextCursor":"..."}; the cursor is null at the end.
[[nodiscard]] ApiAnswer traces(StoreReader* store, const ApiParameters::TraceList& list);
/// As TraceJson::detail(); 404, with `call_open` when it will be there: the call has not ended.
[[nodiscard]] ApiAnswer trace(StoreReader* store, const QByteArray& id, bool isOpen);
/// What Langfuse gets of it, as OtlpJson writes it; its media stand in it. 404.
[[nodiscard]] ApiAnswer payload(StoreReader* store, const QByteArray& id, const OtlpMappingOptions& options);
/// {"apiVersion":1,"id":...,"startedAt":...,"record":"<base64>"}: all that is stored, as RecordCodec writes
/// it, for `traces import`; the same bytes wherever the trace is stored. 404.
[[nodiscard]] ApiAnswer record(StoreReader* store, const QByteArray& id);
/// {"apiVersion":1,"sessions":[...],"nextCursor":"..."}
[[nodiscard]] ApiAnswer sessions(StoreReader* store, const ApiParameters::Page& page);
/// {"apiVersion":1,"since":...,"until":...,"all":{...},"models":[{"provider":...,"model":...,...}]}; with
/// buckets also "buckets":[{"since":...,"models":[...]}] and "histograms":{"durationMs":[{"upToMs":15,
/// "calls":3},...],"firstTokenMs":[...]}. The filter has both ends of its time.
[[nodiscard]] ApiAnswer statistics(StoreReader* store, const ApiParameters::Statistics& asked);

/// 503: the store cannot be read.
[[nodiscard]] ApiAnswer unreadable(const Error& error);

enum class Side { Request, Response };
/// The bytes of the body as they are stored, as they came over the wire: with their own Content-Type but as a
/// download that no browser opens; X-Stored-Content-Encoding when they are compressed, X-Stored-Truncated
/// when there were more. 404 also when nothing of a body was stored.
[[nodiscard]] ApiAnswer body(StoreReader* store, const QByteArray& id, Side side);

} // namespace StoreViews
