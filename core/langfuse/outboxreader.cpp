// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/outboxreader.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace {

constexpr qint64 noEnd = std::numeric_limits<qint64>::max();
constexpr double freshShare = 0.25; // of a batch, for new traces while there is a backlog
constexpr double wholeBatch = 1;

} // namespace

OutboxReader::OutboxReader(PendingSource* source, BatchPlanner* planner)
    : m_source(source)
    , m_planner(planner)
{
}

Result<TraceBatch> OutboxReader::read()
{
    if (const auto filled = m_backlogEnd > 0 ? fillBoth() : fill(0, noEnd, wholeBatch); !filled) {
        (void)m_planner->take(); // they are still pending, and will be read again
        return filled.error();
    }
    if (m_backlogEnd == 0 && !m_isExhausted) {
        const auto newest = m_source->newestRow();
        if (!newest) {
            (void)m_planner->take();
            return newest.error();
        }
        m_backlogEnd = *newest;
    }
    m_hasMore = !m_isExhausted;
    return m_planner->take();
}

Result<void> OutboxReader::fillBoth()
{
    qint64 lastFresh = m_backlogEnd;
    if (!std::exchange(m_isBacklogFirst, false)) {
        if (auto filled = fill(m_backlogEnd, noEnd, freshShare); !filled)
            return filled;
        lastFresh = std::max(lastFresh, m_lastRow);
        m_isBacklogFirst = m_planner->share() > 2 * freshShare;
    }
    if (auto filled = fill(0, m_backlogEnd, wholeBatch); !filled || !m_isExhausted)
        return filled;
    m_backlogEnd = 0; // it has been drained
    return fill(lastFresh, noEnd, wholeBatch);
}

// In small pages: a record holds its bodies, and a batch of large ones is full after a few.
Result<void> OutboxReader::fill(qint64 after, qint64 last, double share)
{
    constexpr qsizetype pageSize = 16;
    m_isExhausted = false;
    m_lastRow = after;
    while (!m_planner->isFull()) {
        const auto page = m_source->pending(pageSize, m_lastRow);
        if (!page)
            return page.error();
        m_isExhausted = page->isEmpty() || page->first().row > last;
        if (m_isExhausted)
            break;
        for (const PendingTrace& trace : *page) {
            m_isExhausted = trace.row > last;
            if (m_isExhausted || m_planner->share() >= share || !m_planner->add(trace.row, trace.record))
                return {};
            m_lastRow = trace.row;
        }
    }
    return {};
}
