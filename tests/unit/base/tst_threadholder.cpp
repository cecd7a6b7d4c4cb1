// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/threadholder.h"
#include "support/testprogram.h"

#include <QPointer>
#include <QSemaphore>

using namespace Qt::StringLiterals;

class TestThreadHolder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsOnItsOwnNamedThread();
    void runWaits();
    void runsQueuedWorkInOrder();
    void stopWaitsForTheRunningWork();
    void stopsTwiceWithoutHarm();
    void stopDestroysWhatWasDeletedLater();
    void stopsBeforeItsEventLoopRuns();
};

void TestThreadHolder::runsOnItsOwnNamedThread()
{
    ThreadHolder holder(u"engine"_s);
    QThread* seen = nullptr;
    QString name;
    holder.run([&] {
        seen = QThread::currentThread();
        name = seen->objectName();
    });
    QCOMPARE(seen, holder.thread());
    QVERIFY(seen != QThread::currentThread());
    QCOMPARE(name, u"engine"_s);
}

void TestThreadHolder::runWaits()
{
    ThreadHolder holder(u"telemetry"_s);
    int value = 0; // not atomic on purpose: run() is the synchronisation
    for (int i = 1; i <= 100; ++i) {
        holder.run([&] { value += i; });
        QCOMPARE(value, i * (i + 1) / 2);
    }
}

void TestThreadHolder::runsQueuedWorkInOrder()
{
    ThreadHolder holder(u"engine"_s);
    QObject receiver;
    receiver.moveToThread(holder.thread());
    QList<int> order;
    for (int i = 0; i < 10; ++i)
        QMetaObject::invokeMethod(
            &receiver, [&order, i] { order.append(i); }, Qt::QueuedConnection);
    holder.run([&] { order.append(10); });
    QCOMPARE(order, (QList<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    holder.stop();
}

void TestThreadHolder::stopWaitsForTheRunningWork()
{
    ThreadHolder holder(u"engine"_s);
    QObject receiver;
    receiver.moveToThread(holder.thread());
    QSemaphore isRunning;
    QSemaphore mayEnd;
    bool hasEnded = false;
    QMetaObject::invokeMethod(
        &receiver,
        [&] {
            isRunning.release();
            mayEnd.acquire();
            hasEnded = true;
        },
        Qt::QueuedConnection);
    isRunning.acquire();
    mayEnd.release();
    holder.stop();
    QVERIFY(hasEnded);
    QVERIFY(holder.thread()->isFinished());
}

void TestThreadHolder::stopsTwiceWithoutHarm()
{
    ThreadHolder holder(u"engine"_s);
    holder.stop();
    QVERIFY(holder.thread()->isFinished());
    holder.stop();
}

void TestThreadHolder::stopDestroysWhatWasDeletedLater()
{
    ThreadHolder holder(u"engine"_s);
    QPointer<QObject> object;
    holder.run([&] {
        object = new QObject;
        object->deleteLater();
    });
    holder.stop();
    QVERIFY(!object);
}

void TestThreadHolder::stopsBeforeItsEventLoopRuns()
{
    for (int i = 0; i < 50; ++i)
        ThreadHolder holder(u"engine"_s); // destroyed at once: must neither hang nor crash
}

REGISTER_TEST(TestThreadHolder)
#include "tst_threadholder.moc"
