// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The stopwatch: what happened between its start and its stop.

#include "gui/filter/filterbar.h"
#include "gui/session/stopwatchbar.h"
#include "gui/window/mainwindow.h"
#include "gui/window/windowactions.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QAction>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QToolButton>

class TestStopwatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_nowUs = sampleCall(10).startedAtUs;
        m_window = std::make_unique<MainWindow>([this] { return m_nowUs; });
        m_window->setSource(std::make_unique<ScriptedSource>());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_bar = m_window->findChild<StopwatchBar*>();
        m_window->model()->update({sampleCall(5)}); // from before
    }
    void cleanup()
    {
        m_window.reset();
        QSettings().clear();
    }

    void itSumsUpWhatBeganInBetween()
    {
        QVERIFY(!m_bar->isVisible());
        QAction* action = m_window->actions()->stopwatch;
        action->trigger();
        QVERIFY(m_bar->isVisible());
        QCOMPARE(m_bar->text(), QStringLiteral("Stopwatch 0ms · 0 call(s) · Σ in 0 · out 0 · –"));
        CallFacts open = sampleCall(12);
        open.state = CallFacts::State::Streaming;
        open.costUsd = {};
        m_window->model()->update({sampleCall(11), open});
        m_nowUs += 105'000'000;
        QTRY_COMPARE(m_bar->text(),
            QStringLiteral(
                "Stopwatch 1m 45s · 2 call(s) · 1 open · Σ in 2.0k (49% cached) · out 240 · $0.011"));
        action->trigger();
        QVERIFY(!m_bar->isRunning());
        QVERIFY(!action->isChecked());
        m_nowUs += 105'000'000;
        m_window->model()->update({sampleCall(12), sampleCall(200)}); // one ends, one is too late
        QCOMPARE(m_bar->text(),
            QStringLiteral("Stopwatch 1m 45s · 2 call(s) · Σ in 2.0k (49% cached) · out 240 · $0.023"));
        QTest::mouseClick(m_bar->findChild<QToolButton*>(QStringLiteral("stopwatchClose")), Qt::LeftButton);
        QVERIFY(!m_bar->isVisible());
    }

    void itStartsAgainFromNothing()
    {
        auto* toggle = m_bar->findChild<QPushButton*>(QStringLiteral("stopwatchToggle"));
        m_bar->start();
        QVERIFY(m_window->actions()->stopwatch->isChecked());
        m_window->model()->update({sampleCall(11)});
        m_nowUs += 5'000'000;
        QTest::mouseClick(toggle, Qt::LeftButton);
        QVERIFY(m_bar->text().startsWith(QStringLiteral("Stopwatch 5.00s · 1 call(s) ·")));
        QTest::mouseClick(toggle, Qt::LeftButton);
        QVERIFY(m_bar->text().startsWith(QStringLiteral("Stopwatch 0ms · 0 call(s) ·")));
        QVERIFY(m_window->actions()->stopwatch->isChecked());
    }

    void onlyWhatTheListShowsCounts()
    {
        m_bar->start();
        QVERIFY(m_window->filterBar()->setFilter(QStringLiteral("id:id-12")));
        m_window->model()->update({sampleCall(11), sampleCall(12)});
        m_nowUs += 5'000'000;
        m_bar->stop();
        QVERIFY(m_bar->text().startsWith(QStringLiteral("Stopwatch 5.00s · 1 call(s) ·")));
    }

private:
    qint64 m_nowUs = 0;
    std::unique_ptr<MainWindow> m_window;
    StopwatchBar* m_bar = nullptr;
};

REGISTER_TEST(TestStopwatch)
#include "tst_stopwatch.moc"
