// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/refusallog.h"

#include "base/logging.h"

qint64 RefusalLog::note(const QByteArray& reason)
{
    const qint64 count = ++m_counts[reason];
    const std::chrono::nanoseconds now = m_clock->monotonic();
    const auto last = m_lines.constFind(reason);
    if (last != m_lines.cend() && now - last->at < quietTime)
        return 0;
    const qint64 told = count - (last == m_lines.cend() ? 0 : last->count);
    m_lines.insert(reason, {now, count});
    Logging::write(Logging::Level::Warn, "proxy", "refused requests to the API",
        {{"reason", reason}, {"count", QByteArray::number(told), true}});
    return told;
}
