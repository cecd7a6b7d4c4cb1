// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The page of usage: what it asks, and that its figures are those of the answer.

#include "config/configloader.h"
#include "gui/source/enginesource.h"
#include "gui/usage/barchart.h"
#include "gui/usage/usagecharts.h"
#include "gui/usage/usagepage.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"
#include "unit/gui/pages/keptpicture.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QGuiApplication>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include <numeric>

namespace {

constexpr qint64 pageNowUs = 1'790'000'000'000'000; // 2026-09-21T14:13:20Z

QJsonObject counted(const QString& model, int calls, double cost, int withoutPrice = 0)
{
    return {{QStringLiteral("provider"), QStringLiteral("openai")}, {QStringLiteral("model"), model},
        {QStringLiteral("calls"), calls}, {QStringLiteral("errors"), calls / 4},
        {QStringLiteral("tokens"),
            QJsonObject{{QStringLiteral("input"), 100 * calls}, {QStringLiteral("cached"), 300 * calls},
                {QStringLiteral("cacheWrite"), QJsonValue()}, {QStringLiteral("output"), 50 * calls},
                {QStringLiteral("reasoning"), 10 * calls}, {QStringLiteral("total"), 460 * calls}}},
        {QStringLiteral("callsWithTokens"), calls}, {QStringLiteral("callsWithCost"), calls - withoutPrice},
        {QStringLiteral("costUsd"), withoutPrice == calls ? QJsonValue() : QJsonValue(cost)},
        {QStringLiteral("durationMs"),
            QJsonObject{{QStringLiteral("p50"), 1420}, {QStringLiteral("p95"), 9800}}},
        {QStringLiteral("firstTokenMs"),
            QJsonObject{{QStringLiteral("p50"), 420}, {QStringLiteral("p95"), 1300}}}};
}

QByteArray statisticsOf(int models, int parts = 60, int partSeconds = 60)
{
    QJsonArray all;
    for (int i = 0; i < models; ++i)
        all.append(counted(QStringLiteral("model-%1").arg(i), 4 * (i + 1), 0.5 * (i + 1), i == 1 ? 3 : 0));
    QJsonArray buckets;
    const QDateTime since
        = QDateTime::fromMSecsSinceEpoch(pageNowUs / 1000, Qt::UTC).addSecs(-parts * partSeconds);
    for (int part = 0; part < parts; ++part) {
        QJsonArray inPart;
        for (int i = 0; i < models; ++i) {
            if ((part + i) % 4 == 0)
                inPart.append(
                    counted(QStringLiteral("model-%1").arg(i), (part % 5) + 1, 0.1, i == 1 ? 1 : 0));
        }
        buckets.append(QJsonObject{
            {QStringLiteral("since"), since.addSecs(part * partSeconds).toString(Qt::ISODateWithMs)},
            {QStringLiteral("models"), inPart}});
    }
    const auto bars = [](std::initializer_list<QPair<QJsonValue, int>> counts) {
        QJsonArray array;
        for (const auto& [upTo, calls] : counts)
            array.append(QJsonObject{{QStringLiteral("upToMs"), upTo}, {QStringLiteral("calls"), calls}});
        return array;
    };
    return QJsonDocument(
        QJsonObject{{QStringLiteral("since"), since.toString(Qt::ISODateWithMs)},
            {QStringLiteral("until"), since.addSecs(parts * partSeconds).toString(Qt::ISODateWithMs)},
            {QStringLiteral("all"), counted({}, 40, 12.345, 3)}, {QStringLiteral("models"), all},
            {QStringLiteral("buckets"), buckets},
            {QStringLiteral("histograms"),
                QJsonObject{
                    {QStringLiteral("durationMs"),
                        bars({{700, 0}, {1000, 9}, {1500, 20}, {2000, 8}, {3000, 2}, {QJsonValue(), 1}})},
                    {QStringLiteral("firstTokenMs"), bars({{200, 4}, {300, 18}, {500, 12}, {700, 3}})}}}})
        .toJson();
}

QString tile(const UsagePage& page, const char* name)
{
    return page.findChild<QLabel*>(QLatin1String(name))->text();
}

const BarData& chartData(const UsagePage& page, const char* name)
{
    return page.findChild<BarChart*>(QLatin1String(name))->bars();
}

} // namespace

class TestUsagePage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForRoundPartsOfTheChosenTime()
    {
        ScriptedSource source;
        UsagePage page([] { return pageNowUs; });
        page.setSource(&source);
        QVERIFY(source.questions().isEmpty()); // nobody looks
        show(&page);
        const QByteArray hour = "/api/stats?since=2026-09-21T13:14:00Z&until=2026-09-21T14:14:00Z&buckets=60";
        QCOMPARE(source.questions(), QList<QByteArray>{hour});
        auto* window = page.findChild<QComboBox*>(QStringLiteral("usageWindow"));
        QTest::keyClick(window, Qt::Key_Down);
        QCOMPARE(source.questions(), // and the question before is not wanted any more
            QList<QByteArray>{"/api/stats?since=2026-09-20T14:30:00Z&until=2026-09-21T14:30:00Z&buckets=48"});
        QTest::keyClick(window, Qt::Key_Down);
        QCOMPARE(source.questions(),
            QList<QByteArray>{"/api/stats?since=2026-09-14T15:00:00Z&until=2026-09-21T15:00:00Z&buckets=56"});
    }

    void showsTheFiguresOfTheAnswer()
    {
        ScriptedSource source;
        UsagePage page([] { return pageNowUs; });
        page.setSource(&source);
        show(&page);
        source.answerNext(statisticsOf(3));
        QCOMPARE(tile(page, "tile-calls"), QStringLiteral("40"));
        QCOMPARE(tile(page, "caption-calls"), QStringLiteral("calls, 10 failed"));
        QCOMPARE(tile(page, "tile-prompt"), QStringLiteral("16.0k"));
        QCOMPARE(tile(page, "caption-prompt"), QStringLiteral("tokens in, 75% cached"));
        QCOMPARE(tile(page, "tile-answer"), QStringLiteral("2.4k"));
        QCOMPARE(tile(page, "tile-cost"), QStringLiteral("≥ $12.35"));
        QCOMPARE(tile(page, "tile-firstToken"), QStringLiteral("420ms"));
        QCOMPARE(tile(page, "tile-duration"), QStringLiteral("1.42s"));
        const BarData& tokens = chartData(page, "usageOverTime");
        QCOMPARE(tokens.places.size(), 60);
        QCOMPARE(tokens.series.size(), 3);
        QCOMPARE(tokens.series.first().name, QStringLiteral("model-2")); // the most at the bottom
        QCOMPARE(tokens.series.at(2).values.at(4), 5 * 460.0); // model-0
        auto* measure = page.findChild<QComboBox*>(QStringLiteral("usageMeasure"));
        measure->setCurrentIndex(1);
        const BarData& cost = chartData(page, "usageOverTime");
        QVERIFY(cost.places.at(3).isLeast); // model-1 without a price
        QVERIFY(!cost.places.at(4).isLeast);
        measure->setCurrentIndex(2);
        QCOMPARE(chartData(page, "usageOverTime").series.at(2).values.at(4), 5.0);
        const BarData& durations = chartData(page, "durations");
        QCOMPARE(durations.places.at(2).name, QStringLiteral("1.00s – 1.50s"));
        QCOMPARE(durations.places.last().name, QStringLiteral("longer than 3.00s"));
        QCOMPARE(durations.series.first().values.at(2), 20.0);
        const auto* table = page.findChild<QTableWidget*>(QStringLiteral("usageTable"));
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(table->item(1, 0)->text(), QStringLiteral("model-1"));
        QCOMPARE(table->item(1, 6)->text(), QStringLiteral("≥ $1.00"));
        measure->setCurrentIndex(0);
        page.findChild<BarChart*>(QStringLiteral("usageOverTime"))->setCurrent(40);
        keepPicture(&page, QStringLiteral("usage"));
    }

    void manyModelsAreSummedUp()
    {
        const auto data = UsageData::parse(statisticsOf(12));
        QVERIFY(data);
        const BarData bars = usageOverTime(*data, UsageMeasure::Calls);
        QCOMPARE(bars.series.size(), BarChart::colours);
        QCOMPARE(bars.series.last().name, QStringLiteral("5 others"));
        double drawn = 0;
        qint64 counted = 0;
        for (const BarSeries& series : bars.series)
            drawn += std::accumulate(series.values.begin(), series.values.end(), 0.0);
        for (const UsageBucket& bucket : data->buckets) {
            for (const ModelUsage& usage : bucket.models)
                counted += usage.calls;
        }
        QCOMPARE(drawn, double(counted));
    }

    void unknownPricesAreNotZero()
    {
        ModelUsage usage;
        QCOMPARE(usageCost(usage), QStringLiteral("–"));
        usage.callsWithTokens = 3;
        QCOMPARE(usageCost(usage), QStringLiteral("n/a"));
        usage.costUsd = 2.41;
        usage.callsWithCost = 2;
        QCOMPARE(usageCost(usage), QStringLiteral("≥ $2.41"));
        usage.callsWithCost = 3;
        QCOMPARE(usageCost(usage), QStringLiteral("$2.41"));
    }

    void copiesPictureAndCsv()
    {
        ScriptedSource source;
        UsagePage page([] { return pageNowUs; });
        page.setSource(&source);
        show(&page);
        source.answerNext(statisticsOf(2, 4));
        QTest::mouseClick(page.findChild<QPushButton*>(QStringLiteral("copyCsv")), Qt::LeftButton);
        const QStringList lines = QGuiApplication::clipboard()->text().split(QStringLiteral("\n"));
        QVERIFY(lines.first().startsWith(QLatin1String("since,provider,model,calls,errors,input_tokens")));
        QCOMPARE(lines.at(1).trimmed(),
            QStringLiteral("2026-09-21T14:09:20Z,openai,model-0,1,0,100,300,,50,10,460,0.1,1"));
        QTest::mouseClick(page.findChild<QPushButton*>(QStringLiteral("copyPicture")), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->image().size(), page.size() * page.devicePixelRatio());
    }

    void asksAgainAfterCallsHaveEnded()
    {
        ScriptedSource source;
        UsagePage page([] { return pageNowUs; });
        page.setSource(&source);
        show(&page);
        source.answerNext(statisticsOf(1));
        QVERIFY(source.questions().isEmpty());
        Q_EMIT source.eventsArrived(
            {callEvent("call.ended", QStringLiteral("stored"), sampleSummary(QStringLiteral("a")))});
        QTRY_COMPARE(source.questions().size(), 1);
        source.answerNext(R"({"error":{"message":"The database is gone"}})", 503);
        QCOMPARE(tile(page, "usageMessage"), QStringLiteral("The database is gone"));
        QCOMPARE(tile(page, "tile-calls"), QStringLiteral("40")); // what was known stays
        page.setSource(nullptr);
        QCOMPARE(tile(page, "tile-calls"), QStringLiteral("0"));
    }

    // The page and the API speak the same language.
    void readsWhatARealProxySays()
    {
        SettingInputs inputs;
        inputs.environment = {{"PORT", "0"}, {"STORE_PATH", ":memory:"}};
        EngineSource source(loadConfig(inputs)->config, true);
        UsagePage page([] { return QDateTime::currentMSecsSinceEpoch() * 1000; });
        page.setSource(&source);
        show(&page);
        source.start();
        source.sendTestCall();
        QTRY_COMPARE_WITH_TIMEOUT(tile(page, "tile-calls"), QStringLiteral("1"), 10'000);
        QCOMPARE(tile(page, "tile-prompt"), QStringLiteral("1.2k"));
        const BarData& tokens = chartData(page, "usageOverTime");
        QCOMPARE(tokens.series.size(), 1);
        QCOMPARE(tokens.series.first().name, QStringLiteral("gpt-5-mini"));
        QCOMPARE(
            std::accumulate(tokens.series.first().values.begin(), tokens.series.first().values.end(), 0.0),
            1328.0);
        QCOMPARE(chartData(page, "durations").series.first().values.last(), 1.0);
        QCOMPARE(chartData(page, "firstTokenTimes").series.first().values.last(), 1.0);
    }

private:
    static void show(QWidget* page)
    {
        page->resize(1080, 760);
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page));
    }
};

REGISTER_TEST(TestUsagePage)
#include "tst_usagepage.moc"
