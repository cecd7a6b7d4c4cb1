// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The icon in the tray, and what is told on the desktop. No tray is needed: it is told that there is one.

#include "gui/window/mainwindow.h"
#include "gui/window/viewertray.h"
#include "gui/window/windowactions.h"
#include "gui/window/windowpages.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QAction>
#include <QApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

class TestViewerTray final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>();
        m_pages = std::make_unique<WindowPages>(m_window.get(), SettingInputs(), QString());
        auto source = std::make_unique<ScriptedSource>();
        m_source = source.get();
        m_window->setSource(std::move(source));
        while (!m_source->questions().isEmpty())
            m_source->answerNext(R"({"traces":[]})");
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }
    void cleanup()
    {
        m_tray.reset();
        m_pages.reset();
        m_window.reset();
        QSettings().clear();
    }

    void itIsOffAtFirst()
    {
        open(true);
        QVERIFY(!m_tray->isOn());
        m_window->close();
        QVERIFY(!m_window->isVisible());
        QCOMPARE(action()->isEnabled(), true);
    }

    void closingOnlyHidesWhileItIsOn()
    {
        open(true);
        action()->setChecked(true);
        QSignalSpy closed(qApp, &QGuiApplication::lastWindowClosed);
        QVERIFY(!m_window->close());
        QVERIFY(!m_window->isVisible());
        QCOMPARE(closed.size(), 0);
        action()->setChecked(false); // where else should it be found?
        QVERIFY(m_window->isVisible());
        QVERIFY(m_window->close());
    }

    void itIsOnAgainAfterARestart()
    {
        open(true);
        action()->setChecked(true);
        m_tray.reset();
        open(true);
        QVERIFY(m_tray->isOn());
        m_tray->retire(); // the program ends
        QVERIFY(m_window->close());
    }

    void withoutATrayNothingIsHidden()
    {
        QSettings().setValue(QStringLiteral("tray/enabled"), true);
        open(false);
        QVERIFY(!action()->isEnabled());
        QVERIFY(!m_tray->isOn());
        QVERIFY(m_window->close());
    }

    void itShowsHowThingsStand()
    {
        open(true);
        QCOMPARE(m_tray->state(), ViewerTray::State::Recording);
        m_window->actions()->record->setChecked(false);
        QCOMPARE(m_tray->state(), ViewerTray::State::Idle);
        QCOMPARE(m_tray->toolTip(), QStringLiteral("Langfuse Proxy: not recording"));
        const QJsonObject telemetry{{QStringLiteral("delivery"), QStringLiteral("enabled")},
            {QStringLiteral("failures"), 3}, {QStringLiteral("lastError"), QStringLiteral("503")}};
        Q_EMIT m_source->eventsArrived({sampleEvent("ledger", {{QStringLiteral("telemetry"), telemetry}})});
        QCOMPARE(m_tray->state(), ViewerTray::State::Failing);
        QVERIFY(m_tray->toolTip().contains(QLatin1String("fails")));
    }

    void aFailedCallIsToldOnceAMinuteWhileNobodyLooks()
    {
        QSignalSpy told(m_pages.get(), &WindowPages::noticed);
        m_window->findChild<QAction*>(QStringLiteral("notifyDelivery"))->setChecked(true);
        m_window->hide();
        end(QStringLiteral("good"), 200);
        QCOMPARE(told.size(), 0);
        end(QStringLiteral("bad"), 529);
        QCOMPARE(told.size(), 1);
        QVERIFY(told.first().at(1).toString().contains(QLatin1String("529")));
        end(QStringLiteral("worse"), 529);
        QCOMPARE(told.size(), 1);
    }

    void nobodyIsToldWhoDoesNotWantIt()
    {
        QSignalSpy told(m_pages.get(), &WindowPages::noticed);
        m_window->hide();
        end(QStringLiteral("bad"), 529);
        QCOMPARE(told.size(), 0);
    }

private:
    void open(bool isAvailable)
    {
        m_tray = std::make_unique<ViewerTray>(m_window.get(), m_pages.get(), isAvailable);
    }
    [[nodiscard]] QAction* action() const
    {
        return m_window->findChild<QAction*>(QStringLiteral("showTray"));
    }
    void end(const QString& id, int status)
    {
        Q_EMIT m_source->eventsArrived({callEvent("call.ended", QStringLiteral("stored"),
            sampleSummary(id, {{QStringLiteral("status"), status}}))});
    }

    ScriptedSource* m_source = nullptr;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowPages> m_pages;
    std::unique_ptr<ViewerTray> m_tray;
};

REGISTER_TEST(TestViewerTray)
#include "tst_viewertray.moc"
