// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// MetricsService: the answer to GET /metrics. Lives on the telemetry thread, where calls end and are counted;
// owned by the Engine. The figures of the engine thread come with the question.

#include "live/apianswer.h"
#include "live/callmetrics.h"
#include "live/networkfigures.h"
#include "langfuse/langfusedelivery.h"
#include "store/ledger.h"

#include <QObject>

class TelemetryQueue;

class MetricsService final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MetricsService)

public:
    /// Both must outlive this.
    MetricsService(const TelemetryQueue* queue, const Clock* clock, QObject* parent = nullptr);
    ~MetricsService() override;

    void addCall(const TraceRecord& record) { m_calls.addCall(record); }
    void addLatency(const CallEnd& end) { m_calls.addLatency(end); }
    void setLedger(const Ledger& ledger) { m_ledger = ledger; }
    void setDelivery(const DeliveryStatus& status) { m_delivery = status; }

    /// answered() follows at once, with that number.
    void answer(quint64 number, const NetworkFigures& network);

Q_SIGNALS:
    void answered(quint64 number, const ApiAnswer& answer);

private:
    const TelemetryQueue* m_queue;
    const Clock* m_clock;
    CallMetrics m_calls;
    Ledger m_ledger;
    DeliveryStatus m_delivery;
};
