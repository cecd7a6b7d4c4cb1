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

#include "store/storebatch.h"
#include "trace/recorddetail.h"

#include <QSet>

class StoreQueue final
{
public:
    explicit StoreQueue(qsizetype maxBytes = 0)
        : m_maxBytes(maxBytes)
    {
    }

    /// Takes the trace in the detail for which there is room, or counts it as dropped for that reason
    /// (`too_large` when it would not even fit into an empty queue).
    void add(const TraceRecord& record, DeliveryState state, const QByteArray& reasonToDrop);
    void drop(const Tally& tally, const QByteArray& reason);
    /// The first settlement of a row counts.
    void settle(qint64 row, DeliveryState state, const QByteArray& reason);
    void noteAttempt(qint64 row, const QByteArray& lastError);
    /// They are of interest only, and would pile up while nothing can be written.
    void forgetAttempts() { m_batch.attempts.clear(); }
    void forgetSettlements();
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
    StoreBatch m_batch;
    qsizetype m_bytes = 0;
    QSet<qint64> m_settling;
};
