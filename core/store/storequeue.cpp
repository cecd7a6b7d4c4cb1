// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storequeue.h"

#include "trace/recordcodec.h"

#include <algorithm>

namespace {

Tally tallyOf(const TraceRecord& record)
{
    return {1, record.requestBytes + record.responseBytes};
}

StoredTrace toStored(
    const TraceRecord& record, DeliveryState state, const QByteArray& reason, PackedContent content)
{
    StoredTrace trace{summaryOf(record), searchTextOf(record), std::move(content)};
    trace.summary.state = state;
    trace.summary.reason = reason;
    return trace;
}

} // namespace

void StoreQueue::add(
    const TraceRecord& record, DeliveryState state, const QByteArray& reasonToDrop, const QByteArray& reason)
{
    for (RecordDetail detail : {RecordDetail::Whole, RecordDetail::CutBodies, RecordDetail::Facts}) {
        // A large record is not worth packing to see that it is too large.
        if (roomFor(detail) <= 0)
            continue;
        TraceRecord reduced = record;
        reduceTo(detail, &reduced);
        StoredTrace trace = toStored(reduced, state, reason, m_packer.pack(RecordCodec::encode(reduced)));
        if (trace.bytes() > roomFor(detail))
            continue;
        m_packer.keep(std::exchange(trace.content.newChunks, {}), trace.content.newPiece);
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

void StoreQueue::leaveDatabase(const QByteArray& reasonToDrop)
{
    m_batch.settlements.clear();
    m_settling.clear();
    QSet<qint64> known; // pieces of the traces that stay; what comes later refers to what came before
    m_batch.traces.removeIf([&](const StoredTrace& trace) {
        const PackedContent& content = trace.content;
        const auto isKnown = [&](qint64 piece) { return piece == content.newPiece || known.contains(piece); };
        if (std::all_of(content.pieces.begin(), content.pieces.end(), isKnown)) {
            known.insert(content.newPiece);
            return false;
        }
        m_bytes -= trace.bytes();
        drop(trace.tally(), reasonToDrop);
        return true;
    });
    m_packer.forgetAll();
}

void StoreQueue::clear()
{
    m_batch = {};
    m_bytes = 0;
    m_settling.clear();
}
