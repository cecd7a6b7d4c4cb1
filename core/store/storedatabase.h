// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreDatabase: the rows of the store: one transaction a batch, and what is read. Made by openStore(), owned
// by TraceStore; lives and dies on the telemetry thread.

#include "store/rowedit.h"
#include "store/storebatch.h"
#include "store/storeretention.h"

#include <QSet>
#include <initializer_list>
#include <memory>
#include <optional>

class QSqlQuery;
class QVariant;
class RowEditor;
class SearchIndex;
class StoreConnection;
class StoreLock;
class StoreStatements;

class StoreDatabase final
{
    Q_DISABLE_COPY_MOVE(StoreDatabase)

public:
    /// The connection is open and its schema up to date; the lock is held as long as this lives.
    StoreDatabase(std::unique_ptr<StoreLock> lock, std::unique_ptr<StoreConnection> connection);
    ~StoreDatabase();
    /// To be called first. StoreFailed with SQLite's words.
    [[nodiscard]] Result<void> prepare();

    /// In a new file, begins with what was counted in a damaged one; what was pending there is dropped.
    [[nodiscard]] Result<void> carryOver(const Ledger& known);
    /// All of it or nothing.
    [[nodiscard]] Result<StoreBatchResult> write(const StoreBatch& batch);
    /// Of Qt SQL, for readers on this thread.
    [[nodiscard]] QString connectionName() const;
    /// SQLite has found the file damaged since it was opened.
    [[nodiscard]] bool isDamaged() const;

    /// The totals of everything committed, as ledgertable.h says.
    [[nodiscard]] Result<Ledger> readLedger();
    /// When the pending trace that waits longest started, microseconds since 1970; 0 when none waits.
    [[nodiscard]] Result<qint64> oldestPending(const QSet<qint64>& except);
    /// The bytes captured of a row; nothing when it is not pending.
    [[nodiscard]] Result<std::optional<qint64>> pendingBytes(qint64 row);

    /// The first number above those of all pieces.
    [[nodiscard]] Result<qint64> nextPiece();
    /// One step of retention, as StoreRetention::step().
    [[nodiscard]] Result<Removal> evict(
        const RetentionLimits& limits, const QSet<qint64>& inUse, qint64 nowUs);
    /// As TraceStore::deleteTraces(); rows `inUse` are spared.
    [[nodiscard]] Result<RowEdit> remove(
        const QList<qint64>& rows, const QSet<qint64>& inUse, Removal* removal);
    /// As TraceStore::retryRejected().
    [[nodiscard]] Result<RowEdit> unreject(const QList<qint64>& rows, Ledger* change);
    /// As TraceStore::rowsOf().
    [[nodiscard]] Result<QList<qint64>> rowsOf(const QList<QByteArray>& ids);
    /// The row inserted last; 0: the table is empty.
    [[nodiscard]] Result<qint64> newestRow();

    struct PendingContent
    {
        qint64 row = 0;
        int attempts = 0;
        Result<QByteArray> content; // or why it cannot be read
    };
    /// Pending rows after `afterRow` in row order, but for `except`: up to maxCount, and no more than one
    /// beyond maxBytes of content.
    [[nodiscard]] Result<QList<PendingContent>> readPending(
        qsizetype maxCount, qint64 afterRow, qsizetype maxBytes, const QSet<qint64>& except);
    /// Contents.
    [[nodiscard]] Result<QList<QByteArray>> readById(const QByteArray& id);
    [[nodiscard]] Result<QList<QByteArray>> readNewest(qsizetype maxCount);

private:
    [[nodiscard]] Error readFailure(const QSqlQuery& query);
    [[nodiscard]] Result<void> writeTraces(const QList<StoredTrace>& traces, StoreBatchResult* result);
    [[nodiscard]] Result<void> writeSettlements(
        const QList<Settlement>& settlements, StoreBatchResult* result);
    [[nodiscard]] Result<void> writeDelivered(const QVariant& jsonRows, StoreBatchResult* result);
    [[nodiscard]] Result<void> writeRejection(const Settlement& settlement, StoreBatchResult* result);
    [[nodiscard]] Result<void> writeContent(const QVariant& row, const PackedContent& content);
    [[nodiscard]] Result<QByteArray> unpack(const QByteArray& data);
    [[nodiscard]] Result<QList<QByteArray>> readContents(
        QSqlQuery* query, std::initializer_list<QVariant> values);

    std::unique_ptr<StoreLock> m_lock; // none for ":memory:"
    std::unique_ptr<StoreConnection> m_connection;
    std::unique_ptr<StoreStatements> m_statements;
    std::unique_ptr<SearchIndex> m_index;
    std::unique_ptr<TraceRemover> m_remover;
    std::unique_ptr<StoreRetention> m_retention;
    std::unique_ptr<RowEditor> m_editor;
    QString m_path;
    std::optional<Error> m_readError; // a piece could not be read now, which says nothing about its trace
};
