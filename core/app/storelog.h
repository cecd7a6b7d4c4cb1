// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreLog: says in the log how far it is with what takes the store long: delivering a backlog, and deleting
// what is over its bounds. Made of the ledger's changes alone. Owned by the Engine, telemetry thread.

#include "base/clock.h"
#include "base/logging.h"
#include "store/ledger.h"

#include <QObject>

class StoreLog final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoreLog)

public:
    /// `hasDelivery`: what is pending is being delivered. The clock must outlive this.
    StoreLog(const Clock* clock, bool hasDelivery, QObject* parent = nullptr);
    ~StoreLog() override;

    /// At the start: what waits from before is a backlog, however little it is.
    void begin(const Ledger& ledger);
    void setLedger(const Ledger& ledger);
    /// The proxy stops, and what waits has some seconds: lines come every second, the first one now.
    void beginFlush(const Ledger& ledger);

Q_SIGNALS:
    /// A line for the log.
    void told(const QByteArray& text, const QList<Logging::Field>& fields);

private:
    struct Course // of something that goes on
    {
        bool isOn = false;
        qint64 doneBefore = 0;
        std::chrono::nanoseconds begunAt{0};
        std::chrono::nanoseconds toldAt{0};
        std::chrono::nanoseconds changedAt{0};
    };

    void tellWhatWaits(const Ledger& ledger, const QByteArray& text);
    void followBacklog(const Ledger& ledger);
    void followEviction(const Ledger& ledger);
    void beginBacklog(qint64 done);
    [[nodiscard]] bool isTold(Course* course, std::chrono::nanoseconds period);
    [[nodiscard]] QList<Logging::Field> progressOf(
        const Course& course, const char* name, qint64 doneInAll) const;

    const Clock* m_clock;
    bool m_hasDelivery;
    bool m_isFlushing = false;
    Course m_backlog;
    Course m_eviction;
    qint64 m_evicted = -1; // seen last; -1: not yet
};
