// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// LiveBus: which events are made of what happens on the telemetry thread.

#include "live/livebus.h"
#include "support/fakeclock.h"
#include "support/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace std::chrono_literals;

namespace {

LiveCall openCall(const QByteArray& id, qint64 headUs = -1, qint64 responseBytes = 0)
{
    LiveCall call;
    call.facts.id = id;
    call.facts.provider = "openai";
    call.facts.requestModel = "m";
    call.facts.attribution.sessionId = "s";
    call.facts.requestBytes = 10;
    call.facts.responseHeadUs = headUs;
    call.facts.responseBytes = responseBytes;
    return call;
}

LiveCall withText(LiveCall call, const QByteArray& text)
{
    call.texts.append(LiveText{0, 0, Part::Kind::Text, {}, 0, text});
    return call;
}

DeliveryChange changeOf(const QByteArray& id, DeliveryState state = DeliveryState::Pending)
{
    DeliveryChange change;
    change.id = id;
    change.state = state;
    return change;
}

/// A watched bus whose events are collected by type.
struct Watched
{
    Watched()
        : bus(&clock)
    {
        QObject::connect(
            &bus, &LiveBus::published, &bus, [this](const QList<LiveEvent>& some) { events += some; });
        clock.pass(1h);
        bus.setWatched(true);
        bus.publish(); // the ledger
        events.clear();
    }

    /// Of what came since the last time.
    QList<QByteArray> types()
    {
        bus.publish();
        QList<QByteArray> types;
        for (const LiveEvent& event : events)
            types.append(event.type);
        return types;
    }
    /// The data of the only event.
    QJsonObject only()
    {
        bus.publish();
        return events.size() == 1 ? QJsonDocument::fromJson('{' + events.takeFirst().json + '}').object()
                                  : QJsonObject();
    }

    FakeClock clock;
    LiveBus bus;
    QList<LiveEvent> events;
};

} // namespace

class TestLiveBus final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesNothingUnlessWatched();
    void tellsOfACall();
    void saysThatAnOpenCallIsOpen();
    void tellsOnlyOfWhatIsNew();
    void keepsRefusedCallsToItself();
    void tellsOfACallThatIsLost();
    void gathersDeliveries();
    void saysWhatWasDeleted();
    void sendsTheLedgerOnceASecond();
    void publishesByItself();
};

void TestLiveBus::makesNothingUnlessWatched()
{
    Watched watched;
    watched.bus.seeCall(openCall("a"));
    watched.bus.noteDelivery({changeOf("a")});
    watched.bus.setWatched(false); // what was not sent is gone
    watched.bus.seeCall(openCall("b"));
    watched.bus.endCall(openCall("b").facts, true, DeliveryState::Pending, {});
    watched.bus.loseCall("a");
    watched.bus.noteDelivery({changeOf("b")});
    QCOMPARE(watched.types(), QList<QByteArray>());
    watched.bus.setWatched(true);
    watched.bus.seeCall(openCall("a")); // anew
    QCOMPARE(watched.types().first(), "call.started");
}

void TestLiveBus::tellsOfACall()
{
    Watched watched;
    watched.bus.seeCall(openCall("a"));
    watched.bus.seeCall(openCall("a", 500));
    watched.bus.seeCall(withText(openCall("a", 500, 40), "Hello"));
    watched.bus.endCall(openCall("a", 500, 40).facts, true, DeliveryState::Disabled, "sampled_out");
    QCOMPARE(
        watched.types(), (QList<QByteArray>{"call.started", "call.response", "call.progress", "call.ended"}));
    for (const LiveEvent& event : std::as_const(watched.events)) {
        QCOMPARE(event.calls, QList<QByteArray>{"a"});
        QCOMPARE(event.provider, "openai");
        QCOMPARE(event.model, "m");
        QCOMPARE(event.session, "s");
    }
    const QJsonObject text = QJsonDocument::fromJson('{' + watched.events[2].json + '}')
                                 .object()[QLatin1String("texts")][0]
                                 .toObject();
    QCOMPARE(text[QLatin1String("text")].toString(), QStringLiteral("Hello"));
    QCOMPARE(text[QLatin1String("kind")].toString(), QStringLiteral("text"));
    const QJsonObject ended = QJsonDocument::fromJson('{' + watched.events[3].json + '}').object();
    QCOMPARE(ended[QLatin1String("state")].toString(), QStringLiteral("stored"));
    const QJsonValue delivery = ended[QLatin1String("call")][QLatin1String("delivery")];
    QCOMPARE(delivery[QLatin1String("state")].toString(), QStringLiteral("disabled"));
    QCOMPARE(delivery[QLatin1String("reason")].toString(), QStringLiteral("sampled_out"));
}

void TestLiveBus::saysThatAnOpenCallIsOpen()
{
    Watched watched;
    for (const LiveCall& call : {openCall("a"), openCall("a", 500)}) {
        LiveCall previewed = call;
        previewed.preview = "what is new";
        watched.bus.seeCall(previewed);
        const QJsonObject data = watched.only();
        QCOMPARE(data[QLatin1String("state")].toString(), QStringLiteral("open"));
        const QJsonObject shown = data[QLatin1String("call")].toObject();
        QCOMPARE(shown[QLatin1String("outcome")].toString(), QStringLiteral("open"));
        QCOMPARE(shown[QLatin1String("preview")].toString(), QStringLiteral("what is new"));
        QVERIFY(shown.contains(QLatin1String("delivery")));
        QVERIFY(shown[QLatin1String("delivery")].isNull());
    }
}

void TestLiveBus::tellsOnlyOfWhatIsNew()
{
    Watched watched;
    watched.bus.seeCall(openCall("a", 500, 40));
    QCOMPARE(watched.types(), (QList<QByteArray>{"call.started", "call.response"}));
    watched.events.clear();
    watched.bus.seeCall(openCall("a", 500, 40));
    QCOMPARE(watched.types(), QList<QByteArray>());
    watched.bus.seeCall(openCall("a", 500, 41));
    QCOMPARE(watched.types(), QList<QByteArray>{"call.progress"});
}

void TestLiveBus::keepsRefusedCallsToItself()
{
    Watched watched;
    LiveCall refused = openCall("a");
    refused.facts.provider.clear();
    watched.bus.seeCall(refused);
    watched.bus.endCall(refused.facts, false, DeliveryState::Disabled, {});
    QCOMPARE(watched.types(), QList<QByteArray>());
    watched.bus.seeCall(openCall("b")); // seen open, then refused: its end is told
    watched.bus.endCall(openCall("b").facts, false, DeliveryState::Disabled, {});
    QCOMPARE(watched.types(), (QList<QByteArray>{"call.started", "call.ended"}));
    QVERIFY(watched.events.last().json.contains("\"state\":\"not_stored\""));
}

void TestLiveBus::tellsOfACallThatIsLost()
{
    Watched watched;
    watched.bus.loseCall("never seen");
    QCOMPARE(watched.types(), QList<QByteArray>());
    watched.bus.seeCall(openCall("a"));
    watched.bus.loseCall("a");
    QCOMPARE(watched.types(), (QList<QByteArray>{"call.started", "call.lost"}));
    QCOMPARE(watched.events.last().calls, QList<QByteArray>{"a"});
}

void TestLiveBus::gathersDeliveries()
{
    Watched watched;
    watched.bus.noteDelivery({});
    QCOMPARE(watched.types(), QList<QByteArray>());
    watched.bus.noteDelivery({changeOf("a", DeliveryState::Delivered)});
    DeliveryChange failed = changeOf("b");
    failed.attempts = 2;
    failed.reason = "HTTP 500";
    watched.bus.noteDelivery({failed});
    const QJsonArray traces = watched.only()[QLatin1String("traces")].toArray();
    QCOMPARE(traces.size(), 2);
    QCOMPARE(traces[0][QLatin1String("state")].toString(), QStringLiteral("delivered"));
    QCOMPARE(traces[1][QLatin1String("state")].toString(), QStringLiteral("pending"));
    QCOMPARE(traces[1][QLatin1String("attempts")].toInt(), 2);
    QCOMPARE(traces[1][QLatin1String("reason")].toString(), QStringLiteral("HTTP 500"));
}

void TestLiveBus::saysWhatWasDeleted()
{
    Watched watched;
    DeliveryChange deleted = changeOf("a");
    deleted.isDeleted = true;
    watched.bus.noteDelivery({deleted});
    const QJsonObject trace = watched.only()[QLatin1String("traces")][0].toObject();
    QCOMPARE(trace[QLatin1String("id")].toString(), QStringLiteral("a"));
    QCOMPARE(trace[QLatin1String("state")].toString(), QStringLiteral("deleted"));
}

void TestLiveBus::sendsTheLedgerOnceASecond()
{
    Watched watched;
    Ledger ledger;
    ledger.captured = {1, 10};
    watched.bus.setLedger(ledger);
    watched.bus.setLedger(ledger);
    QCOMPARE(watched.types(), QList<QByteArray>()); // one has just been sent
    watched.clock.pass(1s);
    QCOMPARE(watched.types(), QList<QByteArray>{"ledger"});
    QVERIFY(watched.events.first().calls.isEmpty());
    watched.clock.pass(1s);
    watched.bus.setLedger(ledger); // nothing new
    watched.events.clear();
    QCOMPARE(watched.types(), QList<QByteArray>());
}

void TestLiveBus::publishesByItself()
{
    Watched watched;
    QSignalSpy spy(&watched.bus, &LiveBus::published);
    watched.bus.seeCall(openCall("a"));
    watched.bus.seeCall(openCall("b"));
    QVERIFY(spy.isEmpty()); // what comes within a tick goes on together
    QTRY_COMPARE(spy.size(), 1);
    QCOMPARE(watched.events.size(), 2);
}

REGISTER_TEST(TestLiveBus)
#include "tst_livebus.moc"
