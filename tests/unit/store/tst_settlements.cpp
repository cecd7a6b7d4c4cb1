// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What becomes of many rows in one commit, and the statements behind it.

#include "store/placeholders.h"
#include "storefixture.h"
#include "support/testprogram.h"

class TestSettlements final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesPlaceholders();
    void settlesABatchAtOnce();
};

void TestSettlements::namesPlaceholders()
{
    QCOMPARE(Placeholders::numbered(QStringLiteral("SELECT 1")), QStringLiteral("SELECT 1"));
    QCOMPARE(Placeholders::numbered(QStringLiteral("SET a = ?, b = ? WHERE c = ?")),
        QStringLiteral("SET a = :v0, b = :v1 WHERE c = :v2"));
    QCOMPARE(
        Placeholders::at(Placeholders::maxCount - 1), QStringLiteral(":v%1").arg(Placeholders::maxCount - 1));
}

/// Each row is counted once, whatever else is marked with it: one that is settled, deleted, or never was.
void TestSettlements::settlesABatchAtOnce()
{
    constexpr int rows = 600;
    constexpr qint64 rowBytes = 111; // of a record of the fixture
    TraceStore store;
    TraceStore::Options options;
    options.path = QStringLiteral(":memory:");
    QVERIFY(store.open(options));
    QList<qint64> all;
    for (int i = 1; i <= rows; ++i) {
        store.append(recordNamed("r" + QByteArray::number(i)), DeliveryState::Pending);
        all.append(i);
    }
    QVERIFY(store.flush());
    QVERIFY(store.markRejected(7, "rejected_400: no"));
    QVERIFY(store.markDelivered({8}));
    QVERIFY(store.deleteTraces({9}));
    QVERIFY(store.markDelivered(all.mid(0, 500) + QList<qint64>{rows + 1, 100'000}));

    const Ledger ledger = store.ledger();
    QVERIFY(ledger.addsUp());
    QCOMPARE(ledger.delivered, (Tally{498, 498 * rowBytes}));
    QCOMPARE(ledger.rejected(), (Tally{1, rowBytes}));
    QCOMPARE(ledger.pending, (Tally{100, 100 * rowBytes}));
    QCOMPARE(ledger.droppedBy.value("deleted"), (Tally{1, rowBytes}));
    const auto pending = store.pending(rows);
    QVERIFY(pending);
    QCOMPARE(pending->size(), 100);
    QCOMPARE(pending->first().row, 501);
}

REGISTER_TEST(TestSettlements)
#include "tst_settlements.moc"
