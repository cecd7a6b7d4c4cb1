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

#include "store/traceremover.h"

#include <QSet>

#include <chrono>
#include <memory>

struct RetentionLimits
{
    qint64 maxBytes = qint64(1) << 30; // of the database file, its log left aside
    std::chrono::milliseconds maxAge = std::chrono::hours(7 * 24);
};

class StoreRetention final
{
    Q_DISABLE_COPY_MOVE(StoreRetention)

public:
    /// All must outlive this.
    StoreRetention(StoreConnection* connection, StoreStatements* statements, TraceRemover* remover);
    ~StoreRetention();

    /// Deletes what is due, up to some twenty milliseconds of it, and gives free pages back to the system.
    /// All of it or nothing; StoreFailed with SQLite's words. Pending rows `inUse` are left alone.
    [[nodiscard]] Result<Removal> step(
        const RetentionLimits& limits, const QSet<qint64>& inUse, qint64 nowUs);

private:
    class Private;
    std::unique_ptr<Private> d;
};
