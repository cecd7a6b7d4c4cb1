// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LiveBus: makes the events of GET /api/events of what happens on the telemetry thread, where it lives; owned
// by the Engine. Does nothing while nobody watches. What comes within a tick goes on together.
//
//   TelemetryPipeline, TraceStore, LangfuseDelivery -> LiveBus -> EventFanout

#include "base/clock.h"
#include "langfuse/langfusedelivery.h"
#include "live/liveevent.h"
#include "store/ledger.h"
#include "trace/livecall.h"

#include <QBasicTimer>
#include <QHash>
#include <QObject>

class LiveBus final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LiveBus)

public:
    /// The clock must outlive this.
    explicit LiveBus(const Clock* clock, QObject* parent = nullptr);
    ~LiveBus() override;

    void setWatched(bool isWatched);

    void seeCall(const LiveCall& call);
    /// `isStored`: it stays in the history, in that state. Of one that does not, and that nobody has seen
    /// open, nothing is said.
    void endCall(const TraceRecord& record, bool isStored, DeliveryState state, const QByteArray& reason);
    /// Its end will not be known.
    void loseCall(const QByteArray& id);
    void noteDelivery(const QList<DeliveryChange>& changes);
    void setLedger(const Ledger& ledger);
    void setDelivery(const DeliveryStatus& status);
    /// Sends what there is, the ledger only when its time has come.
    void publish();

Q_SIGNALS:
    /// In order; never empty.
    void published(const QList<LiveEvent>& events);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    struct Seen // of an open call
    {
        bool hasHead = false;
        qint64 bytes = 0; // both ways
    };

    void add(LiveEvent event);
    void addCall(const char* type, const TraceRecord& facts, const QByteArray& json);
    void addProgress(const LiveCall& call);
    void wake();

    const Clock* m_clock;
    QHash<QByteArray, Seen> m_seen; // by record id
    QList<LiveEvent> m_events;
    QList<DeliveryChange> m_changes;
    Ledger m_ledger;
    DeliveryStatus m_delivery;
    std::chrono::nanoseconds m_ledgerSentAt{0};
    QBasicTimer m_tick;
    bool m_isLedgerNew = false;
    bool m_isWatched = false;
};
