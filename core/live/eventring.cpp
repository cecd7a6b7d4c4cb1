// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/eventring.h"

#include "base/httpsyntax.h"
#include "live/apianswer.h"

#include <algorithm>

EventRing::EventRing(QByteArray epoch, const Limits& limits)
    : m_epoch(std::move(epoch))
    , m_limits(limits)
{
}

QByteArray EventRing::wireText(const QByteArray& id, const QByteArray& type, const QByteArray& data)
{
    return "id: " + id + "\nevent: " + type + "\ndata: " + data + "\n\n";
}

const EventRing::Entry& EventRing::append(const LiveEvent& event)
{
    ++m_newest;
    Entry entry{m_newest, event,
        wireText(idOf(m_newest), event.type,
            "{\"apiVersion\":" + QByteArray::number(apiVersion) + ',' + event.json + '}')};
    entry.event.json.clear();
    m_bytes += entry.text.size();
    m_entries.push_back(std::move(entry));
    while (m_entries.size() > 1 && (size() > m_limits.events || m_bytes > m_limits.bytes)) {
        m_bytes -= m_entries.front().text.size();
        m_entries.pop_front();
    }
    return m_entries.back();
}

void EventRing::breakOff()
{
    m_entries.clear();
    m_bytes = 0;
    ++m_newest; // so that the last id from before is no longer the newest
}

EventRing::Resumption EventRing::resume(const QByteArray& lastEventId) const
{
    Resumption resumption;
    resumption.next = m_newest + 1;
    const qsizetype dash = lastEventId.lastIndexOf('-');
    const auto number = HttpSyntax::parseDecimal(lastEventId.mid(dash + 1));
    if (dash <= 0 || !number) {
        resumption.isWhole = false;
        resumption.reason = "invalid_id";
    } else if (lastEventId.first(dash) != m_epoch || quint64(*number) > m_newest) {
        resumption.isWhole = false;
        resumption.reason = "restarted";
    } else if (quint64(*number) + 1 < oldest()) {
        resumption.isWhole = false;
        resumption.reason = "expired";
        resumption.missedFrom = quint64(*number) + 1;
        resumption.missedTo = oldest() - 1;
        resumption.next = oldest();
    } else {
        resumption.next = quint64(*number) + 1;
    }
    return resumption;
}

QByteArray EventRing::textFrom(quint64 number, const LiveFilter& filter) const
{
    QByteArray text;
    const auto first = std::lower_bound(m_entries.begin(), m_entries.end(), number,
        [](const Entry& entry, quint64 wanted) { return entry.number < wanted; });
    for (auto entry = first; entry != m_entries.end(); ++entry) {
        if (filter.takes(entry->event))
            text += entry->text;
    }
    return text;
}

QByteArray EventRing::idOf(quint64 number) const
{
    return m_epoch + '-' + QByteArray::number(number);
}
