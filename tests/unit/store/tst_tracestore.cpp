// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracestore.h"
#include "support/testprogram.h"

#include "storefixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

class TestTraceStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsRecordsAcrossRestarts();
    void countsSurviveRestarts();
    void worksInMemory();
    void commitsByItself();
    void commitsAFullBatchAtOnce();
    void countsWhatIsQueued();
    void givesPendingInOrderAndPages();
    void givesLargePendingInSmallerAnswers();
    void marksOnlyPendingRows();
    void countsAttempts();
    void keepsDisabledOutOfTheOutbox();
    void countsDropsByReason();
    void countsARepeatedIdAsDropped();
    void namesTheOldestPending();
    void givesTheNewestFirst();
    void keepsFilesPrivate();
    void signalsCommits();
    void staysQuickOverALongHistory();
    void hasSeveralStoresAtOnce();

private:
    TraceStore::Options options() const;
    QList<qint64> pendingRows(TraceStore* store) const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestTraceStore::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

TraceStore::Options TestTraceStore::options() const
{
    TraceStore::Options options;
    options.path = m_dir->filePath(QStringLiteral("state/traces.db"));
    return options;
}

QList<qint64> TestTraceStore::pendingRows(TraceStore* store) const
{
    QList<qint64> rows;
    const auto traces = store->pending(1000);
    for (const PendingTrace& trace : *traces)
        rows.append(trace.row);
    return rows;
}

void TestTraceStore::keepsRecordsAcrossRestarts()
{
    TraceRecord record = recordNamed("a");
    record.responseBody = QByteArray(2'000'000, 'x') + "\xff\x00z";
    {
        TraceStore store;
        QVERIFY(store.open(options()));
        store.append(record, DeliveryState::Pending);
        store.append(recordNamed("b"), DeliveryState::Disabled);
    }
    TraceStore store;
    QVERIFY(store.open(options()));
    const auto pending = store.pending(10);
    QVERIFY(pending);
    QCOMPARE(pending->size(), 1);
    QVERIFY(pending->first().record == record);
    const auto found = store.record("b");
    QVERIFY(found && *found);
    QVERIFY(**found == recordNamed("b"));
    const auto missing = store.record("c");
    QVERIFY(missing && !*missing);
}

void TestTraceStore::countsSurviveRestarts()
{
    Ledger before;
    {
        TraceStore store;
        QVERIFY(store.open(options()));
        for (const char* id : {"a", "b", "c", "d"})
            store.append(recordNamed(id), DeliveryState::Pending);
        store.append(recordNamed("e"), DeliveryState::Disabled);
        store.noteDropped({7, 7 * 10}, "queue_full");
        QVERIFY(store.flush());
        const QList<qint64> rows = pendingRows(&store);
        QVERIFY(store.markDelivered({rows[0], rows[1]}));
        QVERIFY(store.markRejected(rows[2], "too odd"));
        before = store.ledger();
    }
    QCOMPARE(before.captured.traces, 12);
    QCOMPARE(before.delivered.traces, 2);
    QCOMPARE(before.rejected().traces, 1);
    QCOMPARE(before.pending.traces, 1);
    QCOMPARE(before.disabled.traces, 1);
    QCOMPARE(before.dropped().traces, 7);
    QVERIFY(before.addsUp());
    TraceStore store;
    QVERIFY(store.open(options()));
    QVERIFY(store.ledger() == before);
}

void TestTraceStore::worksInMemory()
{
    TraceStore store;
    TraceStore::Options inMemory;
    inMemory.path = QStringLiteral(":memory:");
    QVERIFY(store.open(inMemory));
    store.append(recordNamed("a"), DeliveryState::Pending);
    QVERIFY(store.flush());
    QCOMPARE(pendingRows(&store).size(), 1);
    QVERIFY(!QFile::exists(QStringLiteral(":memory:")));
}

void TestTraceStore::commitsByItself()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    QSignalSpy committed(&store, &TraceStore::pendingCommitted);
    store.append(recordNamed("a"), DeliveryState::Pending);
    QVERIFY(pendingRows(&store).isEmpty()); // still queued
    QVERIFY(committed.wait());
    QCOMPARE(pendingRows(&store).size(), 1);
}

void TestTraceStore::commitsAFullBatchAtOnce()
{
    TraceStore store;
    TraceStore::Options small = options();
    small.commitRows = 3;
    small.commitInterval = std::chrono::hours(1);
    QVERIFY(store.open(small));
    store.append(recordNamed("a"), DeliveryState::Pending);
    store.append(recordNamed("b"), DeliveryState::Pending);
    QVERIFY(pendingRows(&store).isEmpty());
    store.append(recordNamed("c"), DeliveryState::Pending);
    QCOMPARE(pendingRows(&store).size(), 3);
}

void TestTraceStore::countsWhatIsQueued()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("a"), DeliveryState::Pending);
    QCOMPARE(store.ledger().captured.traces, 1);
    QCOMPARE(store.ledger().pending.traces, 1);
    QVERIFY(store.flush());
    QCOMPARE(store.ledger().captured.traces, 1);
    QCOMPARE(store.ledger().pending.traces, 1);
}

void TestTraceStore::givesPendingInOrderAndPages()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    for (const char* id : {"a", "b", "c", "d", "e"})
        store.append(recordNamed(id), DeliveryState::Pending);
    QVERIFY(store.flush());
    const auto first = store.pending(2);
    QVERIFY(first);
    QCOMPARE(idsOf(*first), (QList<QByteArray>{"a", "b"}));
    const auto second = store.pending(2, first->last().row);
    QVERIFY(second);
    QCOMPARE(idsOf(*second), (QList<QByteArray>{"c", "d"}));
    QVERIFY(store.markDelivered({first->first().row, second->first().row}));
    QCOMPARE(idsOf(*store.pending(10)), (QList<QByteArray>{"b", "d", "e"}));
}

void TestTraceStore::givesLargePendingInSmallerAnswers()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    QByteArray incompressible;
    quint64 state = 1;
    while (incompressible.size() < 3'000'000) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        incompressible.append(char(state >> 56));
    }
    for (int i = 0; i < 6; ++i) {
        TraceRecord record = recordNamed(QByteArray::number(i));
        record.requestBody = incompressible;
        store.append(record, DeliveryState::Pending);
    }
    QVERIFY(store.flush());
    QList<QByteArray> seen;
    qint64 after = 0;
    int answers = 0;
    for (auto page = store.pending(100); !page->isEmpty(); page = store.pending(100, after)) {
        QVERIFY(page->size() < 6);
        seen += idsOf(*page);
        after = page->last().row;
        ++answers;
    }
    QCOMPARE(seen, (QList<QByteArray>{"0", "1", "2", "3", "4", "5"}));
    QVERIFY(answers > 1);
}

void TestTraceStore::marksOnlyPendingRows()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("a"), DeliveryState::Pending);
    store.append(recordNamed("b"), DeliveryState::Pending);
    QVERIFY(store.flush());
    const QList<qint64> rows = pendingRows(&store);
    QVERIFY(store.markDelivered({rows[0], rows[0], 4711}));
    QVERIFY(store.markDelivered({rows[0]}));
    QVERIFY(store.markRejected(rows[0], "late"));
    QCOMPARE(store.ledger().delivered.traces, 1);
    QCOMPARE(store.ledger().rejected().traces, 0);
    QCOMPARE(store.ledger().pending.traces, 1);
    QVERIFY(store.ledger().addsUp());
}

void TestTraceStore::countsAttempts()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("a"), DeliveryState::Pending);
    QVERIFY(store.flush());
    const QList<qint64> rows = pendingRows(&store);
    QVERIFY(store.noteAttempt(rows, "503"));
    QVERIFY(store.noteAttempt(rows, "504"));
    QCOMPARE(store.pending(1)->first().attempts, 2);
    QCOMPARE(store.ledger().pending.traces, 1);
}

void TestTraceStore::keepsDisabledOutOfTheOutbox()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    QSignalSpy committed(&store, &TraceStore::pendingCommitted);
    store.append(recordNamed("a"), DeliveryState::Disabled);
    store.append(recordNamed("b"), DeliveryState::Disabled, "sampled_out");
    QVERIFY(store.flush());
    QVERIFY(pendingRows(&store).isEmpty());
    QCOMPARE(committed.size(), 0);
    QCOMPARE(store.ledger().disabled.traces, 2);
    QCOMPARE(store.newest(5)->size(), 2);
    QCOMPARE(*store.newestRow(), 2);
    const OtherConnection other(options().path);
    QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM trace WHERE id = 'a' AND reason = ''")), 1);
    QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM trace WHERE reason = 'sampled_out'")), 1);
}

void TestTraceStore::countsDropsByReason()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.noteDropped({2, 2 * 10}, "queue_full");
    store.noteDropped({0, 0 * 10}, "nothing");
    store.noteDropped({3, 3 * 10}, "store_error");
    QCOMPARE(store.ledger().dropped().traces, 5);
    QCOMPARE(store.ledger().captured.traces, 5);
    QVERIFY(store.flush());
    QVERIFY(store.ledger().addsUp());
}

void TestTraceStore::countsARepeatedIdAsDropped()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("a"), DeliveryState::Pending);
    store.append(recordNamed("a"), DeliveryState::Pending);
    store.append(recordNamed("a"), DeliveryState::Disabled);
    store.append(recordNamed("b"), DeliveryState::Pending);
    QVERIFY(store.flush());
    QCOMPARE(pendingRows(&store).size(), 2);
    Ledger counts = store.ledger();
    QCOMPARE(counts.pending.traces, 2);
    QCOMPARE(counts.dropped().traces, 2);
    QVERIFY(counts.addsUp());
    store.close();
    QVERIFY(store.open(options()));
    QVERIFY(store.ledger() == counts);
}

void TestTraceStore::namesTheOldestPending()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    QCOMPARE(store.ledger().oldestPendingStartedAtUs, 0);
    store.append(recordNamed("a", 100), DeliveryState::Pending);
    store.append(recordNamed("b", 200), DeliveryState::Pending);
    QVERIFY(store.flush());
    QCOMPARE(store.ledger().oldestPendingStartedAtUs, 100);
    const QList<qint64> rows = pendingRows(&store);
    QVERIFY(store.markDelivered({rows[0]}));
    QCOMPARE(store.ledger().oldestPendingStartedAtUs, 200);
    QVERIFY(store.markRejected(rows[1], "no"));
    QCOMPARE(store.ledger().oldestPendingStartedAtUs, 0);
}

void TestTraceStore::givesTheNewestFirst()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    for (const char* id : {"a", "b", "c"})
        store.append(recordNamed(id), DeliveryState::Disabled);
    QVERIFY(store.flush());
    QCOMPARE(idsOf(*store.newest(2)), (QList<QByteArray>{"c", "b"}));
}

void TestTraceStore::keepsFilesPrivate()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("a"), DeliveryState::Pending);
    QVERIFY(store.flush());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const QString path = options().path + QLatin1String(suffix);
        QVERIFY2(QFile::exists(path), qPrintable(path));
        QCOMPARE(QFile::permissions(path) & QFile::Permissions(others), QFile::Permissions());
    }
}

void TestTraceStore::signalsCommits()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    QSignalSpy pending(&store, &TraceStore::pendingCommitted);
    QSignalSpy counts(&store, &TraceStore::ledgerChanged);
    store.append(recordNamed("a"), DeliveryState::Pending);
    store.append(recordNamed("b"), DeliveryState::Pending);
    QVERIFY(store.flush());
    QCOMPARE(pending.size(), 1);
    QCOMPARE(counts.size(), 1);
    QVERIFY(store.flush()); // nothing queued
    QCOMPARE(counts.size(), 1);
    QVERIFY(store.markDelivered(pendingRows(&store)));
    QCOMPARE(pending.size(), 1);
    QCOMPARE(counts.size(), 2);
}

void TestTraceStore::staysQuickOverALongHistory()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    QElapsedTimer timer;
    timer.start();
    constexpr int historyRows = 20'000;
    for (int i = 0; i < historyRows; ++i)
        store.append(recordNamed(QByteArray::number(i)), DeliveryState::Disabled);
    store.append(recordNamed("last"), DeliveryState::Pending);
    QVERIFY(store.flush());
    qInfo("%d appends: %lld ms", historyRows, timer.restart());
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(store.pending(10)->size(), 1);
    qInfo("1000 looks into the outbox: %lld ms", timer.elapsed());
    // A scan of the history would take minutes.
    QVERIFY(timer.elapsed() < 10'000);
}

void TestTraceStore::hasSeveralStoresAtOnce()
{
    TraceStore one;
    TraceStore other;
    QVERIFY(one.open(options()));
    TraceStore::Options elsewhere = options();
    elsewhere.path = m_dir->filePath(QStringLiteral("other.db"));
    QVERIFY(other.open(elsewhere));
    one.append(recordNamed("a"), DeliveryState::Pending);
    QVERIFY(one.flush());
    QCOMPARE(pendingRows(&one).size(), 1);
    QCOMPARE(pendingRows(&other).size(), 0);
}

REGISTER_TEST(TestTraceStore)
#include "tst_tracestore.moc"
