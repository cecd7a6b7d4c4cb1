// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracestore.h"

#include "base/ids.h"
#include "storefixture.h"
#include "support/testprogram.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTextStream>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

namespace {

constexpr int childRecords = 300;

/// Appends, says so once all is committed, and waits to be killed.
int appendAndWait(const QStringList& arguments)
{
    TraceStore store;
    TraceStore::Options options;
    options.path = arguments.value(1);
    if (!store.open(options))
        return 1;
    QObject::connect(&store, &TraceStore::ledgerChanged, &store, [](const Ledger& counts) {
        if (counts.pending.traces == childRecords)
            QTextStream(stdout) << "committed" << Qt::endl;
    });
    for (int i = 0; i < childRecords; ++i)
        store.append(recordNamed(QByteArray::number(i)), DeliveryState::Pending);
    return QCoreApplication::exec();
}

} // namespace

class TestTraceStoreFailures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsWhatWasCommittedBeforeAKill();
    void refusesACorruptFile();
    void refusesANewerSchema();
    void refusesAnotherProgramsDatabase();
    void refusesAPathThatCannotBe();
    void waitsForALockedDatabase();
    void keepsMarksWhileLocked();
    void keepsLessAndLessWhileLocked();
    void dropsWhatIsTooLarge();
    void survivesAFullDisk();
    void commitsThoughTheThreadIsBusy();
    void rejectsRowsThatCannotBeRead();
    void answersWithErrorsWhenNotOpen();

private:
    TraceStore::Options options() const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestTraceStoreFailures::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

TraceStore::Options TestTraceStoreFailures::options() const
{
    TraceStore::Options options;
    options.path = m_dir->filePath(QStringLiteral("traces.db"));
    return options;
}

void TestTraceStoreFailures::keepsWhatWasCommittedBeforeAKill()
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("append-and-wait"), options().path});
    QTRY_VERIFY_WITH_TIMEOUT(child.canReadLine(), 10'000);
    QCOMPARE(child.readLine().trimmed(), QByteArray("committed"));
    child.kill(); // SIGKILL: no destructor, no close
    QVERIFY(child.waitForFinished());

    TraceStore store;
    QVERIFY(store.open(options()));
    QCOMPARE(store.pending(1000)->size(), childRecords);
    QCOMPARE(store.ledger().captured.traces, childRecords);
    QVERIFY(store.ledger().addsUp());
}

void TestTraceStoreFailures::refusesACorruptFile()
{
    QFile file(options().path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    TraceStore store;
    const auto opened = store.open(options());
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::StoreFailed);
    QVERIFY2(opened.error().message.contains(options().path), qPrintable(opened.error().message));
    QVERIFY2(opened.error().message.contains(QStringLiteral("not a database")),
        qPrintable(opened.error().message));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray(8192, 'x')); // left as it was
}

void TestTraceStoreFailures::refusesANewerSchema()
{
    {
        TraceStore store;
        QVERIFY(store.open(options()));
    }
    QVERIFY(OtherConnection(options().path).run(QStringLiteral("PRAGMA user_version = 99")));
    TraceStore store;
    const auto opened = store.open(options());
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.contains(QStringLiteral("newer version (form 99")),
        qPrintable(opened.error().message));
    QVERIFY(opened.error().message.contains(options().path));
}

void TestTraceStoreFailures::refusesAnotherProgramsDatabase()
{
    QVERIFY(OtherConnection(options().path).run(QStringLiteral("CREATE TABLE precious (x)")));
    TraceStore store;
    const auto opened = store.open(options());
    QVERIFY(!opened);
    QVERIFY(opened.error().message.contains(QStringLiteral("another program")));
}

void TestTraceStoreFailures::refusesAPathThatCannotBe()
{
    TraceStore store;
    TraceStore::Options impossible;
    impossible.path = m_dir->path(); // a folder
    const auto opened = store.open(impossible);
    QVERIFY(!opened);
    QVERIFY(opened.error().message.contains(m_dir->path()));
    QVERIFY(store.open(options())); // and the object is still good
}

void TestTraceStoreFailures::waitsForALockedDatabase()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    QSignalSpy failed(&store, &TraceStore::storeFailed);
    QSignalSpy committed(&store, &TraceStore::pendingCommitted);
    const OtherConnection other(options().path);
    QVERIFY(other.run(QStringLiteral("BEGIN IMMEDIATE")));

    store.append(recordNamed("a"), DeliveryState::Pending);
    const auto flushed = store.flush();
    QVERIFY(!flushed);
    QCOMPARE(flushed.error().code, ErrorCode::StoreFailed);
    QCOMPARE(failed.size(), 1);
    QVERIFY(store.pending(10)->isEmpty());
    QCOMPARE(store.ledger().pending.traces, 1);

    QVERIFY(other.run(QStringLiteral("COMMIT")));
    QVERIFY(committed.wait()); // tried again by itself
    QCOMPARE(store.pending(10)->size(), 1);
    QVERIFY(store.ledger().addsUp());
}

void TestTraceStoreFailures::keepsMarksWhileLocked()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("a"), DeliveryState::Pending);
    store.append(recordNamed("b"), DeliveryState::Pending);
    QVERIFY(store.flush());
    const auto rows = store.pending(10);
    const OtherConnection other(options().path);
    QVERIFY(other.run(QStringLiteral("BEGIN IMMEDIATE")));
    QVERIFY(!store.markDelivered({rows->first().row}));
    QCOMPARE(idsOf(*store.pending(10)), (QList<QByteArray>{"b"})); // not sent twice
    QVERIFY(!store.noteAttempt({rows->last().row}, "503"));

    QVERIFY(other.run(QStringLiteral("COMMIT")));
    QTRY_COMPARE(store.ledger().delivered.traces, 1);
    QCOMPARE(store.ledger().pending.traces, 1);
    store.close();
    QVERIFY(store.open(options()));
    QCOMPARE(idsOf(*store.pending(10)), (QList<QByteArray>{"b"}));
}

void TestTraceStoreFailures::keepsLessAndLessWhileLocked()
{
    TraceStore store;
    TraceStore::Options small = options();
    small.maxQueuedBytes = 400'000;
    QVERIFY(store.open(small));
    const OtherConnection other(options().path);
    QVERIFY(other.run(QStringLiteral("BEGIN IMMEDIATE")));
    QByteArray noise; // 8 KB that do not pack
    for (quint64 state = 1; noise.size() < 8192;) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        noise.append(char(state >> 56));
    }
    constexpr int count = 500;
    for (int i = 0; i < count; ++i) {
        TraceRecord record = recordNamed(QByteArray::number(i));
        record.requestBody = noise;
        record.usage.emplace();
        record.usage->input = i;
        store.append(record, DeliveryState::Pending);
    }
    const Ledger ledger = store.ledger();
    QVERIFY(ledger.addsUp());
    QCOMPARE(ledger.captured, (Tally{count, count * 111}));
    QCOMPARE(ledger.pending.traces + ledger.droppedBy.value("store_error").traces, count);
    QVERIFY(ledger.droppedBy.value("store_error").traces > 50);

    QVERIFY(other.run(QStringLiteral("COMMIT")));
    QVERIFY(store.flush());
    const auto pending = store.pending(count);
    QCOMPARE(pending->size(), ledger.pending.traces);
    QMap<qsizetype, int> bodies; // how many of each size
    qsizetype last = noise.size();
    for (const PendingTrace& trace : *pending) {
        const qsizetype size = trace.record.requestBody.size();
        QVERIFY(size <= last); // step by step
        last = size;
        ++bodies[size];
        QCOMPARE(trace.record.bodiesDropped, size < noise.size());
        QCOMPARE(trace.record.usage->input, trace.record.id.toInt()); // to the last
    }
    QCOMPARE(bodies.keys(), (QList<qsizetype>{0, 4096, 8192}));
    for (int traces : bodies)
        QVERIFY(traces > 10);
    store.append(recordNamed("later"), DeliveryState::Pending);
    QVERIFY(store.flush()); // all is well again
    QVERIFY(!(*store.record("later"))->bodiesDropped);
    const Ledger after = store.ledger();
    store.close();
    QVERIFY(store.open(options()));
    QVERIFY(store.ledger() == after);
    QVERIFY(after.addsUp());
}

void TestTraceStoreFailures::dropsWhatIsTooLarge()
{
    TraceStore store;
    TraceStore::Options tiny = options();
    tiny.maxQueuedBytes = 50'000;
    QVERIFY(store.open(tiny));
    TraceRecord record = recordNamed("headers only, and more than fits");
    for (int i = 0; i < 5000; ++i)
        record.requestHeaders.append(Ids::newUuid(), Ids::newUuid());
    store.append(record, DeliveryState::Pending);
    QCOMPARE(store.ledger().droppedBy.value("too_large"), (Tally{1, 111}));
    QVERIFY(store.ledger().addsUp());
}

void TestTraceStoreFailures::survivesAFullDisk()
{
#ifdef Q_OS_UNIX
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("before"), DeliveryState::Pending);
    QVERIFY(store.flush());
    QSignalSpy failed(&store, &TraceStore::storeFailed);

    // No file of this process may grow any more: writes fail as on a full disk.
    const auto previous = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit full{4096, limit.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &full), 0);
    TraceRecord record = recordNamed("during");
    record.requestText = QByteArray(200'000, 'a');
    store.append(record, DeliveryState::Pending);
    const bool wasWritten = bool(store.flush());
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &limit), 0);
    std::signal(SIGXFSZ, previous);

    QVERIFY(!wasWritten);
    QCOMPARE(failed.size(), 1);
    QTRY_COMPARE(store.pending(10)->size(), 2);
    QCOMPARE(idsOf(*store.pending(10)), (QList<QByteArray>{"before", "during"}));
    QVERIFY(store.pending(10)->last().record == record);
    QVERIFY(store.ledger().addsUp());
#else
    QSKIP("needs setrlimit");
#endif
}

void TestTraceStoreFailures::rejectsRowsThatCannotBeRead()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    for (const char* id : {"a", "b", "c"})
        store.append(recordNamed(id), DeliveryState::Pending);
    QVERIFY(store.flush());
    {
        const OtherConnection other(options().path);
        QVERIFY(other.run(QStringLiteral("UPDATE content SET data = x'0100ff' WHERE row = 1")));
        QVERIFY(other.run(QStringLiteral("DELETE FROM content WHERE row = 2")));
    }
    QCOMPARE(idsOf(*store.pending(1)), (QList<QByteArray>{"c"}));
    QTRY_COMPARE(store.ledger().rejected().traces, 2);
    QCOMPARE(store.ledger().pending.traces, 1);
    QVERIFY(store.ledger().addsUp());
    QVERIFY(!store.record("a"));
}

void TestTraceStoreFailures::answersWithErrorsWhenNotOpen()
{
    TraceStore store;
    QVERIFY(!store.flush());
    QVERIFY(!store.pending(1));
    QVERIFY(!store.record("a"));
    QVERIFY(!store.newest(1));
    store.append(recordNamed("a"), DeliveryState::Pending);
    QCOMPARE(store.ledger().dropped().traces, 1);
    QVERIFY(store.ledger().addsUp());
}

// A batch of large records keeps the thread busy: what was finished before does not wait for its end.
void TestTraceStoreFailures::commitsThoughTheThreadIsBusy()
{
    TraceStore store;
    TraceStore::Options options = this->options();
    options.commitRows = 1'000'000;
    QVERIFY(store.open(options));
    const OtherConnection other(options.path);
    const QString count = QStringLiteral("SELECT count(*) FROM trace");
    const QDeadlineTimer deadline(10'000);
    int appended = 0;
    while (other.number(count) == 0 && !deadline.hasExpired()) // and no turn of the event loop
        store.append(recordNamed(QByteArray::number(++appended)), DeliveryState::Disabled);
    QVERIFY(other.number(count) > 0);
}

REGISTER_TEST(TestTraceStoreFailures)
REGISTER_CHILD("append-and-wait", appendAndWait)
#include "tst_tracestorefailures.moc"
