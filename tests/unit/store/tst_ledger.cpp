// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The books: captured = pending + delivering + delivered + rejected + disabled + dropped, in traces and in
// bytes, whatever happens to a store. Random operations against a model of it.

#include "storefixture.h"
#include "support/testprogram.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>

namespace {

/// What the test knows of every trace that was captured.
class Model final
{
public:
    enum class Fate { Pending, Delivering, Delivered, Rejected, Disabled, Dropped };

    struct Trace
    {
        Fate fate = Fate::Pending;
        qint64 bytes = 0;
        QByteArray reason;
    };

    Ledger ledger() const
    {
        Ledger ledger;
        for (const Trace& trace : traces) {
            const Tally tally{1, trace.bytes};
            ledger.captured += tally;
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

    QList<QByteArray> idsWith(Fate fate) const
    {
        QList<QByteArray> ids;
        for (auto it = traces.begin(); it != traces.end(); ++it) {
            if (it.value().fate == fate)
                ids.append(it.key());
        }
        return ids;
    }

    QMap<QByteArray, Trace> traces;
};

/// One store and its model, driven together.
class Machine final
{
public:
    explicit Machine(quint32 seed)
        : m_random(seed)
    {
        m_options.path = m_dir.filePath(QStringLiteral("traces.db"));
        m_options.commitInterval = std::chrono::hours(1); // commits are steps of the test
        m_isGood = bool(m_store->open(m_options));
    }

    bool isGood() const { return m_isGood; }
    Ledger ledger() const { return m_store->ledger(); }
    const Model& model() const { return m_model; }

    void step()
    {
        switch (m_random.bounded(11)) {
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
            setDelivering(Model::Fate::Pending, Model::Fate::Delivering);
            break;
        case 7:
            setDelivering(Model::Fate::Delivering, Model::Fate::Pending);
            break;
        case 8:
            settle(Model::Fate::Delivered);
            break;
        case 9:
            settle(Model::Fate::Rejected);
            break;
        default:
            restart();
        }
    }

private:
    void append(DeliveryState state)
    {
        TraceRecord record = recordNamed(QByteArray::number(++m_count));
        record.requestBytes = m_random.bounded(1000);
        record.responseBytes = m_random.bounded(1000);
        m_store->append(record, state);
        const auto fate = state == DeliveryState::Pending ? Model::Fate::Pending : Model::Fate::Disabled;
        m_model.traces.insert(record.id, {fate, record.requestBytes + record.responseBytes, {}});
    }

    /// An id that is there already: the second one is given up when it is written.
    void repeat()
    {
        if (m_count == 0)
            return;
        TraceRecord record = recordNamed(QByteArray::number(1 + m_random.bounded(m_count)));
        record.requestBytes = 5000;
        m_store->append(record, DeliveryState::Pending);
        m_isGood = m_isGood && m_store->flush();
        m_model.traces.insert("repeat" + QByteArray::number(++m_other),
            {Model::Fate::Dropped, record.requestBytes + record.responseBytes, "duplicate_id"});
    }

    void drop()
    {
        const QByteArray reason = m_random.bounded(2) ? "queue_full" : "sampled_out";
        m_store->noteDropped({1, 77}, reason);
        m_model.traces.insert("drop" + QByteArray::number(++m_other), {Model::Fate::Dropped, 77, reason});
    }

    QHash<QByteArray, qint64> rows()
    {
        m_isGood = m_isGood && m_store->flush();
        QHash<QByteArray, qint64> rows;
        const auto pending = m_store->pending(10'000);
        for (const PendingTrace& trace : *pending)
            rows.insert(trace.record.id, trace.row);
        return rows;
    }

    QByteArray some(Model::Fate fate)
    {
        const QList<QByteArray> ids = m_model.idsWith(fate);
        return ids.isEmpty() ? QByteArray() : ids[m_random.bounded(int(ids.size()))];
    }

    void setDelivering(Model::Fate from, Model::Fate to)
    {
        const QByteArray id = some(from);
        if (id.isEmpty())
            return;
        m_store->setDelivering({rows().value(id)}, to == Model::Fate::Delivering);
        m_model.traces[id].fate = to;
    }

    void settle(Model::Fate fate)
    {
        const QByteArray id = some(m_random.bounded(2) ? Model::Fate::Pending : Model::Fate::Delivering);
        if (id.isEmpty())
            return;
        const qint64 row = rows().value(id);
        Model::Trace& trace = m_model.traces[id];
        trace.fate = fate;
        if (fate == Model::Fate::Delivered) {
            m_isGood = m_isGood && m_store->markDelivered({row, row});
            return;
        }
        trace.reason = m_random.bounded(2) ? "rejected_400" : "too_large";
        m_isGood = m_isGood && m_store->markRejected(row, trace.reason + ": said so");
        m_isGood = m_isGood && m_store->markDelivered({row}); // too late
    }

    /// Orderly, or as after a kill: what is not committed is gone without a trace.
    void restart()
    {
        m_isGood = m_isGood && m_store->flush();
        for (const QByteArray& id : m_model.idsWith(Model::Fate::Delivering))
            m_model.traces[id].fate = Model::Fate::Pending;
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
        m_isGood = m_isGood && m_store->open(m_options);
    }

    QTemporaryDir m_dir;
    QRandomGenerator m_random;
    TraceStore::Options m_options;
    std::unique_ptr<TraceStore> m_store = std::make_unique<TraceStore>();
    Model m_model;
    int m_count = 0;
    int m_other = 0;
    bool m_isGood = false;
};

} // namespace

class TestLedger final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEveryTraceOnce_data();
    void countsEveryTraceOnce();
    void namesReasonsByTheirFirstWord_data();
    void namesReasonsByTheirFirstWord();
    void seesRowsThatWereTakenAway();
    void keepsNoEmptyReason();
};

void TestLedger::countsEveryTraceOnce_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed : {1U, 2U, 3U, 4U, 5U})
        QTest::addRow("seed %u", seed) << seed;
}

void TestLedger::countsEveryTraceOnce()
{
    QFETCH(quint32, seed);
    Machine machine(seed);
    for (int i = 0; i < 300; ++i) {
        machine.step();
        QVERIFY(machine.isGood());
        Ledger ledger = machine.ledger();
        QVERIFY2(ledger.addsUp(), qPrintable(QStringLiteral("step %1").arg(i)));
        ledger.oldestPendingStartedAtUs = 0;
        QVERIFY2(ledger == machine.model().ledger(), qPrintable(QStringLiteral("step %1").arg(i)));
    }
}

void TestLedger::namesReasonsByTheirFirstWord_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("message") << QByteArray("rejected_400: bad id: x") << QByteArray("rejected_400");
    QTest::newRow("alone") << QByteArray("queue_full") << QByteArray("queue_full");
    QTest::newRow("text") << QByteArray("HTTP 400: bad") << QByteArray("other");
    QTest::newRow("endless") << QByteArray(41, 'a') << QByteArray("other");
    QTest::newRow("empty") << QByteArray() << QByteArray("other");
}

void TestLedger::namesReasonsByTheirFirstWord()
{
    QFETCH(QByteArray, reason);
    QTEST(reasonWord(reason), "word");
}

void TestLedger::seesRowsThatWereTakenAway()
{
    QTemporaryDir dir;
    TraceStore::Options options;
    options.path = dir.filePath(QStringLiteral("traces.db"));
    {
        TraceStore store;
        QVERIFY(store.open(options));
        for (const char* id : {"a", "b", "c"})
            store.append(recordNamed(id), DeliveryState::Pending);
    }
    QVERIFY(OtherConnection(options.path).run(QStringLiteral("DELETE FROM trace WHERE id = 'b'")));
    for (int i = 0; i < 2; ++i) {
        TraceStore store;
        QVERIFY(store.open(options));
        QCOMPARE(store.ledger().captured.traces, 3);
        QCOMPARE(store.ledger().pending.traces, 2);
        QCOMPARE(store.ledger().droppedBy.value("store_damaged"), (Tally{1, 111}));
        QVERIFY(store.ledger().addsUp());
    }
}

void TestLedger::keepsNoEmptyReason()
{
    TallyByReason tallies;
    addTally(&tallies, "a", {2, 20});
    addTally(&tallies, "a", {-2, -20});
    addTally(&tallies, "b", {});
    QVERIFY(tallies.isEmpty());
}

REGISTER_TEST(TestLedger)
#include "tst_ledger.moc"
