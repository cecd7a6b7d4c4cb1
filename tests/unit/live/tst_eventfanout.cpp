// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// EventFanout: subscribers over real connections: what each gets, bounds, resuming, and who is cut off.

#include "http/clientcall.h"
#include "http/httpfrontend.h"
#include "live/eventfanout.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

#include <QSignalSpy>

using namespace std::chrono_literals;

namespace {

/// A fanout behind a frontend; `/api/ID` asks for the events of that call.
struct FanoutServer
{
    explicit FanoutServer(const EventFanout::Limits& limits = {})
        : fanout("epoch", limits)
        , frontend(HttpLimits{})
    {
        frontend.onApiCall([this](ClientCall* call) {
            LiveFilter filter;
            filter.call = call->head().path().mid(qsizetype(sizeof "/api/events"));
            fanout.subscribe(call, filter, call->head().headers.value("last-event-id"));
        });
        port = *frontend.listen(QStringLiteral("127.0.0.1"), 0);
    }

    EventFanout fanout;
    HttpFrontend frontend; // goes first
    quint16 port = 0;
};

QByteArray subscription(
    const QByteArray& call = {}, const QByteArray& fields = {}, const QByteArray& method = "GET")
{
    return method + " /api/events" + (call.isEmpty() ? QByteArray() : '/' + call)
        + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

LiveEvent eventOf(const QByteArray& type, const QByteArray& call, const QByteArray& json = "\"x\":1")
{
    return {type, json, {call}, "openai", "m", "s"};
}

EventFanout::Limits smallLimits()
{
    EventFanout::Limits limits;
    limits.ring.events = 3;
    limits.maxUnsentBytes = 64 << 10;
    limits.maxSubscribers = 2;
    limits.lingerTime = 50ms;
    return limits;
}

} // namespace

class TestEventFanout final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void greetsAndTells();
    void filters();
    void resumes();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void cutsOffWhoDoesNotRead();
    void bounds();
    void answersHead();
    void stopsBeingWatched();
    void keepsAlive();
    void endsInGoodOrder();
};

void TestEventFanout::greetsAndTells()
{
    FanoutServer server;
    QSignalSpy watched(&server.fanout, &EventFanout::watchedChanged);
    server.fanout.publish({eventOf("call.started", "early")}); // made before the word went round
    RawClient one(server.port);
    QVERIFY(one.send(subscription()));
    const auto greeting = one.readUntil("\"openCalls\":[]}\n\n");
    QVERIFY2(greeting, greeting ? "" : qPrintable(greeting.error().message));
    QVERIFY2(greeting->contains("Content-Type: text/event-stream"), greeting->constData());
    QVERIFY(greeting->contains("retry: 2000\n\nid: epoch-0\nevent: hello\ndata: {\"apiVersion\":1,"));
    QVERIFY(!greeting->contains("early"));
    QCOMPARE(watched, QList<QList<QVariant>>{QList<QVariant>{true}});

    server.fanout.publish({eventOf("call.started", "a", "\"call\":1"), eventOf("call.ended", "b")});
    const auto first = one.readUntil("event: call.ended");
    QVERIFY(first
        && first->contains(
            "id: epoch-1\nevent: call.started\ndata: {\"apiVersion\":1,\"call\":1}\n\nid: epoch-2"));
    RawClient two(server.port);
    QVERIFY(two.send(subscription()));
    QVERIFY(two.readUntil("\"openCalls\":[{\"call\":1}]}\n\n")); // a is open, b is not
    QCOMPARE(server.fanout.subscribers(), 2);
    server.fanout.publish({eventOf("call.lost", "a")});
    QVERIFY(one.readUntil("call.lost"));
    QVERIFY(two.readUntil("call.lost"));
    QCOMPARE(watched.size(), 1);
}

void TestEventFanout::filters()
{
    FanoutServer server;
    RawClient all(server.port);
    QVERIFY(all.send(subscription()));
    QVERIFY(all.readUntil("hello"));
    server.fanout.publish({eventOf("call.started", "a"), eventOf("call.started", "b")});
    RawClient one(server.port);
    QVERIFY(one.send(subscription("a")));
    // Who follows one call gets it from the beginning.
    const auto begun = one.readUntil("call.started");
    QVERIFY(begun && begun->contains("hello"));
    server.fanout.publish(
        {eventOf("call.ended", "b"), eventOf("call.ended", "a"), {"ledger", "\"l\":1", {}, {}, {}, {}}});
    const auto rest = one.readUntil("ledger");
    QVERIFY(rest);
    QCOMPARE(rest->count("event: call.ended"), 1);
    QVERIFY(rest->contains("epoch-4\n"));
}

void TestEventFanout::resumes()
{
    FanoutServer server;
    {
        RawClient one(server.port);
        QVERIFY(one.send(subscription()));
        QVERIFY(one.readUntil("hello"));
        server.fanout.publish({eventOf("call.started", "a")});
        QVERIFY(one.readUntil("epoch-1"));
    }
    QTRY_COMPARE(server.fanout.subscribers(), 0);
    server.fanout.publish(
        {eventOf("call.ended", "a"), eventOf("call.started", "b")}); // while nobody is there
    RawClient again(server.port);
    QVERIFY(again.send(subscription({}, "Last-Event-ID: epoch-1\r\n")));
    const auto missed = again.readUntil("event: call.started");
    QVERIFY(missed && missed->contains("id: epoch-2\nevent: call.ended"));
    QVERIFY(!missed->contains("hello") && !missed->contains("gap"));
}

void TestEventFanout::saysWhatIsMissing_data()
{
    QTest::addColumn<QByteArray>("lastId");
    QTest::addColumn<QByteArray>("gap");
    QTest::newRow("fallen out of the ring")
        << QByteArray("epoch-1") << QByteArray(R"("reason":"expired","missedFrom":2,"missedTo":2})");
    QTest::newRow("of another process")
        << QByteArray("other-1") << QByteArray(R"("reason":"restarted","missedFrom":null,"missedTo":null})");
    QTest::newRow("of the future") << QByteArray(
        "epoch-99") << QByteArray(R"("reason":"restarted","missedFrom":null,"missedTo":null})");
    QTest::newRow("no id of ours") << QByteArray(
        "17") << QByteArray(R"("reason":"invalid_id","missedFrom":null,"missedTo":null})");
}

void TestEventFanout::saysWhatIsMissing()
{
    QFETCH(QByteArray, lastId);
    QFETCH(QByteArray, gap);
    FanoutServer server(smallLimits());
    RawClient one(server.port);
    QVERIFY(one.send(subscription()));
    QVERIFY(one.readUntil("hello"));
    for (int i = 0; i < 5; ++i)
        server.fanout.publish({eventOf("call.progress", "a")});
    QVERIFY(one.readUntil("epoch-5"));
    RawClient again(server.port);
    QVERIFY(again.send(subscription({}, "Last-Event-ID: " + lastId + "\r\n")));
    const auto told = again.readUntil("event: hello");
    QVERIFY(told);
    QVERIFY2(told->contains("event: gap\n") && told->contains(gap), told->constData());
}

void TestEventFanout::cutsOffWhoDoesNotRead()
{
    FanoutServer server(smallLimits());
    RawClient deaf(server.port, 4096);
    QVERIFY(deaf.send(subscription()));
    RawClient reads(server.port);
    QVERIFY(reads.send(subscription()));
    QVERIFY(reads.readUntil("hello"));
    QTRY_COMPARE(server.fanout.subscribers(), 2);
    const QByteArray large = '"' + QByteArray(32 << 10, 'x') + "\":1";
    for (int i = 0; i < 1000 && server.fanout.subscribers() == 2; ++i) {
        server.fanout.publish({eventOf("call.progress", "a", large)});
        QVERIFY(reads.readUntil("\":1}\n\n")); // who reads goes on, and the loop with it
    }
    QCOMPARE(server.fanout.subscribers(), 1);
    QCOMPARE(server.fanout.dropped(), (QMap<QByteArray, qint64>{{"slow", 1}}));
    server.fanout.publish({eventOf("call.ended", "a")});
    QVERIFY(reads.readUntil("call.ended"));
    const auto rest = deaf.readUntilClosed();
    QVERIFY(!rest || !rest->endsWith("0\r\n\r\n")); // no whole answer
}

void TestEventFanout::bounds()
{
    FanoutServer server(smallLimits());
    RawClient one(server.port);
    RawClient two(server.port);
    for (RawClient* client : {&one, &two}) {
        QVERIFY(client->send(subscription()));
        QVERIFY(client->readUntil("hello"));
    }
    RawClient third(server.port);
    QVERIFY(third.send(subscription()));
    const auto refused = third.readResponse();
    QVERIFY(refused);
    QCOMPARE(refused->status, 503);
    QVERIFY(refused->body.contains("too_many_subscribers"));
    QVERIFY(refused->headers.contains("retry-after"));
    one.close();
    QTRY_COMPARE(server.fanout.subscribers(), 1);
    QVERIFY(third.send(subscription()));
    QVERIFY(third.readUntil("hello"));
}

void TestEventFanout::answersHead()
{
    FanoutServer server;
    RawClient client(server.port);
    QVERIFY(client.send(subscription({}, {}, "HEAD")));
    const auto head = client.readResponse("HEAD");
    QVERIFY(head);
    QCOMPARE(head->status, 200);
    QCOMPARE(head->headers.value("content-type"), "text/event-stream; charset=utf-8");
    QCOMPARE(server.fanout.subscribers(), 0);
}

void TestEventFanout::stopsBeingWatched()
{
    FanoutServer server(smallLimits());
    QSignalSpy watched(&server.fanout, &EventFanout::watchedChanged);
    {
        RawClient one(server.port);
        QVERIFY(one.send(subscription()));
        QVERIFY(one.readUntil("hello"));
        server.fanout.publish({eventOf("call.started", "a")});
        QVERIFY(one.readUntil("epoch-1"));
    }
    QTRY_COMPARE(watched.size(), 2); // lingerTime after it left
    QCOMPARE(watched.last(), QList<QVariant>{false});
    RawClient again(server.port);
    QVERIFY(again.send(subscription({}, "Last-Event-ID: epoch-1\r\n")));
    const auto told = again.readUntil("event: hello"); // nobody saw what was in between
    QVERIFY(told && told->contains("\"reason\":\"expired\""));
}

void TestEventFanout::keepsAlive()
{
    EventFanout::Limits limits;
    limits.keepAlive = 20ms;
    FanoutServer server(limits);
    RawClient one(server.port);
    QVERIFY(one.send(subscription()));
    QVERIFY(one.readUntil("hello"));
    QVERIFY(one.readUntil(": keep-alive\n\n"));
    QVERIFY(one.readUntil(": keep-alive\n\n"));
}

void TestEventFanout::endsInGoodOrder()
{
    FanoutServer server;
    QSignalSpy watched(&server.fanout, &EventFanout::watchedChanged);
    RawClient one(server.port);
    QVERIFY(one.send(subscription()));
    QVERIFY(one.readUntil("hello"));
    server.fanout.stop();
    QVERIFY(one.readUntil("0\r\n\r\n")); // a whole answer
    QCOMPARE(watched.last(), QList<QVariant>{false});
    RawClient late(server.port);
    QVERIFY(late.send(subscription()));
    const auto refused = late.readResponse();
    QVERIFY(refused);
    QCOMPARE(refused->status, 503);
    QVERIFY(refused->body.contains("stopping"));
}

REGISTER_TEST(TestEventFanout)
#include "tst_eventfanout.moc"
