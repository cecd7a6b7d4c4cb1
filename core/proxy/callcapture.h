// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallCapture: the tee of one call. Collects what passes, stamps it with its time, and hands it to the
// telemetry queue in segments: a small call is one segment at its end, a long stream one for every few
// kilobytes, so that an open call holds little memory. Lives on the engine thread, owned by the Exchange.
// Never waits.

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
    /// The last byte of the request has gone to the kernel.
    void noteRequestSent();
    void setResponse(const ResponseHead& head);
    void addResponseBody(const QByteArray& bytes);
    /// Hands over the last segment; later calls of any function are ignored.
    void end(CallOutcome outcome, const Error& error = {});
    [[nodiscard]] bool isEnded() const { return m_isEnded; }

private:
    [[nodiscard]] qint64 elapsedNs() const;
    void flushIfLarge();

    TelemetryQueue* m_queue;
    const Clock* m_clock;
    Limits m_limits;
    std::chrono::nanoseconds m_startedAt;
    CaptureSegment m_segment;
    CallEnd m_end;
    qint64 m_segmentBytes = 0;
    bool m_isEnded = false;
};
