// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TelemetryPipeline: takes segments from the queue and makes records of them. Lives on the telemetry thread;
// owned by the Engine. Works in drains: a wake-up is answered drainDelay later, so that busy times cost one
// drain for many calls.

#include "trace/recordbuilder.h"
#include "trace/responsesessions.h"
#include "trace/telemetryqueue.h"

#include <QBasicTimer>
#include <QObject>

#include <unordered_map>

class TelemetryPipeline final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TelemetryPipeline)

public:
    /// The queue must outlive this.
    TelemetryPipeline(
        TelemetryQueue* queue, qsizetype maxBodyBytes, RecordRules rules = {}, QObject* parent = nullptr);
    ~TelemetryPipeline() override;

    /// The queue has something.
    void wake();
    /// Takes everything that waits, now.
    void drain();
    /// At shutdown: makes records of the calls whose end never came.
    void finishAll();
    /// Somebody has begun to watch: callSeen() for each open call.
    void showOpenCalls();
    [[nodiscard]] qsizetype openCalls() const { return qsizetype(m_builders.size()); }

Q_SIGNALS:
    void recordFinished(const TraceRecord& record);
    /// While the queue is watched: an open call as far as it has come; the last time just before its record.
    void callSeen(const LiveCall& call);
    /// While the queue is watched: nothing more will be known of that call (see callsDropped()).
    void callLost(const QByteArray& id);
    /// A call has ended, before its record is finished.
    void callEnded(const CallEnd& end);
    /// Calls that were given up as a whole have ended: how many, the bytes of their bodies, the reason.
    void callsDropped(qint64 count, qint64 bytes, const QByteArray& reason);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    void take(const CaptureSegment& segment);
    void abandon(quint64 call);

    TelemetryQueue* m_queue;
    const qsizetype m_maxBodyBytes;
    const RecordRules m_rules;
    QBasicTimer m_timer;
    ResponseSessions m_sessions;
    std::unordered_map<quint64, RecordBuilder> m_builders; // by call number
};
