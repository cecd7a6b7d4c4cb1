// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreQueue: what waits in memory for the next commit. Bounded: while the database cannot be written, traces
// are kept with less and less detail, and at last only counted. Owned by TraceStore, telemetry thread.
//
//   up to half of the bound     whole
//   up to three quarters        bodies cut
//   up to the bound             facts and usage only
//   above                       dropped, with the reason

#include "store/contentpacker.h"
#include "store/storebatch.h"
#include "trace/recorddetail.h"

#include <QSet>

class StoreQueue final
{
public:
    /// `nextPiece`: the first number that is free for a piece.
    explicit StoreQueue(qsizetype maxBytes = 0, qint64 nextPiece = 1)
        : m_maxBytes(maxBytes)
        , m_packer(nextPiece)
    {
    }

    /// Takes the trace in the detail for which there is room, or counts it as dropped for that reason
    /// (`too_large` when it would not even fit into an empty queue). `reason`: as for TraceStore::append().
    void add(const TraceRecord& record, DeliveryState state, const QByteArray& reasonToDrop,
        const QByteArray& reason = {});
    void drop(const Tally& tally, const QByteArray& reason);
    /// The first settlement of a row counts.
    void settle(qint64 row, DeliveryState state, const QByteArray& reason);
    void noteAttempt(qint64 row, const QByteArray& lastError);
    /// They are of interest only, and would pile up while nothing can be written.
    void forgetAttempts() { m_batch.attempts.clear(); }
    /// These pieces have been deleted from the database.
    void forgetPieces(const QList<qint64>& pieces) { m_packer.forget(pieces); }
    /// The database is a new one: settlements fall away, and traces that refer to pieces of the old one are
    /// dropped for that reason.
    void leaveDatabase(const QByteArray& reasonToDrop);
    /// All of it has been written.
    void clear();

    [[nodiscard]] const StoreBatch& batch() const { return m_batch; }
    [[nodiscard]] bool isEmpty() const { return m_batch.isEmpty(); }
    /// In memory, of the traces.
    [[nodiscard]] qsizetype bytes() const { return m_bytes; }
    /// Rows with a settlement in the queue.
    [[nodiscard]] const QSet<qint64>& settling() const { return m_settling; }

private:
    [[nodiscard]] qsizetype roomFor(RecordDetail detail) const;

    qsizetype m_maxBytes;
    ContentPacker m_packer;
    StoreBatch m_batch;
    qsizetype m_bytes = 0;
    QSet<qint64> m_settling;
};
