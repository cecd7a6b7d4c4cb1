// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/telemetrypipeline.h"

#include <QTimerEvent>

namespace {

constexpr int drainDelayMs = 20;

}

TelemetryPipeline::TelemetryPipeline(
    TelemetryQueue* queue, qsizetype maxBodyBytes, RecordRules rules, QObject* parent)
    : QObject(parent)
    , m_queue(queue)
    , m_maxBodyBytes(maxBodyBytes)
    , m_rules(std::move(rules))
{
}

TelemetryPipeline::~TelemetryPipeline()
{
    m_queue->setWakeUp({}); // nothing is posted to this any more
}

void TelemetryPipeline::wake()
{
    if (!m_timer.isActive())
        m_timer.start(drainDelayMs, this);
}

void TelemetryPipeline::timerEvent(QTimerEvent* event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    drain();
}

void TelemetryPipeline::drain()
{
    const TelemetryQueue::Batch batch = m_queue->takeAll();
    for (const CaptureSegment& segment : batch.segments)
        take(segment);
    for (quint64 call : batch.abandonedCalls)
        abandon(call);
    if (batch.droppedCalls > 0)
        Q_EMIT callsDropped(batch.droppedCalls, batch.droppedBytes, "queue_full");
}

void TelemetryPipeline::abandon(quint64 call)
{
    const auto builder = m_builders.find(call);
    if (builder == m_builders.end())
        return;
    if (m_queue->isWatched())
        Q_EMIT callLost(builder->second.live().facts.id);
    m_builders.erase(builder);
}

void TelemetryPipeline::take(const CaptureSegment& segment)
{
    auto builder = m_builders.find(segment.call);
    if (builder == m_builders.end()) {
        if (!segment.start)
            return; // the rest of a call that was dropped
        builder = m_builders.try_emplace(segment.call, m_maxBodyBytes, &m_sessions, &m_rules).first;
    }
    builder->second.add(segment);
    if (m_queue->isWatched())
        Q_EMIT callSeen(builder->second.live());
    if (!builder->second.isEnded())
        return;
    Q_EMIT callEnded(*segment.end);
    const TraceRecord record = builder->second.finish();
    m_builders.erase(builder);
    Q_EMIT recordFinished(record);
}

void TelemetryPipeline::showOpenCalls()
{
    for (auto& [call, builder] : m_builders)
        Q_EMIT callSeen(builder.live());
}

void TelemetryPipeline::finishAll()
{
    auto builders = std::exchange(m_builders, {});
    for (auto& [call, builder] : builders)
        Q_EMIT recordFinished(builder.finish());
}
