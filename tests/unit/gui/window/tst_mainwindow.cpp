// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window as a user meets it: what it shows of its source, and how its parts work together.

#include "gui/connect/connectpage.h"
#include "gui/filter/callsidebar.h"
#include "gui/filter/filterbar.h"
#include "gui/filter/filterline.h"
#include "gui/list/calltable.h"
#include "gui/list/followmode.h"
#include "gui/style/theme.h"
#include "gui/window/connectionbanner.h"
#include "gui/window/listnotice.h"
#include "gui/window/mainwindow.h"
#include "gui/window/statuspanel.h"
#include "gui/window/windowactions.h"
#include "gui/window/windowmemory.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>
#include <QToolButton>

namespace {

constexpr qint64 windowNowUs = 1'790'000'100'000'000;

QByteArray pageOf(int from, int to)
{
    QJsonArray traces;
    for (int n = to; n >= from; --n)
        traces.append(sampleSummary(QStringLiteral("id-%1").arg(n)));
    return QJsonDocument(QJsonObject{{QStringLiteral("traces"), traces}}).toJson();
}

const QByteArray healthAnswer = R"({"telemetry":{"captured":1,"pending":2,"delivering":1,"delivered":1412,)"
                                R"("rejected":1,"dropped":0,"lastError":null,"delivery":"enabled"}})";

} // namespace

class TestMainWindow final : public QObject
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

    void itBeginsWithHowToConnect()
    {
        answer(pageOf(1, 0));
        QVERIFY(m_window->findChild<ConnectPage*>()->isVisible());
        QVERIFY(!m_window->list()->isVisible());
        emitCall(QStringLiteral("a"), QStringLiteral("open"));
        QVERIFY(m_window->list()->isVisible());
        QVERIFY(!m_window->findChild<ConnectPage*>()->isVisible());
        m_window->actions()->connectClient->trigger(); // and again when asked for
        QVERIFY(m_window->findChild<ConnectPage*>()->isVisible());
        m_window->actions()->connectClient->trigger();
        QVERIFY(m_window->list()->isVisible());
    }

    void keptCallsAndTheirSumsAreShown()
    {
        answer(pageOf(1, 24));
        QCOMPARE(m_window->model()->rowCount(), 24);
        QTRY_VERIFY2(
            label("statusTotals").contains(QLatin1String("$0.98")), qPrintable(label("statusTotals")));
        QCOMPARE(label("statusCounts"), QStringLiteral("24 of 24"));
        QVERIFY(label("statusSource").contains(QLatin1String("127.0.0.1:3000")));
        QVERIFY(m_window->list()->selectCall("id-3"));
        QCOMPARE(label("statusCounts"), QStringLiteral("24 of 24 · 1 selected"));
        m_window->list()->selectAll();
        QVERIFY(label("statusTotals").contains(QLatin1String("$0.98")));
    }

    void theDetailIsThereWithTheCall()
    {
        auto* detail = new QLabel(QStringLiteral("detail"));
        m_window->setDetail(detail);
        answer(pageOf(1, 3));
        QVERIFY(!detail->isVisible());
        QSignalSpy selected(m_window.get(), &MainWindow::callSelected);
        QVERIFY(m_window->list()->selectCall("id-2"));
        QVERIFY(detail->isVisible());
        QCOMPARE(selected.takeFirst().first().toByteArray(), QByteArray("id-2"));
        QVERIFY(m_window->filterBar()->setFilter(QStringLiteral("id:id-3")));
        QVERIFY(!detail->isVisible()); // not of a call that the list hides
        m_window->filterBar()->clear();
        QVERIFY(detail->isVisible());
    }

    void theKeysDoWhatTheMenusSay()
    {
        answer(pageOf(1, 3));
        m_window->list()->setFocus();
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(m_window->filterBar()->line()->hasFocus());
        QVERIFY(m_window->filterBar()->setFilter(QStringLiteral("id:id-2")));
        QCOMPARE(m_window->model()->rowCount(), 1);
        m_window->list()->setFocus();
        QVERIFY(m_window->list()->selectCall("id-2"));
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QCOMPARE(m_window->model()->rowCount(), 3); // first the filter
        QCOMPARE(m_window->list()->currentId(), QByteArray("id-2"));
        QTest::keyClick(m_window.get(), Qt::Key_Escape);
        QCOMPARE(m_window->list()->currentId(), QByteArray()); // then the selection
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
        QVERIFY(!m_window->findChild<CallSidebar*>()->isVisible());
        QVERIFY(m_window->list()->selectCall("id-1"));
        QTest::keyClick(m_window.get(), Qt::Key_M, Qt::ControlModifier);
        QCOMPARE(m_window->model()->find("id-1")->mark, 1);
        QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("claude-opus-4-6")));
        QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(m_window->model()->rowCount(), 0);
    }

    void clearingManyAsksFirst()
    {
        answer(pageOf(1, 60));
        m_window->actions()->clearAll->trigger();
        QCOMPARE(m_window->model()->rowCount(), 60);
        auto* question = m_window->findChild<QMessageBox*>(QStringLiteral("clearQuestion"));
        QVERIFY(question && question->isVisible());
        question->accept();
        QCOMPARE(m_window->model()->rowCount(), 0);
        // What was cleared stays away when the source is read again.
        emitCall(QStringLiteral("id-7"), QStringLiteral("stored"));
        QCOMPARE(m_window->model()->rowCount(), 0);
    }

    void clearsByWhatIsShownFinishedAndMarked()
    {
        answer(pageOf(1, 4));
        emitCall(QStringLiteral("live"), QStringLiteral("open"));
        m_window->model()->setMark("id-1", 2);
        QVERIFY(m_window->filterBar()->setFilter(QStringLiteral("id:id-4 OR id:live OR id:id-1")));
        m_window->actions()->clearHidden->trigger();
        QCOMPARE(ids(), (QList<QByteArray>{"id-1", "id-4", "live"}));
        m_window->actions()->clearUnmarked->trigger();
        QCOMPARE(ids(), QList<QByteArray>{"id-1"});
        emitCall(QStringLiteral("live2"), QStringLiteral("open"));
        m_window->actions()->clearFinished->trigger();
        QCOMPARE(ids(), QList<QByteArray>{"live2"});
        m_window->filterBar()->clear();
        m_window->actions()->clearShown->trigger();
        QCOMPARE(ids(), QList<QByteArray>{});
    }

    void recordingOffKeepsRowsAwayAndSaysSo()
    {
        answer(pageOf(1, 1));
        auto* banner = m_window->findChild<ConnectionBanner*>();
        QVERIFY(!banner->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
        QVERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(QLatin1String("off")));
        emitCall(QStringLiteral("new"), QStringLiteral("stored"));
        QCOMPARE(m_window->model()->rowCount(), 1);
        QTest::mouseClick(banner->findChild<QPushButton*>(QStringLiteral("recordAgain")), Qt::LeftButton);
        QVERIFY(!banner->isVisible());
        emitCall(QStringLiteral("newer"), QStringLiteral("stored"));
        QCOMPARE(m_window->model()->rowCount(), 2);
    }

    void theBannerCountsDown()
    {
        answer(pageOf(1, 1));
        auto* banner = m_window->findChild<ConnectionBanner*>();
        SourceStatus lost = m_source->status();
        lost.state = SourceStatus::State::Lost;
        lost.detail = QStringLiteral("the connection has ended");
        lost.retryIn = std::chrono::milliseconds(4000);
        lost.attempt = 1;
        m_source->setState(lost);
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(QLatin1String("lost 0 s ago, retrying in 4 s")),
            qPrintable(banner->text()));
        m_nowUs += 3'000'000;
        QTRY_VERIFY2(banner->text().contains(QLatin1String("lost 3 s ago, retrying in 1 s")),
            qPrintable(banner->text()));
        QVERIFY(banner->findChild<QPushButton*>(QStringLiteral("retryNow"))->isVisible());
        QCOMPARE(m_window->model()->rowCount(), 1); // the list stays of use
        m_source->attach();
        QVERIFY(!banner->isVisible());
    }

    void aLargeGapIsToldAndLoaded()
    {
        answer(pageOf(1, 3));
        auto* banner = m_window->findChild<ConnectionBanner*>();
        auto* load = banner->findChild<QPushButton*>(QStringLiteral("loadGap"));
        Q_EMIT m_source->gapNoticed();
        m_source->answerNext(R"({"calls":2140})");
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->text(), QStringLiteral("2140 request(s) came while the connection was lost"));
        QTest::mouseClick(load, Qt::LeftButton);
        answer(pageOf(1, 5));
        QVERIFY(!banner->isVisible());
        QCOMPARE(m_window->model()->rowCount(), 5);
    }

    void emptyListsSayWhy()
    {
        auto* notice = m_window->findChild<ListNotice*>();
        answer(pageOf(1, 3));
        QCOMPARE(notice->title(), QString());
        QVERIFY(m_window->filterBar()->setFilter(QStringLiteral("id:none")));
        QTRY_COMPARE(notice->title(), QStringLiteral("No call matches"));
        QTest::mouseClick(notice->findChild<QPushButton*>(QStringLiteral("noticeButton")), Qt::LeftButton);
        QCOMPARE(m_window->model()->rowCount(), 3);
        m_window->actions()->record->setChecked(false);
        m_window->actions()->clearAll->trigger();
        QTRY_COMPARE(notice->title(), QStringLiteral("Recording is off"));
    }

    void openCallsTick()
    {
        answer(pageOf(1, 1));
        emitCall(QStringLiteral("open"), QStringLiteral("open"));
        const CallFacts* call = m_window->model()->find("open");
        m_nowUs = call->startedAtUs + 12'200'000;
        QTRY_COMPARE(m_window->model()->find("open")->durationUs.value_or(0), 12'200'000);
        QTRY_VERIFY(label("statusLive").startsWith(QLatin1String("1 live")));
    }

    void theDeliveryIsToldAndLeadsFurther()
    {
        QVERIFY(m_source->questions().contains("/api/health"));
        answer(pageOf(1, 0));
        auto* delivery = m_window->findChild<QToolButton*>(QStringLiteral("deliveryLabel"));
        QTRY_VERIFY(delivery->isVisible());
        QCOMPARE(delivery->text(), QStringLiteral("Langfuse: 1412 accepted · 3 queued · 1 failed"));
        QSignalSpy requested(m_window.get(), &MainWindow::deliveryRequested);
        QTest::mouseClick(delivery, Qt::LeftButton);
        QCOMPARE(requested.size(), 1);
        QVERIFY(label("statusDelivery").contains(QLatin1String("3 queued")));
    }

    void followIsOneSwitch()
    {
        answer(pageOf(1, 100));
        QAction* follow = m_window->actions()->follow;
        QVERIFY(follow->isChecked());
        QVERIFY(m_window->list()->selectCall("id-5"));
        QVERIFY(!follow->isChecked());
        follow->trigger();
        QVERIFY(m_window->list()->follow()->isOn());
        m_window->model()->sort(RequestColumns::Cost, Qt::AscendingOrder);
        QVERIFY(!follow->isEnabled());
        QVERIFY(follow->toolTip().contains(QLatin1Char('#')));
    }

    void theLayoutIsTheSameAfterARestart()
    {
        answer(pageOf(1, 3));
        m_window->setDetail(new QWidget);
        m_window->resize(1111, 777);
        QHeaderView* header = m_window->list()->horizontalHeader();
        header->moveSection(header->visualIndex(RequestColumns::Cost), 1);
        header->resizeSection(RequestColumns::Model, 211);
        m_window->actions()->showSidebar->setChecked(false);
        m_window->actions()->detailBeside->trigger(); // has columns of its own
        QVERIFY(header->isSectionHidden(RequestColumns::Timeline));
        m_window->close();
        open();
        QCOMPARE(m_window->size(), QSize(1111, 777));
        QVERIFY(m_window->actions()->detailBeside->isChecked());
        QVERIFY(!m_window->findChild<CallSidebar*>()->isVisible());
        header = m_window->list()->horizontalHeader();
        QVERIFY(header->isSectionHidden(RequestColumns::Timeline));
        m_window->actions()->detailBeside->trigger();
        QVERIFY(!header->isSectionHidden(RequestColumns::Timeline));
        QCOMPARE(header->logicalIndex(1), int(RequestColumns::Cost));
        QCOMPARE(header->sectionSize(RequestColumns::Model), 211);
        m_window->actions()->resetColumns->trigger();
        QCOMPARE(header->logicalIndex(1), int(RequestColumns::State));
    }

    void aWindowWhoseScreenIsGoneComesBack()
    {
        m_window->setGeometry(20'000, 20'000, 900, 600);
        m_window->close();
        open();
        QVERIFY(QGuiApplication::screenAt(m_window->geometry().topLeft()));
    }

    void theThemeIsKept()
    {
        m_window->findChild<QAction*>(QStringLiteral("theme:dark"))->trigger();
        QVERIFY(theme::isDark(QGuiApplication::palette()));
        m_window->close();
        theme::apply(theme::Preference::Light);
        open();
        QVERIFY(theme::isDark(QGuiApplication::palette()));
    }

    void anotherSourceBeginsAnew()
    {
        answer(pageOf(1, 3));
        auto guest = std::make_unique<ScriptedSource>();
        ScriptedSource* other = guest.get();
        m_window->sources()->show(
            {SourceEntry::Kind::Remote, QStringLiteral("http://staging:3000")}, std::move(guest));
        QCOMPARE(m_window->model()->rowCount(), 0);
        while (!other->questions().isEmpty())
            other->answerNext(pageOf(10, 11));
        QCOMPARE(m_window->model()->rowCount(), 2);
        QVERIFY(m_window->findChild<QWidget*>(QStringLiteral("remoteLine"))->isVisible());
        QVERIFY(m_window->windowTitle().startsWith(QLatin1String("127.0.0.1:3000")));
        emitCall(QStringLiteral("mine"), QStringLiteral("stored")); // our own runs on, unseen
        QCOMPARE(m_window->model()->rowCount(), 2);
        m_window->sources()->showOwn();
        while (!m_source->questions().isEmpty())
            m_source->answerNext(pageOf(1, 4));
        QCOMPARE(m_window->model()->rowCount(), 4);
        QVERIFY(!m_window->findChild<QWidget*>(QStringLiteral("remoteLine"))->isVisible());
    }

private:
    void open()
    {
        m_nowUs = windowNowUs;
        m_window = std::make_unique<MainWindow>([this] { return m_nowUs; });
        auto source = std::make_unique<ScriptedSource>();
        m_source = source.get();
        m_window->setSource(std::move(source));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    /// All that it has asked its source for.
    void answer(const QByteArray& page)
    {
        while (!m_source->questions().isEmpty()) {
            const bool isHealth = m_source->questions().first().startsWith("/api/health");
            m_source->answerNext(isHealth ? healthAnswer : page);
        }
    }
    void emitCall(const QString& id, const QString& state)
    {
        Q_EMIT m_source->eventsArrived({callEvent("call.ended", state, sampleSummary(id))});
    }
    [[nodiscard]] QString label(const char* name) const
    {
        return m_window->findChild<QLabel*>(QString::fromLatin1(name))->text();
    }
    [[nodiscard]] QList<QByteArray> ids()
    {
        QList<QByteArray> all;
        for (const CallFacts& call : m_window->model()->allCalls())
            all.append(call.id);
        return all;
    }

    qint64 m_nowUs = windowNowUs;
    ScriptedSource* m_source = nullptr;
    std::unique_ptr<MainWindow> m_window;
};

REGISTER_TEST(TestMainWindow)
#include "tst_mainwindow.moc"
