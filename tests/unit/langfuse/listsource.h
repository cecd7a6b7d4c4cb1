// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ListSource: the store as a list and an alarm that rings at once, for the tests of DeliveryLoop.

#include "base/alarm.h"
#include "langfuse/pendingsource.h"
#include "samplerecord.h"
#include "support/fakeclock.h"

#include <QMap>
#include <QTest>

#include <algorithm>

class ListSource final : public PendingSource
{
public:
    Result<QList<PendingTrace>> pending(qsizetype maxCount, qint64 afterRow) override
    {
        if (isBroken)
            return Error{ErrorCode::StoreFailed, QStringLiteral("disk full"), {}};
        QList<PendingTrace> page;
        for (auto it = traces.upperBound(afterRow); it != traces.end() && page.size() < maxCount; ++it)
            page.append({.row = it.key(), .record = it.value()});
        return page;
    }
    Result<qint64> newestRow() override { return lastRow; }
    qint64 pendingCount() const override { return traces.size(); }
    Result<QSet<qint64>> stillPending(const QList<qint64>& rows) override
    {
        QSet<qint64> found;
        for (qint64 row : rows) {
            if (traces.contains(row))
                found.insert(row);
        }
        return found;
    }
    void setDelivering(const QList<qint64>& rows, bool isDelivering) override
    {
        for (qint64 row : rows)
            QCOMPARE(delivering.contains(row), !isDelivering);
        delivering = isDelivering ? rows : QList<qint64>();
        mostDelivering = std::max(mostDelivering, delivering.size());
    }
    Result<void> markDelivered(const QList<qint64>& rows) override
    {
        if (refusesMarks)
            return Error{ErrorCode::StoreFailed, QStringLiteral("locked"), {}};
        delivered.append(rows);
        for (const qint64 row : rows)
            traces.remove(row);
        return {};
    }
    Result<void> markRejected(qint64 row, const QByteArray& reason) override
    {
        rejected.append(row);
        reasons.append(reason);
        traces.remove(row);
        return {};
    }
    Result<void> noteAttempt(const QList<qint64>& rows, const QByteArray& lastError) override
    {
        attempts += rows.size();
        lastAttemptError = lastError;
        return {};
    }

    void add(int count, const TraceRecord& sample = sampleRecord())
    {
        for (int i = 0; i < count; ++i) {
            TraceRecord record = sample;
            record.attribution.spanId = Ids::spanIdFor(QByteArray::number(++lastRow));
            traces.insert(lastRow, record);
        }
    }

    QMap<qint64, TraceRecord> traces; // pending, by row
    QList<qint64> delivering;
    qsizetype mostDelivering = 0;
    QList<qint64> delivered;
    QList<qint64> rejected;
    QList<QByteArray> reasons;
    QByteArray lastAttemptError;
    qsizetype attempts = 0;
    qint64 lastRow = 0;
    bool isBroken = false;
    bool refusesMarks = false;
};

/// Rings in the next turn of the event loop, however long it was set for: that time passes on the clock.
class FakeAlarm final : public Alarm
{
public:
    explicit FakeAlarm(FakeClock* clock)
        : m_clock(clock)
    {
    }

    void set(std::chrono::milliseconds delay) override
    {
        delays.append(delay);
        m_isSet = true;
        QMetaObject::invokeMethod(
            this,
            [this, delay, number = ++m_number] {
                if (number != m_number)
                    return;
                m_isSet = false;
                m_clock->pass(delay);
                Q_EMIT rang();
            },
            Qt::QueuedConnection);
    }
    bool isSet() const override { return m_isSet; }

    QList<std::chrono::milliseconds> delays; // of every set()

private:
    FakeClock* m_clock;
    quint64 m_number = 0;
    bool m_isSet = false;
};
