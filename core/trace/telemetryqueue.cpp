// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/telemetryqueue.h"

#include <QMutexLocker>

namespace {

qint64 bytesOf(const HeaderList& headers)
{
    qint64 bytes = 0;
    for (const Header& header : headers)
        bytes += header.name.size() + header.value.size();
    return bytes;
}

qint64 bodyBytesOf(const CaptureSegment& segment)
{
    qint64 bytes = 0;
    for (const QByteArray& chunk : segment.requestBody)
        bytes += chunk.size();
    for (const TimedChunk& chunk : segment.responseBody)
        bytes += chunk.bytes.size();
    return bytes;
}

qint64 bytesOf(const CaptureSegment& segment)
{
    qint64 bytes = qint64(sizeof(CaptureSegment)) + bodyBytesOf(segment);
    if (segment.start)
        bytes += bytesOf(segment.start->requestHeaders) + segment.start->target.size();
    if (segment.response)
        bytes += bytesOf(segment.response->headers);
    return bytes;
}

QList<QByteArray> frontOf(const QList<QByteArray>& chunks, qint64 bytes)
{
    QList<QByteArray> front;
    for (const QByteArray& chunk : chunks) {
        if (bytes <= 0)
            break;
        // A copy for the same reason as below.
        front.append(chunk.size() <= bytes ? chunk : QByteArray(chunk.constData(), bytes));
        bytes -= chunk.size();
    }
    return front;
}

} // namespace

TelemetryQueue::TelemetryQueue()
    : TelemetryQueue(Limits())
{
}

TelemetryQueue::TelemetryQueue(const Limits& limits)
    : m_limits(limits)
{
}

TelemetryQueue::~TelemetryQueue() = default;

void TelemetryQueue::setWakeUp(std::function<void()> wakeUp)
{
    const QMutexLocker lock(&m_mutex);
    m_wakeUp = std::move(wakeUp);
    if (m_wakeUp && !m_batch.isEmpty())
        m_wakeUp();
}

void TelemetryQueue::push(CaptureSegment segment)
{
    const QMutexLocker lock(&m_mutex);
    const bool wasEmpty = m_batch.isEmpty();
    if (m_batch.segments.size() >= m_limits.maxSegments || m_ignoredCalls.contains(segment.call)) {
        drop(segment);
    } else {
        if (m_bytes + bodyBytesOf(segment) > m_limits.maxBytes)
            shedBodies(&segment);
        m_bytes += bytesOf(segment);
        m_batch.segments.append(std::move(segment));
    }
    if (wasEmpty && m_wakeUp && !m_batch.isEmpty())
        m_wakeUp();
}

TelemetryQueue::Batch TelemetryQueue::takeAll()
{
    const QMutexLocker lock(&m_mutex);
    m_bytes = 0;
    return std::exchange(m_batch, {});
}

qint64 TelemetryQueue::bytes() const
{
    const QMutexLocker lock(&m_mutex);
    return m_bytes;
}

/// The call is counted when it ends, because only then its bytes are known.
void TelemetryQueue::drop(const CaptureSegment& segment)
{
    const bool isFirst = !m_ignoredCalls.contains(segment.call);
    if (isFirst && !segment.start)
        m_batch.abandonedCalls.append(segment.call);
    if (!segment.end) {
        m_ignoredCalls.insert(segment.call);
        return;
    }
    m_ignoredCalls.remove(segment.call);
    ++m_batch.droppedCalls;
    m_batch.droppedBytes += segment.end->requestBytes + segment.end->responseBytes;
}

void TelemetryQueue::shedBodies(CaptureSegment* segment) const
{
    const qint64 before = bodyBytesOf(*segment);
    QList<TimedChunk> tail;
    qint64 kept = 0;
    const bool hasRoom = m_bytes < m_limits.maxBytes + m_limits.maxBytes / 4;
    while (segment->end && hasRoom && !segment->responseBody.isEmpty()) {
        TimedChunk chunk = segment->responseBody.takeLast();
        // A copy: the front of a chunk that is cut must not stay in memory behind it.
        if (kept + chunk.bytes.size() > m_limits.keptBytes)
            chunk.bytes
                = QByteArray(chunk.bytes.constEnd() - (m_limits.keptBytes - kept), m_limits.keptBytes - kept);
        kept += chunk.bytes.size();
        if (!chunk.bytes.isEmpty())
            tail.prepend(std::move(chunk));
        if (kept >= m_limits.keptBytes)
            break;
    }
    const bool keepsFront = segment->start && m_bytes < m_limits.maxBytes + m_limits.maxBytes / 8;
    segment->requestBody
        = keepsFront ? frontOf(segment->requestBody, m_limits.keptBytes) : QList<QByteArray>();
    segment->responseBody = std::move(tail);
    segment->bodiesDropped = segment->bodiesDropped || bodyBytesOf(*segment) < before;
}
