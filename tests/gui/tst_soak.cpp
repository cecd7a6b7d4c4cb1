// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Eight hours at two calls a second, as fast as the window takes them; and a hundred thousand calls at once.

#include "gui/filter/filterbar.h"
#include "gui/filter/filterline.h"
#include "gui/list/calltable.h"
#include "gui/list/followmode.h"
#include "gui/model/requestcolumns.h"
#include "gui/style/theme.h"
#include "gui/window/mainwindow.h"
#include "gui/window/windowactions.h"
#include "support/sanitized.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QAction>
#include <QElapsedTimer>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QTest>

#include <algorithm>

namespace {

constexpr int share = isSanitized ? 20 : 1; // the sanitizers' build takes a twentieth of all
constexpr int soakCalls = 57'600 / share; // 8 h at 2/s
constexpr int callsAtOnce = 20;
constexpr int mostCalls = 50'000 / share; // what the list keeps
constexpr int manyCalls = 100'000 / share;
// The bounds of the plan are release's and bench-viewer's; here they are to find what is worse by a power.
constexpr double soakSlowness = isSanitized ? 25 : 5;

QJsonObject soakCall(int n, bool isOpen)
{
    QJsonObject call = sampleSummary(QStringLiteral("soak-%1").arg(n),
        {{QStringLiteral("preview"), QStringLiteral("question %1").arg(n)},
            {QStringLiteral("session"), QStringLiteral("session-%1").arg(n / 100)}});
    if (isOpen) {
        call.insert(QStringLiteral("outcome"), QStringLiteral("open"));
        call.insert(QStringLiteral("delivery"), QJsonValue());
    }
    return call;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

class TestSoak final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        open();
    }
    void cleanup()
    {
        m_window.reset();
        QSettings().clear();
        theme::apply(theme::Preference::System);
    }

    // 20
    void eightHoursAtTwoCallsASecond()
    {
        m_window->model()->setMaxCalls(mostCalls);
        std::vector<double> first;
        std::vector<double> last;
        for (int n = 0; n < soakCalls; n += callsAtOnce) {
            QList<SourceEvent> events;
            for (int i = n; i < n + callsAtOnce; ++i) {
                events.append(callEvent("call.response", QStringLiteral("open"), soakCall(i, true)));
                events.append(callEvent("call.ended", QStringLiteral("stored"), soakCall(i, false)));
            }
            QElapsedTimer timer;
            timer.start();
            Q_EMIT m_source->eventsArrived(events);
            m_window->list()->viewport()->repaint();
            (n < soakCalls / 2 ? first : last).push_back(double(timer.nsecsElapsed()) / 1e6);
            if (n % 2000 == 0)
                QApplication::processEvents();
        }
        const RequestListModel& model = *m_window->model();
        QVERIFY(qsizetype(model.allCalls().size()) <= mostCalls);
        QCOMPARE(qsizetype(model.allCalls().size()) + model.droppedCalls(), qsizetype(soakCalls));
        QCOMPARE(model.allCalls().back().id, QByteArray("soak-" + QByteArray::number(soakCalls - 1)));
        QCOMPARE(model.openCalls(), 0);
        auto* counts = m_window->findChild<QLabel*>(QStringLiteral("statusCounts"));
        QTRY_VERIFY2(counts->text().contains(QStringLiteral("oldest")), qPrintable(counts->text()));
        QVERIFY(m_window->list()->follow()->isOn());
        // What a batch costs does not grow with what is there.
        QVERIFY2(median(last) < 2 * median(first) + 1,
            qPrintable(QStringLiteral("%1 ms, then %2 ms").arg(median(first)).arg(median(last))));

        const QString filter = QStringLiteral("id:soak-%1").arg(soakCalls - 1);
        QVERIFY(m_window->filterBar()->setFilter(filter));
        QCOMPARE(model.rowCount(), 1);
        m_window->findChild<QAction*>(QStringLiteral("theme:dark"))->trigger();
        m_window->resize(1003, 702);
        m_window->close();
        theme::apply(theme::Preference::Light);
        open();
        QCOMPARE(m_window->size(), QSize(1003, 702));
        QCOMPARE(m_window->filterBar()->expression(), filter);
        QVERIFY(theme::isDark(QGuiApplication::palette()));
    }

    // 8
    void aHundredThousandCallsStayQuick()
    {
        QList<CallFacts> calls;
        for (int n = 1; n <= manyCalls; ++n) {
            calls.append(sampleCall(n));
            calls.last().model = n % 4 == 0 ? QStringLiteral("claude-haiku-4-5") : calls.last().model;
            calls.last().costUsd = ((n * 7919) % manyCalls) / 1e6;
        }
        m_window->model()->setMaxCalls(2 * manyCalls);
        m_window->model()->update(calls);
        CallTable* list = m_window->list();
        const QByteArray chosen = "id-" + QByteArray::number(manyCalls * 6 / 10);
        QVERIFY(list->selectCall(chosen));
        const auto place = [&] { return list->rowViewportPosition(m_window->model()->rowOf(chosen)); };
        const auto isOnScreen = [&] { return place() >= 0 && place() < list->viewport()->height(); };
        QVERIFY(isOnScreen());
        FilterLine* line = m_window->filterBar()->line();
        line->setFocus();
        double longest = 0;
        for (const char letter : QByteArrayLiteral("haiku")) {
            QElapsedTimer timer;
            timer.start();
            QTest::keyClick(line, letter);
            longest = std::max(longest, double(timer.nsecsElapsed()) / 1e6);
        }
        QElapsedTimer timer;
        timer.start();
        QTRY_COMPARE(
            m_window->model()->rowCount(), manyCalls / 4); // after the pause that waits for more letters
        QVERIFY2(longest < 100 * soakSlowness, qPrintable(QString::number(longest)));
        QVERIFY2(timer.elapsed() < 150 + 100 * soakSlowness, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(list->currentId(), chosen); // one of the fourth
        QVERIFY(isOnScreen());
        m_window->filterBar()->clear();
        QCOMPARE(m_window->model()->rowCount(), manyCalls);
        QVERIFY(isOnScreen());
        timer.restart();
        list->sortByColumn(RequestColumns::Cost, Qt::DescendingOrder);
        list->viewport()->repaint();
        QVERIFY2(timer.elapsed() < 100 * soakSlowness, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(list->currentId(), chosen);
        QVERIFY(isOnScreen());
    }

private:
    void open()
    {
        m_window = std::make_unique<MainWindow>([] { return sampleCall(0).startedAtUs; });
        auto source = std::make_unique<ScriptedSource>();
        m_source = source.get();
        m_window->setSource(std::move(source));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        while (!m_source->questions().isEmpty())
            m_source->answerNext(R"({"traces":[]})");
    }

    std::unique_ptr<MainWindow> m_window;
    ScriptedSource* m_source = nullptr;
};

REGISTER_TEST(TestSoak)
#include "tst_soak.moc"
