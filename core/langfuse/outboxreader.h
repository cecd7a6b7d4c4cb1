// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OutboxReader: pending traces of the store -> the next batch. Oldest first; while there is a backlog, a part
// of each batch is kept for what has come since the backlog was met, so that new traces are seen in Langfuse
// at once and the backlog still goes out in full batches. Owned by the DeliveryLoop, telemetry thread.

#include "langfuse/batchplanner.h"
#include "langfuse/pendingsource.h"

class OutboxReader final
{
public:
    /// Both must outlive this.
    OutboxReader(PendingSource* source, BatchPlanner* planner);

    /// The next batch; empty when nothing is pending. Every trace that was read before must have been marked,
    /// or it comes again. StoreFailed: nothing was taken.
    [[nodiscard]] Result<TraceBatch> read();
    /// The last batch did not hold all that was pending.
    [[nodiscard]] bool hasMore() const { return m_hasMore; }

private:
    /// Rows between `after` and `last` into the batch, until it is filled to that share.
    [[nodiscard]] Result<void> fill(qint64 after, qint64 last, double share);
    [[nodiscard]] Result<void> fillBoth();

    PendingSource* m_source;
    BatchPlanner* m_planner;
    qint64 m_backlogEnd = 0; // the newest row when the backlog was met; 0: there is none
    qint64 m_lastRow = 0; // the last that fill() has taken
    bool m_isExhausted = false; // fill() has found no further row
    bool m_isBacklogFirst = false; // large new traces took most of the last batch
    bool m_hasMore = false;
};
