// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TimerQueue: the timers of one EpollDispatcher, ordered by when they fall due. Knows nothing of sockets and
// does not sleep: the dispatcher asks how long it may wait and says when to fire. Lives on the dispatcher's
// thread; owned by the dispatcher.
//
// No timer fires early. A precise one is late by less than a millisecond of our doing; a coarse one by at
// most a twentieth of its interval and a very coarse one by at most a second, so that many fall due together.

#include <QAbstractEventDispatcher>
#include <QList>
#include <Qt>

#include <chrono>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

class QObject;

class TimerQueue final
{
public:
    using Nanoseconds = std::chrono::nanoseconds;

    /// All times are CLOCK_MONOTONIC; `now` is the caller's so that a test can move it.
    void add(
        int id, std::chrono::milliseconds interval, Qt::TimerType type, QObject* object, Nanoseconds now);
    /// False where there is no such timer.
    bool remove(int id);
    bool removeAll(QObject* object);
    void clear();

    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> timersOf(QObject* object) const;
    /// Until the timer falls due, never negative; none where there is no such timer.
    [[nodiscard]] std::optional<Nanoseconds> remaining(int id, Nanoseconds now) const;
    /// Until the first timer falls due that may fire, never negative; none where there is none.
    [[nodiscard]] std::optional<Nanoseconds> untilNext(Nanoseconds now) const;
    /// Sends a QTimerEvent to the object of every timer that is due now, once each, and sets it again.
    /// Handlers may add and remove timers and may call this again; a timer does not fire within its own
    /// handler. Returns how many fired.
    int fire(Nanoseconds now);

private:
    // The time at which a timer falls due, then the order in which timers were set.
    using Place = std::pair<Nanoseconds, quint64>;
    struct Timer
    {
        std::chrono::milliseconds interval{};
        Qt::TimerType type = Qt::CoarseTimer;
        QObject* object = nullptr;
        quint64 serial = 0; // ids come again, serials do not
        Nanoseconds nominal{}; // due before rounding, so that a repeating timer does not drift
        Place place;
        bool isFiring = false;
    };

    void enqueue(int id, Timer& timer);
    void fireOne(int id, Timer& timer, Nanoseconds now);
    [[nodiscard]] static Nanoseconds rounded(const Timer& timer);

    std::unordered_map<int, Timer> m_timers; // by id
    std::map<Place, int> m_order; // ids
    quint64 m_lastSerial = 0;
};
