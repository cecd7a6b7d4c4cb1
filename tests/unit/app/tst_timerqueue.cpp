// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timerqueue.h"
#include "support/testprogram.h"

#include <QTimerEvent>

#include <functional>

using namespace std::chrono_literals;

namespace {

class Receiver final : public QObject
{
public:
    QList<int> fired;
    std::function<void(int)> handler;

protected:
    void timerEvent(QTimerEvent* event) override
    {
        fired.append(event->timerId());
        if (handler)
            handler(event->timerId());
    }
};

} // namespace

class TimerQueueTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firesInOrderOfDueTimeThenOfSetting();
    void neverFiresEarlyAndRoundsByType_data();
    void neverFiresEarlyAndRoundsByType();
    void repeatsWithoutDrift();
    void missedBeatsAreNotMadeUpFor();
    void firesATimerOfZeroOncePerTurn();
    void doesNotFireWithinItsOwnHandler();
    void handlerRemovesAnotherThatIsDue();
    void handlerSetsAnotherWithTheSameId();
    void removesAllOfAnObject();
};

void TimerQueueTest::firesInOrderOfDueTimeThenOfSetting()
{
    TimerQueue queue;
    Receiver receiver;
    queue.add(7, 20ms, Qt::PreciseTimer, &receiver, 0ns);
    queue.add(3, 10ms, Qt::PreciseTimer, &receiver, 0ns);
    queue.add(1, 20ms, Qt::PreciseTimer, &receiver, 0ns);
    QCOMPARE(queue.fire(9ms), 0);
    QCOMPARE(queue.untilNext(9ms).value(), 1ms);
    QCOMPARE(queue.fire(20ms), 3);
    QCOMPARE(receiver.fired, (QList<int>{3, 7, 1}));
}

void TimerQueueTest::neverFiresEarlyAndRoundsByType_data()
{
    QTest::addColumn<Qt::TimerType>("type");
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<int>("latest"); // milliseconds after it is due
    QTest::newRow("precise") << Qt::PreciseTimer << 1000 << 0;
    QTest::newRow("coarse, short") << Qt::CoarseTimer << 20 << 0;
    QTest::newRow("coarse") << Qt::CoarseTimer << 1000 << 50;
    QTest::newRow("coarse, minutes") << Qt::CoarseTimer << 300000 << 15000;
    QTest::newRow("very coarse") << Qt::VeryCoarseTimer << 1500 << 1000;
}

void TimerQueueTest::neverFiresEarlyAndRoundsByType()
{
    QFETCH(Qt::TimerType, type);
    QFETCH(int, milliseconds);
    QFETCH(int, latest);
    const std::chrono::milliseconds interval(milliseconds);
    Receiver receiver;
    for (int start = 1; start < 3000; start += 17) {
        TimerQueue queue;
        const std::chrono::nanoseconds begin = std::chrono::milliseconds(start) + 123ns;
        queue.add(1, interval, type, &receiver, begin);
        const auto due = queue.remaining(1, begin).value();
        QVERIFY(due >= interval);
        QVERIFY(due <= interval + std::chrono::milliseconds(latest));
        QCOMPARE(queue.fire(begin + due - 1ns), 0);
        QCOMPARE(queue.fire(begin + due), 1);
    }
}

void TimerQueueTest::repeatsWithoutDrift()
{
    TimerQueue queue;
    Receiver receiver;
    queue.add(1, 110ms, Qt::CoarseTimer, &receiver, 0ns); // rounded to 4 ms
    std::chrono::nanoseconds now = 0ns;
    for (int i = 0; i < 1000; ++i) {
        now += queue.untilNext(now).value();
        QCOMPARE(queue.fire(now), 1);
    }
    QVERIFY(now >= 110s && now < 110s + 4ms);
}

void TimerQueueTest::missedBeatsAreNotMadeUpFor()
{
    TimerQueue queue;
    Receiver receiver;
    queue.add(1, 10ms, Qt::PreciseTimer, &receiver, 0ns);
    QCOMPARE(queue.fire(1s), 1);
    QCOMPARE(queue.fire(1s), 0);
    QCOMPARE(queue.untilNext(1s).value(), 10ms);
}

void TimerQueueTest::firesATimerOfZeroOncePerTurn()
{
    TimerQueue queue;
    Receiver receiver;
    queue.add(1, 0ms, Qt::CoarseTimer, &receiver, 5s);
    QCOMPARE(queue.untilNext(5s).value(), 0ns);
    QCOMPARE(queue.fire(5s), 1);
    QCOMPARE(queue.fire(5s), 1);
    QCOMPARE(queue.untilNext(5s).value(), 0ns);
}

void TimerQueueTest::doesNotFireWithinItsOwnHandler()
{
    TimerQueue queue;
    Receiver receiver;
    std::optional<std::chrono::nanoseconds> nestedWait;
    receiver.handler = [&](int id) {
        if (id != 1)
            return;
        queue.fire(1s + 500ms); // as a nested event loop would
        nestedWait = queue.untilNext(1s + 500ms);
    };
    queue.add(1, 10ms, Qt::PreciseTimer, &receiver, 0ns);
    queue.add(2, 1s, Qt::PreciseTimer, &receiver, 200ms);
    queue.fire(1s);
    QCOMPARE(receiver.fired, (QList<int>{1, 2}));
    QCOMPARE(nestedWait.value(), 700ms); // the other's; the one that is firing does not make a loop spin
    QCOMPARE(queue.untilNext(1s).value(), 10ms); // free again
}

void TimerQueueTest::handlerRemovesAnotherThatIsDue()
{
    TimerQueue queue;
    Receiver receiver;
    receiver.handler = [&queue](int id) {
        queue.remove(id);
        queue.remove(id == 1 ? 2 : 1);
    };
    queue.add(1, 1ms, Qt::PreciseTimer, &receiver, 0ns);
    queue.add(2, 1ms, Qt::PreciseTimer, &receiver, 0ns);
    QCOMPARE(queue.fire(1s), 1);
    QCOMPARE(receiver.fired, QList<int>{1});
    QVERIFY(!queue.untilNext(1s));
    QVERIFY(!queue.remaining(1, 1s));
    QVERIFY(!queue.remove(1));
}

void TimerQueueTest::handlerSetsAnotherWithTheSameId()
{
    TimerQueue queue;
    Receiver receiver;
    receiver.handler = [&](int) {
        queue.remove(1);
        queue.add(1, 0ms, Qt::PreciseTimer, &receiver, 1s);
    };
    queue.add(1, 1ms, Qt::PreciseTimer, &receiver, 0ns);
    QCOMPARE(queue.fire(1s), 1);
    receiver.handler = nullptr;
    QCOMPARE(queue.untilNext(1s).value(), 0ns); // the new one does not count as firing
    QCOMPARE(queue.fire(1s), 1);
}

void TimerQueueTest::removesAllOfAnObject()
{
    TimerQueue queue;
    Receiver one;
    Receiver other;
    queue.add(1, 10ms, Qt::PreciseTimer, &one, 0ns);
    queue.add(2, 20ms, Qt::CoarseTimer, &one, 0ns);
    queue.add(3, 30ms, Qt::CoarseTimer, &other, 0ns);
    QCOMPARE(queue.timersOf(&one).size(), 2);
    QVERIFY(queue.removeAll(&one));
    QVERIFY(!queue.removeAll(&one));
    QCOMPARE(queue.timersOf(&one).size(), 0);
    const QList<QAbstractEventDispatcher::TimerInfo> left = queue.timersOf(&other);
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().timerId, 3);
    QCOMPARE(left.first().interval, 30);
    QCOMPARE(left.first().timerType, Qt::CoarseTimer);
}

REGISTER_TEST(TimerQueueTest)
#include "tst_timerqueue.moc"
