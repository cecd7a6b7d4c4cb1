// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/eventfanout.h"

#include "base/logging.h"
#include "base/version.h"
#include "http/clientcall.h"
#include "live/apianswer.h"

#include <QTimerEvent>

#include <algorithm>

namespace {

constexpr int reconnectMs = 2000; // what EventSource waits before it comes again
const QByteArray versionMember = "\"apiVersion\":" + QByteArray::number(apiVersion);

} // namespace

EventFanout::EventFanout(const QByteArray& epoch, const Limits& limits, QObject* parent)
    : QObject(parent)
    , m_limits(limits)
    , m_ring(epoch, limits.ring)
{
}

EventFanout::~EventFanout() = default;

void EventFanout::subscribe(ClientCall* call, const LiveFilter& filter, const QByteArray& lastEventId)
{
    if (m_isStopped || subscribers() >= m_limits.maxSubscribers) {
        sendAnswer(call,
            ApiAnswer::error(503, m_isStopped ? "stopping" : "too_many_subscribers",
                m_isStopped ? "The proxy stops" : "Too many open subscriptions", {{"Retry-After", "5"}}));
        return;
    }
    const bool isHead = call->head().method == "HEAD";
    // X-Accel-Buffering: nginx in front would otherwise collect the events.
    call->sendHead({200, "OK",
                       HeaderList{{"Content-Type", "text/event-stream; charset=utf-8"},
                           {"X-Api-Version", QByteArray::number(apiVersion)}, {"Cache-Control", "no-store"},
                           {"X-Content-Type-Options", "nosniff"},
                           {"Cross-Origin-Resource-Policy", "same-origin"}, {"X-Accel-Buffering", "no"}}},
        -1);
    if (isHead) {
        call->end();
        return;
    }
    connect(call, &ClientCall::clientLeft, this, [this, call] { remove(call); });
    const QByteArray first = greeting(filter, lastEventId);
    m_subscribers.push_back({call, filter, {}, false, true});
    m_linger.stop();
    if (!m_keepAlive.isActive())
        m_keepAlive.start(int(m_limits.keepAlive.count()), this);
    queue(&m_subscribers.back(), "retry: " + QByteArray::number(reconnectMs) + "\n\n" + first);
    setWatched(true);
}

QByteArray EventFanout::greeting(const LiveFilter& filter, const QByteArray& lastEventId) const
{
    if (lastEventId.isEmpty()) {
        // Who follows one call wants its text from the beginning.
        return hello(filter) + (filter.call.isEmpty() ? QByteArray() : m_ring.textFrom(0, filter));
    }
    const EventRing::Resumption resumption = m_ring.resume(lastEventId);
    const QByteArray missed = m_ring.textFrom(resumption.next, filter);
    if (resumption.isWhole)
        return missed;
    const auto number
        = [](quint64 value) { return value > 0 ? QByteArray::number(value) : QByteArray("null"); };
    return EventRing::wireText(m_ring.newestId(), "gap",
               '{' + versionMember + ",\"reason\":\"" + resumption.reason + "\",\"missedFrom\":"
                   + number(resumption.missedFrom) + ",\"missedTo\":" + number(resumption.missedTo) + '}')
        + hello(filter) + missed;
}

QByteArray EventFanout::hello(const LiveFilter& filter) const
{
    QByteArray calls;
    for (const LiveEvent& event : m_openCalls) {
        if (filter.takes(event))
            calls += (calls.isEmpty() ? "{" : ",{") + event.json + '}';
    }
    return EventRing::wireText(m_ring.newestId(), "hello",
        '{' + versionMember + ",\"version\":\"" + versionText + "\",\"epoch\":\"" + m_ring.epoch()
            + "\",\"openCalls\":[" + calls + "]}");
}

void EventFanout::watchLocally()
{
    m_isWatchedLocally = true;
    if (!m_isStopped)
        setWatched(true);
}

void EventFanout::publish(const QList<LiveEvent>& events)
{
    if (!m_isWatched)
        return; // made before the word went round
    QByteArray all;
    const quint64 first = m_ring.newest() + 1;
    for (const LiveEvent& event : events) {
        trackOpenCalls(event);
        all += m_ring.append(event).text;
    }
    for (Subscriber& subscriber : m_subscribers)
        queue(&subscriber, subscriber.filter.isEmpty() ? all : m_ring.textFrom(first, subscriber.filter));
}

void EventFanout::trackOpenCalls(const LiveEvent& event)
{
    if (event.type == "call.started" || event.type == "call.response")
        m_openCalls.insert(event.calls.first(), event);
    else if (event.type == "call.ended" || event.type == "call.lost")
        m_openCalls.remove(event.calls.first());
}

void EventFanout::queue(Subscriber* subscriber, const QByteArray& text)
{
    if (text.isEmpty())
        return;
    if (subscriber->waiting.isEmpty())
        subscriber->waiting = text; // shared by all
    else
        subscriber->waiting += text;
    subscriber->isQueued = true;
    if (!std::exchange(m_isWriting, true))
        QMetaObject::invokeMethod(this, &EventFanout::writeNext, Qt::QueuedConnection);
}

void EventFanout::writeNext()
{
    m_isWriting = false;
    const auto next = std::find_if(m_subscribers.begin(), m_subscribers.end(),
        [](const Subscriber& subscriber) { return subscriber.isQueued; });
    if (next == m_subscribers.end())
        return;
    next->isQueued = false;
    next->isQuiet = false;
    const QByteArray text = std::exchange(next->waiting, {});
    if (const QPointer<ClientCall> call = next->call) {
        if (call->bytesToWrite() + text.size() > m_limits.maxUnsentBytes && call->bytesToWrite() > 0) {
            drop(next);
        } else {
            m_subscribers.splice(m_subscribers.end(), m_subscribers, next); // the others come first now
            call->sendBody(text); // a client that is found gone is removed inside
        }
    } else {
        m_subscribers.erase(next);
        lingerIfAlone();
    }
    const bool hasMore = std::any_of(m_subscribers.begin(), m_subscribers.end(),
        [](const Subscriber& subscriber) { return subscriber.isQueued; });
    if (hasMore && !std::exchange(m_isWriting, true))
        QMetaObject::invokeMethod(this, &EventFanout::writeNext, Qt::QueuedConnection);
}

void EventFanout::drop(Subscribers::iterator subscriber)
{
    const QPointer<ClientCall> call = subscriber->call;
    m_subscribers.erase(subscriber);
    ++m_dropped[QByteArrayLiteral("slow")];
    Logging::write(Logging::Level::Warn, "proxy", "dropped a subscriber of /api/events that does not read",
        {{"reason", "slow"}, {"unsent_bytes", QByteArray::number(call->bytesToWrite()), true}});
    call->disconnect(this);
    call->cut();
    lingerIfAlone();
}

void EventFanout::remove(ClientCall* call)
{
    m_subscribers.remove_if(
        [call](const Subscriber& subscriber) { return subscriber.call.isNull() || subscriber.call == call; });
    lingerIfAlone();
}

void EventFanout::lingerIfAlone()
{
    if (!m_subscribers.empty())
        return;
    m_keepAlive.stop();
    if (m_isWatched && !m_isWatchedLocally)
        m_linger.start(int(m_limits.lingerTime.count()), this);
}

void EventFanout::setWatched(bool isWatched)
{
    if (std::exchange(m_isWatched, isWatched) == isWatched)
        return;
    m_openCalls.clear();
    if (!isWatched)
        m_ring.breakOff();
    Q_EMIT watchedChanged(isWatched);
}

void EventFanout::stop()
{
    m_isStopped = true;
    const Subscribers subscribers = std::exchange(m_subscribers, {});
    for (const Subscriber& subscriber : subscribers) {
        if (!subscriber.call)
            continue;
        subscriber.call->disconnect(this);
        subscriber.call->end();
    }
    m_keepAlive.stop();
    m_linger.stop();
    setWatched(false);
}

void EventFanout::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_linger.timerId()) {
        m_linger.stop();
        setWatched(false);
    } else if (event->timerId() == m_keepAlive.timerId()) {
        for (Subscriber& subscriber : m_subscribers) {
            if (std::exchange(subscriber.isQuiet, true))
                queue(&subscriber, ": keep-alive\n\n");
        }
    }
}
