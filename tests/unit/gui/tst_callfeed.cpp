// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// From a source's words to the rows: the kept calls first, then what happens; nothing twice, nothing lost.

#include "gui/model/callfeed.h"
#include "gui/model/requestlistmodel.h"
#include "guisamples.h"
#include "support/testprogram.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

namespace {

QByteArray pageOf(const QList<QJsonObject>& calls, const QByteArray& cursor = {})
{
    QJsonArray array;
    for (const QJsonObject& call : calls)
        array.append(call);
    return QJsonDocument(QJsonObject{{QStringLiteral("traces"), array},
                             {QStringLiteral("nextCursor"),
                                 cursor.isEmpty() ? QJsonValue() : QJsonValue(QString::fromLatin1(cursor))}})
        .toJson(QJsonDocument::Compact);
}

QJsonObject startedAt(const char* id, const QByteArray& time)
{
    return sampleSummary(QString::fromLatin1(id), {{QStringLiteral("startedAt"), QString::fromLatin1(time)}});
}

} // namespace

class TestCallFeed final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_source = std::make_unique<ScriptedSource>();
        m_model = std::make_unique<RequestListModel>();
        m_feed = std::make_unique<CallFeed>(m_source.get(), m_model.get(), 10'000);
    }
    void cleanup()
    {
        m_feed.reset();
        m_model.reset();
        m_source.reset();
    }

    void fetchesAllPagesAndOrdersThem()
    {
        m_source->start();
        const auto at = [](int second) {
            return QStringLiteral("2026-11-24T10:00:%1.000000Z")
                .arg(second, 2, 10, QLatin1Char('0'))
                .toLatin1();
        };
        QCOMPARE(m_source->answerNext(pageOf({startedAt("c", at(3)), startedAt("d", at(2))}, "next")),
            QByteArray("/api/traces?limit=1000"));
        QVERIFY(m_feed->isLoading());
        // Meanwhile a call ends that the pages may or may not have.
        Q_EMIT m_source->eventsArrived(
            {callEvent("call.ended", QStringLiteral("stored"), startedAt("e", at(9)))});
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_source->answerNext(pageOf({startedAt("a", at(1))})),
            QByteArray("/api/traces?limit=1000&cursor=next"));
        QCOMPARE(ids(), (QList<QByteArray>{"a", "d", "c", "e"}));
        QCOMPARE(m_model->callAt(3).number, 4);
    }

    void followsACallFromItsStartToItsDelivery()
    {
        begin();
        QSignalSpy progressed(m_feed.get(), &CallFeed::progressed);
        QSignalSpy ended(m_feed.get(), &CallFeed::ended);
        const QJsonObject open = sampleSummary(QStringLiteral("a"),
            QJsonDocument::fromJson(R"({"firstByteMs":null,"durationMs":null,"tokens":{},"delivery":{}})")
                .object());
        Q_EMIT m_source->eventsArrived({callEvent("call.started", QStringLiteral("open"), open)});
        QCOMPARE(m_model->callAt(0).state, CallFacts::State::Pending);
        Q_EMIT m_source->eventsArrived({sampleEvent("call.progress",
            QJsonDocument::fromJson(R"({"id":"a","elapsedMs":500,"texts":[{"text":"Hello there"}]})")
                .object())});
        QCOMPARE(progressed.size(), 1);
        QCOMPARE(m_model->callAt(0).outputEstimate, std::optional<qint64>(3));
        // Response and end in one go: one row, its last state.
        Q_EMIT m_source->eventsArrived({callEvent("call.response", QStringLiteral("open"), open),
            callEvent("call.ended", QStringLiteral("stored"),
                sampleSummary(QStringLiteral("a"),
                    QJsonDocument::fromJson(R"({"delivery":{"state":"pending","attempts":0}})").object()))});
        QCOMPARE(m_model->rowCount(), 1);
        QCOMPARE(m_model->callAt(0).state, CallFacts::State::Done);
        QCOMPARE(m_model->callAt(0).delivery, CallFacts::Delivery::Queued);
        QCOMPARE(ended.size(), 1);
        const auto delivery = [this](const char* trace) {
            Q_EMIT m_source->eventsArrived({sampleEvent("delivery",
                {{QStringLiteral("traces"), QJsonArray{QJsonDocument::fromJson(trace).object()}}})});
        };
        delivery(R"({"id":"a","state":"pending","attempts":2,"reason":"503"})");
        QCOMPARE(m_model->callAt(0).delivery, CallFacts::Delivery::Retrying);
        QCOMPARE(m_model->callAt(0).deliveryError, QStringLiteral("503"));
        delivery(R"({"id":"a","state":"delivered","attempts":0,"reason":null})");
        QCOMPARE(m_model->callAt(0).delivery, CallFacts::Delivery::Accepted);
        delivery(R"({"id":"unknown","state":"deleted","attempts":0,"reason":null})");
        QCOMPARE(m_model->rowCount(), 1);
        delivery(R"({"id":"a","state":"deleted","attempts":0,"reason":null})"); // out of the store
        QCOMPARE(m_model->rowCount(), 0);
    }

    void anotherStoreHasOtherCalls()
    {
        begin();
        Q_EMIT m_source->eventsArrived({open("a")});
        m_feed->forget({"b"});
        Q_EMIT m_source->storeReplaced();
        QCOMPARE(ids(), QList<QByteArray>{});
        m_source->answerNext(pageOf({startedAt("b", "2026-11-24T10:00:00.000000Z")}));
        QCOMPARE(ids(), QList<QByteArray>{"b"});
    }

    void showsNothingNewWhileItDoesNotRecord()
    {
        begin();
        Q_EMIT m_source->eventsArrived({open("a")});
        m_feed->setRecording(false);
        Q_EMIT m_source->eventsArrived({open("b"),
            callEvent("call.ended", QStringLiteral("stored"), sampleSummary(QStringLiteral("a")))});
        QCOMPARE(ids(), QList<QByteArray>{"a"});
        QCOMPARE(m_model->callAt(0).state, CallFacts::State::Done); // what was shown goes on
    }

    void aGapIsMendedWithoutDoubles()
    {
        begin();
        Q_EMIT m_source->eventsArrived({open("a"), open("b")});
        m_feed->forget({"b"});
        (void)m_model->removeCalls([](const CallFacts& call) { return call.id == "b"; });
        Q_EMIT m_source->gapNoticed();
        QCOMPARE(m_source->answerNext(R"({"calls":3})"),
            QByteArray("/api/stats?since=2026-11-24T10:42:36.501Z")); // after the newest that is known
        m_source->answerNext(pageOf({sampleSummary(QStringLiteral("c")), sampleSummary(QStringLiteral("b")),
            sampleSummary(QStringLiteral("a"))}));
        QCOMPARE(ids(), (QList<QByteArray>{"a", "c"})); // b was cleared by hand and stays away
        QCOMPARE(m_model->callAt(0).state, CallFacts::State::Done);
    }

    void aLargeGapAsksFirst()
    {
        begin();
        Q_EMIT m_source->eventsArrived({open("a")});
        QSignalSpy gaps(m_feed.get(), &CallFeed::gapFound);
        Q_EMIT m_source->gapNoticed();
        m_source->answerNext(R"({"calls":2140})");
        QCOMPARE(gaps.takeFirst().first().toLongLong(), 2140);
        QVERIFY(m_source->questions().isEmpty());
        m_feed->reload();
        m_source->answerNext(
            pageOf({sampleSummary(QStringLiteral("c")), sampleSummary(QStringLiteral("a"))}));
        QCOMPARE(gaps.takeFirst().first().toLongLong(), 0);
        QCOMPARE(ids(), (QList<QByteArray>{"a", "c"}));
    }

    // An older proxy may not know the question.
    void aGapOfUnknownSizeIsMended()
    {
        begin();
        Q_EMIT m_source->eventsArrived({open("a")});
        Q_EMIT m_source->gapNoticed();
        m_source->answerNext(R"({"error":{"message":"what?"}})", 404);
        QCOMPARE(m_source->questions(), QList<QByteArray>{"/api/traces?limit=1000"});
    }

    void saysWhyNothingCanBeRead()
    {
        QSignalSpy loaded(m_feed.get(), &CallFeed::loaded);
        m_source->start();
        m_source->answerNext(R"({"error":{"message":"the disk is gone"}})", 503);
        QCOMPARE(loaded.size(), 1);
        QCOMPARE(loaded.first().first().toString(), QStringLiteral("the disk is gone"));
    }

private:
    void begin()
    {
        m_source->start();
        m_source->answerNext(pageOf({}));
    }
    static SourceEvent open(const char* id)
    {
        return callEvent("call.started", QStringLiteral("open"), sampleSummary(QString::fromLatin1(id)));
    }
    [[nodiscard]] QList<QByteArray> ids() const
    {
        QList<QByteArray> all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all.append(m_model->callAt(row).id);
        return all;
    }

    std::unique_ptr<ScriptedSource> m_source;
    std::unique_ptr<RequestListModel> m_model;
    std::unique_ptr<CallFeed> m_feed;
};

REGISTER_TEST(TestCallFeed)
#include "tst_callfeed.moc"
