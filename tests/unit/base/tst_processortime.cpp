// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/processortime.h"
#include "support/testprogram.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTest>

using namespace std::chrono_literals;

class TestProcessorTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitingSpendsNothing();
    void computingSpends();
};

void TestProcessorTime::waitingSpendsNothing()
{
    const ProcessorTimeBudget budget(50ms);
    QElapsedTimer waited;
    waited.start();
    QSemaphore never;
    QVERIFY(!never.tryAcquire(1, 100));
    QVERIFY(waited.elapsed() >= 100);
    QVERIFY(!budget.isSpent());
}

void TestProcessorTime::computingSpends()
{
    const std::chrono::nanoseconds before = threadProcessorTime();
    const ProcessorTimeBudget budget(5ms);
    while (!budget.isSpent()) { }
    QVERIFY(threadProcessorTime() - before >= 5ms);
    QVERIFY(ProcessorTimeBudget(0ms).isSpent());
}

REGISTER_TEST(TestProcessorTime)
#include "tst_processortime.moc"
