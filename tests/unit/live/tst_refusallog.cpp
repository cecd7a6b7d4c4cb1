// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// RefusalLog: every refusal is counted, few are lines.

#include "live/refusallog.h"
#include "support/fakeclock.h"
#include "support/testprogram.h"

class TestRefusalLog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsByReason();
    void logsOfEachReasonOneLineAMinute();
};

void TestRefusalLog::countsByReason()
{
    const FakeClock clock;
    RefusalLog log(&clock);
    for (int i = 0; i < 3; ++i)
        log.note("not_local");
    log.note("invalid_token");
    QCOMPARE(log.counts(), (QMap<QByteArray, qint64>{{"invalid_token", 1}, {"not_local", 3}}));
}

void TestRefusalLog::logsOfEachReasonOneLineAMinute()
{
    FakeClock clock;
    RefusalLog log(&clock);
    QCOMPARE(log.note("not_local"), 1); // the first at once
    QCOMPARE(log.note("not_local"), 0);
    QCOMPARE(log.note("invalid_token"), 1); // each by itself
    clock.pass(std::chrono::milliseconds(RefusalLog::quietTime) - std::chrono::milliseconds(1));
    QCOMPARE(log.note("not_local"), 0);
    clock.pass(std::chrono::milliseconds(1));
    QCOMPARE(log.note("not_local"), 3); // and the two that were not told
    QCOMPARE(log.note("not_local"), 0);
}

REGISTER_TEST(TestRefusalLog)
#include "tst_refusallog.moc"
