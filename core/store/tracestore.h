// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TraceStore: history and outbox in one SQLite database (WAL, 0600). One row a trace with its delivery state.
// Lives on the telemetry thread; owned by the Engine. Every call is synchronous and short; writes are
// batched: append() queues, and a commit follows within commitInterval or after commitRows rows.

#include "base/result.h"
#include "store/deliverystate.h"
#include "store/ledger.h"
#include "store/rowedit.h"
#include "store/storereader.h"
#include "store/storeretention.h"
#include "trace/tracerecord.h"

#include <QObject>
#include <QSet>
#include <QString>

#include <chrono>
#include <memory>

/// A pending trace with its row number, oldest first.
struct PendingTrace
{
    qint64 row = 0;
    TraceRecord record;
    int attempts = 0;
};

class TraceStore final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TraceStore)

public:
    struct Options
    {
        QString path; // a file, or ":memory:"
        std::chrono::milliseconds commitInterval{20};
        qsizetype commitRows = 256;
        qsizetype maxQueuedBytes = 64 << 20; // kept in memory while the database cannot be written
        RetentionLimits retention;
    };

    explicit TraceStore(QObject* parent = nullptr);
    ~TraceStore() override;

    /// Creates the file and its folders (0600, 0700) or opens it and brings its schema up to date. A damaged
    /// store is set aside and a new one begun. StoreFailed names the path and the system's words, also when
    /// another process has the store open. Rows that were pending stay pending.
    [[nodiscard]] Result<void> open(const Options& options);
    /// Commits what is queued and closes.
    void close();

    /// Queues a record for the next commit with that state. A failed commit is retried; see storeFailed().
    /// What does not fit into maxQueuedBytes meanwhile is counted as dropped (`store_full` when the disk is,
    /// else `store_error`). `reason`: why a disabled one is not for delivery, when not for want of a
    /// Langfuse.
    void append(const TraceRecord& record, DeliveryState state, const QByteArray& reason = {});
    /// Commits what is queued now.
    [[nodiscard]] Result<void> flush();

    /// Up to `maxCount` pending traces, oldest first, after row `afterRow` (0: from the beginning). Committed
    /// ones only. Fewer than maxCount when they are large: only an empty list means that there are no more. A
    /// row that cannot be read is rejected and left out.
    [[nodiscard]] Result<QList<PendingTrace>> pending(qsizetype maxCount, qint64 afterRow = 0);
    /// Those of these rows that are pending: one that was read may have been deleted since, by a user or for
    /// room.
    [[nodiscard]] Result<QSet<qint64>> stillPending(const QList<qint64>& rows);
    /// The row committed last, whatever became of it; 0: there is none.
    [[nodiscard]] Result<qint64> newestRow();
    /// These rows are on their way in a request whose answer is awaited, or no longer. Counts only, and in
    /// memory only: after a crash they are pending. A mark or an attempt ends it too.
    void setDelivering(const QList<qint64>& rows, bool isDelivering);
    /// Marks take effect at once: pending() does not give the row again even if the database cannot be
    /// written now, and the mark is written with the next commit that works. Rows that are not pending are
    /// left alone.
    [[nodiscard]] Result<void> markDelivered(const QList<qint64>& rows);
    /// `reason` is counted by its first word: `rejected_400: <Langfuse's message>`.
    [[nodiscard]] Result<void> markRejected(qint64 row, const QByteArray& reason);
    /// One more attempt without success; forgotten when it cannot be written.
    [[nodiscard]] Result<void> noteAttempt(const QList<qint64>& rows, const QByteArray& lastError);
    /// Counts calls that were captured and given up, with the reason as one word; survives restarts.
    void noteDropped(const Tally& tally, const QByteArray& reason);

    /// Deletes these traces, whatever became of them, and what only they have stored. A pending one counts as
    /// dropped (`deleted`), of any other the ledger notes that its row is gone (`evictedBy`). What is queued
    /// is committed first. Works for some 20 ms: to delete more, call again from the event loop with the
    /// rest.
    [[nodiscard]] Result<RowEdit> deleteTraces(const QList<qint64>& rows);
    /// Those of these traces that are rejected wait for delivery again, their attempts forgotten. Some 20 ms,
    /// as above.
    [[nodiscard]] Result<RowEdit> retryRejected(const QList<qint64>& rows);
    /// The rows of the committed traces with these ids; what is not there is left out.
    [[nodiscard]] Result<QList<qint64>> rowsOf(const QList<QByteArray>& ids);

    /// What became of every trace, over the life of the store, what is queued included.
    [[nodiscard]] Ledger ledger() const;
    /// One record by its id, for viewers and tests. Empty optional: not there.
    [[nodiscard]] Result<std::optional<TraceRecord>> record(const QByteArray& id);
    /// Questions over the store's own connection, until the next change of the store: for a store in memory,
    /// which has no other.
    [[nodiscard]] Result<std::unique_ptr<StoreReader>> reader();
    /// The newest records first.
    [[nodiscard]] Result<QList<TraceRecord>> newest(qsizetype maxCount);

Q_SIGNALS:
    /// New pending rows have been committed, or rejected ones are pending again.
    void pendingCommitted();
    /// At most once a commit, mark or change of what is being delivered.
    void ledgerChanged(const Ledger& ledger);
    /// The database could not be opened again after damage, or is open again.
    void availabilityChanged(bool isAvailable);
    /// A commit failed; the records are kept in memory and tried again.
    void storeFailed(const Error& error);

private:
    class Private;
    std::unique_ptr<Private> d;
};
