// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a store holds on to: bytes that many traces share are stored once, and old traces make room for new.

#include "conversation.h"
#include "storefixture.h"
#include "support/testprogram.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace std::chrono_literals;

class TestStoreRetention final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void storesAConversationOnce();
    void deletesOldTraces();
    void staysBelowItsBytes_data();
    void staysBelowItsBytes();
    void deletesInTheWrittenOrder();
    void sparesWhatIsBeingDelivered();
    void givesSpaceBack();
    void deletesNoBytesThatAreInUse();

private:
    TraceStore::Options options() const;
    qint64 fileBytes() const { return QFileInfo(options().path).size(); }
    static qint64 nowUs() { return QDateTime::currentMSecsSinceEpoch() * 1000; }

    std::unique_ptr<QTemporaryDir> m_dir;
};

namespace {

/// A record that takes some room in the file.
TraceRecord large(int number, qsizetype bytes)
{
    QRandomGenerator random(quint32(number) + 1);
    TraceRecord record = recordNamed(QByteArray::number(number), QDateTime::currentMSecsSinceEpoch() * 1000);
    record.requestBody.resize(bytes);
    for (char& c : record.requestBody)
        c = char(random.generate());
    return record;
}

} // namespace

void TestStoreRetention::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

TraceStore::Options TestStoreRetention::options() const
{
    TraceStore::Options options;
    options.path = m_dir->filePath(QStringLiteral("traces.db"));
    return options;
}

void TestStoreRetention::storesAConversationOnce()
{
    constexpr int turns = 200;
    AgentConversation conversation(1);
    QList<TraceRecord> records;
    TraceStore store;
    QVERIFY(store.open(options()));
    for (int turn = 0; turn < turns; ++turn) {
        TraceRecord record = conversation.nextTurn(2000);
        if (turn % 50 == 0 || turn == turns - 1)
            records.append(record);
        store.append(record, DeliveryState::Pending);
    }
    store.close();
    QVERIFY(conversation.nextTurn(1).requestBody.size() > 400'000);
    qInfo("%d turns up to 400 KB: %lld bytes on disk", turns, fileBytes());
    QVERIFY(fileBytes() < 3'000'000);
    QVERIFY(store.open(options()));
    for (const TraceRecord& record : std::as_const(records)) {
        const auto found = store.record(record.id);
        QVERIFY(found && *found);
        QVERIFY(**found == record);
    }
}

void TestStoreRetention::deletesOldTraces()
{
    TraceStore store;
    TraceStore::Options withAge = options();
    withAge.retention.maxAge = 1h;
    QVERIFY(store.open(withAge));
    const qint64 old = nowUs() - 2 * 3600 * qint64(1'000'000);
    for (const char* id : {"old", "old rejected", "old pending"})
        store.append(recordNamed(id, old), DeliveryState::Pending);
    store.append(recordNamed("old disabled", old), DeliveryState::Disabled);
    store.append(recordNamed("young", nowUs()), DeliveryState::Disabled);
    QVERIFY(store.flush());
    QVERIFY(store.markDelivered({1}));
    QVERIFY(store.markRejected(2, "rejected_400: x"));
    QTRY_COMPARE(store.newest(10)->size(), 2);
    QCOMPARE(idsOf(*store.newest(10)), (QList<QByteArray>{"young", "old pending"}));
    const Ledger ledger = store.ledger();
    QVERIFY(ledger.addsUp());
    QCOMPARE(ledger.evictedBy.value("evicted_age"), (Tally{3, 333}));
    QCOMPARE(ledger.delivered, (Tally{1, 111})); // it was, and stays so
    QCOMPARE(ledger.rejected(), (Tally{1, 111}));
    QCOMPARE(ledger.pending, (Tally{1, 111}));
    store.close();
    QVERIFY(store.open(withAge));
    QVERIFY(store.ledger() == ledger);
}

void TestStoreRetention::staysBelowItsBytes_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("recordBytes");
    for (int bytes : {3000, 60'000}) {
        QTest::addRow("disabled, %d", bytes) << int(DeliveryState::Disabled) << bytes;
        QTest::addRow("pending, %d", bytes) << int(DeliveryState::Pending) << bytes;
    }
}

void TestStoreRetention::staysBelowItsBytes()
{
    QFETCH(int, state);
    QFETCH(int, recordBytes);
    constexpr qint64 maxBytes = 2'000'000;
    TraceStore store;
    TraceStore::Options small = options();
    small.retention.maxBytes = maxBytes;
    QVERIFY(store.open(small));
    const int count = 8'000'000 / recordBytes;
    for (int i = 0; i < count; ++i) {
        store.append(large(i, recordBytes), DeliveryState(state));
        if (i % 10 == 9) {
            QVERIFY(store.flush());
            QTest::qWait(0);
        }
    }
    QVERIFY(store.flush());
    const auto kept = [&] { return store.newest(count)->size(); };
    QTRY_VERIFY(kept() * recordBytes < maxBytes);
    QVERIFY(kept() * recordBytes > maxBytes / 2); // and no more goes than must
    QCOMPARE(store.newest(1)->first().id, QByteArray::number(count - 1));
    const Ledger ledger = store.ledger();
    QVERIFY(ledger.addsUp());
    QCOMPARE(ledger.captured.traces, count);
    const TallyByReason& gone
        = DeliveryState(state) == DeliveryState::Pending ? ledger.droppedBy : ledger.evictedBy;
    QCOMPARE(gone.value("evicted_bytes").traces, count - kept());
    store.close();
    QVERIFY2(fileBytes() < maxBytes * 3 / 2, QByteArray::number(fileBytes()).constData());
}

void TestStoreRetention::deletesInTheWrittenOrder()
{
    TraceStore store;
    TraceStore::Options small = options();
    QVERIFY(store.open(small));
    constexpr int each = 20;
    for (int i = 0; i < 4 * each; ++i)
        store.append(large(i, 20'000), i % 4 == 3 ? DeliveryState::Disabled : DeliveryState::Pending);
    QVERIFY(store.flush());
    const auto pending = store.pending(1000);
    for (const PendingTrace& trace : *pending) {
        const int kind = trace.record.id.toInt() % 4;
        if (kind == 1)
            QVERIFY(store.markDelivered({trace.row}));
        else if (kind == 2)
            QVERIFY(store.markRejected(trace.row, "rejected_400"));
    }
    // Kind by kind they go as the bound gets smaller: delivered and disabled, then rejected, then pending.
    const auto keptKinds = [&] {
        QSet<int> kinds;
        const auto kept = store.newest(1000);
        for (const TraceRecord& record : *kept)
            kinds.insert(record.id.toInt() % 4);
        return kinds;
    };
    const QList<std::pair<qint64, QSet<int>>> steps{{800'000, {0, 2}}, {380'000, {0}}, {200'000, {0}}};
    for (const auto& [bytes, kinds] : steps) {
        store.close();
        small.retention.maxBytes = bytes;
        QVERIFY(store.open(small));
        QTRY_COMPARE(keptKinds(), kinds);
        QVERIFY(store.ledger().addsUp());
    }
    QTRY_VERIFY(store.ledger().droppedBy.value("evicted_bytes").traces > 5);
    QVERIFY(store.ledger().pending.traces > 0);
    QCOMPARE(store.pending(1000)->last().record.id, QByteArray::number(4 * each - 4)); // the newest stay
}

void TestStoreRetention::sparesWhatIsBeingDelivered()
{
    TraceStore store;
    TraceStore::Options small = options();
    small.retention.maxBytes = 300'000;
    QVERIFY(store.open(small));
    store.append(large(0, 20'000), DeliveryState::Pending);
    QVERIFY(store.flush());
    store.setDelivering({1}, true);
    for (int i = 1; i < 40; ++i) {
        store.append(large(i, 20'000), DeliveryState::Pending);
        QVERIFY(store.flush());
    }
    QTRY_VERIFY(store.ledger().droppedBy.value("evicted_bytes").traces > 20);
    QVERIFY(*store.record("0"));
    QVERIFY(store.markDelivered({1}));
    QVERIFY(store.ledger().addsUp());
    QCOMPARE(store.ledger().delivered.traces, 1);
}

void TestStoreRetention::givesSpaceBack()
{
    TraceStore store;
    TraceStore::Options some = options();
    QVERIFY(store.open(some));
    for (int i = 0; i < 200; ++i)
        store.append(large(i, 50'000), DeliveryState::Disabled);
    store.close();
    QVERIFY(fileBytes() > 10'000'000);
    some.retention.maxBytes = 1'000'000;
    QVERIFY(store.open(some));
    QElapsedTimer turn;
    qint64 longestTurnMs = 0;
    const auto isSmall = [&] {
        longestTurnMs = std::max(longestTurnMs, turn.restart());
        return store.newest(1000)->size() < 20;
    };
    turn.start();
    QTRY_VERIFY(isSmall());
    qInfo("longest turn of the event loop: %lld ms", longestTurnMs);
    {
        const OtherConnection other(options().path);
        QTRY_VERIFY(other.number(QStringLiteral("PRAGMA page_count")) * 4096 < 3'000'000);
    }
    store.close();
    QVERIFY(fileBytes() < 3'000'000);
}

void TestStoreRetention::deletesNoBytesThatAreInUse()
{
    // Conversations that share, in a store that is always full; every trace that is there can be read.
    TraceStore store;
    TraceStore::Options small = options();
    small.retention.maxBytes = 400'000;
    QVERIFY(store.open(small));
    QRandomGenerator random(1);
    std::vector<AgentConversation> conversations;
    for (quint32 seed : {1U, 2U, 3U})
        conversations.emplace_back(seed);
    QHash<QByteArray, TraceRecord> all;
    for (int i = 0; i < 300; ++i) {
        const TraceRecord record = conversations[random.bounded(3)].nextTurn(1500);
        all.insert(record.id, record);
        store.append(record, random.bounded(3) ? DeliveryState::Disabled : DeliveryState::Pending);
        if (random.bounded(3) == 0)
            QVERIFY(store.flush());
        if (random.bounded(20) == 0)
            QTest::qWait(0);
        if (random.bounded(60) == 0) {
            store.close();
            QVERIFY(store.open(small));
        }
    }
    QVERIFY(store.flush());
    QTRY_VERIFY(store.newest(1000)->size() < 250);
    const auto kept = store.newest(1000);
    QVERIFY(kept);
    for (const TraceRecord& record : *kept)
        QVERIFY(record == all.value(record.id));
    QVERIFY(store.ledger().addsUp());
    QVERIFY(store.ledger().rejectedBy.isEmpty());
    store.close();
    const OtherConnection other(options().path);
    QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM piece WHERE uses <= 0")), 0);
    QVERIFY(other.number(QStringLiteral("SELECT count(*) FROM piece")) <= kept->size() * 64);
}

REGISTER_TEST(TestStoreRetention)
#include "tst_storeretention.moc"
