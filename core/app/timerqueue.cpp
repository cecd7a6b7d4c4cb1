// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timerqueue.h"

#include <QCoreApplication>
#include <QTimerEvent>
#include <QVarLengthArray>

#include <algorithm>
#include <bit>

using std::chrono::duration_cast;

void TimerQueue::add(
    int id, std::chrono::milliseconds interval, Qt::TimerType type, QObject* object, Nanoseconds now)
{
    Q_ASSERT(!m_timers.contains(id));
    Timer& timer = m_timers[id];
    timer.interval = interval;
    timer.type = type;
    timer.object = object;
    timer.serial = ++m_lastSerial;
    timer.nominal = now + interval;
    enqueue(id, timer);
}

bool TimerQueue::remove(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    m_order.erase(found->second.place);
    m_timers.erase(found);
    return true;
}

bool TimerQueue::removeAll(QObject* object)
{
    const QList<QAbstractEventDispatcher::TimerInfo> timers = timersOf(object);
    for (const QAbstractEventDispatcher::TimerInfo& timer : timers)
        remove(timer.timerId);
    return !timers.isEmpty();
}

void TimerQueue::clear()
{
    m_timers.clear();
    m_order.clear();
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::timersOf(QObject* object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> found;
    for (const auto& [id, timer] : m_timers) {
        if (timer.object == object)
            found.append({id, int(timer.interval.count()), timer.type});
    }
    return found;
}

std::optional<TimerQueue::Nanoseconds> TimerQueue::remaining(int id, Nanoseconds now) const
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return std::nullopt;
    return std::max(Nanoseconds::zero(), found->second.place.first - now);
}

std::optional<TimerQueue::Nanoseconds> TimerQueue::untilNext(Nanoseconds now) const
{
    for (const auto& [place, id] : m_order) {
        // One that is firing waits for its handler; a nested event loop must not spin for it.
        if (!m_timers.at(id).isFiring)
            return std::max(Nanoseconds::zero(), place.first - now);
    }
    return std::nullopt;
}

int TimerQueue::fire(Nanoseconds now)
{
    // Those due at the start, and each only once, or timers of interval zero would keep the sockets waiting.
    QVarLengthArray<std::pair<int, quint64>, 32> due;
    for (auto it = m_order.begin(); it != m_order.end() && it->first.first <= now; ++it)
        due.append({it->second, m_timers.at(it->second).serial});
    int fired = 0;
    for (const auto& [id, serial] : due) {
        const auto found = m_timers.find(id); // an earlier handler may have stopped it or fired it
        if (found == m_timers.end() || found->second.serial != serial || found->second.isFiring
            || found->second.place.first > now)
            continue;
        fireOne(id, found->second, now);
        ++fired;
    }
    return fired;
}

void TimerQueue::fireOne(int id, Timer& timer, Nanoseconds now)
{
    m_order.erase(timer.place);
    timer.nominal += timer.interval;
    if (timer.nominal < now) // missed beats are not made up for
        timer.nominal = now + timer.interval;
    enqueue(id, timer);

    const quint64 serial = timer.serial;
    timer.isFiring = true;
    QTimerEvent event(id);
    QCoreApplication::sendEvent(timer.object, &event);
    const auto found = m_timers.find(id); // `timer` may be gone
    if (found != m_timers.end() && found->second.serial == serial)
        found->second.isFiring = false;
}

void TimerQueue::enqueue(int id, Timer& timer)
{
    timer.place = {rounded(timer), ++m_lastSerial};
    m_order.emplace(timer.place, id);
}

TimerQueue::Nanoseconds TimerQueue::rounded(const Timer& timer)
{
    Nanoseconds step{1};
    if (timer.type == Qt::VeryCoarseTimer)
        step = std::chrono::seconds(1);
    else if (timer.type == Qt::CoarseTimer) // a power of two, so that intervals of a kind share their beats
        step = std::chrono::milliseconds(
            std::bit_floor(quint64(std::max<qint64>(1, timer.interval.count() / 20))));
    if (timer.interval == std::chrono::milliseconds::zero() || step < std::chrono::milliseconds(2))
        return timer.nominal;
    return (timer.nominal + step - Nanoseconds(1)) / step * step;
}
