// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreWriter: brings what is queued into the database: commits in time, tries again what failed, replaces a
// file that turns out to be damaged, lets retention do its steps, and keeps the ledger. Owned by TraceStore;
// telemetry thread.

#include "store/storedatabase.h"
#include "store/storequeue.h"
#include "store/tracestore.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

class StoreWriter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoreWriter)

public:
    StoreWriter();

    [[nodiscard]] Result<void> open(const TraceStore::Options& options);
    /// Commits what is queued. Why not, when it could not be; then it is lost.
    [[nodiscard]] Result<void> close();
    [[nodiscard]] bool isOpen() const { return m_isOpen; }

    [[nodiscard]] StoreQueue& queue() { return m_queue; }
    /// StoreFailed when there is none: not open, or a damaged one cannot be replaced yet.
    [[nodiscard]] Result<StoreDatabase*> database();
    [[nodiscard]] Error notOpen() const;

    /// Commits what is queued now.
    [[nodiscard]] Result<void> commit();
    /// Commits soon; now when much is queued.
    void commitInTime();
    void scheduleCommit();
    /// To be told of every read that failed: the file may be damaged. Gives the error back.
    [[nodiscard]] Error noteReadFailure(const Error& error);
    /// Why a trace has to be dropped now, when it has.
    [[nodiscard]] const char* reasonToDrop() const;

    /// As TraceStore::deleteTraces() and retryRejected().
    [[nodiscard]] Result<RowEdit> deleteRows(const QList<qint64>& rows);
    [[nodiscard]] Result<RowEdit> unreject(const QList<qint64>& rows);

    void beginDelivering(qint64 row);
    void endDelivering(qint64 row) { m_delivering.remove(row); }
    void announce() { Q_EMIT ledgerChanged(ledger()); }
    [[nodiscard]] Ledger ledger() const;

Q_SIGNALS:
    void pendingCommitted();
    void ledgerChanged(const Ledger& ledger);
    void availabilityChanged(bool isAvailable);
    void storeFailed(const Error& error);

private:
    void applied(const StoreBatchResult& result);
    [[nodiscard]] Result<void> failed(const Error& error);
    [[nodiscard]] Result<void> replaceDamaged();
    void evict();
    void book(const Ledger& change);
    [[nodiscard]] QSet<qint64> inUse() const;
    void updateOldest();

    TraceStore::Options m_options;
    bool m_isOpen = false;
    std::unique_ptr<StoreDatabase> m_database; // none while a damaged one cannot be replaced
    std::optional<Error> m_damage; // the file must be replaced
    QTimer m_commitTimer;
    QTimer m_retentionTimer; // for when there are no commits
    QDeadlineTimer m_nextRetention; // not before, unless much is written
    qint64 m_newBytes = 0; // written since the last
    StoreQueue m_queue;
    QHash<qint64, qint64> m_delivering; // the bytes of each row
    Ledger m_committed;
    int m_failures = 0; // commits that failed in a row
    bool m_isFull = false; // the last one because there is no room
};
