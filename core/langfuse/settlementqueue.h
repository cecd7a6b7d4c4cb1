// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SettlementQueue: what became of traces, on its way into the store. As long as the store does not take a
// mark, its rows would be read as pending again: nothing may be read before settle() has worked. Owned by the
// DeliveryLoop, telemetry thread.

#include "langfuse/pendingsource.h"

class SettlementQueue final
{
public:
    /// The source must outlive this.
    explicit SettlementQueue(PendingSource* source);

    void addDelivered(const QList<qint64>& rows);
    void addRejected(qint64 row, const QByteArray& reason);

    /// Tells the source everything that waits. On a failure the rest waits on.
    [[nodiscard]] Result<void> settle();

private:
    struct Mark
    {
        QList<qint64> rows;
        bool isRejected = false;
        QByteArray reason = {};
    };

    PendingSource* m_source;
    QList<Mark> m_marks;
};
