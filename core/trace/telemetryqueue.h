// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TelemetryQueue: hands captured segments from the engine threads to the telemetry thread. Pushing never
// waits for anything but a few instructions under the lock and never fails; the memory behind it is bounded.
//   below maxBytes: everything is kept.
//   above: bodies are cut. The front of the request and the tail of the answer, where the usage stands, are
//   kept. an eighth above: the tail of the answer and all facts about the call are kept. a quarter above: the
//   facts are kept. maxSegments reached: the call is dropped as a whole and counted.
// Shared by the engine and the pipeline; every function may be called on any thread.

#include "trace/capture.h"

#include <QHash>
#include <QList>
#include <QMutex>
#include <QSet>

#include <atomic>
#include <functional>

class TelemetryQueue final
{
    Q_DISABLE_COPY_MOVE(TelemetryQueue)

public:
    struct Limits
    {
        qint64 maxBytes = 256LL << 20; // of bodies and headers
        qsizetype maxSegments = 200'000;
        qint64 keptBytes = 16 << 10; // of a request and of an answer, kept above maxBytes
    };

    /// What came since the last time. An abandoned call may have segments in `segments` or in earlier
    /// batches; nothing of it comes later. It is counted as dropped in the batch in which it ends.
    struct Batch
    {
        QList<CaptureSegment> segments;
        QList<quint64> abandonedCalls;
        qint64 droppedCalls = 0;
        qint64 droppedBytes = 0; // of their bodies on the wire

        [[nodiscard]] bool isEmpty() const
        {
            return segments.isEmpty() && abandonedCalls.isEmpty() && droppedCalls == 0;
        }
    };

    TelemetryQueue();
    explicit TelemetryQueue(const Limits& limits);
    ~TelemetryQueue();

    /// Called on the pushing thread, with the lock held, when the queue stops being empty: it may post an
    /// event and nothing else. An empty function takes it back; it is not running when this returns.
    void setWakeUp(std::function<void()> wakeUp);

    void push(CaptureSegment segment);
    [[nodiscard]] Batch takeAll();
    /// Bytes that wait now.
    [[nodiscard]] qint64 bytes() const;

    /// Whether somebody watches calls while they are open: then their segments come early. Costs who asks one
    /// load.
    void setWatched(bool isWatched) { m_isWatched.store(isWatched, std::memory_order_relaxed); }
    [[nodiscard]] bool isWatched() const { return m_isWatched.load(std::memory_order_relaxed); }

private:
    void drop(const CaptureSegment& segment);
    void shedBodies(CaptureSegment* segment) const;

    const Limits m_limits;
    mutable QMutex m_mutex;
    std::function<void()> m_wakeUp;
    Batch m_batch;
    qint64 m_bytes = 0;
    std::atomic_bool m_isWatched = false;
    QSet<quint64> m_ignoredCalls; // dropped, their last segment not seen yet
};
