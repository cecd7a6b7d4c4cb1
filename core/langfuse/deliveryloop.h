// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryLoop: pending traces -> batches -> Langfuse -> marks, one request at a time. What failed is sent
// again as the same bytes; what is refused is halved until the one trace to blame is alone. Owned by
// LangfuseDelivery, telemetry thread.

#include "base/clock.h"
#include "langfuse/batchplanner.h"
#include "langfuse/langfuseclient.h"
#include "langfuse/langfusedelivery.h"
#include "langfuse/pendingsource.h"
#include "langfuse/retrypolicy.h"

#include <QObject>
#include <QTimer>

class DeliveryLoop final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryLoop)

public:
    /// `source` and `clock` must outlive this. `version` is the program's.
    DeliveryLoop(const LangfuseOptions& options, const QByteArray& version, RetryPolicy policy,
        PendingSource* source, const Clock* clock, QObject* parent = nullptr);
    ~DeliveryLoop() override;

    void start();
    void flush();
    /// There is something new in the source.
    void noticePending();
    [[nodiscard]] const DeliveryStatus& status() const { return m_status; }

Q_SIGNALS:
    void flushed();
    void statusChanged(const DeliveryStatus& status);

private:
    // A mark that the source has not taken yet: as long as it stands, its rows would come again as pending.
    struct Mark
    {
        QList<qint64> rows;
        bool isRejected = false;
        QByteArray reason = {};
    };

    void wakeIn(std::chrono::milliseconds delay);
    void step();
    [[nodiscard]] bool settleMarks();
    [[nodiscard]] Result<void> loadBatch();
    void send();
    void takeAnswer(const DeliveryAnswer& answer);
    void takeDelivered(const TraceBatch& batch);
    void takeFailure(const TraceBatch& batch, const DeliveryDecision& decision);
    void split(const TraceBatch& batch, const DeliveryDecision& decision);
    void shrink(const BatchItem& item);
    void reject(const BatchItem& item, const QByteArray& reason);
    void noteStoreError(const Error& error);
    void pause(DeliveryStatus status, std::chrono::milliseconds delay);
    void setStatus(const DeliveryStatus& status);
    void endFlush();

    LangfuseOptions m_options;
    QByteArray m_version;
    RetryPolicy m_policy;
    BatchPlanner m_planner;
    PendingSource* m_source;
    const Clock* m_clock;
    LangfuseClient m_client;
    QTimer m_timer;
    QList<TraceBatch> m_work; // the next to send is the last
    QList<Mark> m_marks;
    DeliveryStatus m_status;
    int m_rejectedInARow = 0;
    bool m_isStarted = false;
    bool m_isSending = false;
    bool m_isFlushing = false;
    bool m_hasMore = false; // the source had more than the last batch took
    bool m_hasNews = false; // noticePending() since the last load
};
