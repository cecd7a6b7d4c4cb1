// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ThreadHolder: one named QThread and the objects that live on it. Stops in its destructor; the owner
// destroys the holders in the reverse order of their making. Used from the main thread.

#include <QAbstractEventDispatcher>
#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

class ThreadHolder final
{
    Q_DISABLE_COPY_MOVE(ThreadHolder)

public:
    /// Starts the thread at once. The name shows in debuggers and in /proc (at most 15 characters there).
    /// The event dispatcher is the platform's unless one is given; the thread takes ownership of it.
    explicit ThreadHolder(const QString& name, std::unique_ptr<QAbstractEventDispatcher> dispatcher = {});
    ~ThreadHolder();

    /// Runs the function on the thread and waits for it: to make and destroy what lives there.
    void run(const std::function<void()>& function);
    /// Quits the event loop and waits for the thread to end. Nothing may be posted afterwards.
    void stop();

    [[nodiscard]] QThread* thread() { return &m_thread; }

private:
    QThread m_thread;
    QObject m_context; // lives on m_thread; the receiver of run()
};
