// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Questions to the store: filters, pages, words, sessions, statistics.

#include "store/searchexpression.h"
#include "store/storereader.h"
#include "storefixture.h"
#include "support/testprogram.h"

#include <QTemporaryDir>

namespace {

constexpr qint64 minuteUs = 60'000'000;

/// The call of that number: every member differs from call to call in a rhythm of its own.
TraceRecord numbered(int number)
{
    TraceRecord record = recordNamed("id-" + QByteArray::number(number), youngUs + number * minuteUs);
    record.provider = number % 2 == 0 ? "openai" : "anthropic";
    record.method = "POST";
    record.target = "/v1/x?y=z";
    record.requestModel = "m-" + QByteArray::number(number % 3);
    record.responseModel = record.requestModel + "-2026";
    record.status = number % 5 == 0 ? 500 : number % 7 == 0 ? 404 : 200;
    if (number % 5 == 0)
        record.errorCode = "server_error";
    if (number % 11 == 0)
        record.outcome = CallOutcome::ClientCancelled;
    record.attribution.sessionId = number % 4 == 0 ? QByteArray() : "s-" + QByteArray::number(number % 4);
    record.attribution.userId = number % 10 == 9 ? "nine" : "";
    record.attribution.tags = {"t-" + QByteArray::number(number % 2), "all"};
    record.isStream = number % 2 == 0;
    record.responseHeadUs = 500;
    record.firstTokenUs = record.isStream ? 700 : -1;
    record.durationUs = number * 1000;
    record.usage = Usage();
    record.usage->input = 10;
    record.usage->inputCached = number % 2 == 0 ? std::optional<qint64>(3) : std::nullopt;
    record.usage->output = 2;
    record.usage->total = 12;
    if (number % 2 == 0)
        record.cost = Cost{Cost::Source::PriceFile, 1000, {}, {}};
    record.requestText.clear();
    record.responseText = "word" + QByteArray::number(number) + " common";
    return record;
}

QList<int> numbersOf(const StorePage<TraceSummary>& page)
{
    QList<int> numbers;
    for (const TraceSummary& summary : page.entries)
        numbers.append(summary.id.mid(3).toInt());
    return numbers;
}

TraceFilter words(const QByteArray& typed)
{
    TraceFilter filter;
    filter.search = searchExpression(typed);
    return filter;
}

} // namespace

class TestStoreReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void writesExpressions_data();
    void writesExpressions();
    void listsNewestFirst();
    void pagesOverDeletions();
    void filters_data();
    void filters();
    void namesRows();
    void findsWords_data();
    void findsWords();
    void forgetsTheWordsOfDeletedTraces();
    void readsOneCall();
    void sumsUpSessions();
    void sumsUpByModel();
    void sumsUpPartsOfTheTime();
    void readsAStoreInMemory();
    void saysWhyItCannotOpen();

private:
    [[nodiscard]] std::unique_ptr<StoreReader> reader() const;

    QTemporaryDir m_dir;
    QString m_path;
    TraceStore m_store;
};

void TestStoreReader::initTestCase()
{
    m_path = m_dir.filePath(QStringLiteral("traces.db"));
    TraceStore::Options options;
    options.path = m_path;
    QVERIFY(m_store.open(options));
    for (int number = 1; number <= 100; ++number)
        m_store.append(numbered(number), number > 50 ? DeliveryState::Pending : DeliveryState::Disabled);
    QVERIFY(m_store.flush());
    QVERIFY(m_store.markRejected(51, "rejected_400: bad"));
    QVERIFY(m_store.markDelivered({52}));
    QVERIFY(m_store.noteAttempt({53}, "503"));
}

std::unique_ptr<StoreReader> TestStoreReader::reader() const
{
    auto opened = StoreReader::open(m_path);
    return opened ? std::move(*opened) : nullptr;
}

void TestStoreReader::writesExpressions_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::newRow("one") << QByteArray(R"(("one"))");
    QTest::newRow("two words") << QByteArray(R"(("two" AND "words"))");
    QTest::newRow("\"a phrase\" x") << QByteArray(R"((" a phrase " AND "x"))");
    QTest::newRow("begin*") << QByteArray(R"(("begin"*))");
    QTest::newRow("yes -no -\"not this\"") << QByteArray(R"(("yes") NOT "no" NOT " not this ")");
    QTest::newRow("a OR b") << QByteArray(R"(("a" AND "OR" AND "b"))");
    QTest::newRow("input:x ^y (z)") << QByteArray(R"x(("input:x" AND "^y" AND "(z)"))x");
    QTest::newRow("half\"open") << QByteArray(R"(("half open"))");
    QTest::newRow("\"open") << QByteArray(R"((" open"))");
    QTest::newRow("... x \xf0\x9f\x98\x80") << QByteArray(R"(("x"))");
    QTest::newRow("-only") << QByteArray();
    QTest::newRow(" ") << QByteArray();
    QTest::newRow("-") << QByteArray();
    QTest::newRow("*") << QByteArray();
    QTest::newRow("\"\"") << QByteArray();
}

void TestStoreReader::writesExpressions()
{
    QFETCH(QByteArray, expression);
    QCOMPARE(searchExpression(QTest::currentDataTag()), expression);
    if (!expression.isEmpty()) {
        const auto found = reader()->traces(words(QTest::currentDataTag()), 1);
        QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    }
}

void TestStoreReader::listsNewestFirst()
{
    const auto first = reader()->traces({}, 60);
    QVERIFY(first);
    QCOMPARE(first->entries.size(), 60);
    QVERIFY(first->hasMore);
    QCOMPARE(first->entries.first().id, "id-100");
    const auto rest = reader()->traces({}, 60, first->entries.last().row);
    QCOMPARE(rest->entries.size(), 40);
    QVERIFY(!rest->hasMore);
    QCOMPARE(rest->entries.first().id, "id-40");
    QCOMPARE(rest->entries.last().id, "id-1");

    TraceSummary expected = summaryOf(numbered(53));
    expected.row = 53;
    expected.state = DeliveryState::Pending;
    expected.attempts = 1;
    expected.lastError = "503";
    QVERIFY(first->entries[47] == expected);
    expected = summaryOf(numbered(51));
    expected.row = 51;
    expected.state = DeliveryState::Rejected;
    expected.reason = "rejected_400: bad";
    QVERIFY(first->entries[49] == expected);
}

void TestStoreReader::pagesOverDeletions()
{
    const OtherConnection other(m_path);
    const auto first = reader()->traces({}, 10);
    QVERIFY(other.run(QStringLiteral("BEGIN")));
    QVERIFY(other.run(QStringLiteral("PRAGMA foreign_keys = ON")));
    const qint64 last = first->entries.last().row;
    // Deleted meanwhile: the row the cursor stands on, and the one behind it.
    QVERIFY(other.run(QStringLiteral("DELETE FROM trace WHERE row IN (%1, %2)").arg(last).arg(last - 1)));
    QVERIFY(other.run(QStringLiteral("COMMIT")));
    const auto next = reader()->traces({}, 3, last);
    QCOMPARE(numbersOf(*next), QList<int>({89, 88, 87}));
}

void TestStoreReader::filters_data()
{
    QTest::addColumn<TraceFilter>("filter");
    QTest::addColumn<QList<int>>("numbers"); // the newest three
    const auto row = [](const char* name, auto set, const QList<int>& numbers) {
        TraceFilter filter;
        set(&filter);
        QTest::newRow(name) << filter << numbers;
    };
    row("nothing", [](TraceFilter*) {}, {100, 99, 98});
    row("provider", [](TraceFilter* f) { f->provider = "anthropic"; }, {99, 97, 95});
    row("requested model", [](TraceFilter* f) { f->model = "m-0"; }, {99, 96, 93});
    row("answered model", [](TraceFilter* f) { f->model = "m-0-2026"; }, {99, 96, 93});
    row("half a model", [](TraceFilter* f) { f->model = "m-"; }, {});
    row("session", [](TraceFilter* f) { f->session = "s-3"; }, {99, 95, 87});
    row("user", [](TraceFilter* f) { f->user = "nine"; }, {99, 89, 79});
    row("tag", [](TraceFilter* f) { f->tag = "t-1"; }, {99, 97, 95});
    row("half a tag", [](TraceFilter* f) { f->tag = "t-"; }, {});
    row("2xx", [](TraceFilter* f) { f->status = StatusClass::Success; }, {99, 97, 96});
    row("4xx", [](TraceFilter* f) { f->status = StatusClass::ClientError; }, {98, 84, 77});
    row("5xx", [](TraceFilter* f) { f->status = StatusClass::ServerError; }, {100, 95, 85});
    row("errors", [](TraceFilter* f) { f->status = StatusClass::Error; }, {100, 98, 95});
    row("cancelled", [](TraceFilter* f) { f->status = StatusClass::Cancelled; }, {99, 88, 77});
    row("pending", [](TraceFilter* f) { f->state = DeliveryState::Pending; }, {100, 99, 98});
    row("delivered", [](TraceFilter* f) { f->state = DeliveryState::Delivered; }, {52});
    row("rejected", [](TraceFilter* f) { f->state = DeliveryState::Rejected; }, {51});
    row("disabled", [](TraceFilter* f) { f->state = DeliveryState::Disabled; }, {50, 49, 48});
    row("since", [](TraceFilter* f) { f->sinceUs = youngUs + 99 * minuteUs; }, {100, 99});
    row("until", [](TraceFilter* f) { f->untilUs = youngUs + 50 * minuteUs; }, {49, 48, 47});
    row("since the future", [](TraceFilter* f) { f->sinceUs = youngUs + 101 * minuteUs; }, {});
    row("until before all", [](TraceFilter* f) { f->untilUs = youngUs; }, {});
    row("duration", [](TraceFilter* f) { f->minDurationUs = 99'000; }, {100, 99});
    row("several",
        [](TraceFilter* f) {
            f->provider = "openai";
            f->session = "s-2";
            f->status = StatusClass::Success;
            f->sinceUs = youngUs + 50 * minuteUs;
            f->search = searchExpression("common -word94");
        },
        {86, 82, 78});
}

void TestStoreReader::filters()
{
    QFETCH(TraceFilter, filter);
    QFETCH(QList<int>, numbers);
    const auto page = reader()->traces(filter, 3);
    QVERIFY2(page, page ? "" : qPrintable(page.error().message));
    QCOMPARE(numbersOf(*page), numbers);
}

void TestStoreReader::namesRows()
{
    TraceFilter filter;
    filter.ids = {"id-30", "id-20", "id-200"};
    QCOMPARE(*reader()->rows(filter), QList<qint64>({20, 30}));
    filter.provider = "openai";
    filter.search = searchExpression("word20");
    QCOMPARE(*reader()->rows(filter), QList<qint64>({20}));
    QCOMPARE(reader()->rows({})->size(), 98); // less the two that were deleted
}

void TestStoreReader::findsWords_data()
{
    QTest::addColumn<QList<int>>("numbers");
    QTest::newRow("word77") << QList<int>({77});
    QTest::newRow("WORD77") << QList<int>({77});
    QTest::newRow("\"word77 common\"") << QList<int>({77});
    QTest::newRow("\"common word77\"") << QList<int>();
    QTest::newRow("word7*") << QList<int>({79, 78, 77});
    QTest::newRow("common") << QList<int>({100, 99, 98});
    QTest::newRow("common -word99") << QList<int>({100, 98, 97});
    QTest::newRow("nowhere") << QList<int>();
}

void TestStoreReader::findsWords()
{
    QFETCH(QList<int>, numbers);
    const auto page = reader()->traces(words(QTest::currentDataTag()), 3);
    QVERIFY2(page, page ? "" : qPrintable(page.error().message));
    QCOMPARE(numbersOf(*page), numbers);
}

void TestStoreReader::forgetsTheWordsOfDeletedTraces()
{
    QTemporaryDir dir;
    TraceStore store;
    TraceStore::Options options;
    options.path = dir.filePath(QStringLiteral("t.db"));
    options.retention.maxAge = std::chrono::hours(1);
    QVERIFY(store.open(options));
    TraceRecord old = numbered(1);
    old.startedAtUs = 1;
    store.append(old, DeliveryState::Disabled);
    store.append(numbered(2), DeliveryState::Disabled);
    QVERIFY(store.flush());
    const OtherConnection other(options.path);
    QTRY_COMPARE(other.number(QStringLiteral("SELECT count(*) FROM trace")), 1);
    QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM search_text")), 1);
    QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM search WHERE search MATCH 'common'")), 1);
    QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM search WHERE search MATCH 'word1'")), 0);
    QCOMPARE(other.number(QStringLiteral("SELECT count(*) FROM search WHERE search MATCH 'word2'")), 1);
    QVERIFY(other.run(QStringLiteral("INSERT INTO search (search) VALUES ('integrity-check')")));
}

void TestStoreReader::readsOneCall()
{
    const auto found = reader()->call("id-77");
    QVERIFY(found && *found);
    QVERIFY((*found)->record == numbered(77));
    QCOMPARE((*found)->summary.row, 77);
    QVERIFY(!*reader()->call("id-101"));
    QVERIFY(!*reader()->call({}));
}

void TestStoreReader::sumsUpSessions()
{
    const auto page = reader()->sessions(2);
    QVERIFY2(page, page ? "" : qPrintable(page.error().message));
    QCOMPARE(page->entries.size(), 2);
    QVERIFY(page->hasMore);
    const SessionSummary& newest = page->entries.first();
    QCOMPARE(newest.session, "s-3");
    QCOMPARE(newest.lastRow, 99);
    QCOMPARE(newest.calls, 24); // 25 less number 91
    QCOMPARE(newest.errors, 7);
    QCOMPARE(newest.firstStartedAtUs, youngUs + 3 * minuteUs);
    QCOMPARE(newest.lastStartedAtUs, youngUs + 99 * minuteUs);
    QCOMPARE(newest.user, "nine");
    for (const char* model : {"\"m-0-2026\"", "\"m-1-2026\"", "\"m-2-2026\""})
        QVERIFY(newest.modelsJson.contains(model));
    QCOMPARE(newest.inputTokens, 24 * 10);
    QCOMPARE(newest.outputTokens, 24 * 2);
    QVERIFY(!newest.picodollars); // odd numbers have no cost
    const auto rest = reader()->sessions(2, page->entries.last().lastRow);
    QCOMPARE(rest->entries.size(), 1);
    QVERIFY(!rest->hasMore);
    QCOMPARE(rest->entries.first().session, "s-1");
}

void TestStoreReader::sumsUpByModel()
{
    TraceFilter filter;
    filter.sinceUs = youngUs + 1 * minuteUs;
    filter.untilUs = youngUs + 11 * minuteUs; // 1..10
    const auto statistics = reader()->statistics(filter);
    QVERIFY2(statistics, statistics ? "" : qPrintable(statistics.error().message));
    const CallStatistics& all = statistics->all();
    QCOMPARE(all.calls, 10);
    QCOMPARE(all.errors, 3);
    QCOMPARE(all.streams, 5);
    QCOMPARE(all.tokens.input, 100);
    QCOMPARE(all.tokens.cached, 15);
    QVERIFY(!all.tokens.reasoning);
    QCOMPARE(all.picodollars, 5000);
    QCOMPARE(all.callsWithCost, 5);
    QCOMPARE(all.durationUs.p50, 5000);
    QCOMPARE(all.durationUs.p90, 9000);
    QCOMPARE(all.durationUs.p99, 10'000);
    QCOMPARE(all.firstTokenUs.p50, 700);
    const auto models = statistics->byModel();
    QCOMPARE(models.size(), 6);
    QCOMPARE((models[{"openai", "m-0-2026"}].calls), 1);
    QCOMPARE((models[{"openai", "m-1-2026"}].calls), 2);
    filter.search = searchExpression("word7");
    QCOMPARE(reader()->statistics(filter)->all().calls, 1);
    filter.sinceUs = filter.untilUs;
    const auto none = reader()->statistics(filter);
    QCOMPARE(none->all().calls, 0);
    QVERIFY(!none->all().durationUs.p50);
}

void TestStoreReader::sumsUpPartsOfTheTime()
{
    TraceFilter filter;
    filter.sinceUs = youngUs + 1 * minuteUs;
    filter.untilUs = youngUs + 11 * minuteUs; // 1..10
    const auto statistics = reader()->statistics(filter, 5);
    QVERIFY2(statistics, statistics ? "" : qPrintable(statistics.error().message));
    QCOMPARE(statistics->all().calls, 10);
    QCOMPARE(statistics->all().callsWithTokens, 10);
    QCOMPARE(statistics->parts(), 5);
    qint64 calls = 0;
    for (qsizetype part = 0; part < 5; ++part) {
        QCOMPARE(statistics->partSinceUs(part), *filter.sinceUs + part * 2 * minuteUs);
        qint64 inPart = 0;
        for (const CallStatistics& model : statistics->byModelIn(part))
            inPart += model.calls;
        QCOMPARE(inPart, 2);
        calls += inPart;
    }
    QCOMPARE(calls, 10);
    const auto last = statistics->byModelIn(4); // 9 and 10
    const CallStatistics ten = last.value({"openai", "m-1-2026"});
    QCOMPARE(ten.calls, 1);
    QCOMPARE(ten.errors, 1);
    QCOMPARE(ten.tokens.total, 12);
    QCOMPARE(ten.callsWithCost, 1);
    QCOMPARE((last.value({"anthropic", "m-0-2026"}).callsWithCost), 0);
    // 1 ms to 10 ms, the bars' upper ends included.
    QCOMPARE(statistics->durationCounts(),
        (QList<TimeCount>{{1000, 1}, {1500, 0}, {2000, 1}, {3000, 1}, {5000, 2}, {7000, 2}, {10'000, 3}}));
    QCOMPARE(reader()->statistics(filter)->parts(), 0);
    filter.sinceUs = filter.untilUs;
    QCOMPARE(reader()->statistics(filter, 2)->durationCounts(), QList<TimeCount>());
}

void TestStoreReader::readsAStoreInMemory()
{
    TraceStore store;
    TraceStore::Options options;
    options.path = QStringLiteral(":memory:");
    QVERIFY(store.open(options));
    store.append(numbered(1), DeliveryState::Pending);
    QVERIFY(store.flush());
    const auto reader = store.reader();
    QVERIFY(reader);
    QCOMPARE(numbersOf(*(*reader)->traces(words("word1"), 10)), QList<int>({1}));
    QVERIFY((*(*reader)->call("id-1"))->record == numbered(1));
    store.append(numbered(2), DeliveryState::Pending);
    QVERIFY(store.flush());
    QCOMPARE((*reader)->traces({}, 10)->entries.size(), 2);
    store.close();
    QVERIFY(!store.reader());
}

void TestStoreReader::saysWhyItCannotOpen()
{
    const QString path = m_dir.filePath(QStringLiteral("none.db"));
    const auto reader = StoreReader::open(path);
    QVERIFY(!reader);
    QCOMPARE(reader.error().code, ErrorCode::StoreFailed);
    QVERIFY(reader.error().message.contains(path));
    QVERIFY(!QFile::exists(path));
}

REGISTER_TEST(TestStoreReader)
#include "tst_storereader.moc"
