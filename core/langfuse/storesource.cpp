// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/storesource.h"

namespace {

// Far more than the loop holds. Rows that retention has taken would else stay for ever.
constexpr qsizetype maxLoadedRows = 20'000;

} // namespace

StoreSource::StoreSource(TraceStore* store)
    : m_store(store)
{
}

StoreSource::~StoreSource() = default;

Result<QList<PendingTrace>> StoreSource::pending(qsizetype maxCount, qint64 afterRow)
{
    Result<QList<PendingTrace>> traces = m_store->pending(maxCount, afterRow);
    if (m_loaded.size() > maxLoadedRows)
        m_loaded.clear();
    if (!traces)
        return traces;
    for (const PendingTrace& trace : std::as_const(*traces))
        m_loaded.insert(trace.row, {trace.record.id, trace.attempts});
    return traces;
}

Result<QSet<qint64>> StoreSource::stillPending(const QList<qint64>& rows)
{
    Result<QSet<qint64>> pending = m_store->stillPending(rows);
    for (qint64 row : rows) {
        if (pending && !pending->contains(row))
            m_loaded.remove(row);
    }
    return pending;
}

void StoreSource::setDelivering(const QList<qint64>& rows, bool isDelivering)
{
    m_store->setDelivering(rows, isDelivering);
}

Result<qint64> StoreSource::newestRow()
{
    return m_store->newestRow();
}

qint64 StoreSource::pendingCount() const
{
    return m_store->ledger().pending.traces;
}

Result<void> StoreSource::markDelivered(const QList<qint64>& rows)
{
    Result<void> marked = m_store->markDelivered(rows);
    if (!marked)
        return marked;
    QList<DeliveryChange> changes;
    for (qint64 row : rows) {
        if (const Loaded loaded = m_loaded.take(row); !loaded.id.isEmpty())
            changes.append({loaded.id, DeliveryState::Delivered, loaded.attempts, {}});
    }
    Q_EMIT changed(changes);
    return marked;
}

Result<void> StoreSource::markRejected(qint64 row, const QByteArray& reason)
{
    Result<void> marked = m_store->markRejected(row, reason);
    if (!marked)
        return marked;
    if (const Loaded loaded = m_loaded.take(row); !loaded.id.isEmpty())
        Q_EMIT changed({{loaded.id, DeliveryState::Rejected, loaded.attempts, reason}});
    return marked;
}

Result<void> StoreSource::noteAttempt(const QList<qint64>& rows, const QByteArray& lastError)
{
    QList<DeliveryChange> changes;
    for (qint64 row : rows) {
        const auto loaded = m_loaded.find(row);
        if (loaded == m_loaded.end())
            continue;
        ++loaded->attempts;
        changes.append({loaded->id, DeliveryState::Pending, loaded->attempts, lastError});
    }
    Q_EMIT changed(changes);
    return m_store->noteAttempt(rows, lastError);
}
