// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/storelog.h"

using namespace std::chrono_literals;

namespace {

constexpr qint64 largeBacklog = 1000; // traces; fewer are a few batches
constexpr qint64 backlogIsOver = 256; // as many may wait while calls go on
constexpr std::chrono::nanoseconds lineEvery = 10s;
constexpr std::chrono::nanoseconds flushLineEvery = 1s;
constexpr std::chrono::nanoseconds longEviction = 1s;
constexpr std::chrono::nanoseconds evictionPause = 2s; // without a change it was another one

qint64 waitingOf(const Ledger& ledger)
{
    return ledger.pending.traces + ledger.delivering.traces;
}

qint64 settledOf(const Ledger& ledger)
{
    return ledger.delivered.traces + ledger.rejected().traces;
}

qint64 evictedOf(const Ledger& ledger)
{
    qint64 count = 0;
    for (const char* reason : {"evicted_age", "evicted_bytes"})
        count += ledger.evictedBy.value(reason).traces + ledger.droppedBy.value(reason).traces;
    return count;
}

Logging::Field count(const char* name, qint64 number)
{
    return {name, QByteArray::number(number), true};
}

} // namespace

StoreLog::StoreLog(const Clock* clock, bool hasDelivery, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_hasDelivery(hasDelivery)
{
}

StoreLog::~StoreLog() = default;

void StoreLog::begin(const Ledger& ledger)
{
    m_evicted = evictedOf(ledger);
    tellWhatWaits(ledger, "delivering what waits from before");
}

void StoreLog::setLedger(const Ledger& ledger)
{
    if (m_hasDelivery)
        followBacklog(ledger);
    followEviction(ledger);
}

void StoreLog::beginFlush(const Ledger& ledger)
{
    m_isFlushing = true;
    tellWhatWaits(ledger, "delivering what waits before the end");
}

void StoreLog::tellWhatWaits(const Ledger& ledger, const QByteArray& text)
{
    if (!m_hasDelivery || waitingOf(ledger) == 0)
        return;
    beginBacklog(settledOf(ledger));
    Q_EMIT told(text, {count("pending", waitingOf(ledger))});
}

void StoreLog::beginBacklog(qint64 done)
{
    const std::chrono::nanoseconds now = m_clock->monotonic();
    m_backlog = {true, done, now, now, now};
}

void StoreLog::followBacklog(const Ledger& ledger)
{
    const qint64 waiting = waitingOf(ledger);
    const qint64 done = settledOf(ledger);
    if (!m_backlog.isOn) {
        if (waiting >= largeBacklog)
            beginBacklog(done);
        return;
    }
    const bool isOver = waiting == 0 || (waiting < backlogIsOver && done - m_backlog.doneBefore > waiting);
    if (isOver) {
        m_backlog.isOn = false;
        Q_EMIT told("the backlog is delivered", progressOf(m_backlog, "settled", done));
    } else if (isTold(&m_backlog, m_isFlushing ? flushLineEvery : lineEvery)) {
        Q_EMIT told("delivering a backlog",
            QList{count("pending", waiting)} + progressOf(m_backlog, "settled", done));
    }
}

void StoreLog::followEviction(const Ledger& ledger)
{
    const qint64 evicted = evictedOf(ledger);
    const qint64 before = std::exchange(m_evicted, evicted);
    if (before < 0 || evicted == before)
        return;
    const std::chrono::nanoseconds now = m_clock->monotonic();
    if (!m_eviction.isOn || now - m_eviction.changedAt > evictionPause)
        m_eviction = {true, before, now, now - lineEvery + longEviction, now};
    m_eviction.changedAt = now;
    if (isTold(&m_eviction, lineEvery)) {
        Q_EMIT told("retention is deleting old traces", progressOf(m_eviction, "deleted", evicted));
    }
}

/// The time for a line has come; it is written now.
bool StoreLog::isTold(Course* course, std::chrono::nanoseconds period)
{
    const std::chrono::nanoseconds now = m_clock->monotonic();
    if (now - course->toldAt < period)
        return false;
    course->toldAt = now;
    return true;
}

/// How much is done since it began, by that name, and how much of it a second.
QList<Logging::Field> StoreLog::progressOf(const Course& course, const char* name, qint64 doneInAll) const
{
    const qint64 done = doneInAll - course.doneBefore;
    const double seconds = std::chrono::duration<double>(m_clock->monotonic() - course.begunAt).count();
    const double rate = seconds > 0 ? double(done) / seconds : 0.0;
    return {count(name, done), {"per_second", QByteArray::number(rate, 'f', 1), true}};
}
