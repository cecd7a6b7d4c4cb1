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
constexpr qint64 sharePeriodNs = 250'000'000; // of a stream that is watched
constexpr std::chrono::milliseconds quietTime(100); // after which a watched stream pauses

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

void CallCapture::noteRequestComplete()
{
    m_requestCompleteNs = elapsedNs();
}

void CallCapture::noteRequestSent(bool wasConnected)
{
    if (m_isEnded || m_end.requestSentNs >= 0)
        return;
    m_end.requestSentNs = elapsedNs();
    if (wasConnected && m_requestCompleteNs >= 0)
        m_end.addedToRequestNs = m_end.requestSentNs - m_requestCompleteNs;
    share();
}

void CallCapture::setResponse(const ResponseHead& head)
{
    if (m_isEnded)
        return;
    m_headNs = elapsedNs();
    m_segment.response
        = CallResponse{head.status, head.reason, Redactor::redactHeaders(head.headers), m_headNs};
    share();
}

void CallCapture::noteHeadSent()
{
    if (!m_isEnded && m_headNs >= 0 && m_end.addedToResponseNs < 0)
        m_end.addedToResponseNs = elapsedNs() - m_headNs;
}

void CallCapture::addResponseBody(const QByteArray& bytes)
{
    if (m_isEnded)
        return;
    m_end.responseBytes += bytes.size();
    if (m_end.responseBytes - bytes.size() >= m_limits.responseBytes)
        return;
    const qint64 atNs = elapsedNs();
    m_segment.responseBody.append({bytes, atNs});
    m_segmentBytes += bytes.size();
    flushIfLarge();
    if (m_queue->isWatched() && atNs - m_sharedNs >= sharePeriodNs)
        share();
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

void CallCapture::share()
{
    const bool isEmpty = !m_segment.start && !m_segment.response && m_segmentBytes == 0;
    if (m_isEnded || isEmpty || !m_queue->isWatched())
        return;
    m_sharedNs = elapsedNs();
    handOver();
}

void CallCapture::shareIfPaused(std::chrono::nanoseconds now)
{
    if (m_segment.responseBody.isEmpty())
        return;
    const std::chrono::nanoseconds lastByteAt
        = m_startedAt + std::chrono::nanoseconds(m_segment.responseBody.constLast().atNs);
    if (now - lastByteAt >= quietTime)
        share();
}

void CallCapture::flushIfLarge()
{
    if (m_segmentBytes >= segmentBytes)
        handOver();
}

void CallCapture::handOver()
{
    CaptureSegment next;
    next.call = m_segment.call;
    m_queue->push(std::exchange(m_segment, std::move(next)));
    m_segmentBytes = 0;
}
