// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreRetention: keeps the store within its bounds, a few rows at a time. Owned by StoreDatabase, telemetry
// thread.
//
//   older than maxAge             delivered, disabled and rejected traces go (evicted_age)
//   database above maxBytes       oldest first: delivered and disabled ones; when there are none, rejected
//                                 ones; when there are none, pending ones, as a drop (evicted_bytes)
//
// A pending trace never goes for its age.

#include "base/result.h"
#include "store/ledger.h"

#include <QList>
#include <QSet>

#include <chrono>
#include <memory>

class StoreConnection;
class StoreStatements;

struct RetentionLimits
{
    qint64 maxBytes = qint64(1) << 30; // of the database file, its log left aside
    std::chrono::milliseconds maxAge = std::chrono::hours(7 * 24);
};

/// What one step has done.
struct RetentionStep
{
    Ledger change;
    QList<qint64> deletedPieces;
    bool hasMore = false; // there was more to do than one step does
};

class StoreRetention final
{
    Q_DISABLE_COPY_MOVE(StoreRetention)

public:
    /// Both must outlive this.
    StoreRetention(StoreConnection* connection, StoreStatements* statements);
    ~StoreRetention();

    /// Deletes what is due, up to some twenty milliseconds of it, and gives free pages back to the system.
    /// All of it or nothing; StoreFailed with SQLite's words. Pending rows `inUse` are left alone.
    [[nodiscard]] Result<RetentionStep> step(
        const RetentionLimits& limits, const QSet<qint64>& inUse, qint64 nowUs);

private:
    class Private;
    std::unique_ptr<Private> d;
};
