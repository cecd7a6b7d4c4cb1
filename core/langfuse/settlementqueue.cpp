// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/settlementqueue.h"

SettlementQueue::SettlementQueue(PendingSource* source)
    : m_source(source)
{
}

void SettlementQueue::addDelivered(const QList<qint64>& rows)
{
    if (!rows.isEmpty())
        m_marks.append({.rows = rows});
}

void SettlementQueue::addRejected(qint64 row, const QByteArray& reason)
{
    m_marks.append({.rows = {row}, .isRejected = true, .reason = reason});
}

Result<void> SettlementQueue::settle()
{
    while (!m_marks.isEmpty()) {
        const Mark& mark = m_marks.first();
        Result<void> done = mark.isRejected ? m_source->markRejected(mark.rows.first(), mark.reason)
                                            : m_source->markDelivered(mark.rows);
        if (!done)
            return done;
        m_marks.removeFirst();
    }
    return {};
}
