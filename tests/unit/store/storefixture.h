// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What the tests of the store share: small records, and the identity that must always hold.

#include "store/tracestore.h"

inline TraceRecord recordNamed(const QByteArray& id, qint64 startedAtUs = 1'000'000)
{
    TraceRecord record;
    record.id = id;
    record.startedAtUs = startedAtUs;
    record.provider = "openai";
    record.requestModel = "m-1";
    record.status = 200;
    record.durationUs = 1234;
    record.attribution.sessionId = "s";
    record.responseText = "text of " + id;
    return record;
}

/// captured = pending + delivered + rejected + disabled + dropped
inline bool addsUp(const StoreCounts& counts)
{
    return counts.captured
        == counts.pending + counts.delivered + counts.rejected + counts.disabled + counts.dropped;
}

inline QList<QByteArray> idsOf(const QList<PendingTrace>& traces)
{
    QList<QByteArray> ids;
    for (const PendingTrace& trace : traces)
        ids.append(trace.record.id);
    return ids;
}

inline QList<QByteArray> idsOf(const QList<TraceRecord>& records)
{
    QList<QByteArray> ids;
    for (const TraceRecord& record : records)
        ids.append(record.id);
    return ids;
}
