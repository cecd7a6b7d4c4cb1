// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/clock.h"
#include "support/testprogram.h"

#include <QDateTime>

class TestClock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void monotonicTimeNeverGoesBack();
    void wallTimeIsUnixTimeInMicroseconds();
};

void TestClock::monotonicTimeNeverGoesBack()
{
    const SystemClock clock;
    std::chrono::nanoseconds last = clock.monotonic();
    for (int i = 0; i < 1000; ++i) {
        const std::chrono::nanoseconds now = clock.monotonic();
        QVERIFY(now >= last);
        last = now;
    }
}

void TestClock::wallTimeIsUnixTimeInMicroseconds()
{
    const SystemClock clock;
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    const qint64 wallMs = std::chrono::floor<std::chrono::milliseconds>(clock.wall()).count();
    const qint64 after = QDateTime::currentMSecsSinceEpoch();
    QVERIFY2(before <= wallMs && wallMs <= after,
        qPrintable(QStringLiteral("%1 <= %2 <= %3").arg(before).arg(wallMs).arg(after)));
}

REGISTER_TEST(TestClock)
#include "tst_clock.moc"
