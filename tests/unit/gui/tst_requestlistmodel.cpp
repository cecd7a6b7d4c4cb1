// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list: rows come, change, are filtered, ordered and dropped, and every signal of it is as Qt wants it.

#include "gui/model/requestlistmodel.h"
#include "guisamples.h"
#include "support/testprogram.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace {

QList<CallFacts> sampleCalls(int from, int to)
{
    QList<CallFacts> calls;
    for (int n = from; n <= to; ++n)
        calls.append(sampleCall(n));
    return calls;
}

} // namespace

class TestRequestListModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<RequestListModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void numbersAreNeverReused()
    {
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        m_model->update(sampleCalls(1, 3));
        QCOMPARE(inserted.size(), 1); // one for all
        QCOMPARE(m_model->removeCalls([](const CallFacts& call) { return call.number > 1; }), 2);
        m_model->update({sampleCall(9)});
        QCOMPARE(numbers(), (QList<qint64>{1, 4}));
    }

    void aChangedCallKeepsItsNumberMarkAndNote()
    {
        m_model->update(sampleCalls(1, 3));
        m_model->setMark("id-2", 3);
        m_model->setNote("id-2", QStringLiteral("look here"));
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        CallFacts call = sampleCall(2);
        call.model = QStringLiteral("other");
        m_model->update({call});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(m_model->callAt(1).model, QStringLiteral("other"));
        QCOMPARE(m_model->callAt(1).number, 2);
        QCOMPARE(m_model->callAt(1).mark, 3);
        QCOMPARE(m_model->callAt(1).note, QStringLiteral("look here"));
    }

    // Whoever keeps a selection reads the rows when a reset is announced.
    void theOldRowsAreThereUntilAResetHasBegun()
    {
        m_model->update(sampleCalls(1, 3));
        QList<qint64> before;
        connect(m_model.get(), &QAbstractItemModel::modelAboutToBeReset, this,
            [this, &before] { before = numbers(); });
        QCOMPARE(m_model->removeCalls([](const CallFacts& call) { return call.number < 3; }), 2);
        QCOMPARE(before, (QList<qint64>{1, 2, 3}));
        m_model->setMaxCalls(3);
        m_model->update(sampleCalls(4, 6));
        QCOMPARE(before, (QList<qint64>{3, 4, 5, 6}));
    }

    void aCallThatIsNewAndEndsInOneGoIsOneRow()
    {
        CallFacts open = sampleCall(1);
        open.state = CallFacts::State::Streaming;
        m_model->update({open, sampleCall(1)});
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->openCalls(), 0);
    }

    void aCallThatNoLongerMatchesStaysDimmed()
    {
        m_model->setFilter([](const CallFacts& call) { return call.isOpen(); });
        CallFacts open = sampleCall(1);
        open.state = CallFacts::State::Streaming;
        m_model->update({open, sampleCall(2)});
        QCOMPARE(m_model->rowCount(), 1);
        m_model->update({sampleCall(1)});
        QCOMPARE(m_model->rowCount(), 1);
        QVERIFY(m_model->data(m_model->index(0, 0), RequestListModel::DimmedRole).toBool());
        m_model->setFilter([](const CallFacts& call) { return call.isOpen(); });
        QCOMPARE(m_model->rowCount(), 0);
    }

    void aCallThatBeginsToMatchTakesItsPlace()
    {
        m_model->update(sampleCalls(1, 3));
        m_model->setFilter([](const CallFacts& call) { return call.mark > 0; });
        m_model->setMark("id-3", 1);
        m_model->setMark("id-1", 1);
        QCOMPARE(numbers(), (QList<qint64>{1, 3}));
        QCOMPARE(m_model->rowOf("id-3"), 1);
        QCOMPARE(m_model->rowOf("id-2"), -1);
    }

    void ordersByMeaning_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<int>("order");
        QTest::addColumn<QList<qint64>>("expected");
        QTest::newRow("arrival") << int(RequestColumns::Number) << int(Qt::AscendingOrder)
                                 << QList<qint64>{1, 2, 3};
        QTest::newRow("newest first")
            << int(RequestColumns::Number) << int(Qt::DescendingOrder) << QList<qint64>{3, 2, 1};
        QTest::newRow("cost: unknown, then open, last")
            << int(RequestColumns::Cost) << int(Qt::AscendingOrder) << QList<qint64>{3, 2, 1};
        QTest::newRow("duration: open last")
            << int(RequestColumns::Duration) << int(Qt::AscendingOrder) << QList<qint64>{2, 3, 1};
    }
    void ordersByMeaning()
    {
        QFETCH(const int, column);
        QFETCH(const int, order);
        QFETCH(const QList<qint64>, expected);
        QList<CallFacts> calls = sampleCalls(1, 3);
        calls[0].costUsd = 10;
        calls[1].costUsd.reset();
        calls[2].costUsd = 9;
        calls[0].state = CallFacts::State::Streaming;
        calls[0].durationUs = 1;
        calls[1].durationUs = 20;
        calls[2].durationUs = 100;
        m_model->update(calls);
        m_model->sort(column, Qt::SortOrder(order));
        QCOMPARE(numbers(), expected);
    }

    void newestFirstTakesNewCallsAtTheTop()
    {
        m_model->update(sampleCalls(1, 2));
        m_model->sort(RequestColumns::Number, Qt::DescendingOrder);
        m_model->update(sampleCalls(3, 4));
        QCOMPARE(numbers(), (QList<qint64>{4, 3, 2, 1}));
        QCOMPARE(m_model->rowOf("id-1"), 3);
    }

    void anOrderThatChangesIsMadeAnewWithinASecond()
    {
        m_model->update(sampleCalls(1, 2));
        m_model->sort(RequestColumns::Cost, Qt::DescendingOrder);
        m_model->update({sampleCall(5)});
        QTRY_COMPARE_WITH_TIMEOUT(m_model->callAt(0).id, QByteArray("id-5"), 3000);
    }

    void dropsTheOldestButNotTheMarked()
    {
        m_model->setMaxCalls(100);
        m_model->update(sampleCalls(1, 100));
        m_model->setMark("id-1", 2);
        m_model->update({sampleCall(101)});
        QCOMPARE(m_model->droppedCalls(), 3);
        QVERIFY(m_model->find("id-1"));
        QVERIFY(!m_model->find("id-2"));
        QCOMPARE(m_model->rowOf("id-101"), m_model->rowCount() - 1);
    }

    void openCallsTick()
    {
        CallFacts open = sampleCall(2);
        open.state = CallFacts::State::Streaming;
        m_model->update({sampleCall(1), open});
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->tick(open.startedAtUs + 5'000'000);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().toModelIndex().row(), 1);
        QCOMPARE(m_model->callAt(1).durationUs, std::optional<qint64>(5'000'000));
        m_model->update({sampleCall(2)});
        changed.clear();
        m_model->tick(open.startedAtUs + 9'000'000);
        QCOMPARE(changed.size(), 0); // nothing is open: nothing to do
    }

private:
    [[nodiscard]] QList<qint64> numbers() const
    {
        QList<qint64> all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all.append(m_model->callAt(row).number);
        return all;
    }

    std::unique_ptr<RequestListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

REGISTER_TEST(TestRequestListModel)
#include "tst_requestlistmodel.moc"
