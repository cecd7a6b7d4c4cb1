// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PendingSource: the few things the DeliveryLoop needs of the store. LangfuseDelivery adapts the TraceStore
// to it; tests of the loop bring a list. Telemetry thread; every call is short.

#include "store/tracestore.h"

class PendingSource
{
public:
    virtual ~PendingSource() = default;
    /// As TraceStore::pending().
    [[nodiscard]] virtual Result<QList<PendingTrace>> pending(qsizetype maxCount, qint64 afterRow) = 0;
    /// As TraceStore::stillPending().
    [[nodiscard]] virtual Result<QSet<qint64>> stillPending(const QList<qint64>& rows) = 0;
    /// As TraceStore::setDelivering().
    virtual void setDelivering(const QList<qint64>& rows, bool isDelivering) = 0;
    /// As TraceStore::newestRow().
    [[nodiscard]] virtual Result<qint64> newestRow() = 0;
    /// How many wait, those not committed yet included.
    [[nodiscard]] virtual qint64 pendingCount() const = 0;
    [[nodiscard]] virtual Result<void> markDelivered(const QList<qint64>& rows) = 0;
    [[nodiscard]] virtual Result<void> markRejected(qint64 row, const QByteArray& reason) = 0;
    [[nodiscard]] virtual Result<void> noteAttempt(const QList<qint64>& rows, const QByteArray& lastError)
        = 0;
};
