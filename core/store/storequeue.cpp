// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storequeue.h"

#include "store/contentcodec.h"
#include "trace/recordcodec.h"

namespace {

Tally tallyOf(const TraceRecord& record)
{
    return {1, record.requestBytes + record.responseBytes};
}

StoredTrace toStored(const TraceRecord& record, DeliveryState state)
{
    return {record.id, record.startedAtUs, record.provider, record.model(), record.status, record.errorCode,
        record.attribution.sessionId, record.attribution.userId, record.durationUs, state,
        tallyOf(record).bytes, ContentCodec::pack(RecordCodec::encode(record))};
}

} // namespace

void StoreQueue::add(const TraceRecord& record, DeliveryState state, const QByteArray& reasonToDrop)
{
    for (RecordDetail detail : {RecordDetail::Whole, RecordDetail::CutBodies, RecordDetail::Facts}) {
        // A large record is not worth packing to see that it is too large.
        if (roomFor(detail) <= 0)
            continue;
        TraceRecord reduced = record;
        reduceTo(detail, &reduced);
        StoredTrace trace = toStored(reduced, state);
        if (trace.bytes() > roomFor(detail))
            continue;
        m_bytes += trace.bytes();
        m_batch.traces.append(std::move(trace));
        return;
    }
    drop(tallyOf(record), m_batch.traces.isEmpty() ? QByteArray("too_large") : reasonToDrop);
}

qsizetype StoreQueue::roomFor(RecordDetail detail) const
{
    switch (detail) {
    case RecordDetail::Whole:
        return (m_batch.traces.isEmpty() ? m_maxBytes : m_maxBytes / 2) - m_bytes;
    case RecordDetail::CutBodies:
        return m_maxBytes / 4 * 3 - m_bytes;
    case RecordDetail::Facts:
        break;
    }
    return m_maxBytes - m_bytes;
}

void StoreQueue::drop(const Tally& tally, const QByteArray& reason)
{
    addTally(&m_batch.dropped, reason, tally);
}

void StoreQueue::settle(qint64 row, DeliveryState state, const QByteArray& reason)
{
    if (m_settling.contains(row))
        return;
    m_settling.insert(row);
    m_batch.settlements.append({row, state, reason});
}

void StoreQueue::noteAttempt(qint64 row, const QByteArray& lastError)
{
    m_batch.attempts.append({row, lastError});
}

void StoreQueue::forgetSettlements()
{
    m_batch.settlements.clear();
    m_settling.clear();
}

void StoreQueue::clear()
{
    m_batch = {};
    m_bytes = 0;
    m_settling.clear();
}
