// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pane of one call, against a source whose answers the test gives.

#include "../pages/keptpicture.h"
#include "detailsamples.h"
#include "gui/conversation/conversationbrowser.h"
#include "gui/detail/bodyview.h"
#include "gui/detail/detailpane.h"
#include "gui/detail/summarystrip.h"
#include "gui/model/calltext.h"
#include "gui/model/requestlistmodel.h"
#include "support/testprogram.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeWidget>

namespace {

QString conversationOf(const DetailPane& pane)
{
    return pane.findChild<ConversationBrowser*>(QStringLiteral("conversationText"))->toPlainText().trimmed();
}

QTabWidget* tabsOf(const DetailPane& pane)
{
    return pane.findChild<QTabWidget*>(QStringLiteral("detailTabs"));
}

QString summaryOfPane(const DetailPane& pane)
{
    return pane.findChild<SummaryStrip*>(QStringLiteral("summaryStrip"))->toolTip();
}

QByteArray listOf(const QList<QJsonObject>& calls)
{
    QJsonArray traces;
    for (const QJsonObject& call : calls)
        traces.append(call);
    return detailJson({{QStringLiteral("traces"), traces}});
}

} // namespace

class TestDetailPane final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsACall();
    void showsWhatThePreviousCallSaid();
    void streamsAnOpenCall();
    void forgetsWhatIsNotWantedAnyMore();
    void saysWhyThereIsNothing();
    void keepsNothingOfTheCallBefore();
    void givesFocusToTheTabThatIsShown();
    void showsHeadsAndTimes();
    void retriesDelivery();
    void keepsTheSummaryOnOneLine();

private:
    QTemporaryDir m_dir;
};

void TestDetailPane::init()
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_dir.path());
    QSettings().clear();
}

void TestDetailPane::showsACall()
{
    ScriptedSource source;
    DetailPane pane(&source);
    pane.resize(1000, 640);
    pane.show();
    pane.showCall("first");
    QCOMPARE(source.answerNext(detailJson(firstTurn())), QByteArray("/api/traces/first"));
    QVERIFY(conversationOf(pane).contains(QStringLiteral("Why does the test fail?")));
    QVERIFY(summaryOfPane(pane).contains(QStringLiteral("claude-opus-4-6")));
    QVERIFY(summaryOfPane(pane).contains(QStringLiteral("95% cached")));
    pane.clear();
    QVERIFY(!conversationOf(pane).contains(QStringLiteral("Why does")));
    QVERIFY(summaryOfPane(pane).isEmpty());
}

void TestDetailPane::showsWhatThePreviousCallSaid()
{
    ScriptedSource source;
    RequestListModel model;
    CallFacts listed = sampleCall(1);
    listed.id = "first";
    model.update({listed});
    DetailPane pane(&source, &model);
    pane.resize(1000, 640);
    pane.show();
    pane.showCall("second");
    source.answerNext(detailJson(secondTurn()));
    const QByteArray asked = source.answerNext(listOf({secondTurn(), firstTurn()}));
    QVERIFY(asked.startsWith("/api/traces?limit=") && asked.contains("&session=s1")
        && asked.contains("&until=2026"));
    QCOMPARE(source.answerNext(detailJson(firstTurn())), QByteArray("/api/traces/first"));
    QVERIFY(conversationOf(pane).contains(QStringLiteral("unchanged since #1")));
    QCOMPARE(tabsOf(pane)->tabText(DetailPane::Diff), QStringLiteral("Diff vs #1"));
    keepPicture(&pane, QStringLiteral("detail-conversation"));
    pane.setTab(DetailPane::Diff);
    const QString diff = pane.findChild<QTextBrowser*>(QStringLiteral("diff"))->toPlainText();
    QVERIFY(diff.contains(QStringLiteral("2 message(s) unchanged since #1")));
    keepPicture(&pane, QStringLiteral("detail-diff"));
}

void TestDetailPane::streamsAnOpenCall()
{
    ScriptedSource source;
    DetailPane pane(&source);
    pane.resize(1000, 640);
    pane.show();
    QJsonObject open = sampleSummary(QStringLiteral("live"),
        {{QStringLiteral("outcome"), QStringLiteral("open")},
            {QStringLiteral("preview"), QStringLiteral("Tell me")},
            {QStringLiteral("delivery"), QJsonValue()}});
    const auto progress = [](const QString& text) {
        return sampleEvent("call.progress",
            {{QStringLiteral("id"), QStringLiteral("live")}, {QStringLiteral("textShown"), true},
                {QStringLiteral("texts"),
                    QJsonArray{QJsonObject{{QStringLiteral("message"), 0}, {QStringLiteral("part"), 0},
                        {QStringLiteral("kind"), QStringLiteral("text")}, {QStringLiteral("text"), text}}}}});
    };
    // It has said something before somebody looks.
    Q_EMIT source.eventsArrived(
        {callEvent("call.response", QStringLiteral("open"), open), progress(QStringLiteral("Once "))});
    pane.showCall("live");
    QVERIFY(source.questions().isEmpty());
    QVERIFY(conversationOf(pane).contains(QStringLiteral("Tell me")));
    QVERIFY(conversationOf(pane).contains(QStringLiteral("Once")));
    Q_EMIT source.eventsArrived({progress(QStringLiteral("upon"))});
    QTRY_VERIFY(conversationOf(pane).endsWith(QStringLiteral("Once upon")));
    Q_EMIT source.eventsArrived(
        {callEvent("call.ended", QStringLiteral("stored"), sampleSummary(QStringLiteral("live")))});
    QCOMPARE(source.answerNext(detailJson(detailCall(QStringLiteral("live"), detailHistory(),
                 {detailText(QStringLiteral("assistant"), QStringLiteral("Once upon a time"))}))),
        QByteArray("/api/traces/live"));
    QVERIFY(conversationOf(pane).contains(QStringLiteral("Once upon a time")));
    QVERIFY(conversationOf(pane).contains(QStringLiteral("Why does the test fail?")));
}

void TestDetailPane::forgetsWhatIsNotWantedAnyMore()
{
    ScriptedSource source;
    DetailPane pane(&source);
    pane.showCall("first");
    pane.showCall("second");
    QCOMPARE(source.questions(), QList<QByteArray>{"/api/traces/second"});
    pane.clear();
    QVERIFY(source.questions().isEmpty());
}

void TestDetailPane::saysWhyThereIsNothing()
{
    ScriptedSource source;
    DetailPane pane(&source);
    const QSignalSpy shown(&pane, &DetailPane::callShown);
    pane.showCall("gone");
    source.answerNext(R"({"error":{"message":"No such trace","type":"not_found","code":"not_found"}})", 404);
    const auto* problem = pane.findChild<QLabel*>(QStringLiteral("detailProblem"));
    QVERIFY(!problem->isHidden() && problem->text().contains(QStringLiteral("No such trace")));
    Q_EMIT pane.findChild<QLabel*>(QStringLiteral("detailProblem"))->linkActivated(QStringLiteral("again"));
    QCOMPARE(source.answerNext(detailJson(firstTurn())), QByteArray("/api/traces/gone"));
    QVERIFY(problem->isHidden());
    pane.showCall("open");
    source.answerNext(
        R"({"error":{"message":"It has not ended","type":"not_found","code":"call_open"}})", 404);
    QVERIFY(!conversationOf(pane).contains(QStringLiteral("It has not ended"))); // its text will come
    QCOMPARE(shown.count(), 3);
}

/// Of an ended call: its request says "FIRST", its answer was a stream of one event.
void TestDetailPane::keepsNothingOfTheCallBefore()
{
    QJsonObject call = firstTurn();
    call.insert(QStringLiteral("session"), QJsonValue());
    call.insert(QStringLiteral("request"),
        QJsonObject{{QStringLiteral("bytes"), 9},
            {QStringLiteral("body"), QJsonObject{{QStringLiteral("text"), QStringLiteral("\"FIRST\"")}}}});
    const QJsonValue type = QJsonArray{QStringLiteral("content-type"), QStringLiteral("text/event-stream")};
    call.insert(QStringLiteral("response"),
        QJsonObject{{QStringLiteral("headers"), QJsonArray{type}}, {QStringLiteral("bytes"), 9},
            {QStringLiteral("body"), QJsonObject{{QStringLiteral("text"), QStringLiteral("data: 1\n\n")}}}});
    ScriptedSource source;
    DetailPane pane(&source);
    pane.resize(1000, 640);
    pane.show();
    pane.setTab(DetailPane::Request);
    const auto* grid = pane.findChild<QTableView*>(QStringLiteral("eventGrid"));
    const auto* body = pane.findChild<BodyView*>(QStringLiteral("request"))
                           ->findChild<QPlainTextEdit*>(QStringLiteral("bodyText"));
    const auto isFilled = [&] {
        pane.showCall("first");
        source.answerNext(detailJson(call));
        return grid->model()->rowCount() == 1 && body->toPlainText() == QStringLiteral("\"FIRST\"");
    };
    const auto isEmpty = [&] { return grid->model()->rowCount() == 0 && body->toPlainText().isEmpty(); };
    QVERIFY(isFilled());
    pane.clear();
    QVERIFY(isEmpty());

    QVERIFY(isFilled());
    pane.showCall("gone");
    QVERIFY(!isEmpty()); // most calls are there within milliseconds: nothing flickers
    source.answerNext(R"({"error":{"message":"No such trace","type":"not_found","code":"not_found"}})", 404);
    QVERIFY(isEmpty());

    QVERIFY(isFilled());
    Q_EMIT source.eventsArrived({callEvent("call.response", QStringLiteral("open"),
        sampleSummary(QStringLiteral("live"),
            {{QStringLiteral("outcome"), QStringLiteral("open")},
                {QStringLiteral("delivery"), QJsonValue()}}))});
    pane.showCall("live");
    QVERIFY(isEmpty());

    QVERIFY(isFilled());
    pane.setSource(nullptr);
    QVERIFY(isEmpty());
}

void TestDetailPane::givesFocusToTheTabThatIsShown()
{
    ScriptedSource source;
    DetailPane pane(&source);
    pane.resize(1000, 640);
    pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&pane));
    for (int tab = 0; tab < DetailPane::TabCount; ++tab) {
        pane.setTab(DetailPane::Tab(tab));
        pane.setFocus();
        const QWidget* focused = pane.focusWidget();
        const QWidget* page = tabsOf(pane)->currentWidget();
        QVERIFY2(focused && (focused == page || page->isAncestorOf(focused)),
            qPrintable(tabsOf(pane)->tabText(tab)));
    }
}

void TestDetailPane::showsHeadsAndTimes()
{
    ScriptedSource source;
    DetailPane pane(&source);
    pane.resize(1000, 640);
    pane.show();
    QJsonObject call = firstTurn();
    const auto header = [](const char* name, const char* value) -> QJsonValue {
        return QJsonArray{QLatin1String(name), QLatin1String(value)};
    };
    call.insert(QStringLiteral("request"),
        QJsonObject{{QStringLiteral("method"), QStringLiteral("POST")},
            {QStringLiteral("target"), QStringLiteral("/v1/messages")},
            {QStringLiteral("upstream"), QStringLiteral("https://api.anthropic.com")},
            {QStringLiteral("bytes"), 10},
            {QStringLiteral("headers"), QJsonArray{header("x-api-key", "sk-***"), header("accept", "*/*")}},
            {QStringLiteral("body"),
                QJsonObject{{QStringLiteral("text"), QStringLiteral(R"({"model":"m"})")}}}});
    call.insert(QStringLiteral("response"),
        QJsonObject{{QStringLiteral("status"), 200}, {QStringLiteral("bytes"), 19},
            {QStringLiteral("headers"), QJsonArray{header("content-type", "text/event-stream")}},
            {QStringLiteral("body"),
                QJsonObject{{QStringLiteral("text"), QStringLiteral("event: ping\ndata: 1\n\n")}}}});
    call.insert(QStringLiteral("timings"),
        QJsonDocument::fromJson(R"({"requestSentMs":4,"firstByteMs":300,"firstTokenMs":1420,"durationMs":9800,
            "arrivals":[{"atMs":300,"bytes":10},{"atMs":4000,"bytes":5},{"atMs":9800,"bytes":6}]})")
            .object());
    pane.showCall("first");
    source.answerNext(detailJson(call));
    QCOMPARE(tabsOf(pane)->tabText(DetailPane::Events), QStringLiteral("Events (1)"));
    pane.setTab(DetailPane::Headers);
    const auto* tree = pane.findChild<QTreeWidget*>(QStringLiteral("headerTree"));
    QCOMPARE(tree->topLevelItem(0)->text(1), QStringLiteral("POST https://api.anthropic.com/v1/messages"));
    QCOMPARE(tree->topLevelItem(0)->child(0)->text(2), QStringLiteral("masked"));
    QVERIFY(tree->topLevelItem(0)->child(1)->text(2).isEmpty());
    keepPicture(&pane, QStringLiteral("detail-headers"));
    pane.setTab(DetailPane::Timing);
    const auto* table = pane.findChild<QTreeWidget*>(QStringLiteral("timingTable"));
    QCOMPARE(table->topLevelItem(2)->text(3), QStringLiteral("1.12s"));
    keepPicture(&pane, QStringLiteral("detail-timing"));
    pane.setTab(DetailPane::Request);
    keepPicture(&pane, QStringLiteral("detail-request"));
    pane.setTab(DetailPane::Events);
    keepPicture(&pane, QStringLiteral("detail-events"));
}

void TestDetailPane::retriesDelivery()
{
    ScriptedSource source;
    source.attach();
    DetailPane pane(&source);
    pane.resize(1000, 640);
    pane.show();
    pane.showCall("first");
    QJsonObject call = firstTurn();
    call.insert(QStringLiteral("session"), QJsonValue());
    call.insert(QStringLiteral("traceId"), QStringLiteral("abc123"));
    call.insert(QStringLiteral("delivery"),
        QJsonObject{{QStringLiteral("state"), QStringLiteral("rejected")}, {QStringLiteral("attempts"), 2},
            {QStringLiteral("reason"), QStringLiteral("rejected_400: bad span")}});
    source.answerNext(detailJson(call));
    pane.setTab(DetailPane::Delivery);
    QCOMPARE(source.answerNext(R"({"telemetry":{"projectUrl":"https://lf.example/project/p"}})"),
        QByteArray("/api/health"));
    const auto* text = pane.findChild<QLabel*>(QStringLiteral("deliveryText"));
    QVERIFY(text->text().contains(QStringLiteral("rejected_400: bad span")));
    auto* retry = pane.findChild<QPushButton*>(QStringLiteral("retryDelivery"));
    QVERIFY(retry->isEnabled());
    keepPicture(&pane, QStringLiteral("detail-delivery"));
    auto* copy = pane.findChild<QPushButton*>(QStringLiteral("copyPayload"));
    copy->click();
    QCOMPARE(source.answerNext(R"({"resourceSpans":[7]})"), QByteArray("/api/traces/first/payload"));
    QCOMPARE(QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).object(),
        (QJsonObject{{QStringLiteral("resourceSpans"), QJsonArray{7}}}));
    QCOMPARE(copy->text(), QStringLiteral("Copied"));
    retry->click();
    QVERIFY(!retry->isEnabled());
    QCOMPARE(source.answerNext(R"({"retried":1})"), QByteArray("POST /api/telemetry/retry?id=first"));
    QVERIFY(text->text().contains(QStringLiteral("waits for delivery again")));
    // What happens to it is shown when it happens; another call's delivery is not.
    Q_EMIT source.eventsArrived({{"delivery",
        R"({"traces":[{"id":"first","state":"delivered","attempts":2},{"id":"b","state":"pending"}]})"}});
    QVERIFY(text->text().contains(CallText::delivery(CallFacts::Delivery::Accepted)));
    QVERIFY(!text->text().contains(QStringLiteral("waits for delivery again")));
    QVERIFY(!retry->isEnabled());
    QVERIFY(pane.findChild<QPushButton*>(QStringLiteral("openInLangfuse"))->isEnabled());
}

void TestDetailPane::keepsTheSummaryOnOneLine()
{
    SummaryStrip strip;
    CallFacts facts = sampleCall(3);
    facts.error = QStringLiteral("rate_limit_error");
    facts.errorText = QStringLiteral("retry after 12s");
    facts.status = 429;
    facts.state = CallFacts::State::UpstreamError;
    strip.showCall(facts, QStringLiteral("#3"), {});
    strip.resize(2000, strip.sizeHint().height());
    strip.show();
    const int height = strip.sizeHint().height();
    QVERIFY(strip.chips().first().plain.contains(QStringLiteral("rate_limit_error")));
    QVERIFY(strip.text().contains(QStringLiteral("Langfuse")));
    strip.resize(400, height);
    QTRY_VERIFY(!strip.text().contains(QStringLiteral("Langfuse")));
    QVERIFY(strip.text().contains(QStringLiteral("rate_limit_error")));
    QCOMPARE(strip.sizeHint().height(), height);
    QVERIFY(strip.toolTip().contains(QStringLiteral("Langfuse")));
    facts.delivery = CallFacts::Delivery::Off;
    strip.showCall(facts, QStringLiteral("#3"), {});
    QCOMPARE(strip.chips().last().plain, QStringLiteral("not sent to Langfuse"));
    facts.delivery = CallFacts::Delivery::SampledOut;
    strip.showCall(facts, QStringLiteral("#3"), {});
    QCOMPARE(strip.chips().last().plain, QStringLiteral("not sent to Langfuse: sample rate"));
}

REGISTER_TEST(TestDetailPane)
#include "tst_detailpane.moc"
