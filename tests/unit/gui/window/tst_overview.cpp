// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The overview counts what was open at once, and a part of it becomes a filter.

#include "gui/filter/filterbar.h"
#include "gui/list/overviewstrip.h"
#include "gui/model/loadhistogram.h"
#include "gui/model/requestlistmodel.h"
#include "gui/window/mainwindow.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTest>

namespace {

CallFacts loadCall(int n, qint64 startUs, qint64 durationUs, double cost)
{
    CallFacts call = sampleCall(n);
    call.startedAtUs = 1'790'000'000'000'000 + startUs;
    call.durationUs = durationUs;
    call.costUsd = cost;
    return call;
}

} // namespace

class TestOverview final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QSettings().clear(); }

    void countsWhatWasOpenAtOnce()
    {
        RequestListModel model;
        model.update({loadCall(1, 0, 30, 1), loadCall(2, 10, 10, 2), loadCall(3, 90, 10, 4)});
        const LoadHistogram load = LoadHistogram::of(model, 10); // buckets of 10 microseconds
        QCOMPARE(load.toUs - load.fromUs, 100);
        QList<int> calls;
        QList<double> costs;
        for (const LoadHistogram::Bucket& bucket : load.buckets) {
            calls.append(bucket.calls);
            costs.append(bucket.costUsd);
        }
        QCOMPARE(calls, (QList<int>{1, 2, 2, 1, 0, 0, 0, 0, 0, 1}));
        QCOMPARE(costs, (QList<double>{1, 2, 0, 0, 0, 0, 0, 0, 0, 4}));
        QCOMPARE(load.mostCalls(), 2);
        QCOMPARE(load.mostCost(), 4.0);
        QCOMPARE(load.momentAt(0.5) - load.fromUs, 50);
    }

    void onlyWhatIsShownCounts()
    {
        RequestListModel model;
        model.update({loadCall(1, 0, 30, 1), loadCall(2, 10, 10, 2)});
        model.setFilter([](const CallFacts& call) { return call.number == 2; });
        QCOMPARE(LoadHistogram::of(model, 4).mostCost(), 2.0);
        model.setFilter([](const CallFacts&) { return false; });
        QVERIFY(LoadHistogram::of(model, 4).buckets.empty());
        QCOMPARE(LoadHistogram::of(RequestListModel(), 4), LoadHistogram());
    }

    void aSingleCallWithoutADurationIsSeen()
    {
        RequestListModel model;
        CallFacts call = sampleCall(1);
        call.durationUs.reset();
        model.update({call});
        QCOMPARE(LoadHistogram::of(model, 4).mostCalls(), 1);
    }

    void draggingAsksForAPartOfTheTime()
    {
        MainWindow window;
        window.setSource(std::make_unique<ScriptedSource>());
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QList<CallFacts> calls;
        for (int n = 1; n <= 100; ++n)
            calls.append(loadCall(n, n * 1'000'000LL, 500'000, 0.1));
        window.model()->update(calls);
        auto* strip = window.findChild<OverviewStrip*>();
        QTRY_COMPARE(strip->load().mostCost() > 0, true);
        const int width = strip->width();
        drag(strip, width / 4, width / 2);
        const int shown = window.model()->rowCount();
        QVERIFY2(shown >= 23 && shown <= 28, qPrintable(QString::number(shown)));
        QVERIFY(window.model()->rowOf("id-30") >= 0);
        QVERIFY(window.model()->rowOf("id-70") < 0);
        // Another part takes the first one's place; a click asks for nothing.
        QTRY_VERIFY(strip->load().buckets.size() > 0 && strip->load().toUs < calls.last().startedAtUs);
        drag(strip, width / 2, width / 2 + 1);
        QCOMPARE(window.model()->rowCount(), shown);
        drag(strip, width - 5, width / 2);
        QVERIFY(window.model()->rowCount() < shown);
        QCOMPARE(window.filterBar()->active().chips.size(), 1);
    }

private:
    static void drag(QWidget* strip, int from, int to)
    {
        QTest::mousePress(strip, Qt::LeftButton, {}, QPoint(from, 10));
        QTest::mouseMove(strip, QPoint(to, 12));
        QTest::mouseRelease(strip, Qt::LeftButton, {}, QPoint(to, 12));
    }
};

REGISTER_TEST(TestOverview)
#include "tst_overview.moc"
