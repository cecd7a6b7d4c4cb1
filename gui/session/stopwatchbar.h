// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StopwatchBar: what has happened since it was started, until it was stopped: the calls that the list shows
// and that began in between, summed up. Hidden while nothing is timed. Owned by the window; main thread.

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;
class RequestListModel;

class StopwatchBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StopwatchBar)

public:
    /// Microseconds since 1970 UTC.
    using Clock = std::function<qint64()>;

    /// `model` must outlive this.
    StopwatchBar(const RequestListModel* model, Clock clock, QWidget* parent = nullptr);
    ~StopwatchBar() override;

    /// From now on; what was timed before is forgotten.
    void start();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_second.isActive(); }
    /// "Stopwatch 1m 05s · 3 calls · Σ in 48.2k (96% cached) · out 512 · $0.041"
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void runningChanged(bool isRunning);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void announce();

    const RequestListModel* m_model;
    Clock m_clock;
    QLabel* m_text;
    QPushButton* m_toggle;
    QTimer m_second;
    qint64 m_fromUs = 0;
    qint64 m_toUs = 0; // while it runs: now
};
