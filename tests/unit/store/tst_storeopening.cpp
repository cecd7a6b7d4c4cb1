// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opening a store: one process at a time, files of older forms, files that are damaged.

#include "store/contentcodec.h"
#include "store/schema.h"
#include "store/storereader.h"
#include "storefixture.h"
#include "support/testprogram.h"
#include "trace/recordcodec.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>

namespace {

/// Opens the store, says so, and waits to be killed.
int openAndWait(const QStringList& arguments)
{
    TraceStore store;
    TraceStore::Options options;
    options.path = arguments.value(1);
    if (!store.open(options))
        return 1;
    QTextStream(stdout) << "open" << Qt::endl;
    return QCoreApplication::exec();
}

/// Text that zstd does not make small, so that rows fill pages.
QByteArray noise(qsizetype bytes, quint64 seed)
{
    QByteArray text;
    for (quint64 state = seed + 1; text.size() < bytes;) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        text.append(char(state >> 56));
    }
    return text;
}

void overwrite(const QString& path, qint64 offset, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(offset));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestStoreOpening final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesASecondOpener();
    void isFreeAfterAKill();
    void letsOthersRead();
    void upgradesTheFirstForm();
    void upgradesTheThirdForm();
    void upgradesTheFourthForm();
    void setsADamagedStoreAside_data();
    void setsADamagedStoreAside();
    void replacesAStoreThatBreaksWhileOpen();
    void survivesABrokenLog_data();
    void survivesABrokenLog();

private:
    TraceStore::Options options() const;
    QStringList setAside() const;
    void fill(int first, int count) const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestStoreOpening::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

TraceStore::Options TestStoreOpening::options() const
{
    TraceStore::Options options;
    options.path = m_dir->filePath(QStringLiteral("traces.db"));
    return options;
}

QStringList TestStoreOpening::setAside() const
{
    return QDir(m_dir->path()).entryList({QStringLiteral("traces.db.damaged-*")});
}

void TestStoreOpening::fill(int first, int count) const
{
    TraceStore store;
    QVERIFY(store.open(options()));
    for (int i = first; i < first + count; ++i) {
        TraceRecord record = recordNamed(QByteArray::number(i));
        record.requestBody = noise(6000, quint64(i));
        store.append(record, DeliveryState::Pending);
    }
}

void TestStoreOpening::refusesASecondOpener()
{
    TraceStore first;
    QVERIFY(first.open(options()));
    TraceStore second;
    const auto opened = second.open(options());
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::StoreFailed);
    const QString message = opened.error().message;
    QVERIFY2(message.contains(options().path), qPrintable(message));
    QVERIFY2(
        message.contains(
            QStringLiteral("in use by another process (number %1)").arg(QCoreApplication::applicationPid())),
        qPrintable(message));
    first.append(recordNamed("a"), DeliveryState::Pending);
    QVERIFY(first.flush()); // the first is not disturbed
    first.close();
    QVERIFY(second.open(options()));
    QCOMPARE(second.pending(10)->size(), 1);
}

void TestStoreOpening::isFreeAfterAKill()
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("open-and-wait"), options().path});
    QTRY_VERIFY_WITH_TIMEOUT(child.canReadLine(), 10'000);
    TraceStore store;
    QVERIFY(!store.open(options()));
    child.kill(); // SIGKILL
    QVERIFY(child.waitForFinished());
    QVERIFY(store.open(options()));
}

void TestStoreOpening::letsOthersRead()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("a"), DeliveryState::Pending);
    QVERIFY(store.flush());
    const OtherConnection reader(options().path, QStringLiteral("QSQLITE_OPEN_READONLY"));
    QCOMPARE(reader.number(QStringLiteral("SELECT count(*) FROM trace")), 1);
    QVERIFY(reader.run(QStringLiteral("BEGIN")));
    QCOMPARE(reader.number(QStringLiteral("SELECT count(*) FROM trace")), 1);
    store.append(recordNamed("b"), DeliveryState::Pending);
    QVERIFY(store.flush()); // a reader in the middle of its work holds nothing up
    QCOMPARE(reader.number(QStringLiteral("SELECT count(*) FROM trace")), 1);
    QVERIFY(reader.run(QStringLiteral("COMMIT")));
    QCOMPARE(reader.number(QStringLiteral("SELECT count(*) FROM trace")), 2);
}

void TestStoreOpening::upgradesTheFirstForm()
{
    {
        const OtherConnection old(options().path);
        for (const char* statement :
            {"CREATE TABLE trace (row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
             " started_at INTEGER NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL,"
             " status INTEGER NOT NULL, error_code TEXT NOT NULL, session TEXT NOT NULL, user TEXT NOT NULL,"
             " duration INTEGER NOT NULL, bytes INTEGER NOT NULL, state INTEGER NOT NULL,"
             " attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '',"
             " reason TEXT NOT NULL DEFAULT '')",
                "CREATE INDEX trace_pending ON trace (state) WHERE state = 0",
                "CREATE TABLE content (row INTEGER PRIMARY KEY REFERENCES trace (row) ON DELETE CASCADE,"
                " data BLOB NOT NULL)",
                "CREATE TABLE ledger (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
                "PRAGMA application_id = 1279676504", "PRAGMA user_version = 1",
                "INSERT INTO ledger VALUES ('captured', 8), ('delivered', 1), ('rejected', 1),"
                " ('disabled', 1), ('dropped:queue_full', 3)"})
            QVERIFY(old.run(QLatin1String(statement)));
        for (int state : {0, 0, 1, 2, 3}) {
            static int number = 0;
            const QByteArray id = QByteArray::number(++number);
            const QByteArray content = ContentCodec::pack(RecordCodec::encode(recordNamed(id)));
            QVERIFY(old.run(QStringLiteral(
                "INSERT INTO trace (id, started_at, provider, model, status,"
                " error_code, session, user, duration, bytes, state)"
                " VALUES ('%1', 4000000000000000, 'openai', '', 200, '', '', '', 1, %1 * 10, %2)")
                                .arg(QString::fromLatin1(id))
                                .arg(state)));
            QVERIFY(old.run(QStringLiteral("INSERT INTO content VALUES (%1, x'%2')")
                                .arg(QString::fromLatin1(id), QString::fromLatin1(content.toHex()))));
        }
    }
    TraceStore store;
    QVERIFY(store.open(options()));
    const auto pending = store.pending(10);
    QCOMPARE(idsOf(*pending), (QList<QByteArray>{"1", "2"}));
    QVERIFY(pending->first().record == recordNamed("1"));
    QCOMPARE(store.newest(10)->size(), 5);
    const Ledger ledger = store.ledger();
    QVERIFY(ledger.addsUp());
    QCOMPARE(ledger.captured, (Tally{8, 150}));
    QCOMPARE(ledger.pending, (Tally{2, 30}));
    QCOMPARE(ledger.delivered, (Tally{1, 30}));
    QCOMPARE(ledger.rejectedBy.value("other"), (Tally{1, 40}));
    QCOMPARE(ledger.disabled, (Tally{1, 50}));
    QCOMPARE(ledger.droppedBy.value("queue_full"), (Tally{3, 0}));

    store.append(recordNamed("new"), DeliveryState::Pending);
    QVERIFY(store.markDelivered({pending->first().row}));
    store.close();
    QVERIFY(store.open(options()));
    QVERIFY(store.ledger().addsUp());
    QCOMPARE(store.ledger().delivered, (Tally{2, 40}));
}

void TestStoreOpening::upgradesTheThirdForm()
{
    {
        const OtherConnection old(options().path);
        for (const char* statement :
            {"CREATE TABLE trace (row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
             " started_at INTEGER NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL,"
             " status INTEGER NOT NULL, error_code TEXT NOT NULL, session TEXT NOT NULL, user TEXT NOT NULL,"
             " duration INTEGER NOT NULL, bytes INTEGER NOT NULL, state INTEGER NOT NULL,"
             " attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '',"
             " reason TEXT NOT NULL DEFAULT '', captured_bytes INTEGER NOT NULL DEFAULT 0)",
                "CREATE INDEX trace_pending ON trace (state) WHERE state = 0",
                "CREATE INDEX trace_settled ON trace (state) WHERE state <> 0",
                "CREATE TABLE content (row INTEGER PRIMARY KEY REFERENCES trace (row) ON DELETE CASCADE,"
                " data BLOB NOT NULL)",
                "CREATE TABLE piece (number INTEGER PRIMARY KEY, uses INTEGER NOT NULL, data BLOB NOT NULL)",
                "CREATE TABLE ledger (name TEXT PRIMARY KEY, count INTEGER NOT NULL,"
                " bytes INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID",
                "PRAGMA application_id = 1279676504", "PRAGMA user_version = 3",
                "INSERT INTO ledger VALUES ('captured', 1, 111), ('disabled', 1, 111)",
                "INSERT INTO trace (id, started_at, provider, model, status, error_code, session, user,"
                " duration, bytes, state, captured_bytes)"
                " VALUES ('old', 4000000000000000, 'openai', 'm-1', 200, '', 's', '', 1234, 10, 3, 111)"})
            QVERIFY(old.run(QLatin1String(statement)));
        const QByteArray content = ContentCodec::pack(RecordCodec::encode(recordNamed("old")));
        QVERIFY(old.run(QStringLiteral("INSERT INTO content VALUES (1, x'%1')")
                            .arg(QString::fromLatin1(content.toHex()))));
    }
    TraceStore store;
    TraceStore::Options withAge = options();
    const auto opened = store.open(withAge);
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    store.append(recordNamed("new"), DeliveryState::Disabled);
    QVERIFY(store.flush());
    QVERIFY(store.ledger().addsUp());
    const auto reader = StoreReader::open(options().path);
    QVERIFY(reader);
    TraceFilter filter;
    filter.session = "s";
    const auto page = (*reader)->traces(filter, 10);
    QVERIFY2(page, page ? "" : qPrintable(page.error().message));
    QCOMPARE(page->entries.size(), 2);
    const TraceSummary& old = page->entries.last();
    QCOMPARE(old.id, "old");
    QCOMPARE(old.durationUs, 1234);
    QCOMPARE(old.firstTokenUs, -1);
    QVERIFY(!old.tokens.total && !old.picodollars && old.tags.isEmpty());
    QVERIFY(old.preview.isEmpty() && old.tools.isEmpty() && old.errorMessage.isEmpty());
    QVERIFY(page->entries.first() == [&] {
        TraceSummary expected = summaryOf(recordNamed("new"));
        expected.row = page->entries.first().row;
        expected.state = DeliveryState::Disabled;
        expected.capturedBytes = page->entries.first().capturedBytes;
        return expected;
    }());
    QVERIFY(*(*reader)->call("old"));
    filter.search = "text"; // of both, but only the new one's is indexed
    QCOMPARE((*reader)->traces(filter, 10)->entries.size(), 1);
    const OtherConnection other(options().path);
    QVERIFY(store.deleteTraces({1, 2})); // one without words to forget
    QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM trace")), 0);
    QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM search WHERE search MATCH 'text'")), 0);
}

/// The fourth is the fifth without what lists say of a call.
void TestStoreOpening::upgradesTheFourthForm()
{
    TraceStore store;
    QVERIFY(store.open(options()));
    store.append(recordNamed("old"), DeliveryState::Pending);
    QVERIFY(store.flush());
    store.close();
    {
        const OtherConnection old(options().path);
        for (const char* column : {"error_message", "preview", "tools"})
            QVERIFY(old.run(QStringLiteral("ALTER TABLE trace DROP COLUMN ") + QLatin1String(column)));
        QVERIFY(old.run(QStringLiteral("PRAGMA user_version = 4")));
    }
    QVERIFY(store.open(options()));
    QCOMPARE(
        OtherConnection(options().path).number(QStringLiteral("PRAGMA user_version")), storeSchemaVersion);
    QVERIFY(store.pending(10)->first().record == recordNamed("old"));
    TraceRecord withError = recordNamed("new");
    withError.errorMessage = "Overloaded";
    store.append(withError, DeliveryState::Disabled);
    QVERIFY(store.flush());
    QVERIFY(store.ledger().addsUp());
    const auto reader = StoreReader::open(options().path);
    TraceFilter filter;
    filter.search = "text";
    const auto page = (*reader)->traces(filter, 10);
    QVERIFY2(page, page ? "" : qPrintable(page.error().message));
    QCOMPARE(page->entries.size(), 2);
    QCOMPARE(page->entries.first().errorMessage, "Overloaded");
    QVERIFY(page->entries.last().errorMessage.isEmpty());
}

void TestStoreOpening::setsADamagedStoreAside_data()
{
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qsizetype>("bytes");
    QTest::newRow("no header") << qint64(0) << qsizetype(100);
    QTest::newRow("no schema") << qint64(100) << qsizetype(1000);
    QTest::newRow("nothing is left") << qint64(0) << qsizetype(100'000);
}

void TestStoreOpening::setsADamagedStoreAside()
{
    QFETCH(qint64, offset);
    QFETCH(qsizetype, bytes);
    fill(0, 10);
    overwrite(options().path, offset, QByteArray(bytes, '\x5a'));
    TraceStore store;
    QVERIFY(store.open(options()));
    QCOMPARE(setAside().size(), 1);
    QVERIFY(QFile(m_dir->filePath(setAside().first())).size() >= 10 * 6000);
    QVERIFY(store.ledger() == Ledger());
    store.append(recordNamed("a"), DeliveryState::Pending);
    QVERIFY(store.flush());
    QCOMPARE(store.pending(10)->size(), 1);
}

void TestStoreOpening::replacesAStoreThatBreaksWhileOpen()
{
    TraceStore store;
    fill(0, 100);
    QVERIFY(store.open(options()));
    const qint64 lastRow = store.pending(100)->last().row;
    QVERIFY(store.markDelivered({1, 2, 3}));
    const Ledger before = store.ledger();
    QVERIFY(OtherConnection(options().path).run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")));
    overwrite(options().path, 4096, QByteArray(80 * 4096, '\x5a')); // behind the first page

    store.append(recordNamed("a"), DeliveryState::Pending);
    QTRY_COMPARE(setAside().size(), 1);
    QVERIFY(store.flush());
    const auto pending = store.pending(200);
    QVERIFY(pending);
    QCOMPARE(idsOf(*pending), QList<QByteArray>{"a"}); // what waited in memory is there
    QVERIFY(pending->first().row > lastRow); // marks of old rows fall on nothing
    const Ledger after = store.ledger();
    QVERIFY(after.addsUp());
    QCOMPARE(after.captured.traces, 101);
    QCOMPARE(after.delivered.traces, 3);
    QCOMPARE(after.pending.traces, 1);
    QCOMPARE(after.droppedBy.value("store_damaged"), before.pending);
    store.close();
    QVERIFY(store.open(options()));
    QVERIFY(store.ledger() == after);
}

void TestStoreOpening::survivesABrokenLog_data()
{
    QTest::addColumn<bool>("isCut");
    QTest::addColumn<int>("eighths"); // where
    for (int eighths = 0; eighths < 8; ++eighths) {
        QTest::addRow("cut at %d/8", eighths) << true << eighths;
        QTest::addRow("garbled at %d/8", eighths) << false << eighths;
    }
}

void TestStoreOpening::survivesABrokenLog()
{
    QFETCH(bool, isCut);
    QFETCH(int, eighths);
    const QString copy = m_dir->filePath(QStringLiteral("copy/traces.db"));
    QVERIFY(QDir().mkpath(QFileInfo(copy).path()));
    {
        TraceStore store;
        QVERIFY(store.open(options()));
        for (int i = 0; i < 20; ++i) {
            TraceRecord record = recordNamed(QByteArray::number(i));
            record.requestBody = noise(6000, quint64(i));
            store.append(record, DeliveryState::Pending);
            QVERIFY(store.flush());
        }
        // As a kill leaves it: main file and log as they are now.
        for (const char* suffix : {"", "-wal"})
            QVERIFY(QFile::copy(options().path + QLatin1String(suffix), copy + QLatin1String(suffix)));
    }
    const QString log = copy + QStringLiteral("-wal");
    const qint64 where = QFileInfo(log).size() * eighths / 8 + 77 * (eighths > 0 ? 1 : 0);
    if (isCut)
        QVERIFY(QFile::resize(log, where));
    else
        overwrite(log, where, QByteArray(3000, '\x5a'));

    TraceStore store;
    TraceStore::Options broken;
    broken.path = copy;
    QVERIFY(store.open(broken));
    QVERIFY(store.ledger().addsUp());
    const auto pending = store.pending(100);
    QVERIFY(pending);
    QCOMPARE(store.ledger().pending.traces, pending->size());
    QVERIFY(pending->size() >= 20 * eighths / 8 - 3); // what was committed before the damage
    QVERIFY(pending->size() < 20);
    for (qsizetype i = 0; i < pending->size(); ++i)
        QCOMPARE(pending->at(i).record.requestBody, noise(6000, quint64(i)));
    QCOMPARE(OtherConnection(copy).number(QStringLiteral("SELECT count(*) FROM pragma_integrity_check"
                                                         " WHERE integrity_check = 'ok'")),
        1);
}

REGISTER_TEST(TestStoreOpening)
REGISTER_CHILD("open-and-wait", openAndWait)
#include "tst_storeopening.moc"
