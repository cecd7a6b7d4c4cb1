// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallCapture: the tee of one call. Collects what passes, stamps it with its time, and hands it to the
// telemetry queue in segments: a small call is one segment at its end, a long stream one for every few
// kilobytes, so that an open call holds little memory. While somebody watches (TelemetryQueue::isWatched())
// segments go earlier: with the request, with the response head, every 250 ms of a stream, and when it
// pauses. Lives on the engine thread, owned by the Exchange. Never waits.

#include "trace/capture.h"

#include <chrono>

class Clock;
struct ResponseHead;
class TelemetryQueue;

/// The number of a call, unique in the process; any thread.
[[nodiscard]] quint64 nextCallNumber();

class CallCapture final
{
public:
    struct Limits
    {
        qint64 requestBytes = 0; // copies of the body beyond these are not taken, only counted
        qint64 responseBytes = 0;
    };

    CallCapture(TelemetryQueue* queue, const Clock* clock, const Limits& limits, CallStart start);

    void addRequestBody(const QByteArray& bytes);
    /// The last byte of the request has come from the consumer.
    void noteRequestComplete();
    /// The last byte of the request has gone to the kernel; only the first call counts. `wasConnected`: over
    /// a connection that an earlier call had opened.
    void noteRequestSent(bool wasConnected);
    void setResponse(const ResponseHead& head);
    /// The response head has been sent on; only the first call counts.
    void noteHeadSent();
    void addResponseBody(const QByteArray& bytes);
    /// Hands over the last segment; later calls of any function are ignored.
    void end(CallOutcome outcome, const Error& error = {});
    [[nodiscard]] bool isEnded() const { return m_isEnded; }
    /// Hands over what there is when somebody watches.
    void share();
    /// The same when no byte of the answer has come for 100 ms. `now`: of the clock.
    void shareIfPaused(std::chrono::nanoseconds now);

private:
    [[nodiscard]] qint64 elapsedNs() const;
    void handOver();
    void flushIfLarge();

    TelemetryQueue* m_queue;
    const Clock* m_clock;
    Limits m_limits;
    std::chrono::nanoseconds m_startedAt;
    CaptureSegment m_segment;
    CallEnd m_end;
    qint64 m_segmentBytes = 0;
    qint64 m_requestCompleteNs = -1;
    qint64 m_headNs = -1; // the response head came
    qint64 m_sharedNs = 0; // when share() last handed over
    bool m_isEnded = false;
};
