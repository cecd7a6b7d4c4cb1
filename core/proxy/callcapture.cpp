// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/callcapture.h"

#include "base/clock.h"
#include "base/messagehead.h"
#include "trace/redactor.h"
#include "trace/telemetryqueue.h"

#include <atomic>

namespace {

constexpr qint64 segmentBytes = 16 * 1024;

} // namespace

quint64 nextCallNumber()
{
    static std::atomic<quint64> last{0};
    return ++last;
}

CallCapture::CallCapture(TelemetryQueue* queue, const Clock* clock, const Limits& limits, CallStart start)
    : m_queue(queue)
    , m_clock(clock)
    , m_limits(limits)
    , m_startedAt(clock->monotonic())
{
    m_segment.call = nextCallNumber();
    start.startedAtUs = clock->wall().count();
    m_segment.start = std::move(start);
}

void CallCapture::addRequestBody(const QByteArray& bytes)
{
    if (m_isEnded)
        return;
    m_end.requestBytes += bytes.size();
    if (m_end.requestBytes > m_limits.requestBytes)
        return;
    m_segment.requestBody.append(bytes);
    m_segmentBytes += bytes.size();
    flushIfLarge();
}

void CallCapture::noteRequestSent()
{
    m_end.requestSentNs = elapsedNs();
}

void CallCapture::setResponse(const ResponseHead& head)
{
    if (m_isEnded)
        return;
    m_segment.response
        = CallResponse{head.status, head.reason, Redactor::redactHeaders(head.headers), elapsedNs()};
}

void CallCapture::addResponseBody(const QByteArray& bytes)
{
    if (m_isEnded)
        return;
    m_end.responseBytes += bytes.size();
    if (m_end.responseBytes - bytes.size() >= m_limits.responseBytes)
        return;
    m_segment.responseBody.append({bytes, elapsedNs()});
    m_segmentBytes += bytes.size();
    flushIfLarge();
}

void CallCapture::end(CallOutcome outcome, const Error& error)
{
    if (std::exchange(m_isEnded, true))
        return;
    m_end.outcome = outcome;
    m_end.error = error;
    m_end.atNs = elapsedNs();
    m_segment.end = m_end;
    m_queue->push(std::move(m_segment));
}

qint64 CallCapture::elapsedNs() const
{
    return (m_clock->monotonic() - m_startedAt).count();
}

void CallCapture::flushIfLarge()
{
    if (m_segmentBytes < segmentBytes)
        return;
    CaptureSegment next;
    next.call = m_segment.call;
    m_queue->push(std::exchange(m_segment, std::move(next)));
    m_segmentBytes = 0;
}
