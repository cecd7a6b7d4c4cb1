// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UnixSignals: SIGTERM and SIGINT as a Qt signal on the main thread, for the daemon, its tools and the
// viewer. A signal handler may only write to a pipe; the event loop reads it. SIGPIPE is ignored. One object
// a process.

#include <QObject>
#include <QSocketNotifier>

#include <memory>

class UnixSignals final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UnixSignals)

public:
    explicit UnixSignals(QObject* parent = nullptr);
    ~UnixSignals() override;

Q_SIGNALS:
    /// SIGTERM, SIGINT or (not under nohup) SIGHUP has come: which.
    void terminationRequested(int signalNumber);

private:
    void readPipe();

    std::unique_ptr<QSocketNotifier> m_notifier;
};
