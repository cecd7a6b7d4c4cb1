// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Following the newest call, as the table of the viewer's plan has it: what turns it on and off, what moves.

#include "gui/list/calltable.h"
#include "gui/list/followmode.h"
#include "gui/model/requestlistmodel.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

class TestFollowMode final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<RequestListModel>();
        m_table = std::make_unique<CallTable>(m_model.get());
        m_table->resize(1000, 300);
        m_table->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
        addCalls(100);
        QVERIFY(follow()->isOn());
    }
    void cleanup()
    {
        m_table.reset();
        m_model.reset();
    }

    void onItShowsTheNewestCall()
    {
        QVERIFY(isAtEnd());
        addCalls(10);
        QVERIFY(isAtEnd());
        QVERIFY(!pill()->isVisible());
        QCOMPARE(m_table->currentId(), QByteArray()); // it selects nothing
    }

    void aChangedCallDoesNotScroll()
    {
        wheel(120);
        const int value = bar()->value();
        CallFacts changed = sampleCall(100);
        changed.model = QStringLiteral("other");
        m_model->update({changed});
        QCOMPARE(bar()->value(), value);
    }

    void scrollingUpTurnsItOff()
    {
        wheel(120);
        QVERIFY(!follow()->isOn());
        const int value = bar()->value();
        addCalls(12);
        QCOMPARE(bar()->value(), value); // the view does not move
        QVERIFY(pill()->isVisible());
        QCOMPARE(follow()->newCalls(), 12);
        QVERIFY2(pill()->text().contains(QLatin1String("12 new")), qPrintable(pill()->text()));
        addCalls(3);
        QCOMPARE(follow()->newCalls(), 15);
        QCOMPARE(bar()->value(), value);
    }

    void thePillGoesToTheEnd()
    {
        QVERIFY(m_table->selectCall("id-50"));
        addCalls(2);
        QTest::mouseClick(pill(), Qt::LeftButton);
        QVERIFY(follow()->isOn());
        QVERIFY(isAtEnd());
        QVERIFY(!pill()->isVisible());
        QCOMPARE(m_table->currentId(), QByteArray("id-50"));
    }

    void thePillIsGoneWhenTheNewestCallIsSelected()
    {
        QVERIFY(m_table->selectCall("id-50"));
        addCalls(2);
        QVERIFY(pill()->isVisible());
        QTest::keyClick(m_table.get(), Qt::Key_Down);
        QVERIFY(pill()->isVisible());
        QVERIFY(m_table->selectCall(m_model->allCalls().back().id));
        QVERIFY(!pill()->isVisible());
        QVERIFY(!follow()->isOn()); // the selection is the user's
    }

    void theEndKeyTurnsItOn()
    {
        QVERIFY(m_table->selectCall("id-50"));
        QVERIFY(!follow()->isOn()); // not the last call
        QTest::keyClick(m_table.get(), Qt::Key_End);
        QVERIFY(follow()->isOn());
        QVERIFY(isAtEnd());
        QCOMPARE(m_table->currentId(), QByteArray("id-50"));
    }

    void scrollingToTheEndTurnsItOn()
    {
        wheel(240);
        QVERIFY(!follow()->isOn());
        for (int i = 0; i < 10 && !isAtEnd(); ++i)
            wheel(-240);
        QVERIFY(follow()->isOn());
    }

    void selectingTheLastCallLeavesItOn()
    {
        QVERIFY(m_table->selectCall("id-100"));
        QVERIFY(follow()->isOn());
        addCalls(5);
        QVERIFY(follow()->isOn());
        QVERIFY(isAtEnd());
        QCOMPARE(m_table->currentId(), QByteArray("id-100"));
    }

    void anotherOrderMakesItUnavailable()
    {
        QSignalSpy availability(follow(), &FollowMode::availabilityChanged);
        m_model->sort(RequestColumns::Cost, Qt::AscendingOrder);
        QVERIFY(!follow()->isAvailable());
        QVERIFY(!follow()->isOn());
        QCOMPARE(availability.size(), 1);
        follow()->setOn(true);
        QVERIFY(!follow()->isOn());
        QTest::keyClick(m_table.get(), Qt::Key_End);
        QVERIFY(!follow()->isOn());
        m_model->sort(RequestColumns::Number, Qt::AscendingOrder);
        QVERIFY(follow()->isAvailable());
        follow()->setOn(true);
        QVERIFY(isAtEnd());
    }

    // The newest first: calls come above what is looked at.
    void callsAboveDoNotPushTheView()
    {
        m_model->sort(RequestColumns::Number, Qt::DescendingOrder);
        bar()->setValue(m_table->rowPixels() * 20);
        const QByteArray first = m_model->callAt(m_table->rowAt(0)).id;
        addCalls(7);
        QCOMPARE(m_model->callAt(m_table->rowAt(0)).id, first);
    }

    void aFilterKeepsItAtTheEnd()
    {
        m_model->setFilter([](const CallFacts& call) { return call.number % 2 == 0; });
        QVERIFY(follow()->isOn());
        QVERIFY(isAtEnd());
        m_model->setFilter({});
        QVERIFY(follow()->isOn());
        QVERIFY(isAtEnd());
    }

    void aSmallerWindowStaysAtTheEnd()
    {
        m_table->resize(1000, 200);
        QTRY_VERIFY(isAtEnd());
        QVERIFY(follow()->isOn());
    }

private:
    void addCalls(int count)
    {
        QList<CallFacts> calls;
        const int first = int(m_model->allCalls().size()) + 1;
        for (int n = first; n < first + count; ++n)
            calls.append(sampleCall(n));
        m_model->update(calls);
    }
    void wheel(int angle)
    {
        const QPoint at(100, 100);
        QWheelEvent event(at, m_table->viewport()->mapToGlobal(at), {}, QPoint(0, angle), Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_table->viewport(), &event);
    }
    [[nodiscard]] FollowMode* follow() const { return m_table->follow(); }
    [[nodiscard]] QScrollBar* bar() const { return m_table->verticalScrollBar(); }
    [[nodiscard]] bool isAtEnd() const { return bar()->value() == bar()->maximum() && bar()->maximum() > 0; }
    [[nodiscard]] QPushButton* pill() const
    {
        return m_table->findChild<QPushButton*>(QStringLiteral("newCallsPill"));
    }

    std::unique_ptr<RequestListModel> m_model;
    std::unique_ptr<CallTable> m_table;
};

REGISTER_TEST(TestFollowMode)
#include "tst_followmode.moc"
