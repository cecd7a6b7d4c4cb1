// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// EventRing: the latest events of GET /api/events, as they go over the wire, so that a subscriber who lost
// its connection misses none. Bounded in count and bytes. Pure; owned by the EventFanout, engine thread.
//
// An event's id is `EPOCH-NUMBER`: the epoch is the process's own, numbers go up by one.

#include "live/liveevent.h"

#include <deque>
#include <optional>

class EventRing final
{
public:
    struct Limits
    {
        qsizetype events = 4096;
        qsizetype bytes = 8 << 20;
    };

    struct Entry
    {
        quint64 number = 0;
        LiveEvent event; // without its json, which is in the text
        QByteArray text; // "id: ...\nevent: ...\ndata: {...}\n\n"
    };

    struct Resumption
    {
        bool isWhole = true; // every event after that id is here
        quint64 next = 0; // the first that the subscriber has to get
        QByteArray reason; // with a gap: restarted, expired, or invalid_id
        quint64 missedFrom = 0; // with expired; both 0: nobody knows
        quint64 missedTo = 0;
    };

    EventRing(QByteArray epoch, const Limits& limits);

    const Entry& append(const LiveEvent& event);
    /// What follows was not seen by anybody: nothing from before can be resumed.
    void breakOff();

    [[nodiscard]] Resumption resume(const QByteArray& lastEventId) const;
    /// From that number on, as far as they are here.
    [[nodiscard]] QByteArray textFrom(quint64 number, const LiveFilter& filter) const;
    /// Of the newest event, be it gone: what a subscriber who begins now resumes from.
    [[nodiscard]] QByteArray newestId() const { return idOf(m_newest); }
    [[nodiscard]] quint64 newest() const { return m_newest; }
    [[nodiscard]] quint64 oldest() const
    {
        return m_entries.empty() ? m_newest + 1 : m_entries.front().number;
    }
    [[nodiscard]] const QByteArray& epoch() const { return m_epoch; }
    [[nodiscard]] qsizetype size() const { return qsizetype(m_entries.size()); }
    [[nodiscard]] qsizetype bytes() const { return m_bytes; }

    /// The wire form of an event: `data` is one line.
    [[nodiscard]] static QByteArray wireText(
        const QByteArray& id, const QByteArray& type, const QByteArray& data);

private:
    [[nodiscard]] QByteArray idOf(quint64 number) const;

    QByteArray m_epoch;
    Limits m_limits;
    std::deque<Entry> m_entries;
    qsizetype m_bytes = 0;
    quint64 m_newest = 0;
};
