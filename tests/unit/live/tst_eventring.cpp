// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The ring of events: what can be resumed, and what is said when it cannot.

#include "live/eventring.h"
#include "support/testprogram.h"

#include <QTest>

namespace {

LiveEvent ringEvent(int number, const QByteArray& call = "c1", const QByteArray& provider = "openai")
{
    return {"call.progress", "\"n\":" + QByteArray::number(number), {call}, provider, "gpt-5", "s1"};
}

} // namespace

class TestEventRing final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesEvents();
    void resumes_data();
    void resumes();
    void boundsItself();
    void breaksOff();
    void filters_data();
    void filters();
};

void TestEventRing::writesEvents()
{
    EventRing ring("e", {});
    QCOMPARE(ring.newestId(), "e-0");
    QCOMPARE(ring.append(ringEvent(7)).text,
        "id: e-1\nevent: call.progress\ndata: {\"apiVersion\":1,\"n\":7}\n\n");
    QCOMPARE(ring.newestId(), "e-1");
}

void TestEventRing::resumes_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("gap"); // its reason; empty: none
    QTest::addColumn<int>("next");
    // Numbers 3 to 6 are in the ring.
    QTest::newRow("newest") << QByteArray("e-6") << QByteArray() << 7;
    QTest::newRow("inside") << QByteArray("e-4") << QByteArray() << 5;
    QTest::newRow("just before") << QByteArray("e-2") << QByteArray() << 3;
    QTest::newRow("too old") << QByteArray("e-1") << QByteArray("expired") << 3;
    QTest::newRow("another process") << QByteArray("d-4") << QByteArray("restarted") << 7;
    QTest::newRow("from the future") << QByteArray("e-7") << QByteArray("restarted") << 7;
    QTest::newRow("no number") << QByteArray("e-x") << QByteArray("invalid_id") << 7;
    QTest::newRow("no epoch") << QByteArray("-4") << QByteArray("invalid_id") << 7;
    QTest::newRow("nothing like it") << QByteArray("hello") << QByteArray("invalid_id") << 7;
    QTest::newRow("beyond numbers") << QByteArray("e-99999999999999999999") << QByteArray("invalid_id") << 7;
}

void TestEventRing::resumes()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, gap);
    QFETCH(int, next);
    EventRing ring("e", {.events = 4, .bytes = 1 << 20});
    for (int i = 1; i <= 6; ++i)
        ring.append(ringEvent(i));
    const EventRing::Resumption resumption = ring.resume(id);
    QCOMPARE(resumption.isWhole, gap.isEmpty());
    QCOMPARE(resumption.reason, gap);
    QCOMPARE(int(resumption.next), next);
    const bool isKnown = gap == "expired";
    QCOMPARE(int(resumption.missedFrom), isKnown ? 2 : 0);
    QCOMPARE(int(resumption.missedTo), isKnown ? 2 : 0);
    QCOMPARE(ring.textFrom(resumption.next, {}).count("event: "), 7 - next);
}

void TestEventRing::boundsItself()
{
    EventRing ring("e", {.events = 1000, .bytes = 1000});
    for (int i = 0; i < 100; ++i) {
        ring.append(ringEvent(i));
        QVERIFY(ring.bytes() <= 1000);
    }
    QVERIFY(ring.size() > 5);
    QCOMPARE(ring.textFrom(0, {}).size(), ring.bytes());
    LiveEvent large = ringEvent(0);
    large.json = "\"n\":\"" + QByteArray(5000, 'x') + '"';
    ring.append(large);
    QCOMPARE(ring.size(), 1); // the newest is always there
}

void TestEventRing::breaksOff()
{
    EventRing ring("e", {});
    ring.append(ringEvent(1));
    const QByteArray before = ring.newestId();
    ring.breakOff();
    QCOMPARE(ring.resume(before).reason, "expired");
    QVERIFY(ring.resume(ring.newestId()).isWhole);
    QCOMPARE(ring.size(), 0);
    QCOMPARE(ring.bytes(), 0);
}

void TestEventRing::filters_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("session");
    QTest::addColumn<int>("taken"); // of the call's, another's, a delivery of another's, the ledger
    const QByteArray none;
    QTest::newRow("nothing asked") << none << none << none << none << 4;
    QTest::newRow("call") << QByteArray("c1") << none << none << none << 2;
    QTest::newRow("provider") << none << QByteArray("openai") << none << none << 3;
    QTest::newRow("model") << none << none << QByteArray("gpt-5") << none << 4;
    QTest::newRow("other model") << none << none << QByteArray("x") << none << 2;
    QTest::newRow("session") << none << none << none << QByteArray("x") << 2;
}

void TestEventRing::filters()
{
    LiveFilter filter;
    QFETCH(QByteArray, call);
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, session);
    QFETCH(int, taken);
    filter = {call, provider, model, session};
    EventRing ring("e", {});
    ring.append(ringEvent(1));
    ring.append(ringEvent(2, "c2", "gemini"));
    ring.append({"delivery", "\"traces\":[]", {"c2"}, {}, {}, {}});
    ring.append({"ledger", "\"telemetry\":{}", {}, {}, {}, {}});
    QCOMPARE(ring.textFrom(0, filter).count("event: "), taken);
}

REGISTER_TEST(TestEventRing)
#include "tst_eventring.moc"
