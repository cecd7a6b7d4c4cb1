// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// EventFanout: the subscribers of GET /api/events. Every event is rendered once; what came together goes to a
// subscriber in one write, and each turn of the event loop writes to one subscriber, so that no turn grows
// with their number. Lives on the engine thread, owned by the Engine.
//
// A subscriber who does not read is cut off when maxUnsentBytes wait for it. While there is none, and for
// lingerTime after the last one left, in case it comes again, nothing is made (see LiveBus).

#include "live/eventring.h"

#include <QBasicTimer>
#include <QMap>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <list>

class ClientCall;

class EventFanout final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventFanout)

public:
    struct Limits
    {
        EventRing::Limits ring;
        qint64 maxUnsentBytes = 1 << 20; // of a subscriber
        qsizetype maxSubscribers = 256;
        std::chrono::milliseconds keepAlive{15'000};
        std::chrono::milliseconds lingerTime{60'000};
    };

    /// `epoch`: of the process, without `-`.
    EventFanout(const QByteArray& epoch, const Limits& limits, QObject* parent = nullptr);
    ~EventFanout() override;

    /// Answers the call with the stream, or with 503 when there are too many or the proxy stops. Without
    /// `lastEventId` the first event is `hello`, with the open calls; else the events since, or a `gap` and a
    /// `hello`.
    void subscribe(ClientCall* call, const LiveFilter& filter, const QByteArray& lastEventId);
    /// This process wants events too, from LiveBus itself: they are made from now on until stop().
    void watchLocally();
    void publish(const QList<LiveEvent>& events);
    /// Ends all streams in good order; none begins any more.
    void stop();

    /// Known while somebody watches only.
    [[nodiscard]] bool hasOpenCall(const QByteArray& id) const { return m_openCalls.contains(id); }
    [[nodiscard]] qsizetype subscribers() const { return qsizetype(m_subscribers.size()); }
    [[nodiscard]] const QMap<QByteArray, qint64>& dropped() const { return m_dropped; }

Q_SIGNALS:
    /// Whether events are wanted.
    void watchedChanged(bool isWatched);

protected:
    void timerEvent(QTimerEvent* event) override;

private:
    struct Subscriber
    {
        QPointer<ClientCall> call;
        LiveFilter filter;
        QByteArray waiting; // for its turn
        bool isQueued = false;
        bool isQuiet = true; // since the last keep-alive
    };
    using Subscribers = std::list<Subscriber>;

    [[nodiscard]] QByteArray greeting(const LiveFilter& filter, const QByteArray& lastEventId) const;
    [[nodiscard]] QByteArray hello(const LiveFilter& filter) const;
    void trackOpenCalls(const LiveEvent& event);
    void queue(Subscriber* subscriber, const QByteArray& text);
    void writeNext();
    void remove(ClientCall* call);
    void drop(Subscribers::iterator subscriber);
    void setWatched(bool isWatched);
    void lingerIfAlone();

    Limits m_limits;
    EventRing m_ring;
    Subscribers m_subscribers;
    QMap<QByteArray, LiveEvent> m_openCalls; // by id: the latest event that tells all of the call
    QMap<QByteArray, qint64> m_dropped;
    QBasicTimer m_keepAlive;
    QBasicTimer m_linger;
    bool m_isWriting = false; // a turn of writeNext() is coming
    bool m_isWatched = false;
    bool m_isWatchedLocally = false;
    bool m_isStopped = false;
};
