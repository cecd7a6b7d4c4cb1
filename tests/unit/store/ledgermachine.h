// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// A store and a model of its books, driven together by random operations. For tst_ledger.

#include "storefixture.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>

/// What the test knows of every trace that was captured.
class LedgerModel final
{
public:
    enum class Fate { Pending, Delivering, Delivered, Rejected, Disabled, Dropped };

    struct Trace
    {
        Fate fate = Fate::Pending;
        qint64 bytes = 0;
        QByteArray reason = {};
        bool isOld = false; // retention may take it when it is settled
        bool hasRow = true;
        QByteArray goneFor = {}; // why its row went after its fate was known
    };

    Ledger ledger() const
    {
        Ledger ledger;
        for (const Trace& trace : traces) {
            const Tally tally{1, trace.bytes};
            ledger.captured += tally;
            addTally(&ledger.evictedBy, trace.goneFor, trace.goneFor.isEmpty() ? Tally() : tally);
            switch (trace.fate) {
            case Fate::Pending:
                ledger.pending += tally;
                break;
            case Fate::Delivering:
                ledger.delivering += tally;
                break;
            case Fate::Delivered:
                ledger.delivered += tally;
                break;
            case Fate::Disabled:
                ledger.disabled += tally;
                break;
            case Fate::Rejected:
                addTally(&ledger.rejectedBy, trace.reason, tally);
                break;
            case Fate::Dropped:
                addTally(&ledger.droppedBy, trace.reason, tally);
                break;
            }
        }
        return ledger;
    }

    QList<QByteArray> rowsWith(const QList<Fate>& fates) const
    {
        QList<QByteArray> ids;
        for (auto it = traces.begin(); it != traces.end(); ++it) {
            if (it.value().hasRow && fates.contains(it.value().fate))
                ids.append(it.key());
        }
        return ids;
    }

    /// The row has been taken away.
    void remove(const QByteArray& id, const QByteArray& reason)
    {
        Trace& trace = traces[id];
        trace.hasRow = false;
        if (trace.fate == Fate::Pending) {
            trace.fate = Fate::Dropped;
            trace.reason = reason;
        } else {
            trace.goneFor = reason;
        }
    }

    QMap<QByteArray, Trace> traces; // by id
};

/// The store and its model.
class LedgerMachine final
{
public:
    using Fate = LedgerModel::Fate;
    enum class Retention { None, ByAge, ByBytes };

    LedgerMachine(quint32 seed, Retention retention)
        : m_random(seed)
        , m_retention(retention)
    {
        m_options.path = m_dir.filePath(QStringLiteral("traces.db"));
        m_options.commitInterval = std::chrono::hours(1); // commits are steps of the test
        if (retention == Retention::ByBytes)
            m_options.retention.maxBytes = 200'000;
        check(bool(m_store->open(m_options)), "open");
    }

    /// What went wrong first.
    QByteArray fault() const { return m_fault; }
    Ledger ledger()
    {
        // Retention takes rows with any commit: only afterwards it can be known which.
        if (m_retention != Retention::None)
            commit();
        return m_store->ledger();
    }
    const LedgerModel& model() const { return m_model; }

    void step()
    {
        switch (m_random.bounded(13)) {
        case 0:
        case 1:
        case 2:
            append(DeliveryState::Pending);
            break;
        case 3:
            append(DeliveryState::Disabled);
            break;
        case 4:
            repeat();
            break;
        case 5:
            drop();
            break;
        case 6:
            setDelivering(Fate::Pending, Fate::Delivering);
            break;
        case 7:
            setDelivering(Fate::Delivering, Fate::Pending);
            break;
        case 8:
            settle(Fate::Delivered);
            break;
        case 9:
            settle(Fate::Rejected);
            break;
        case 10:
            remove();
            break;
        case 11:
            retry();
            break;
        default:
            restart();
        }
    }

private:
    void check(bool isGood, const char* what)
    {
        if (!isGood && m_fault.isEmpty())
            m_fault = what;
    }

    void append(DeliveryState state)
    {
        const bool isOld = m_retention == Retention::ByAge && m_random.bounded(2) == 0;
        TraceRecord record = recordNamed(QByteArray::number(++m_count), isOld ? 1 : youngUs);
        if (m_retention == Retention::ByBytes) {
            record.requestBody.resize(15'000);
            m_random.generate(record.requestBody.begin(), record.requestBody.end());
        }
        record.requestBytes = m_random.bounded(1000);
        record.responseBytes = m_random.bounded(1000);
        m_store->append(record, state);
        m_model.traces.insert(record.id,
            {state == DeliveryState::Pending ? Fate::Pending : Fate::Disabled,
                record.requestBytes + record.responseBytes, {}, isOld});
    }

    /// An id that is there already: the second one is given up when it is written.
    void repeat()
    {
        commit();
        const QByteArray id = some({Fate::Pending, Fate::Delivered, Fate::Rejected, Fate::Disabled});
        if (id.isEmpty())
            return;
        TraceRecord record = recordNamed(id);
        record.requestBytes = 5000;
        m_store->append(record, DeliveryState::Pending);
        count(record.requestBytes + record.responseBytes, "duplicate_id");
        commit();
    }

    void drop()
    {
        const QByteArray reason = m_random.bounded(2) ? "queue_full" : "sampled_out";
        m_store->noteDropped({1, 77}, reason);
        count(77, reason);
    }

    void count(qint64 bytes, const QByteArray& reason)
    {
        m_model.traces.insert("without row " + QByteArray::number(++m_other),
            {.fate = Fate::Dropped, .bytes = bytes, .reason = reason, .hasRow = false});
    }

    /// Writes what is queued, and sees what retention has taken.
    void commit()
    {
        check(bool(m_store->flush()), "flush");
        if (m_retention == Retention::None)
            return;
        const auto kept = m_store->newest(10'000);
        check(bool(kept), "newest");
        const QList<QByteArray> ids = idsOf(*kept);
        const QSet<QByteArray> present(ids.begin(), ids.end());
        for (auto it = m_model.traces.begin(); it != m_model.traces.end(); ++it) {
            if (!it->hasRow || present.contains(it.key()))
                continue;
            const bool isSettled = it->fate != Fate::Pending && it->fate != Fate::Delivering;
            check(m_retention == Retention::ByBytes ? it->fate != Fate::Delivering : it->isOld && isSettled,
                "a row is gone that should not be");
            m_model.remove(it.key(), m_retention == Retention::ByBytes ? "evicted_bytes" : "evicted_age");
        }
    }

    QByteArray some(const QList<Fate>& fates)
    {
        const QList<QByteArray> ids = m_model.rowsWith(fates);
        return ids.isEmpty() ? QByteArray() : ids[m_random.bounded(int(ids.size()))];
    }

    qint64 rowOf(const QByteArray& id)
    {
        const auto rows = m_store->rowsOf({id, "nobody"});
        check(rows && rows->size() == 1, "rowsOf");
        return rows->value(0);
    }

    void setDelivering(Fate from, Fate to)
    {
        commit();
        const QByteArray id = some({from});
        if (id.isEmpty())
            return;
        m_store->setDelivering({rowOf(id)}, to == Fate::Delivering);
        m_model.traces[id].fate = to;
    }

    void settle(Fate fate)
    {
        commit();
        const QByteArray id = some({Fate::Pending, Fate::Delivering});
        if (id.isEmpty())
            return;
        const qint64 row = rowOf(id);
        LedgerModel::Trace& trace = m_model.traces[id];
        trace.fate = fate;
        if (fate == Fate::Delivered) {
            check(bool(m_store->markDelivered({row, row})), "markDelivered");
            return;
        }
        trace.reason = m_random.bounded(2) ? "rejected_400" : "too_large";
        check(bool(m_store->markRejected(row, trace.reason + ": said so")), "markRejected");
        check(bool(m_store->markDelivered({row})), "markDelivered too late");
    }

    /// Up to three rows, those on their way spared; and one that is not there.
    void remove()
    {
        commit();
        QList<qint64> rows{999'999'999};
        qsizetype busy = 0;
        QList<QByteArray> gone;
        for (int i = 0; i < 3; ++i) {
            const QByteArray id
                = some({Fate::Pending, Fate::Delivering, Fate::Delivered, Fate::Rejected, Fate::Disabled});
            const qint64 row = id.isEmpty() ? 0 : rowOf(id);
            if (row == 0 || rows.contains(row))
                continue;
            rows.append(row);
            if (m_model.traces[id].fate == Fate::Delivering)
                ++busy;
            else
                gone.append(id);
        }
        checkEdit([this](const QList<qint64>& rest) { return m_store->deleteTraces(rest); }, rows,
            {rows.size(), gone, busy});
        for (const QByteArray& id : std::as_const(gone))
            m_model.remove(id, "deleted");
    }

    void retry()
    {
        commit();
        QList<qint64> rows;
        const QByteArray other = some({Fate::Pending, Fate::Delivered, Fate::Disabled});
        const QByteArray rejected = some({Fate::Rejected});
        for (const QByteArray& id : {other, rejected}) {
            if (!id.isEmpty())
                rows.append(rowOf(id));
        }
        checkEdit([this](const QList<qint64>& rest) { return m_store->retryRejected(rest); }, rows,
            {rows.size(), rejected.isEmpty() ? QList<QByteArray>() : QList<QByteArray>{rejected}, 0});
        if (!rejected.isEmpty()) {
            m_model.traces[rejected].fate = Fate::Pending;
            m_model.traces[rejected].reason.clear();
        }
    }

    template <typename Edit>
    void checkEdit(const Edit& edit, QList<qint64> rows, const RowEdit& expected)
    {
        RowEdit sum;
        do {
            const auto done = edit(rows.mid(sum.handled));
            check(bool(done), "edit");
            sum = {sum.handled + done->handled, sum.changed + done->changed, sum.busy + done->busy};
        } while (m_fault.isEmpty() && sum.handled < rows.size());
        check(sum == expected, "edited otherwise");
    }

    /// Orderly, or as after a kill: what is not committed is gone without a trace.
    void restart()
    {
        commit();
        for (const QByteArray& id : m_model.rowsWith({Fate::Delivering}))
            m_model.traces[id].fate = Fate::Pending;
        const bool isKilled = m_random.bounded(2) == 0;
        const QString copy = m_dir.filePath(QStringLiteral("copy%1.db").arg(++m_other));
        if (isKilled) {
            for (const char* suffix : {"", "-wal"})
                QFile::copy(m_options.path + QLatin1String(suffix), copy + QLatin1String(suffix));
            m_store->append(recordNamed("uncommitted"), DeliveryState::Pending);
        }
        m_store = std::make_unique<TraceStore>();
        if (isKilled)
            m_options.path = copy;
        check(bool(m_store->open(m_options)), "open again");
    }

    QTemporaryDir m_dir;
    QRandomGenerator m_random;
    Retention m_retention;
    TraceStore::Options m_options;
    std::unique_ptr<TraceStore> m_store = std::make_unique<TraceStore>();
    LedgerModel m_model;
    int m_count = 0;
    int m_other = 0;
    QByteArray m_fault;
};
