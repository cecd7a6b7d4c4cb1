// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// API parameters: the query of a request -> filters and pages. Pure; engine thread. Every failure is a
// BadRequest whose subject is the parameter and whose message says what it may be: an unknown name, one that
// is given twice, a bad value. An empty value is no filter and is refused too: `?session=` would mean all.

#include "live/apiquery.h"
#include "live/liveevent.h"
#include "store/storereader.h"

namespace ApiParameters {

/// A part of a list of traces or sessions.
struct Page
{
    qsizetype limit = 100; // 1..1000
    qint64 beforeRow = StoreReader::newestRow;
};

struct TraceList
{
    TraceFilter filter;
    Page page;
};

struct Statistics
{
    TraceFilter filter;
    qsizetype buckets = 0; // 0..500: parts of the time
};

/// The place behind that row, for people an opaque word.
[[nodiscard]] QByteArray cursorFor(qint64 row);

/// The filters `provider`, `model`, `session`, `user`, `tag`, `q`, `status` (2xx, 4xx, 5xx, error,
/// cancelled), `delivery` (pending, delivered, rejected, disabled), `since`, `until` (2026-11-24T10:00:00Z, a
/// day 2026-11-24, or 15m ago), `minDurationMs`; and `limit`, `cursor`. `nowUs`: microseconds since 1970 UTC.
[[nodiscard]] Result<TraceList> traceList(const ApiQuery& query, qint64 nowUs);
/// `limit` and `cursor`.
[[nodiscard]] Result<Page> page(const ApiQuery& query);
/// The filters and `buckets`.
[[nodiscard]] Result<Statistics> statistics(const ApiQuery& query, qint64 nowUs);
/// What is to be changed: the filters and `id`, which may be given more than once and then means any of them;
/// or `all=true` alone. BadRequest when it is none of these and not `isAllImplied`.
[[nodiscard]] Result<TraceFilter> selection(const ApiQuery& query, qint64 nowUs, bool isAllImplied);
/// `id`, `provider`, `model`, `session`: which events of calls.
[[nodiscard]] Result<LiveFilter> liveFilter(const ApiQuery& query);
/// No parameter at all.
[[nodiscard]] Result<void> none(const ApiQuery& query);

} // namespace ApiParameters
