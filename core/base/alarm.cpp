// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/alarm.h"

Alarm::Alarm(QObject* parent)
    : QObject(parent)
{
}

Alarm::~Alarm() = default;

TimerAlarm::TimerAlarm(QObject* parent)
    : Alarm(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Alarm::rang);
}

void TimerAlarm::set(std::chrono::milliseconds delay)
{
    m_timer.start(delay);
}

bool TimerAlarm::isSet() const
{
    return m_timer.isActive();
}
