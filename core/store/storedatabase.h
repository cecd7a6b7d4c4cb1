// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreDatabase: the SQLite side of TraceStore: connection, prepared statements, one transaction a batch.
// Owned by TraceStore; lives and dies on the telemetry thread (a Qt SQL connection belongs to its thread).

#include "store/storebatch.h"

#include <QSet>

class StoreStatements;

class StoreDatabase final
{
    Q_DISABLE_COPY_MOVE(StoreDatabase)

public:
    /// Opens or creates `path` (or ":memory:"), brings it up to date. StoreFailed names the path.
    [[nodiscard]] static Result<std::unique_ptr<StoreDatabase>> open(const QString& path);
    ~StoreDatabase();

    /// All of it or nothing.
    [[nodiscard]] Result<StoreBatchResult> write(const StoreBatch& batch);

    /// The totals of everything committed.
    [[nodiscard]] Result<StoreCounts> readCounts();
    /// When the pending trace that waits longest started, microseconds since 1970; 0 when none waits.
    [[nodiscard]] Result<qint64> oldestPending(const QSet<qint64>& except);

    struct PendingContent
    {
        qint64 row = 0;
        int attempts = 0;
        QByteArray content; // packed; empty when it is missing
    };
    /// Pending rows after `afterRow` in row order, but for `except`: up to maxCount, and no more than one
    /// beyond maxBytes of content.
    [[nodiscard]] Result<QList<PendingContent>> readPending(
        qsizetype maxCount, qint64 afterRow, qsizetype maxBytes, const QSet<qint64>& except);
    /// Packed contents.
    [[nodiscard]] Result<QList<QByteArray>> readById(const QByteArray& id);
    [[nodiscard]] Result<QList<QByteArray>> readNewest(qsizetype maxCount);

private:
    explicit StoreDatabase(const QString& path);
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> run(const QString& statement);
    [[nodiscard]] Result<StoreBatchResult> writeRows(const StoreBatch& batch);
    [[nodiscard]] Result<void> writeTraces(const QList<StoredTrace>& traces, StoreBatchResult* result);
    [[nodiscard]] Result<void> writeSettlements(
        const QList<Settlement>& settlements, StoreBatchResult* result);
    [[nodiscard]] Result<void> writeLedger(const StoreBatch& batch, const StoreBatchResult& result);

    QString m_path;
    QString m_connectionName;
    std::unique_ptr<StoreStatements> m_statements;
};
