// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BatchStack: batches that were read and not settled yet; the next to send is on top. Owned by the
// DeliveryLoop, telemetry thread.

#include "langfuse/batchplanner.h"
#include "langfuse/pendingsource.h"

class BatchStack final
{
public:
    [[nodiscard]] bool isEmpty() const { return m_batches.isEmpty(); }
    [[nodiscard]] TraceBatch& top() { return m_batches.last(); }
    [[nodiscard]] TraceBatch take() { return m_batches.takeLast(); }
    void push(const TraceBatch& batch) { m_batches.append(batch); }
    void clear() { m_batches.clear(); }
    /// Forgets traces of the batch on top that are not pending any more, and goes on to the next when nothing
    /// is left of it. StoreFailed: nothing was forgotten.
    [[nodiscard]] Result<void> forgetDeleted(PendingSource* source);

    /// As two batches: to find the trace that is refused, or to be smaller.
    void pushHalves(const TraceBatch& batch);
    /// As its smallest trace, to find out when the server accepts again, and the rest behind it.
    void pushWithScout(TraceBatch batch);

private:
    QList<TraceBatch> m_batches;
};
