// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Alarm: one wake-up call at a time, behind an interface so that tests can let hours pass in a moment. Lives
// on the thread of whoever is woken; owned by who makes it.

#include <QObject>
#include <QTimer>

#include <chrono>

class Alarm : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Alarm)

public:
    explicit Alarm(QObject* parent = nullptr);
    ~Alarm() override;

    /// rang() follows once after `delay`, from the event loop; takes the place of an earlier call.
    virtual void set(std::chrono::milliseconds delay) = 0;
    [[nodiscard]] virtual bool isSet() const = 0;

Q_SIGNALS:
    void rang();
};

class TimerAlarm final : public Alarm
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimerAlarm)

public:
    explicit TimerAlarm(QObject* parent = nullptr);

    void set(std::chrono::milliseconds delay) override;
    [[nodiscard]] bool isSet() const override;

private:
    QTimer m_timer;
};
