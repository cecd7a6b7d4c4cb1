// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TelemetryQueue: hands captured segments from the engine threads to the telemetry thread. Pushing never
// waits for anything but a few instructions under the lock and never fails; the memory behind it is bounded.
//   below maxBytes: everything is kept.
//   above: body bytes are dropped, all facts about the call stay; the tail of the answer, where the usage
//     stands, is kept too as long as there is a quarter more room.
//   maxSegments reached: the call is dropped as a whole and counted.
// Shared by the engine and the pipeline; every function may be called on any thread.

#include "trace/capture.h"

#include <QHash>
#include <QList>
#include <QMutex>
#include <QSet>

#include <functional>

class TelemetryQueue final
{
    Q_DISABLE_COPY_MOVE(TelemetryQueue)

public:
    struct Limits
    {
        qint64 maxBytes = 256LL << 20; // of bodies and headers
        qsizetype maxSegments = 200'000;
        qint64 tailBytes = 16 << 10; // of an answer, kept above maxBytes
    };

    /// What came since the last time. A dropped call may have segments before it in `segments`; nothing of
    /// it comes later.
    struct Batch
    {
        QList<CaptureSegment> segments;
        QList<quint64> droppedCalls;
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

private:
    [[nodiscard]] bool admit(const CaptureSegment& segment);
    void shedBodies(CaptureSegment* segment) const;

    const Limits m_limits;
    mutable QMutex m_mutex;
    std::function<void()> m_wakeUp;
    Batch m_batch;
    qint64 m_bytes = 0;
    QSet<quint64> m_ignoredCalls; // dropped, their last segment not seen yet
};
