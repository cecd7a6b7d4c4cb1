// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/delivery/deliveryalarm.h"

#include "gui/delivery/deliverytext.h"

namespace {

constexpr qint64 alarmMinuteUs = 60'000'000;

}

DeliveryAlarm::DeliveryAlarm(QObject* parent)
    : QObject(parent)
{
}

DeliveryAlarm::~DeliveryAlarm() = default;

void DeliveryAlarm::look(const DeliveryFacts& facts, qint64 nowUs, bool isWatched)
{
    const bool isQuiet = m_toldAtUs != 0 && nowUs - m_toldAtUs < alarmMinuteUs;
    if (facts.failures == 0) {
        m_failingSinceUs = 0;
        if (!m_isTold || isQuiet)
            return;
        m_isTold = false;
        if (isWatched)
            return;
        m_toldAtUs = nowUs;
        Q_EMIT raised(tr("Langfuse accepts traces again"), DeliveryText::balance(facts));
        return;
    }
    if (m_failingSinceUs == 0)
        m_failingSinceUs = nowUs;
    if (m_isTold || isQuiet || isWatched || nowUs - m_failingSinceUs <= alarmMinuteUs)
        return;
    m_isTold = true;
    m_toldAtUs = nowUs;
    Q_EMIT raised(tr("Delivery to Langfuse fails"),
        tr("%1 %n trace(s) wait; nothing is lost.", nullptr, int(facts.pending.traces))
            .arg(DeliveryText::detail(facts, nowUs)));
}
