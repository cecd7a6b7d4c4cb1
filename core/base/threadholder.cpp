// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/threadholder.h"

ThreadHolder::ThreadHolder(const QString& name, std::unique_ptr<QAbstractEventDispatcher> dispatcher)
{
    if (dispatcher)
        m_thread.setEventDispatcher(dispatcher.release());
    m_thread.setObjectName(name);
    m_context.moveToThread(&m_thread);
    m_thread.start();
}

ThreadHolder::~ThreadHolder()
{
    stop();
}

void ThreadHolder::run(const std::function<void()>& function)
{
    Q_ASSERT(m_thread.isRunning());
    QMetaObject::invokeMethod(&m_context, function, Qt::BlockingQueuedConnection);
}

void ThreadHolder::stop()
{
    m_thread.quit();
    m_thread.wait();
}
