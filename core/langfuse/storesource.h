// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreSource: the TraceStore as the DeliveryLoop's PendingSource, which tells what became of each trace.
// Telemetry thread; owned by LangfuseDelivery.

#include "langfuse/langfusedelivery.h"
#include "langfuse/pendingsource.h"

#include <QHash>
#include <QObject>

class StoreSource final : public QObject, public PendingSource
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoreSource)

public:
    explicit StoreSource(TraceStore* store);
    ~StoreSource() override;

    [[nodiscard]] Result<QList<PendingTrace>> pending(qsizetype maxCount, qint64 afterRow) override;
    [[nodiscard]] Result<QSet<qint64>> stillPending(const QList<qint64>& rows) override;
    void setDelivering(const QList<qint64>& rows, bool isDelivering) override;
    [[nodiscard]] Result<qint64> newestRow() override;
    [[nodiscard]] qint64 pendingCount() const override;
    [[nodiscard]] Result<void> markDelivered(const QList<qint64>& rows) override;
    [[nodiscard]] Result<void> markRejected(qint64 row, const QByteArray& reason) override;
    [[nodiscard]] Result<void> noteAttempt(const QList<qint64>& rows, const QByteArray& lastError) override;

Q_SIGNALS:
    void changed(const QList<DeliveryChange>& changes);

private:
    struct Loaded
    {
        QByteArray id;
        int attempts = 0;
    };

    TraceStore* m_store;
    QHash<qint64, Loaded> m_loaded; // by row: given to the loop and not settled
};
