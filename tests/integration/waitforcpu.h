// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// WaitForCpu: how long a call of the program has been held up because the machine had no CPU for it. A
// promise about the program's own speed is measured on a clock without that time, so that a busy machine
// neither breaks nor hides anything: where the program waits for a timer, a lock or a disk, the clock runs.
// On Linux from /proc/PID/task/TID/schedstat (Documentation/scheduler/sched-stats.rst: nanoseconds on a CPU,
// nanoseconds ready but without one); elsewhere always 0.

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

class WaitForCpu final
{
public:
    /// Watches the threads that a call passes on its way into the store.
    explicit WaitForCpu(qint64 process)
    {
        const QDir tasks(QStringLiteral("/proc/%1/task").arg(process));
        for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QString folder = tasks.filePath(task);
            const QByteArray name = textOf(folder + QStringLiteral("/comm")).trimmed();
            if (name == "engine" || name == "telemetry")
                m_threads.push_back({folder});
        }
        m_clock.start();
        (void)sinceStart();
    }

    /// Of the thread that waited longer, between each two calls; never more than the time itself. To be asked
    /// often: between two calls a thread that has just become ready counts as waiting since the first.
    std::chrono::nanoseconds sinceStart()
    {
        qint64 longest = 0;
        const qint64 now = m_clock.nsecsElapsed();
        for (Thread& thread : m_threads) {
            const QList<QByteArray> numbers = textOf(thread.folder + QStringLiteral("/schedstat")).split(' ');
            const qint64 onCpu = numbers.value(0).toLongLong();
            // The present wait is added only when it is over.
            const bool isReady = textOf(thread.folder + QStringLiteral("/stat")).contains(") R ");
            if (onCpu != thread.onCpu || !isReady)
                thread.lastRunAt = now;
            thread.onCpu = onCpu;
            thread.waited = numbers.value(1).toLongLong();
            if (thread.waitedBefore < 0)
                thread.waitedBefore = thread.waited;
            const qint64 sum = thread.waited - thread.waitedBefore + now - thread.lastRunAt;
            longest = std::max(longest, sum - std::exchange(thread.sum, sum));
        }
        m_waited += std::min(longest, now - std::exchange(m_lastLook, now));
        return std::chrono::nanoseconds(m_waited);
    }

    /// Runs the event loop until so much time has passed without what the program has waited for a CPU.
    void letPass(std::chrono::milliseconds time)
    {
        const std::chrono::nanoseconds waited = sinceStart();
        const std::chrono::nanoseconds start(m_clock.nsecsElapsed());
        const auto passed = [&] {
            return std::chrono::nanoseconds(m_clock.nsecsElapsed()) - start - (sinceStart() - waited);
        };
        while (passed() < time)
            QTest::qWait(2);
    }

private:
    struct Thread
    {
        QString folder;
        qint64 onCpu = 0;
        qint64 waited = 0;
        qint64 waitedBefore = -1;
        qint64 lastRunAt = 0;
        qint64 sum = 0;
    };

    static QByteArray textOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::vector<Thread> m_threads;
    QElapsedTimer m_clock;
    qint64 m_lastLook = 0;
    qint64 m_waited = 0;
};
