// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// resources/prices.json: that it can be read, and what calls cost by it, reckoned by hand from its sources.

#include "support/testprogram.h"
#include "trace/callcost.h"
#include "trace/picodollars.h"

#include <QFile>

class TestBuiltInPrices final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isSound();
    void pricesTiers_data();
    void pricesTiers();
    void pricesOtherBuckets();

private:
    PriceList m_prices;
};

namespace {

TraceRecord callOf(const Usage& usage, const QByteArray& model)
{
    TraceRecord record;
    record.startedAtUs = 1'795'425'211'000'000; // 2026-11-23
    record.requestModel = model;
    record.usage = usage;
    return record;
}

Usage tokensOf(qint64 input, qint64 output)
{
    Usage usage;
    usage.input = input;
    usage.output = output;
    return usage;
}

} // namespace

void TestBuiltInPrices::initTestCase()
{
    QFile file(QStringLiteral(SOURCE_DIR "/resources/prices.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto prices = PriceList::parse(file.readAll());
    QVERIFY2(prices, qPrintable(prices ? QString() : prices.error().message));
    m_prices = *prices;
}

void TestBuiltInPrices::isSound()
{
    for (const PriceEntry& entry : m_prices.entries()) {
        QVERIFY2(
            entry.source.startsWith("https://") && !entry.date.isEmpty(), entry.models.first().constData());
        QVERIFY2(entry.prices.of(PriceBucket::Input).value_or(0) > 0, entry.models.first().constData());
    }
    const QDate day(2026, 11, 20);
    for (const char* model :
        {"gpt-5.1-2025-11-13", "claude-opus-4-5-20251101", "claude-sonnet-4-20250514", "gemini-2.5-flash"})
        QVERIFY2(m_prices.find(model, day), model);
}

void TestBuiltInPrices::pricesTiers_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("tier");
    QTest::addColumn<qint64>("input"); // tokens; and 100 cached, 20 of output
    QTest::addColumn<QByteArray>("dollars"); // empty: unknown
    const auto row = [](const char* model, const char* tier, qint64 input, const char* dollars) {
        QTest::addRow("%s %s %lld", model, tier, input)
            << QByteArray(model) << QByteArray(tier) << input << QByteArray(dollars);
    };
    // By hand from the pages that the file names: input, cached input, output for a million.
    row("gpt-4.1-mini-2025-04-14", "", 10, "0.000046"); // 0.40, 0.10, 1.60
    row("gpt-4.1-mini", "priority", 10, "0.0000805"); // 0.70, 0.175, 2.80
    row("gpt-4.1-mini", "priority", 128'000, ""); // long inputs have no such price
    row("gpt-4.1-nano", "default", 10, "0.0000115"); // 0.10, 0.025, 0.40
    row("gpt-4o-mini-2024-07-18", "", 10, "0.000021"); // 0.15, 0.075, 0.60
    row("gpt-4o-mini", "priority", 10, "0.000035"); // 0.25, 0.125, 1
    row("gpt-4o-mini", "flex", 10, ""); // not sold
    row("o3-mini", "", 10, "0.000154"); // 1.10, 0.55, 4.40
    row("o4-mini", "priority", 10, "0.00023"); // 2, 0.50, 8
    row("o3", "flex", 10, "0.000115"); // 1, 0.25, 4
    row("gpt-5-mini", "flex", 10, "0.0000225"); // 0.125, 0.0125, 1
    row("gpt-5.1", "flex", 10, "0.0001125"); // 0.625, 0.0625, 5
    row("gpt-5.5", "flex", 300'000, "1.5005"); // 5, 0.50, 22.50
    row("gpt-5.4", "", 300'000, "1.5005"); // 5, 0.50, 22.50
    row("gpt-5.6-luna", "fast", 10, "0.000056"); // 0.40, 0.04, 2.40
    row("gpt-5.6-luna", "fast", 300'000, "0.24008"); // 0.80, 0.08, 3.60
    row("gpt-5.6-terra", "", 300'000, "1.2004"); // 4, 0.40, 18
    row("gemini-3.7-flash", "", 10, "0.00009"); // 0.75, 0.075, 3.75
    row("gemini-3.5-flash-lite", "STANDARD", 10, "0.000056"); // 0.30, 0.03, 2.50
    row("gemini-3.1-pro-preview", "flex", 10, ""); // of cached inputs nothing is said
}

void TestBuiltInPrices::pricesTiers()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, tier);
    QFETCH(qint64, input);
    Usage usage = tokensOf(input, 20);
    usage.inputCached = 100;
    TraceRecord record = callOf(usage, model);
    record.serviceTier = tier;
    const auto cost = costOf(record, m_prices);
    QTEST(cost ? Picodollars::toDollars(cost->picodollars) : QByteArray(), "dollars");
}

void TestBuiltInPrices::pricesOtherBuckets()
{
    const auto dollars = [this](const Usage& usage, const QByteArray& model) {
        const auto cost = costOf(callOf(usage, model), m_prices);
        return cost ? Picodollars::toDollars(cost->picodollars) : QByteArray();
    };
    // 1000 written for an hour, 100 read: of the page's own table.
    Usage usage = tokensOf(10, 20);
    usage.cacheWrite1h = 1000;
    usage.inputCached = 100;
    QCOMPARE(dollars(usage, "claude-opus-4-5-20251101"), "0.0106");
    QCOMPARE(dollars(tokensOf(1000, 0), "text-embedding-3-small"), "0.00002");
    QCOMPARE(dollars(tokensOf(1000, 0), "text-embedding-3-large"), "0.00013");
    Usage heard = tokensOf(10, 20);
    heard.inputAudio = 100;
    QCOMPARE(dollars(heard, "gemini-2.5-flash"), "0.000153"); // 0.30, 1, 2.50
    QCOMPARE(dollars(heard, "gemini-3.1-flash-lite"), ""); // it is not said what sound costs
    Usage heardAgain = tokensOf(10, 20); // 1000 cached, 400 of them sound
    heardAgain.inputCached = 1000;
    heardAgain.inputCachedAudio = 400;
    QCOMPARE(dollars(heardAgain, "gemini-2.5-flash"), "0.000111"); // 0.30, 0.03, 0.10, 2.50
    QCOMPARE(dollars(heardAgain, "gemini-2.5-flash-lite"), "0.000027"); // 0.10, 0.01, 0.03, 0.40
    QCOMPARE(dollars(heardAgain, "gemini-3.7-flash"), ""); // what cached sound costs is not said
    heardAgain.inputAudio = 100;
    QCOMPARE(dollars(heardAgain, "gemini-2.5-flash"), "0.000211");
    heardAgain.inputCachedAudio.reset(); // it is not said how much of it is sound
    QCOMPARE(dollars(heardAgain, "gemini-2.5-flash"), "");
    Usage drawn = tokensOf(10, 20);
    drawn.outputImage = 1290;
    QCOMPARE(dollars(drawn, "gemini-2.5-flash"), "");
    Usage written = tokensOf(10, 0);
    written.cacheWrite = 1000;
    QCOMPARE(dollars(written, "gpt-5.6-luna"), "0.000252"); // 0.20, 0.25
}

REGISTER_TEST(TestBuiltInPrices)
#include "tst_builtinprices.moc"
