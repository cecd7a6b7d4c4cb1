// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What users do to stored traces: delete them, have rejected ones delivered again.

#include "conversation.h"
#include "storefixture.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTemporaryDir>

class TestRowEdits final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void deletesWhateverBecameOfATrace();
    void sparesWhatIsBeingDelivered();
    void deletesWhatIsQueuedBefore();
    void deletesALittleAtATime();
    void keepsBytesThatOthersUse();
    void changesNothingWhenItCannotWrite();
    void retriesWhatWasRejected();
    void failsWhenItIsNotOpen();

private:
    TraceStore::Options options() const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestRowEdits::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

TraceStore::Options TestRowEdits::options() const
{
    TraceStore::Options options;
    options.path = m_dir->filePath(QStringLiteral("traces.db"));
    options.retention.maxAge = std::chrono::hours(24 * 365 * 100); // nothing goes by itself
    return options;
}

void TestRowEdits::deletesWhateverBecameOfATrace()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    for (const char* id : {"delivered", "rejected", "pending", "kept"})
        store.append(recordNamed(id), DeliveryState::Pending);
    store.append(recordNamed("disabled"), DeliveryState::Disabled);
    QVERIFY(store.flush());
    QVERIFY(store.markDelivered({1}));
    QVERIFY(store.markRejected(2, "rejected_400: x"));
    const auto rows = store.rowsOf({"disabled", "pending", "rejected", "nobody", "delivered"});
    QVERIFY(rows);
    QCOMPARE(*rows, (QList<qint64>{5, 3, 2, 1}));

    QSignalSpy spy(&store, &TraceStore::ledgerChanged);
    const auto edit = store.deleteTraces(*rows + QList<qint64>{77});
    QVERIFY(edit);
    QCOMPARE(*edit, (RowEdit{5, {"disabled", "pending", "rejected", "delivered"}, 0}));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(idsOf(*store.newest(10)), QList<QByteArray>{"kept"});
    QCOMPARE(idsOf(*store.pending(10)), QList<QByteArray>{"kept"});
    const Ledger ledger = store.ledger();
    QVERIFY(ledger.addsUp());
    QCOMPARE(ledger.captured, (Tally{5, 555}));
    QCOMPARE(ledger.droppedBy.value("deleted"), (Tally{1, 111}));
    QCOMPARE(ledger.evictedBy.value("deleted"), (Tally{3, 333}));
    QCOMPARE(ledger.delivered, (Tally{1, 111})); // it was, and stays so
    QCOMPARE(ledger.rejectedBy.value("rejected_400"), (Tally{1, 111}));
    store.close();
    QVERIFY(store.open(options()));
    QVERIFY(store.ledger() == ledger);
    QCOMPARE(*store.deleteTraces(*rows), (RowEdit{4, {}, 0})); // once only
    QVERIFY(store.ledger() == ledger);
}

void TestRowEdits::sparesWhatIsBeingDelivered()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    for (const char* id : {"a", "b"})
        store.append(recordNamed(id), DeliveryState::Pending);
    QVERIFY(store.flush());
    store.setDelivering({1}, true);
    QCOMPARE(*store.deleteTraces({1, 2}), (RowEdit{2, {"b"}, 1}));
    QVERIFY(store.markDelivered({1}));
    QCOMPARE(store.ledger().delivered.traces, 1);
    QCOMPARE(*store.deleteTraces({1, 2}), (RowEdit{2, {"a"}, 0}));
    QVERIFY(store.ledger().addsUp());
    QVERIFY(store.newest(10)->isEmpty());
}

void TestRowEdits::deletesWhatIsQueuedBefore()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("a"), DeliveryState::Pending); // will be row 1
    QCOMPARE(*store.deleteTraces({1}), (RowEdit{1, {"a"}, 0}));
    QCOMPARE(store.ledger().droppedBy.value("deleted").traces, 1);
}

void TestRowEdits::deletesALittleAtATime()
{
    constexpr int count = 6'000;
    TraceStore store;
    QVERIFY(store.open(options()));
    QList<qint64> rows;
    for (int i = 1; i <= count; ++i) {
        store.append(recordNamed(QByteArray::number(i)), DeliveryState::Disabled);
        rows.append(i);
    }
    QVERIFY(store.flush());
    int calls = 0;
    qsizetype deleted = 0;
    for (qsizetype done = 0; done < count; ++calls) {
        const auto edit = store.deleteTraces(rows.mid(done));
        QVERIFY(edit);
        QVERIFY(edit->handled > 0);
        done += edit->handled;
        deleted += int(edit->changed.size());
    }
    QVERIFY2(calls > 1, "6,000 rows in one go");
    QCOMPARE(deleted, count);
    QCOMPARE(store.ledger().evictedBy.value("deleted").traces, count);
    const OtherConnection other(options().path);
    QTRY_VERIFY(other.number(QStringLiteral("PRAGMA page_count")) * 4096 < 1'500'000); // space is given back
}

void TestRowEdits::keepsBytesThatOthersUse()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    AgentConversation conversation(1);
    QList<TraceRecord> records;
    for (int turn = 0; turn < 30; ++turn) {
        records.append(conversation.nextTurn(4000));
        store.append(records.last(), DeliveryState::Disabled);
    }
    QVERIFY(store.flush());
    QList<qint64> even;
    QList<qint64> odd;
    for (qint64 row = 1; row <= 30; ++row)
        (row % 2 ? odd : even).append(row);
    QCOMPARE(store.deleteTraces(odd)->changed.size(), 15);
    for (qint64 row : even) {
        const TraceRecord& record = records[row - 1];
        const auto found = store.record(record.id);
        QVERIFY(found && *found && **found == record);
    }
    QCOMPARE(store.deleteTraces(even)->changed.size(), 15);
    {
        const OtherConnection other(options().path);
        QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM piece")), 0);
        QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM content")), 0);
    }
    // What has been deleted is not referred to.
    const TraceRecord next = conversation.nextTurn(4000);
    store.append(next, DeliveryState::Disabled);
    QVERIFY(store.flush());
    const auto found = store.record(next.id);
    QVERIFY(found && *found && **found == next);
}

void TestRowEdits::changesNothingWhenItCannotWrite()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    for (const char* id : {"a", "b"})
        store.append(recordNamed(id), DeliveryState::Pending);
    QVERIFY(store.flush());
    QVERIFY(store.markRejected(2, "rejected_400: x"));
    const Ledger before = store.ledger();
    {
        const OtherConnection other(options().path);
        QVERIFY(other.run(QStringLiteral("BEGIN IMMEDIATE")));
        const auto deleted = store.deleteTraces({1, 2});
        QVERIFY(!deleted);
        QCOMPARE(deleted.error().code, ErrorCode::StoreFailed);
        QVERIFY(deleted.error().message.contains(options().path));
        QVERIFY(!store.retryRejected({2}));
        QVERIFY(store.ledger() == before);
        QVERIFY(other.run(QStringLiteral("ROLLBACK")));
    }
    QCOMPARE(store.newest(10)->size(), 2);
    QCOMPARE(*store.deleteTraces({1, 2}), (RowEdit{2, {"a", "b"}, 0}));
}

void TestRowEdits::retriesWhatWasRejected()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    for (const char* id : {"a", "b", "c", "d"})
        store.append(recordNamed(id), DeliveryState::Pending);
    QVERIFY(store.flush());
    QVERIFY(store.noteAttempt({1, 2}, "HTTP 500"));
    QVERIFY(store.markRejected(1, "rejected_400: bad"));
    QVERIFY(store.markRejected(2, "too_large"));
    QVERIFY(store.markDelivered({3}));

    QSignalSpy news(&store, &TraceStore::pendingCommitted);
    QCOMPARE(*store.retryRejected({1, 3, 4, 99}), (RowEdit{4, {"a"}, 0}));
    QCOMPARE(news.size(), 1);
    const auto pending = store.pending(10);
    QCOMPARE(idsOf(*pending), (QList<QByteArray>{"a", "d"}));
    QCOMPARE(pending->first().attempts, 0);
    Ledger ledger = store.ledger();
    QVERIFY(ledger.addsUp());
    QCOMPARE(ledger.pending.traces, 2);
    QCOMPARE(ledger.delivered.traces, 1);
    QCOMPARE(ledger.rejectedBy, (TallyByReason{{"too_large", {1, 111}}}));
    store.close();
    QVERIFY(store.open(options()));
    QVERIFY(store.ledger() == ledger);

    QSignalSpy noNews(&store, &TraceStore::pendingCommitted);
    QCOMPARE(*store.retryRejected({1}), (RowEdit{1, {}, 0}));
    QVERIFY(noNews.isEmpty());
    QVERIFY(store.markRejected(1, "rejected_422: still"));
    QCOMPARE(store.ledger().rejectedBy.value("rejected_422").traces, 1);
    QVERIFY(store.ledger().addsUp());
}

void TestRowEdits::failsWhenItIsNotOpen()
{
    TraceStore store;
    QVERIFY(!store.deleteTraces({1}));
    QVERIFY(!store.retryRejected({1}));
    QVERIFY(!store.rowsOf({"a"}));
}

REGISTER_TEST(TestRowEdits)
#include "tst_rowedits.moc"
