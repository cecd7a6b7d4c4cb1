// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/epolldispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QThread>
#include <QVarLengthArray>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace {

constexpr int MaximumEvents = 256; // a turn; the rest is reported in the next one

std::chrono::nanoseconds monotonicNow()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

// By QSocketNotifier::Type. What epoll is asked for, and what of its answer activates the notifier: a broken
// or closed descriptor activates all, as poll() does, so that the owner finds out by its next call.
constexpr std::array<uint32_t, 3> Interests{EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr uint32_t Broken = EPOLLHUP | EPOLLERR;

int wholeMilliseconds(std::chrono::nanoseconds time)
{
    // Rounded up: a wait that ends too early would spin until the timer is due.
    return int(std::min<qint64>(std::chrono::ceil<std::chrono::milliseconds>(time).count(), INT_MAX));
}

} // namespace

EpollDispatcher::EpollDispatcher(QObject* parent)
    : QAbstractEventDispatcher(parent)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_wakeUp(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = m_wakeUp;
    if (m_epoll < 0 || m_wakeUp < 0 || epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeUp, &event) != 0)
        qFatal("EpollDispatcher: %s", qPrintable(qt_error_string(errno))); // no loop, no program
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_wakeUp);
    ::close(m_epoll);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_isInterrupted = false;
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    if (m_isInterrupted)
        return false;
    if (flags.testFlag(QEventLoop::WaitForMoreEvents))
        Q_EMIT aboutToBlock();
    int handled = wait(!flags.testFlag(QEventLoop::ExcludeSocketNotifiers), timeout(flags));
    if (!flags.testFlag(
            QEventLoop::X11ExcludeTimers)) // despite its name Qt's own dispatcher for Unix heeds it
        handled += m_timers.fire(monotonicNow());
    return handled > 0;
}

int EpollDispatcher::timeout(QEventLoop::ProcessEventsFlags flags) const
{
    if (!flags.testFlag(QEventLoop::WaitForMoreEvents) || m_isInterrupted)
        return 0;
    if (flags.testFlag(QEventLoop::X11ExcludeTimers))
        return -1;
    const auto untilNext = m_timers.untilNext(monotonicNow());
    return untilNext ? wholeMilliseconds(*untilNext) : -1;
}

// Waits, then activates the notifiers of what is ready. Returns how many were activated, a wake-up counts
// too.
int EpollDispatcher::wait(bool withSockets, int timeoutMilliseconds)
{
    if (withSockets)
        applyChanges();
    // A wake-up is either seen here or sees m_isBlocking and writes to the eventfd; never neither.
    m_isBlocking = true;
    const bool wasWakeUpWanted = m_isWakeUpWanted.exchange(false);
    if (wasWakeUpWanted)
        timeoutMilliseconds = 0;
    std::array<epoll_event, MaximumEvents> events;
    int count = 0;
    if (withSockets) {
        count = epoll_wait(m_epoll, events.data(), MaximumEvents, timeoutMilliseconds);
    } else {
        pollfd wakeUpOnly{m_wakeUp, POLLIN, 0};
        if (poll(&wakeUpOnly, 1, timeoutMilliseconds) > 0) {
            events[0].data.fd = m_wakeUp;
            count = 1;
        }
    }
    m_isBlocking = false;

    int handled = wasWakeUpWanted ? 1 : 0;
    QVarLengthArray<int, MaximumEvents> ready;
    for (int i = 0; i < count; ++i) { // count is -1 after a signal: as if nothing was ready
        const int descriptor = events[size_t(i)].data.fd;
        if (descriptor == m_wakeUp) {
            handled += drainWakeUp() ? 1 : 0;
        } else {
            markReady(descriptor, events[size_t(i)].events);
            ready.append(descriptor);
        }
    }
    for (const int descriptor : ready)
        handled += activate(descriptor);
    return handled;
}

void EpollDispatcher::markReady(int descriptor, uint32_t events)
{
    Watch* watch = find(descriptor);
    if (!watch)
        return;
    for (size_t type = 0; type < Interests.size(); ++type) {
        if (watch->notifiers[type] && (events & (Interests[type] | Broken)) != 0)
            watch->ready |= uint8_t(1U << type);
    }
}

// A handler may remove or add any notifier, close the descriptor and get its number again for another file,
// and run a nested event loop. So the watch is looked up anew each time, and its ready bits, which go when a
// notifier goes, say what is still to be done.
int EpollDispatcher::activate(int descriptor)
{
    int activated = 0;
    for (size_t type = 0; type < Interests.size(); ++type) {
        Watch* watch = find(descriptor);
        const auto bit = uint8_t(1U << type);
        if (!watch || (watch->ready & bit) == 0)
            continue;
        watch->ready &= uint8_t(~bit);
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(watch->notifiers[type], &event);
        ++activated;
    }
    return activated;
}

bool EpollDispatcher::drainWakeUp()
{
    uint64_t count = 0;
    while (read(m_wakeUp, &count, sizeof count) < 0 && errno == EINTR) { }
    return m_isWakeUpWanted.exchange(false);
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier* notifier)
{
    Q_ASSERT(thread() == QThread::currentThread());
    const int descriptor = int(notifier->socket());
    if (descriptor < 0)
        return;
    if (size_t(descriptor) >= m_watches.size())
        m_watches.resize(size_t(descriptor) + 1);
    Watch& watch = m_watches[size_t(descriptor)];
    QSocketNotifier*& place = watch.notifiers[size_t(notifier->type())];
    if (place && place != notifier)
        qWarning(
            "EpollDispatcher: two notifiers of one type for descriptor %d; the later one wins", descriptor);
    place = notifier;
    if (!watch.isChanged) {
        watch.isChanged = true;
        m_changed.push_back(descriptor);
    }
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier* notifier)
{
    Q_ASSERT(thread() == QThread::currentThread());
    const int descriptor = int(notifier->socket());
    Watch* watch = find(descriptor);
    const auto type = size_t(notifier->type());
    if (!watch || watch->notifiers[type] != notifier)
        return;
    watch->notifiers[type] = nullptr;
    watch->ready &= uint8_t(~(1U << type));
    const auto& left = watch->notifiers;
    if (std::all_of(left.begin(), left.end(), [](const QSocketNotifier* other) { return !other; })) {
        // At once: the descriptor may be closed next, and its number come again as another file.
        apply(descriptor, 0);
    } else if (!watch->isChanged) {
        watch->isChanged = true;
        m_changed.push_back(descriptor);
    }
}

// Changes are told to epoll only before it waits: a write notifier that was enabled and disabled again within
// one turn, as for every write that the socket took at once, then costs no system call.
void EpollDispatcher::applyChanges()
{
    for (const int descriptor : m_changed) {
        Watch& watch = m_watches[size_t(descriptor)];
        watch.isChanged = false;
        uint32_t wanted = 0;
        for (size_t type = 0; type < Interests.size(); ++type) {
            if (watch.notifiers[type])
                wanted |= Interests[type];
        }
        apply(descriptor, wanted);
    }
    m_changed.clear();
}

void EpollDispatcher::apply(int descriptor, uint32_t wanted)
{
    Watch& watch = m_watches[size_t(descriptor)];
    if (watch.interest == wanted)
        return;
    epoll_event event{};
    event.events = wanted;
    event.data.fd = descriptor;
    int result = 0;
    if (wanted == 0) {
        epoll_ctl(
            m_epoll, EPOLL_CTL_DEL, descriptor, &event); // fails where it is closed already: gone as well
    } else if (watch.interest == 0) {
        result = epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
        if (result != 0 && errno == EEXIST)
            result = epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
    } else {
        result = epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
        if (result != 0 && errno == ENOENT) // closed with a notifier on it, and opened again
            result = epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
    }
    watch.interest = result == 0 ? wanted : 0;
    if (result != 0)
        qWarning("EpollDispatcher: cannot watch descriptor %d: %s", descriptor,
            qPrintable(qt_error_string(errno)));
}

EpollDispatcher::Watch* EpollDispatcher::find(int descriptor)
{
    return descriptor >= 0 && size_t(descriptor) < m_watches.size() ? &m_watches[size_t(descriptor)]
                                                                    : nullptr;
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject* object)
{
    Q_ASSERT(thread() == QThread::currentThread());
    m_timers.add(timerId, std::chrono::milliseconds(interval), timerType, object, monotonicNow());
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    Q_ASSERT(thread() == QThread::currentThread());
    return m_timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject* object)
{
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject* object) const
{
    return m_timers.timersOf(object);
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto remaining = m_timers.remaining(timerId, monotonicNow());
    return remaining ? wholeMilliseconds(*remaining) : -1;
}

void EpollDispatcher::wakeUp()
{
    if (m_isWakeUpWanted.exchange(true) || !m_isBlocking)
        return;
    const uint64_t one = 1;
    while (write(m_wakeUp, &one, sizeof one) < 0 && errno == EINTR) { }
}

void EpollDispatcher::interrupt()
{
    m_isInterrupted = true;
    wakeUp();
}

void EpollDispatcher::closingDown()
{
    for (size_t descriptor = 0; descriptor < m_watches.size(); ++descriptor)
        apply(int(descriptor), 0);
    m_watches.clear();
    m_changed.clear();
    m_timers.clear();
}
