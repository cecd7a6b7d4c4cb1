// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A session in the place of the list: how it is opened, what is selected there, and the way back.

#include "gui/filter/callsidebar.h"
#include "gui/filter/filterbar.h"
#include "gui/list/calltable.h"
#include "gui/session/sessionmodel.h"
#include "gui/session/sessionpage.h"
#include "gui/session/sessionview.h"
#include "gui/window/mainwindow.h"
#include "gui/window/sessioncommands.h"
#include "gui/window/windowactions.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"
#include "unit/gui/pages/keptpicture.h"

#include <QAction>
#include <QLabel>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

class TestSessionPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>([] { return sampleCall(20).startedAtUs; });
        auto source = std::make_unique<ScriptedSource>();
        m_source = source.get();
        m_window->setSource(std::move(source));
        m_window->setDetail(new QLabel(QStringLiteral("detail")));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        while (!m_source->questions().isEmpty())
            m_source->answerNext(R"({"traces":[]})");
        m_window->model()->update({step(1, {QStringLiteral("Bash"), QStringLiteral("Task")}),
            step(2, {QStringLiteral("Grep")}, QStringLiteral("explore")),
            step(3, {}, QStringLiteral("explore")), step(4), other(5), step(6), step(9)});
    }
    void cleanup()
    {
        m_window.reset();
        QSettings().clear();
    }

    void aDoubleClickInTheSidebarOpensIt()
    {
        auto* sidebar = m_window->findChild<CallSidebar*>();
        QTreeWidgetItem* item = nullptr;
        QTRY_VERIFY(item = itemOf(sidebar, QStringLiteral("s1")));
        const QPoint at = sidebar->visualItemRect(item).center();
        QTest::mouseClick(sidebar->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(sidebar->viewport(), Qt::LeftButton, {}, at);
        QVERIFY(page()->isVisible());
        QVERIFY(!m_window->list()->isVisible());
        QCOMPARE(page()->session(), QStringLiteral("s1"));
        QCOMPARE(m_window->filterBar()->expression(), QStringLiteral("session:s1"));
        QCOMPARE(page()->totals(),
            QStringLiteral("3 turn(s) · 6 call(s) · Σ in 6.0k (50% cached) · out 720 · $0.025 · 8.50s"));
        QVERIFY(page()->view()->hasFocus());
        keepPicture(m_window.get(), QStringLiteral("session"));
    }

    void theCallThatIsLookedAtOpensItsSession()
    {
        QVERIFY(!m_window->actions()->showSession->isEnabled());
        QVERIFY(m_window->list()->selectCall("id-4"));
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(page()->isVisible());
        QCOMPARE(currentText(), QStringLiteral("#4 question 4"));
        QCOMPARE(m_window->list()->currentId(), QByteArray("id-4"));
    }

    void aRequestAndItsToolsShowTheDetail()
    {
        m_window->sessions()->show(QStringLiteral("s1"));
        QSignalSpy selected(m_window.get(), &MainWindow::callSelected);
        QSignalSpy opened(m_window.get(), &MainWindow::callOpened);
        QCOMPARE(currentText(), QStringLiteral("Turn 1: question 1"));
        QVERIFY(selected.isEmpty());
        press(Qt::Key_Down);
        QCOMPARE(currentText(), QStringLiteral("#1 question 1"));
        QCOMPARE(selected.takeLast().first().toByteArray(), QByteArray("id-1"));
        press(Qt::Key_Return);
        QCOMPARE(opened.takeLast().first().toByteArray(), QByteArray("id-1"));
        press(Qt::Key_J); // Bash, which it asks for
        QCOMPARE(currentText(), QStringLiteral("Bash"));
        QCOMPARE(m_window->list()->currentId(), QByteArray("id-1"));
        for (int n = 0; n < 3; ++n)
            press(Qt::Key_J); // Task, explore, #2
        QCOMPARE(m_window->list()->currentId(), QByteArray("id-2"));
        press(Qt::Key_K);
        QCOMPARE(currentText(), QStringLiteral("↳ explore"));
    }

    void escapeAndTheButtonLeadBack()
    {
        QVERIFY(m_window->list()->selectCall("id-4"));
        m_window->actions()->showSession->trigger();
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QVERIFY(m_window->list()->isVisible());
        QVERIFY(m_window->list()->hasFocus());
        QCOMPARE(m_window->list()->currentId(), QByteArray("id-4"));
        QCOMPARE(m_window->model()->rowCount(), 6); // the session is still the filter
        m_window->actions()->showSession->trigger();
        QTest::mouseClick(page()->findChild<QToolButton*>(QStringLiteral("leaveSession")), Qt::LeftButton);
        QVERIFY(m_window->list()->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QCOMPARE(m_window->model()->rowCount(), 7);
    }

    void anotherFilterBringsTheListBack()
    {
        m_window->sessions()->show(QStringLiteral("s1"));
        QVERIFY(m_window->filterBar()->setFilter(QStringLiteral("id:id-5")));
        QVERIFY(m_window->list()->isVisible());
        QCOMPARE(m_window->model()->rowCount(), 1);
    }

    void newCallsKeepWhatIsCollapsedAndChosen()
    {
        m_window->sessions()->show(QStringLiteral("s1"));
        SessionView* view = page()->view();
        const QAbstractItemModel* model = view->model();
        QVERIFY(view->isExpanded(model->index(0, 0)));
        view->collapse(model->index(1, 0));
        view->selectCall("id-4");
        QSignalSpy selected(m_window.get(), &MainWindow::callSelected);
        m_window->model()->update({step(10)});
        QTRY_COMPARE(model->rowCount(), 4);
        QCOMPARE(currentText(), QStringLiteral("#4 question 4"));
        QVERIFY(view->isExpanded(model->index(0, 0)));
        QVERIFY(!view->isExpanded(model->index(1, 0)));
        QVERIFY(view->isExpanded(model->index(3, 0)));
        QVERIFY(selected.isEmpty());
        QVERIFY(page()->totals().startsWith(QStringLiteral("4 turn(s) · 7 call(s)")));
    }

    void whoLooksAtTheEndGoesOnSeeingIt()
    {
        QList<CallFacts> many;
        for (int n = 20; n < 120; ++n)
            many.append(step(n));
        m_window->model()->update(many);
        m_window->sessions()->show(QStringLiteral("s1"));
        QScrollBar* bar = page()->view()->verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        bar->setValue(bar->maximum());
        const int before = bar->maximum();
        m_window->model()->update({step(130)});
        QTRY_VERIFY(bar->maximum() > before);
        QCOMPARE(bar->value(), bar->maximum());
        bar->setValue(30);
        m_window->model()->update({step(131)});
        const int end = bar->maximum();
        QTRY_VERIFY(bar->maximum() > end);
        QCOMPARE(bar->value(), 30);
    }

    void aSessionThatIsClearedIsLeft()
    {
        m_window->sessions()->show(QStringLiteral("s1"));
        (void)m_window->model()->removeCalls(
            [](const CallFacts& call) { return call.session == QLatin1String("s1"); });
        QTRY_VERIFY(!page()->isVisible());
    }

    void altAndArrowsWalkTheSession()
    {
        QVERIFY(m_window->list()->selectCall("id-4"));
        QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_window->list()->currentId(), QByteArray("id-6")); // 5 is of another
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m_window->list()->currentId(), QByteArray("id-3"));
        m_window->actions()->showSession->trigger();
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(currentText(), QStringLiteral("#2 question 2")); // in its tree, too
        for (int n = 0; n < 3; ++n)
            QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m_window->list()->currentId(), QByteArray("id-1")); // and there it ends
    }

private:
    static CallFacts step(int n, const QStringList& tools = {}, const QString& agent = {})
    {
        CallFacts call = sampleCall(n);
        call.durationUs = 500'000;
        call.tools = tools;
        call.agent = agent;
        return call;
    }
    static CallFacts other(int n)
    {
        CallFacts call = step(n);
        call.session = QStringLiteral("s2");
        return call;
    }
    static QTreeWidgetItem* itemOf(const CallSidebar* sidebar, const QString& text)
    {
        return sidebar->findItems(text, Qt::MatchExactly | Qt::MatchRecursive).value(0);
    }
    [[nodiscard]] SessionPage* page() const { return m_window->sessions()->page(); }
    [[nodiscard]] QString currentText() const
    {
        return page()->view()->currentIndex().siblingAtColumn(SessionModel::What).data().toString();
    }
    void press(Qt::Key key) { QTest::keyClick(page()->view(), key); }

    ScriptedSource* m_source = nullptr;
    std::unique_ptr<MainWindow> m_window;
};

REGISTER_TEST(TestSessionPage)
#include "tst_sessionpage.moc"
