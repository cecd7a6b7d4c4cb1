// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Events of a stream, with the times at which their pieces came, and the phases of a call.

#include "detailsamples.h"
#include "gui/detail/eventsmodel.h"
#include "gui/detail/eventsview.h"
#include "gui/detail/timingpicture.h"
#include "support/testprogram.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QTableView>
#include <QTest>

namespace {

QJsonObject arrivalOf(double atMs, qsizetype bytes)
{
    return {{QStringLiteral("atMs"), atMs}, {QStringLiteral("bytes"), bytes}};
}

QJsonObject streamedCall(const QByteArray& body, const QJsonArray& arrivals)
{
    QJsonObject call = firstTurn();
    call.insert(QStringLiteral("response"),
        QJsonObject{{QStringLiteral("headers"),
                        QJsonArray{QJsonValue(QJsonArray{QStringLiteral("Content-Type"),
                            QStringLiteral("text/event-stream; charset=utf-8")})}},
            {QStringLiteral("body"), QJsonObject{{QStringLiteral("text"), QString::fromUtf8(body)}}}});
    call.insert(QStringLiteral("timings"), QJsonObject{{QStringLiteral("arrivals"), arrivals}});
    return call;
}

} // namespace

class TestEventsModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dividesTheStream();
    void stretchesPackedPieces();
    void filtersByTypeAndData();
    void showsOneType();
    void hasNothingOfOtherAnswers();
    void dividesTheTime();
};

void TestEventsModel::dividesTheStream()
{
    const QByteArray first = "event: ping\ndata: {}\n\nevent: delta\nda";
    const QByteArray second = "ta: {\"type\":\"x\"}\n\ndata: [DONE]\n\n";
    EventsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCall(
        streamedCall(first + second, {arrivalOf(300, first.size()), arrivalOf(1500.5, second.size())}));
    QCOMPARE(model.rowCount(), 3);
    const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(text(0, EventsModel::Type), QStringLiteral("ping"));
    QCOMPARE(text(1, EventsModel::Type), QStringLiteral("delta"));
    QCOMPARE(text(2, EventsModel::Type), QStringLiteral("[DONE]"));
    QCOMPARE(text(1, EventsModel::Bytes), QStringLiteral("12"));
    QVERIFY(!model.index(0, EventsModel::Gap).data(EventsModel::LongGapRole).toBool());
    QVERIFY(model.index(1, EventsModel::Gap).data(EventsModel::LongGapRole).toBool()); // 1200 ms
    QVERIFY(!model.index(2, EventsModel::Gap).data(EventsModel::LongGapRole).toBool());
    QCOMPARE(model.index(1, 0).data(EventsModel::PayloadRole).toByteArray(), QByteArray("{\"type\":\"x\"}"));
}

void TestEventsModel::stretchesPackedPieces()
{
    const QByteArray body = QByteArray("data: 1\n\n").repeated(10);
    EventsModel model;
    model.setCall(streamedCall(body, {arrivalOf(100, 10), arrivalOf(2000, 10)})); // 20 bytes for 90
    QCOMPARE(model.rowCount(), 10);
    QVERIFY(model.index(5, EventsModel::Gap).data(EventsModel::LongGapRole).toBool());
    QCOMPARE(model.index(4, EventsModel::At).data().toString(), QStringLiteral("+100"));
}

void TestEventsModel::filtersByTypeAndData()
{
    EventsModel model;
    model.setCall(streamedCall("event: ping\ndata: {}\n\nevent: delta\ndata: {\"t\":\"Hello\"}\n\n", {}));
    model.setFilter(QStringLiteral("hello"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, EventsModel::Number).data().toInt(), 2); // its place in the stream
    model.setFilter(QStringLiteral("PING"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.allEvents(), 2);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.types(),
        (QList<std::pair<QString, int>>{{QStringLiteral("ping"), 1}, {QStringLiteral("delta"), 1}}));
    model.setType(QStringLiteral("delta"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, EventsModel::Number).data().toInt(), 2);
    model.setFilter(QStringLiteral("ping"));
    QCOMPARE(model.rowCount(), 0);
}

void TestEventsModel::showsOneType()
{
    EventsView view;
    view.show();
    auto* types = view.findChild<QComboBox*>(QStringLiteral("eventTypes"));
    const auto* grid = view.findChild<QTableView*>(QStringLiteral("eventGrid"));
    const auto* payload = view.findChild<QPlainTextEdit*>(QStringLiteral("eventPayload"));
    view.showCall(
        streamedCall("event: ping\ndata: {}\n\nevent: delta\ndata: one\n\nevent: delta\ndata: two\n\n", {}));
    QCOMPARE(payload->toPlainText(), QStringLiteral("{}")); // of the first one
    QCOMPARE(types->itemText(2), QStringLiteral("delta (2)"));
    types->setCurrentIndex(2);
    Q_EMIT types->activated(2);
    QCOMPARE(grid->model()->rowCount(), 2);
    QCOMPARE(payload->toPlainText(), QStringLiteral("one"));
    // Where the next call has that type as well, it stays.
    view.showCall(streamedCall("event: start\ndata: 1\n\nevent: delta\ndata: three\n\n", {}));
    QCOMPARE(grid->model()->rowCount(), 1);
    QCOMPARE(payload->toPlainText(), QStringLiteral("three"));
    view.showCall(streamedCall("event: start\ndata: 1\n\n", {}));
    QCOMPARE(payload->toPlainText(), QStringLiteral("1"));
    view.showCall({});
    QCOMPARE(grid->model()->rowCount(), 0);
    QVERIFY(payload->toPlainText().isEmpty() && !types->isEnabled());
}

void TestEventsModel::hasNothingOfOtherAnswers()
{
    QJsonObject call = streamedCall("data: 1\n\n", {});
    call.insert(QStringLiteral("response"),
        QJsonObject{
            {QStringLiteral("body"), QJsonObject{{QStringLiteral("text"), QStringLiteral("data: 1\n\n")}}}});
    EventsModel model;
    model.setCall(call);
    QCOMPARE(model.rowCount(), 0);
}

void TestEventsModel::dividesTheTime()
{
    using Phase = CallPhase::Kind;
    const QJsonObject all = QJsonDocument::fromJson(
        R"({"requestSentMs":5,"firstByteMs":300,"firstTokenMs":420,"durationMs":2000})")
                                .object();
    QCOMPARE(TimingPicture::phases(all),
        (QList<CallPhase>{{Phase::Sending, 0, 5}, {Phase::Waiting, 5, 300}, {Phase::Thinking, 300, 420},
            {Phase::Streaming, 420, 2000}}));
    const QJsonObject refused = QJsonDocument::fromJson(
        R"({"requestSentMs":null,"firstByteMs":30,"firstTokenMs":null,"durationMs":31})")
                                    .object();
    QCOMPARE(TimingPicture::phases(refused),
        (QList<CallPhase>{{Phase::Waiting, 0, 30}, {Phase::Streaming, 30, 31}}));
    QVERIFY(TimingPicture::phases({}).isEmpty());
}

REGISTER_TEST(TestEventsModel)
#include "tst_eventsmodel.moc"
