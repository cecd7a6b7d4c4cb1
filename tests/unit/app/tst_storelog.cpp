// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// StoreLog: what the log says of a backlog and of retention while they go on.

#include "app/storelog.h"
#include "support/fakeclock.h"
#include "support/testprogram.h"

using namespace std::chrono_literals;

namespace {

Ledger ledgerOf(qint64 pending, qint64 delivered, qint64 evicted = 0)
{
    Ledger ledger;
    ledger.pending = {pending, 0};
    ledger.delivered = {delivered, 0};
    addTally(&ledger.evictedBy, "evicted_age", {evicted, 0});
    addTally(&ledger.evictedBy, "deleted", {evicted * 7, 0}); // by users: no work of retention
    return ledger;
}

/// A StoreLog and its lines: `text name=value ...`.
struct Told
{
    explicit Told(bool hasDelivery = true)
        : log(&clock, hasDelivery)
    {
        QObject::connect(
            &log, &StoreLog::told, &log, [this](const QByteArray& text, const QList<Logging::Field>& fields) {
                QByteArray line = text;
                for (const Logging::Field& field : fields)
                    line += ' ' + field.name + '=' + field.value;
                lines.append(line);
            });
    }
    QByteArrayList after(std::chrono::milliseconds time, const Ledger& ledger)
    {
        clock.pass(time);
        log.setLedger(ledger);
        return std::exchange(lines, {});
    }

    FakeClock clock;
    StoreLog log;
    QByteArrayList lines;
};

} // namespace

class TestStoreLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfWhatWaitsAtTheStart();
    void tellsOfALargeBacklogOnly();
    void tellsEverySecondAtTheEnd();
    void saysNothingWithoutDelivery();
    void tellsOfALongEviction();
};

void TestStoreLog::tellsOfWhatWaitsAtTheStart()
{
    Told told;
    told.log.begin(ledgerOf(3000, 10));
    QCOMPARE(std::exchange(told.lines, {}), QByteArrayList{"delivering what waits from before pending=3000"});
    QCOMPARE(told.after(9s, ledgerOf(2000, 1010)), QByteArrayList{});
    QCOMPARE(told.after(1s, ledgerOf(1900, 1110)),
        QByteArrayList{"delivering a backlog pending=1900 settled=1100 per_second=110.0"});
    QCOMPARE(told.after(5s, ledgerOf(900, 2110)), QByteArrayList{});
    QCOMPARE(told.after(5s, ledgerOf(0, 3010)),
        QByteArrayList{"the backlog is delivered settled=3000 per_second=150.0"});
    QCOMPARE(told.after(60s, ledgerOf(5, 3010)), QByteArrayList{});

    Told empty;
    empty.log.begin(ledgerOf(0, 10));
    QCOMPARE(empty.lines, QByteArrayList{});
}

void TestStoreLog::tellsOfALargeBacklogOnly()
{
    Told told;
    told.log.begin(ledgerOf(0, 0));
    QCOMPARE(told.after(60s, ledgerOf(999, 0)), QByteArrayList{});
    QCOMPARE(told.after(60s, ledgerOf(1000, 0)), QByteArrayList{});
    QCOMPARE(told.after(10s, ledgerOf(2000, 0)).size(), 1); // it lasts
    QCOMPARE(told.after(1s, ledgerOf(255, 2000)).size(), 1); // as many wait while calls go on
}

void TestStoreLog::tellsEverySecondAtTheEnd()
{
    Told told;
    told.log.begin(ledgerOf(0, 0));
    told.log.beginFlush(ledgerOf(500, 0));
    QCOMPARE(
        std::exchange(told.lines, {}), QByteArrayList{"delivering what waits before the end pending=500"});
    QCOMPARE(told.after(1s, ledgerOf(450, 50)).size(), 1);
    QCOMPARE(told.after(500ms, ledgerOf(400, 100)), QByteArrayList{});
    QCOMPARE(told.after(500ms, ledgerOf(350, 150)).size(), 1);
}

void TestStoreLog::saysNothingWithoutDelivery()
{
    Told told(false);
    told.log.begin(ledgerOf(5000, 0));
    told.log.beginFlush(ledgerOf(5000, 0));
    QCOMPARE(told.after(60s, ledgerOf(4000, 0)), QByteArrayList{});
}

void TestStoreLog::tellsOfALongEviction()
{
    Told told;
    told.log.begin(ledgerOf(0, 0, 100));
    QCOMPARE(told.after(60s, ledgerOf(0, 0, 110)), QByteArrayList{}); // now and then a few
    QCOMPARE(told.after(60s, ledgerOf(0, 0, 120)), QByteArrayList{});
    QCOMPARE(told.after(500ms, ledgerOf(0, 0, 220)), QByteArrayList{});
    QCOMPARE(told.after(500ms, ledgerOf(0, 0, 320)),
        QByteArrayList{"retention is deleting old traces deleted=210 per_second=210.0"});
    for (int i = 0; i < 9; ++i)
        QCOMPARE(told.after(1s, ledgerOf(0, 0, 400 + i)), QByteArrayList{});
    QCOMPARE(told.after(1s, ledgerOf(0, 0, 500)).size(), 1);
}

REGISTER_TEST(TestStoreLog)
#include "tst_storelog.moc"
