// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/callcost.h"
#include "trace/picodollars.h"

class TestCallCost final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPrices_data();
    void readsPrices();
    void readsReportedCosts_data();
    void readsReportedCosts();
    void writesDollars_data();
    void writesDollars();
    void counts_data();
    void counts();
    void knowsNoCost_data();
    void knowsNoCost();
    void itemsAddUp();
    void takesTheProvidersWord();
    void matchesModels_data();
    void matchesModels();
    void refusesBadFiles_data();
    void refusesBadFiles();
    void putsTheUsersFirst();
};

namespace {

// Made-up prices of prime numbers, so that a mistaken bucket shows.
const QByteArray testPrices = R"({"prices":[
{"models":["m-old","x-*-y"],"usd_per_million_tokens":{"input":"1"},"source":"s","date":"2026-01-02"},
{"models":["m"],"until":"2026-06-30","usd_per_million_tokens":{"input":"100"},"source":"s","date":"2026-01-02"},
{"models":["m"],"from":"2026-07-01","usd_per_million_tokens":
 {"input":"2","input_cached":"0.3","cache_write_5m":"5","cache_write_1h":"7","input_audio":"11","output":"13","output_audio":"17"},
 "tiers":[{"service_tier":["flex"],"usd_per_million_tokens":{"input":"1","output":"6.5"}},
  {"service_tier":["priority","fast"],"input_up_to":1000,"usd_per_million_tokens":{"input":"4","output":"26"}},
  {"speed":["fast"],"usd_per_million_tokens":{"input":"19","output":"23"}},
  {"input_above":1000,"usd_per_million_tokens":{"input":"3","input_cached":"0.6","output":"29","output_reasoning":"31"}},
  {"input_above":900,"input_up_to":950}],
 "source":"s","date":"2026-07-02"}]})";

constexpr qint64 november = 1'795'425'211'000'000;

TraceRecord recordOf(const Usage& usage, const QByteArray& model = "m")
{
    TraceRecord record;
    record.startedAtUs = november;
    record.requestModel = model;
    record.usage = usage;
    return record;
}

Usage usageOf(std::optional<qint64> input, std::optional<qint64> output)
{
    Usage usage;
    usage.input = input;
    usage.output = output;
    return usage;
}

} // namespace

void TestCallCost::readsPrices_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("picodollars"); // -1: refused
    QTest::newRow("6.25") << QByteArray("6.25") << qint64(6'250'000);
    QTest::newRow("0.000001") << QByteArray("0.000001") << qint64(1);
    QTest::newRow("999999") << QByteArray("999999") << qint64(999'999'000'000);
    QTest::newRow("0") << QByteArray("0") << qint64(0);
    for (const char* bad :
        {"", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", "0.0000001", "1000000", "1.2.3", " 1"})
        QTest::newRow(bad) << QByteArray(bad) << qint64(-1);
}

void TestCallCost::readsPrices()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, picodollars);
    QCOMPARE(Picodollars::perToken(text).value_or(-1), picodollars);
}

void TestCallCost::readsReportedCosts_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("picodollars"); // -1: refused
    QTest::newRow("0.00014") << QByteArray("0.00014") << qint64(140'000'000);
    QTest::newRow("1.5e-05") << QByteArray("1.5e-05") << qint64(15'000'000);
    QTest::newRow("2E2") << QByteArray("2E2") << qint64(200'000'000'000'000);
    QTest::newRow("0") << QByteArray("0") << qint64(0);
    QTest::newRow("0.0000000000005") << QByteArray("0.0000000000005") << qint64(1);
    QTest::newRow("0.00000000000049") << QByteArray("0.00000000000049") << qint64(0);
    QTest::newRow("0.1 is exact") << QByteArray("0.1") << qint64(100'000'000'000);
    QTest::newRow("9000000") << QByteArray("9000000") << qint64(9'000'000'000'000'000'000);
    for (const char* bad : {"", "-0.1", "x", "1e", "10000000", "1e30", "1e999", "1e-999", "\"1\"", "null"})
        QTest::newRow(bad) << QByteArray(bad) << qint64(-1);
}

void TestCallCost::readsReportedCosts()
{
    QFETCH(QByteArray, json);
    QFETCH(qint64, picodollars);
    QCOMPARE(Picodollars::fromJsonNumber(json).value_or(-1), picodollars);
}

void TestCallCost::writesDollars_data()
{
    QTest::addColumn<qint64>("picodollars");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("0") << qint64(0) << QByteArray("0");
    QTest::newRow("1") << qint64(1) << QByteArray("0.000000000001");
    QTest::newRow("0.0015") << qint64(1'500'000'000) << QByteArray("0.0015");
    QTest::newRow("12") << qint64(12'000'000'000'000) << QByteArray("12");
    QTest::newRow("largest") << std::numeric_limits<qint64>::max() << QByteArray("9223372.036854775807");
}

void TestCallCost::writesDollars()
{
    QFETCH(qint64, picodollars);
    QFETCH(QByteArray, text);
    QCOMPARE(Picodollars::toDollars(picodollars), text);
}

void TestCallCost::counts_data()
{
    QTest::addColumn<Usage>("usage");
    QTest::addColumn<QByteArray>("tier"); // as answered
    QTest::addColumn<QByteArray>("speed"); // as asked for
    QTest::addColumn<QByteArray>("dollars");
    const auto add = [](const char* name, const Usage& usage, const char* dollars, const char* tier = "",
                         const char* speed = "") {
        QTest::newRow(name) << usage << QByteArray(tier) << QByteArray(speed) << QByteArray(dollars);
    };
    add("input and output", usageOf(10, 5), "0.000085");
    add("nothing used", usageOf(0, 0), "0");
    Usage usage = usageOf(1, 1);
    usage.inputCached = 1;
    usage.inputCachedAudio = 0;
    usage.cacheWrite5m = 1;
    usage.cacheWrite1h = 1;
    usage.inputAudio = 1;
    usage.outputAudio = 1;
    add("every bucket", usage, "0.0000553");
    usage = usageOf(0, 1);
    usage.outputReasoning = 2;
    add("reasoning as output", usage, "0.000039");
    usage = usageOf(0, 0);
    usage.cacheWrite = 3;
    add("a cache write of unknown lifetime", usage, "0.000015");
    add("ordinary tiers", usageOf(10, 5), "0.000085", "Default", "standard");
    add("flex", usageOf(10, 5), "0.0000425", "flex");
    add("priority", usageOf(10, 5), "0.00017", "priority");
    add("fast mode", usageOf(10, 5), "0.000305", "", "fast");
    add("the last short input", usageOf(1000, 1), "0.002013");
    add("a long input", usageOf(1001, 1), "0.003032");
    usage = usageOf(1000, 0);
    usage.inputCached = 1;
    usage.outputReasoning = 1;
    add("long because of what was cached", usage, "0.0030316");
}

void TestCallCost::counts()
{
    QFETCH(Usage, usage);
    QFETCH(QByteArray, tier);
    QFETCH(QByteArray, speed);
    QFETCH(QByteArray, dollars);
    const auto prices = PriceList::parse(testPrices);
    QVERIFY2(prices, qPrintable(prices ? QString() : prices.error().message));
    TraceRecord record = recordOf(usage);
    record.serviceTier = tier;
    if (!speed.isEmpty())
        record.parameters.append({"speed", '"' + speed + '"'});
    const auto cost = costOf(record, *prices);
    QVERIFY(cost);
    QCOMPARE(Picodollars::toDollars(cost->picodollars), dollars);
    QVERIFY(cost->source == Cost::Source::PriceFile);
    QCOMPARE(cost->price, "m of 2026-07-02");
}

void TestCallCost::knowsNoCost_data()
{
    QTest::addColumn<TraceRecord>("record");
    TraceRecord record = recordOf(usageOf(1, 1));
    record.usage.reset();
    QTest::newRow("no usage") << record;
    QTest::newRow("unknown model") << recordOf(usageOf(1, 1), "m2");
    QTest::newRow("a bucket without a price") << recordOf(usageOf(1, 1), "m-old");
    QTest::newRow("no model") << recordOf(usageOf(1, 1), "");
    Usage total;
    total.total = 10;
    QTest::newRow("only a total") << recordOf(total);
    record = recordOf(usageOf(1, 1));
    record.serviceTier = "scale";
    QTest::newRow("unknown tier") << record;
    record = recordOf(usageOf(1001, 1));
    record.serviceTier = "priority";
    QTest::newRow("unknown tier for that length") << record;
    QTest::newRow("a tier of unknown price") << recordOf(usageOf(901, 1));
    record = recordOf(usageOf(1, 1));
    record.parameters.append(ModelParameter{"service_tier", "\"batch\""});
    QTest::newRow("unknown tier, asked for") << record;
    record = recordOf(usageOf(1, 1));
    record.parameters.append(ModelParameter{"inference_geo", "\"us\""});
    QTest::newRow("a region with an unknown factor") << record;
    Usage pictures = usageOf(1, 1);
    pictures.inputImage = 5;
    QTest::newRow("pictures counted apart") << recordOf(pictures);
    pictures.inputImage.reset();
    pictures.outputImage = 5;
    QTest::newRow("pictures counted apart in the answer") << recordOf(pictures);
    QTest::newRow("too much to count") << recordOf(usageOf(qint64(1) << 53, 1));
}

void TestCallCost::knowsNoCost()
{
    QFETCH(TraceRecord, record);
    const auto prices = PriceList::parse(testPrices);
    QVERIFY(prices);
    QVERIFY(!costOf(record, *prices));
}

void TestCallCost::itemsAddUp()
{
    Usage usage = usageOf(100, 0);
    usage.inputCached = 10;
    usage.outputReasoning = 1;
    const auto cost = costOf(recordOf(usage), *PriceList::parse(testPrices));
    QVERIFY(cost);
    const QList<CostItem> expected{
        {"input", 200'000'000}, {"input_cached", 3'000'000}, {"output_reasoning", 13'000'000}};
    QVERIFY(cost->items == expected);
    QCOMPARE(cost->picodollars, 216'000'000);
}

void TestCallCost::takesTheProvidersWord()
{
    TraceRecord record = recordOf(usageOf(10, 5));
    record.usage->costJson = "0.00123";
    auto cost = costOf(record, *PriceList::parse(testPrices));
    QVERIFY(cost && cost->source == Cost::Source::Provider);
    QCOMPARE(cost->picodollars, 1'230'000'000);
    QVERIFY(cost->items.isEmpty() && cost->price.isEmpty());
    record.usage->costJson = "-1"; // nonsense is not believed
    cost = costOf(record, *PriceList::parse(testPrices));
    QVERIFY(cost && cost->source == Cost::Source::PriceFile);
}

void TestCallCost::matchesModels_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QDate>("day");
    QTest::addColumn<qint64>("inputPrice"); // -1: no entry
    const QDate late(2026, 11, 24);
    QTest::newRow("m") << QByteArray("m") << late << qint64(2'000'000);
    QTest::newRow("m-2026-07-01") << QByteArray("m-2026-07-01") << late << qint64(2'000'000);
    QTest::newRow("m-20260701") << QByteArray("m-20260701") << late << qint64(2'000'000);
    QTest::newRow("models/m") << QByteArray("models/m") << late << qint64(2'000'000);
    QTest::newRow("before") << QByteArray("m") << QDate(2026, 6, 30) << qint64(100'000'000);
    QTest::newRow("from") << QByteArray("m") << QDate(2026, 7, 1) << qint64(2'000'000);
    QTest::newRow("star") << QByteArray("x-a-y-b-y") << late << qint64(1'000'000);
    for (const char* other :
        {"", "M", "m-", "mm", "m-2026", "m-mini", "m-2026070", "-20260701", "x-y", "x-a-yz", "openai/m"})
        QTest::newRow(other) << QByteArray(other) << late << qint64(-1);
}

void TestCallCost::matchesModels()
{
    QFETCH(QByteArray, model);
    QFETCH(QDate, day);
    QFETCH(qint64, inputPrice);
    const auto prices = PriceList::parse(testPrices);
    QVERIFY(prices);
    const PriceEntry* entry = prices->find(model, day);
    QCOMPARE(entry ? entry->prices.of(PriceBucket::Input).value_or(-2) : -1, inputPrice);
}

void TestCallCost::refusesBadFiles_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("message");
    const auto add = [](const char* json, const char* message) {
        QTest::newRow(message) << QByteArray(json) << QString::fromLatin1(message);
    };
    add("{", "it is not JSON of the form {\"prices\": [...]}");
    add(R"({"prices":{}})", "it is not JSON of the form {\"prices\": [...]}");
    add(R"({"prices":[{"models":["m"]}]})", "entry 1 (m): \"usd_per_million_tokens\" is missing");
    add(R"({"prices":[{"models":["m"],"usd_per_million_tokens":{"input":1}}]})",
        "entry 1 (m): \"input\" must be dollars as decimal text, \"1.25\", with at most six decimals");
    add(R"({"prices":[{"models":["m"],"usd_per_million_tokens":{"inputs":"1"}}]})",
        "entry 1 (m): \"inputs\" is not a bucket");
    add(R"({"prices":[{"models":"a","usd_per_million_tokens":{"input":"1"}},{"model":"b"}]})",
        "entry 2 (): \"model\" is not a member of an entry");
    add(R"({"prices":[{"models":["a",1],"usd_per_million_tokens":{"input":"1"}}]})",
        "entry 1 (a, ): \"models\" must be a text or a list of texts");
    add(R"({"prices":[{"models":["a"],"from":"soon","usd_per_million_tokens":{"input":"1"}}]})",
        "entry 1 (a): \"from\" must be a date like 2026-11-24");
    add(R"({"prices":[{"models":["a"],"usd_per_million_tokens":{"input":"1"},"tiers":[{}]}]})",
        "entry 1 (a): \"tiers\" has one without a condition");
    add(R"({"prices":[{"models":["a"],"usd_per_million_tokens":{"input":"1"},"tiers":[{"input_above":"x"}]}]})",
        "entry 1 (a): \"input_above\" must be a number of tokens");
}

void TestCallCost::refusesBadFiles()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, message);
    const auto prices = PriceList::parse(json);
    QVERIFY(!prices);
    QCOMPARE(prices.error().message, message);
}

void TestCallCost::putsTheUsersFirst()
{
    PriceList prices = *PriceList::parse(testPrices);
    prices.putBefore(
        *PriceList::parse(R"({"prices":[{"models":["m"],"usd_per_million_tokens":{"input":"42"}}]})"));
    QCOMPARE(*prices.find("m", QDate(2026, 11, 24))->prices.of(PriceBucket::Input), 42'000'000);
    QVERIFY(prices.find("m-old", QDate(2026, 11, 24)));
}

REGISTER_TEST(TestCallCost)
#include "tst_callcost.moc"
