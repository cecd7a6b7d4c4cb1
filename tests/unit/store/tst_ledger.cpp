// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The books: captured = pending + delivering + delivered + rejected + disabled + dropped, in traces and in
// bytes, whatever happens to a store. Random operations against a model of it.

#include "ledgermachine.h"
#include "support/testprogram.h"

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
    using Retention = LedgerMachine::Retention;
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("retention");
    for (quint32 seed : {1U, 2U, 3U}) {
        QTest::addRow("seed %u", seed) << seed << int(Retention::None);
        QTest::addRow("seed %u, old traces go", seed) << seed << int(Retention::ByAge);
        QTest::addRow("seed %u, always full", seed) << seed << int(Retention::ByBytes);
    }
}

void TestLedger::countsEveryTraceOnce()
{
    QFETCH(quint32, seed);
    QFETCH(int, retention);
    LedgerMachine machine(seed, LedgerMachine::Retention(retention));
    for (int i = 0; i < 300; ++i) {
        machine.step();
        Ledger ledger = machine.ledger();
        QVERIFY2(machine.fault().isEmpty(),
            qPrintable(QStringLiteral("%1 at step %2").arg(QLatin1String(machine.fault())).arg(i)));
        QVERIFY2(ledger.addsUp(), qPrintable(QStringLiteral("step %1").arg(i)));
        ledger.oldestPendingStartedAtUs = 0;
        QVERIFY2(ledger == machine.model().ledger(), qPrintable(QStringLiteral("step %1").arg(i)));
    }
    const Ledger ledger = machine.model().ledger();
    QVERIFY(ledger.evictedBy.value("deleted").traces > 5);
    QVERIFY(ledger.droppedBy.value("deleted").traces > 5);
    if (LedgerMachine::Retention(retention) == LedgerMachine::Retention::ByAge)
        QVERIFY(ledger.evictedBy.value("evicted_age").traces > 0);
    if (LedgerMachine::Retention(retention) == LedgerMachine::Retention::ByBytes)
        QVERIFY(ledger.evictedBy.value("evicted_bytes").traces > 5);
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
