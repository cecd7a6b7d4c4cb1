// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryAlarm: decides when people are to be told that delivery fails: after a minute of it, while nobody
// looks at the window, and at most once a minute. Time is given to it. Main thread; owned by the window.

#include "gui/delivery/deliveryfacts.h"

#include <QObject>

class DeliveryAlarm final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryAlarm)

public:
    explicit DeliveryAlarm(QObject* parent = nullptr);
    ~DeliveryAlarm() override;

    /// Called with every change, and now and then: about each 10 s. `isWatched`: the window is active.
    void look(const DeliveryFacts& facts, qint64 nowUs, bool isWatched);

Q_SIGNALS:
    /// Once for each time that it fails, and once when it goes again after that.
    void raised(const QString& title, const QString& text);

private:
    qint64 m_failingSinceUs = 0; // 0: it does not fail
    qint64 m_toldAtUs = 0; // 0: not yet
    bool m_isTold = false; // of the failing that goes on
};
