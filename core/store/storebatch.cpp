// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storebatch.h"

qsizetype StoredTrace::bytes() const
{
    qsizetype texts = 0;
    for (const QByteArray& text : {summary.id, summary.requestId, summary.provider, summary.method,
             summary.path, summary.name, summary.requestModel, summary.model, summary.errorCode,
             summary.session, summary.user, summary.finishReason})
        texts += text.size();
    for (const QByteArray& tag : summary.tags)
        texts += tag.size() + qsizetype(sizeof tag);
    return qsizetype(sizeof(StoredTrace)) + texts + search.bytes() + content.bytes()
        + content.pieces.size() * qsizetype(sizeof(qint64));
}

bool StoreBatch::isEmpty() const
{
    return traces.isEmpty() && settlements.isEmpty() && attempts.isEmpty() && dropped.isEmpty();
}

Ledger StoreBatch::expectedChange() const
{
    Ledger change;
    for (const StoredTrace& trace : traces)
        (trace.summary.state == DeliveryState::Pending ? change.pending : change.disabled) += trace.tally();
    change.droppedBy = dropped;
    change.captured = change.dropped();
    change.captured += change.pending;
    change.captured += change.disabled;
    return change;
}
