// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Bars: their axis, what they say under the mouse and by keyboard, and what they copy.

#include "base/csv.h"
#include "gui/usage/barchart.h"
#include "gui/usage/chartaxis.h"
#include "support/testprogram.h"
#include "unit/gui/pages/keptpicture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

namespace {

BarData sampleBars()
{
    BarData data;
    data.keyName = "since";
    data.isWhole = true;
    data.text = [](double value) { return QString::number(value); };
    for (int i = 0; i < 10; ++i) {
        BarPlace place;
        place.name = QStringLiteral("part %1").arg(i);
        place.tick = i % 3 == 0 ? QString::number(i) : QString();
        place.key = QByteArray::number(i);
        place.isLeast = i == 4;
        data.places.append(place);
    }
    data.series = {{QStringLiteral("gpt-5"), {1, 2, 3, 4, 5, 6, 7, 8, 9, 0}},
        {QStringLiteral("=claude, \"opus\""), {0, 1, 0, 1, 0, 1, 0, 1, 0, 0}}};
    return data;
}

double contrast(const QColor& a, const QColor& b)
{
    const auto luminance = [](const QColor& color) { // WCAG 2.2, relative luminance
        const auto linear = [](double part) {
            return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
            + 0.0722 * linear(color.blueF());
    };
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

} // namespace

class TestBarChart final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void axesAreRound_data()
    {
        QTest::addColumn<double>("most");
        QTest::addColumn<int>("steps");
        QTest::addColumn<bool>("isWhole");
        QTest::addColumn<double>("step");
        QTest::addColumn<double>("top");
        QTest::newRow("nothing") << 0.0 << 4 << false << 1.0 << 1.0;
        QTest::newRow("one call") << 1.0 << 4 << true << 1.0 << 1.0;
        QTest::newRow("three calls") << 3.0 << 4 << true << 1.0 << 3.0;
        QTest::newRow("seven calls, no halves") << 7.0 << 4 << true << 2.0 << 8.0;
        QTest::newRow("ten") << 10.0 << 4 << true << 5.0 << 10.0;
        QTest::newRow("ten in parts") << 10.0 << 4 << false << 2.5 << 10.0;
        QTest::newRow("cents") << 0.031 << 4 << false << 0.01 << 0.04;
        QTest::newRow("0.3 is three tenths") << 0.3 << 3 << false << 0.1 << 0.3;
        QTest::newRow("tokens") << 1'234'567.0 << 5 << true << 250'000.0 << 1'250'000.0;
    }
    void axesAreRound()
    {
        QFETCH(double, most);
        QFETCH(int, steps);
        QFETCH(bool, isWhole);
        const ChartAxis axis = ChartAxis::upTo(most, steps, isWhole);
        QTEST(axis.step, "step");
        QTEST(axis.top(), "top");
        QVERIFY(axis.top() >= most * (1 - 1e-9));
        QVERIFY(axis.steps <= steps);
    }

    void saysWhatIsUnderTheMouse()
    {
        BarChart chart(QStringLiteral("Tokens"));
        show(&chart);
        QSignalSpy changed(&chart, &BarChart::currentChanged);
        for (int place : {0, 5, 9}) {
            QTest::mouseMove(&chart, chart.placeRect(place).center().toPoint());
            QTRY_COMPARE(chart.current(), place);
        }
        QCOMPARE(changed.size(), 3);
        QTest::mouseMove(&chart, QPoint(2, 2)); // outside of the bars
        QTRY_COMPARE(chart.current(), -1);
        QCOMPARE(chart.readout(5),
            QStringList({QStringLiteral("part 5"), QStringLiteral("=claude, \"opus\": 1"),
                QStringLiteral("gpt-5: 6"), QStringLiteral("together: 7")}));
        QCOMPARE(chart.readout(0), QStringList({QStringLiteral("part 0"), QStringLiteral("gpt-5: 1")}));
        QCOMPARE(chart.readout(4).last(), QStringLiteral("together: ≥ 5"));
        QCOMPARE(chart.readout(9), QStringList({QStringLiteral("part 9"), QStringLiteral("0")}));
        QCOMPARE(chart.readout(10), QStringList());
    }

    void isReadByKeyboard()
    {
        BarChart chart(QStringLiteral("Tokens"));
        show(&chart);
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.current(), 0);
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(chart.current(), 9);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.current(), 9);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.current(), 8);
        QCOMPARE(chart.accessibleDescription(), QStringLiteral("part 8; gpt-5: 9"));
        QTest::keyClick(&chart, Qt::Key_Home);
        QCOMPARE(chart.current(), 0);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QCOMPARE(chart.current(), -1);
        QCOMPARE(chart.accessibleDescription(), QString());
        QCOMPARE(chart.accessibleName(), QStringLiteral("Tokens"));
    }

    // A spreadsheet shows the name of a model and does not compute it.
    void copiesItselfAsCsv()
    {
        BarChart chart(QStringLiteral("Tokens"));
        show(&chart);
        const QList<QByteArray> lines = chart.csv().split('\n');
        QCOMPARE(lines.first(), "since,gpt-5,\"'=claude, \"\"opus\"\"\"\r");
        QCOMPARE(lines.at(6), "5,6,1\r");
        QCOMPARE(lines.size(), 12); // the head, ten places, nothing after the last
        QTest::mouseMove(&chart, chart.rect().center());
        QContextMenuEvent event(
            QContextMenuEvent::Keyboard, chart.rect().center(), chart.mapToGlobal(QPoint()));
        QCoreApplication::sendEvent(&chart, &event);
        auto* menu = chart.findChild<QMenu*>();
        QVERIFY(menu);
        menu->actions().at(1)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8().replace("\r\n", "\n"),
            chart.csv().replace("\r\n", "\n"));
        menu->actions().at(0)->trigger();
        QCOMPARE(QGuiApplication::clipboard()->image().size(), chart.size() * chart.devicePixelRatio());
        menu->close();
    }

    void fieldsOfCsvAreText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("plain") << QStringLiteral("gpt-5") << QByteArray("gpt-5");
        QTest::newRow("empty") << QString() << QByteArray();
        QTest::newRow("comma") << QStringLiteral("a,b") << QByteArray("\"a,b\"");
        QTest::newRow("quote") << QStringLiteral("a\"b") << QByteArray("\"a\"\"b\"");
        QTest::newRow("lines") << QStringLiteral("a\nb") << QByteArray("\"a\nb\"");
        for (const char* start : {"=", "+", "-", "@", "\t"})
            QTest::newRow(start) << QString::fromLatin1(start) + QStringLiteral("1+1")
                                 << '\'' + QByteArray(start) + "1+1";
        QTest::newRow("formula") << QStringLiteral("=A1,\"x\"") << QByteArray("\"'=A1,\"\"x\"\"\"");
        QTest::newRow("umlaut") << QStringLiteral("größer") << QByteArray("größer");
    }
    void fieldsOfCsvAreText()
    {
        QFETCH(QString, text);
        QTEST(Csv::field(text), "field");
    }

    // Something of each series is to be seen, and nothing where there is nothing.
    void paintsEachSeriesInItsColour()
    {
        BarChart chart(QStringLiteral("Tokens"));
        show(&chart);
        const QImage image = chart.grab().toImage();
        const auto count = [&image](const QRectF& area, const QColor& color) {
            int pixels = 0;
            for (int y = int(area.top()); y < int(area.bottom()); ++y) {
                for (int x = int(area.left()); x < int(area.right()); ++x)
                    pixels += image.pixelColor(x, y) == color ? 1 : 0;
            }
            return pixels;
        };
        const int seven = count(chart.placeRect(7), BarChart::colour(0));
        const int three = count(chart.placeRect(3), BarChart::colour(0));
        QVERIFY(three > 0);
        QVERIFY2(std::abs(seven - 2 * three) < three / 5, qPrintable(QString::number(seven))); // 8 and 4
        QVERIFY(count(chart.placeRect(7), BarChart::colour(1)) > 0);
        QCOMPARE(count(chart.placeRect(8), BarChart::colour(1)), 0);
        QCOMPARE(count(chart.placeRect(9), BarChart::colour(0)), 0);
        chart.setCurrent(5);
        keepPicture(&chart, QStringLiteral("barchart"));
    }

    void colourMatters()
    {
        for (int series = 0; series < BarChart::colours; ++series) {
            for (const QColor& paper : {QColor(Qt::white), QColor(0x1e1e1e)}) {
                const double found = contrast(BarChart::colour(series), paper);
                QVERIFY2(found >= 3, qPrintable(QStringLiteral("%1: %2").arg(series).arg(found)));
            }
        }
    }

private:
    static void show(BarChart* chart)
    {
        chart->setBars(sampleBars());
        chart->resize(700, 300);
        chart->show();
        QVERIFY(QTest::qWaitForWindowExposed(chart));
    }
};

REGISTER_TEST(TestBarChart)
#include "tst_barchart.moc"
