// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storebatch.h"

qsizetype StoredTrace::bytes() const
{
    return qsizetype(sizeof(StoredTrace)) + id.size() + provider.size() + model.size() + errorCode.size()
        + session.size() + user.size() + content.bytes() + content.pieces.size() * qsizetype(sizeof(qint64));
}

bool StoreBatch::isEmpty() const
{
    return traces.isEmpty() && settlements.isEmpty() && attempts.isEmpty() && dropped.isEmpty();
}

Ledger StoreBatch::expectedChange() const
{
    Ledger change;
    for (const StoredTrace& trace : traces)
        (trace.state == DeliveryState::Pending ? change.pending : change.disabled) += trace.tally();
    change.droppedBy = dropped;
    change.captured = change.dropped();
    change.captured += change.pending;
    change.captured += change.disabled;
    return change;
}
