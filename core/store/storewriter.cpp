// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storewriter.h"

#include "base/logging.h"
#include "store/ledgertable.h"
#include "store/storeopening.h"

#include <QDateTime>

#include <algorithm>

namespace {

constexpr qsizetype commitBytes = 4 << 20; // a queue this large is not left waiting for the timer
constexpr std::chrono::milliseconds longestRetryDelay(5000);
constexpr std::chrono::milliseconds retentionInterval(250); // at most so often, after commits
constexpr std::chrono::seconds idleRetentionInterval(60);
constexpr std::chrono::milliseconds retentionPause(20); // between steps, for what else the thread has to do

} // namespace

StoreWriter::StoreWriter()
{
    m_commitTimer.setSingleShot(true);
    connect(&m_commitTimer, &QTimer::timeout, this, [this] { (void)commit(); });
    m_retentionTimer.setSingleShot(true);
    connect(&m_retentionTimer, &QTimer::timeout, this, &StoreWriter::evict);
}

Result<void> StoreWriter::open(const TraceStore::Options& options)
{
    m_options = options;
    auto opened = openStore(options.path);
    if (!opened)
        return opened.error();
    const auto ledger = (*opened)->readLedger();
    const auto nextPiece = (*opened)->nextPiece();
    if (!ledger || !nextPiece)
        return ledger ? nextPiece.error() : ledger.error();
    m_database = std::move(*opened);
    m_committed = *ledger;
    m_queue = StoreQueue(options.maxQueuedBytes, *nextPiece);
    m_failures = 0;
    m_isFull = false;
    m_isOpen = true;
    m_retentionTimer.start(retentionPause);
    return {};
}

Result<void> StoreWriter::close()
{
    const auto committed = commit();
    m_commitTimer.stop();
    m_retentionTimer.stop();
    m_isOpen = false;
    m_database.reset();
    m_damage.reset();
    m_delivering.clear();
    return committed;
}

Result<StoreDatabase*> StoreWriter::database()
{
    if (!m_database)
        return notOpen();
    return m_database.get();
}

Error StoreWriter::notOpen() const
{
    return {ErrorCode::StoreFailed, QStringLiteral("the trace store is not open"), m_options.path};
}

Ledger StoreWriter::ledger() const
{
    Ledger ledger = m_committed;
    ledger += m_queue.batch().expectedChange();
    for (qint64 bytes : m_delivering)
        ledger.delivering += {1, bytes};
    ledger.pending -= ledger.delivering;
    return ledger;
}

Result<void> StoreWriter::commit()
{
    if (!m_isOpen)
        return notOpen();
    m_commitTimer.stop();
    if (m_damage) {
        if (const auto replaced = replaceDamaged(); !replaced)
            return failed(replaced.error());
    }
    if (m_queue.isEmpty())
        return {};
    const auto written = m_database->write(m_queue.batch());
    if (!written)
        return failed(written.error());
    applied(*written);
    return {};
}

void StoreWriter::commitInTime()
{
    // The timer cannot fire while the thread is busy with a long batch of large records.
    const bool isOverdue = m_commitTimer.isActive() && m_commitTimer.remainingTime() == 0;
    const bool isDue = isOverdue || m_queue.batch().traces.size() >= m_options.commitRows
        || m_queue.bytes() >= std::min(commitBytes, m_options.maxQueuedBytes / 4);
    // While commits fail only the timer tries again: not every append should wait for a broken disk.
    if (m_failures == 0 && isDue)
        (void)commit();
    else
        scheduleCommit();
}

void StoreWriter::scheduleCommit()
{
    if (m_isOpen && !m_commitTimer.isActive())
        m_commitTimer.start(m_options.commitInterval);
}

void StoreWriter::applied(const StoreBatchResult& result)
{
    if (m_failures > 0)
        qCInfo(logTelemetry, "the trace store can be written again");
    m_failures = 0;
    m_isFull = false;
    m_newBytes += m_queue.bytes();
    m_queue.clear();
    book(result.change);
    if (result.hasNewPending)
        Q_EMIT pendingCommitted();
    if (m_nextRetention.hasExpired() || m_newBytes > m_options.retention.maxBytes / 64)
        evict();
    else if (m_retentionTimer.remainingTimeAsDuration() > retentionInterval)
        m_retentionTimer.start(retentionInterval);
}

void StoreWriter::updateOldest()
{
    if (const auto oldest = m_database->oldestPending({}); oldest)
        m_committed.oldestPendingStartedAtUs = *oldest;
}

Result<void> StoreWriter::failed(const Error& error)
{
    if (m_failures == 0)
        qCWarning(logTelemetry, "%s; traces wait in memory and it is tried again", qPrintable(error.message));
    m_queue.forgetAttempts();
    m_isFull = error.message.contains(QLatin1String("disk is full")); // SQLITE_FULL, in SQLite's words
    if (m_database && m_database->isDamaged())
        m_damage = error;
    const auto delay = m_options.commitInterval * (1 << std::min(m_failures + 1, 10));
    ++m_failures;
    m_commitTimer.start(std::clamp(delay, std::chrono::milliseconds(1), longestRetryDelay));
    announce(); // nothing is written, but what waits and what is lost is known
    Q_EMIT storeFailed(error);
    return error;
}

const char* StoreWriter::reasonToDrop() const
{
    return m_isFull ? "store_full" : "store_error";
}

Error StoreWriter::noteReadFailure(const Error& error)
{
    if (m_database && m_database->isDamaged() && !m_damage) {
        m_damage = error;
        scheduleCommit();
    }
    return error;
}

/// What waits in memory goes to the new file, as far as it stands alone.
Result<void> StoreWriter::replaceDamaged()
{
    m_database.reset();
    auto replaced = replaceStore(m_options.path, m_committed, m_damage->message);
    Q_EMIT availabilityChanged(bool(replaced));
    if (!replaced)
        return replaced.error();
    const auto ledger = (*replaced)->readLedger();
    if (!ledger)
        return ledger.error();
    m_database = std::move(*replaced);
    m_committed = *ledger;
    m_damage.reset();
    m_queue.leaveDatabase(damagedReason);
    m_delivering.clear();
    announce();
    return {};
}

void StoreWriter::beginDelivering(qint64 row)
{
    if (!m_database || m_queue.settling().contains(row))
        return;
    if (const auto bytes = m_database->pendingBytes(row); bytes && *bytes)
        m_delivering.insert(row, **bytes);
}

/// Only when nothing is queued: what is there may refer to pieces that would be deleted, and settle rows.
void StoreWriter::evict()
{
    m_retentionTimer.start(idleRetentionInterval);
    m_nextRetention.setRemainingTime(retentionInterval);
    m_newBytes = 0;
    if (!m_database || m_damage || !m_queue.isEmpty())
        return;
    const qint64 nowUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    const auto step = m_database->evict(m_options.retention, inUse(), nowUs);
    if (!step) {
        if (const Error error = noteReadFailure(step.error()); !m_damage)
            qCWarning(logTelemetry, "%s; it is tried again", qPrintable(error.message));
        return;
    }
    m_queue.forgetPieces(step->deletedPieces);
    if (step->hasMore) {
        m_retentionTimer.start(retentionPause);
        m_nextRetention.setRemainingTime(std::chrono::milliseconds(0));
    }
    if (step->change != Ledger())
        book(step->change);
}

Result<RowEdit> StoreWriter::deleteRows(const QList<qint64>& rows)
{
    // What is queued may settle these rows, or refer to pieces that will be gone.
    if (const auto committed = commit(); !committed)
        return committed.error();
    Removal removal;
    auto edit = m_database->remove(rows, inUse(), &removal);
    if (!edit)
        return noteReadFailure(edit.error());
    m_queue.forgetPieces(removal.deletedPieces);
    if (!edit->changed.isEmpty())
        book(removal.change);
    if (m_retentionTimer.remainingTimeAsDuration() > retentionPause)
        m_retentionTimer.start(retentionPause); // it gives the space back
    return edit;
}

Result<RowEdit> StoreWriter::unreject(const QList<qint64>& rows)
{
    if (const auto committed = commit(); !committed)
        return committed.error();
    Ledger change;
    auto edit = m_database->unreject(rows, &change);
    if (!edit)
        return noteReadFailure(edit.error());
    if (!edit->changed.isEmpty()) {
        book(change);
        Q_EMIT pendingCommitted();
    }
    return edit;
}

/// A change that is in the database.
void StoreWriter::book(const Ledger& change)
{
    m_committed += change;
    updateOldest();
    announce();
}

QSet<qint64> StoreWriter::inUse() const
{
    const QList<qint64> rows = m_delivering.keys();
    return {rows.begin(), rows.end()};
}
