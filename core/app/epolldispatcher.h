// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// EpollDispatcher: the event dispatcher of a thread with many sockets (the engine), on Linux. Qt's own
// dispatchers hand every socket to poll() in every turn of the event loop, so a turn costs about 40 ns a
// socket: with 1,000 streams open (2,000 sockets) nearly 100 us, whatever arrived. epoll costs the same with
// one socket or 10,000.
//
// Install it before the thread starts: QThread::setEventDispatcher(new EpollDispatcher), which takes
// ownership, or through ThreadHolder's constructor. Everything but wakeUp() and interrupt() is called on that
// thread. Limit: epoll refuses regular files and directories; a notifier for one never fires (a warning says
// so).

#include "app/timerqueue.h"

#include <QAbstractEventDispatcher>

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EpollDispatcher)

public:
    explicit EpollDispatcher(QObject* parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier* notifier) override;
    void unregisterSocketNotifier(QSocketNotifier* notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject* object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject* object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject* object) const override;
    [[nodiscard]] int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;
    void closingDown() override;

private:
    // What is known of one file descriptor. Indexed by QSocketNotifier::Type: read, write, exception.
    struct Watch
    {
        std::array<QSocketNotifier*, 3> notifiers{};
        uint32_t interest = 0; // what epoll was last told; 0: the descriptor is not in the set
        uint8_t ready = 0; // a bit for each notifier that is to be activated in this turn
        bool isChanged = false; // in m_changed
    };

    int wait(bool withSockets, int timeoutMilliseconds);
    [[nodiscard]] int timeout(QEventLoop::ProcessEventsFlags flags) const;
    void applyChanges();
    void apply(int descriptor, uint32_t wanted);
    void markReady(int descriptor, uint32_t events);
    int activate(int descriptor);
    bool drainWakeUp();
    [[nodiscard]] Watch* find(int descriptor);

    int m_epoll = -1;
    int m_wakeUp = -1; // eventfd
    std::atomic<bool> m_isInterrupted = false;
    std::atomic<bool> m_isWakeUpWanted = false;
    std::atomic<bool> m_isBlocking = false; // only then is a wake-up worth a system call
    std::vector<Watch> m_watches; // by file descriptor
    std::vector<int> m_changed; // descriptors whose interest epoll may have to be told
    TimerQueue m_timers;
};
