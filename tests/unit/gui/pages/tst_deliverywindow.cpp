// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window of the delivery: the ledger, the connection, what can be done, and when people are told.

#include "config/configloader.h"
#include "gui/delivery/deliveryalarm.h"
#include "gui/delivery/deliverytext.h"
#include "gui/delivery/deliverywindow.h"
#include "gui/source/enginesource.h"
#include "support/fakelangfuse.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"
#include "unit/gui/pages/keptpicture.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QJsonArray>
#include <QLabel>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

namespace {

constexpr qint64 deliveryNowUs = 1'790'000'000'000'000; // 2026-09-21T14:13:20Z

QJsonObject telemetrySample(const QJsonObject& more = {})
{
    QJsonObject telemetry
        = QJsonDocument::fromJson(R"({"captured":1425,"pending":3,"delivering":2,"delivered":1400,
        "rejected":8,"disabled":10,"dropped":2,
        "bytes":{"captured":9000,"pending":30,"delivering":20,"delivered":8800,"rejected":50,"disabled":80,"dropped":20},
        "droppedBy":{"queue_full":{"traces":2,"bytes":20}},
        "rejectedBy":{"rejected_400":{"traces":7,"bytes":40},"damaged":{"traces":1,"bytes":10}},
        "evictedBy":{"evicted_age":{"traces":100,"bytes":5000}},
        "oldestPendingAgeMs":95000,"lastError":null,"delivery":"enabled","failures":0,
        "lastSuccessAt":"2026-09-21T14:13:08.000Z","nextAttemptAt":null,
        "projectUrl":"https://langfuse.example/project/p1"})")
              .object();
    for (auto it = more.begin(); it != more.end(); ++it)
        telemetry.insert(it.key(), it.value());
    return telemetry;
}

QJsonObject failingTelemetry()
{
    return telemetrySample({{QStringLiteral("failures"), 4},
        {QStringLiteral("lastError"), QStringLiteral("Langfuse answered 503: overloaded")},
        {QStringLiteral("nextAttemptAt"), QStringLiteral("2026-09-21T14:13:28.500Z")}});
}

QByteArray rejectedList()
{
    QJsonArray traces;
    for (int i = 0; i < 3; ++i)
        traces.append(sampleSummary(QStringLiteral("r%1").arg(i),
            {{QStringLiteral("delivery"),
                QJsonObject{{QStringLiteral("state"), QStringLiteral("rejected")},
                    {QStringLiteral("attempts"), i}, {QStringLiteral("lastError"), QJsonValue()},
                    {QStringLiteral("reason"), QStringLiteral("rejected_400: no valid id %1").arg(i)}}}}));
    return QJsonDocument(QJsonObject{{QStringLiteral("traces"), traces}}).toJson();
}

QString labelText(const QWidget& window, const char* name)
{
    const auto* label = window.findChild<QLabel*>(QLatin1String(name));
    return label->isHidden() ? QString() : label->text();
}

QPushButton* buttonOf(const QWidget& window, const char* name)
{
    return window.findChild<QPushButton*>(QLatin1String(name));
}

DeliveryFacts factsOf(int failures, qint64 pending = 3)
{
    DeliveryFacts facts;
    facts.isKnown = facts.isEnabled = true;
    facts.failures = failures;
    facts.pending.traces = facts.captured.traces = pending;
    facts.lastError = failures > 0 ? QStringLiteral("503") : QString();
    return facts;
}

} // namespace

class TestDeliveryWindow final : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void openPage(const QUrl& url) { m_opened.append(url); }

private Q_SLOTS:
    void showsTheLedgerAndThatItAddsUp()
    {
        ScriptedSource source;
        DeliveryWindow window([] { return deliveryNowUs; });
        window.setSource(&source);
        show(&window);
        tell(&source, telemetrySample());
        const auto* counts = window.findChild<QTableWidget*>(QStringLiteral("ledgerCounts"));
        QStringList traces;
        for (int row = 0; row < counts->rowCount(); ++row)
            traces.append(counts->item(row, 1)->text());
        QCOMPARE(traces.join(u' '), QStringLiteral("1425 1400 3 2 8 2 10"));
        QCOMPARE(counts->item(1, 0)->text(), QStringLiteral("Accepted by Langfuse"));
        QVERIFY(labelText(window, "ledgerBalance")
                    .startsWith(QLatin1String("It adds up: 1425 captured = 1400 accepted")));
        const auto* reasons = window.findChild<QTableWidget*>(QStringLiteral("ledgerReasons"));
        QCOMPARE(reasons->rowCount(), 4);
        QCOMPARE(reasons->item(1, 1)->text(), QStringLiteral("Langfuse answered 400"));
        QCOMPARE(reasons->item(1, 2)->text(), QStringLiteral("7"));
        QCOMPARE(labelText(window, "deliveryHeading"), QStringLiteral("Langfuse accepts traces"));
        QCOMPARE(labelText(window, "deliveryDetail"), QStringLiteral("Last accepted 12 s ago."));
        source.answerNext("{}"); // the list as it was before
        while (!source.questions().isEmpty())
            source.answerNext(rejectedList());
        keepPicture(&window, QStringLiteral("delivery"));
        tell(&source, telemetrySample({{QStringLiteral("captured"), 1426}}));
        QVERIFY(labelText(window, "ledgerBalance")
                    .startsWith(QLatin1String("It does not add up: 1426 captured, and 1425")));
    }

    void saysHowTheConnectionIs()
    {
        ScriptedSource source;
        qint64 now = deliveryNowUs;
        DeliveryWindow window([&now] { return now; });
        window.setSource(&source);
        show(&window);
        tell(&source, failingTelemetry());
        QCOMPARE(labelText(window, "deliveryHeading"), QStringLiteral("4 attempt(s) in a row have failed"));
        QCOMPARE(labelText(window, "deliveryDetail"),
            QStringLiteral("Langfuse answered 503: overloaded. Next try in 8 s. Last accepted 12 s ago. "
                           "The oldest trace waits for 95 s."));
        while (!source.questions().isEmpty())
            source.answerNext(rejectedList());
        keepPicture(&window, QStringLiteral("delivery-failing"));
        now += 5'000'000; // by itself, while it is shown
        QTRY_VERIFY(labelText(window, "deliveryDetail").contains(QLatin1String("Next try in 3 s.")));
        tell(&source, telemetrySample({{QStringLiteral("delivery"), QStringLiteral("not_configured")}}));
        QVERIFY(
            labelText(window, "deliveryHeading").startsWith(QLatin1String("Delivery to Langfuse is off")));
        QCOMPARE(labelText(window, "deliveryDetail"), QString());
        window.setSource(nullptr);
        QVERIFY(labelText(window, "deliveryHeading").startsWith(QLatin1String("Nothing is known")));
    }

    void triesRejectedTracesAgain()
    {
        ScriptedSource source;
        DeliveryWindow window([] { return deliveryNowUs; });
        window.setSource(&source);
        source.start();
        source.answerNext("{}"); // health
        show(&window);
        QCOMPARE(source.answerNext(rejectedList()), "/api/traces?limit=500&delivery=rejected");
        auto* traces = window.findChild<QTableWidget*>(QStringLiteral("traces"));
        QCOMPARE(traces->rowCount(), 3);
        QCOMPARE(traces->item(1, 4)->text(), QStringLiteral("rejected_400: no valid id 1"));
        QVERIFY(!buttonOf(window, "retrySelected")->isEnabled());
        QTest::mouseClick(
            traces->viewport(), Qt::LeftButton, {}, traces->visualItemRect(traces->item(0, 1)).center());
        QTest::mouseClick(traces->viewport(), Qt::LeftButton, Qt::ControlModifier,
            traces->visualItemRect(traces->item(2, 1)).center());
        QTest::mouseClick(buttonOf(window, "retrySelected"), Qt::LeftButton);
        QCOMPARE(source.answerNext(R"({"retried":2})"), "POST /api/telemetry/retry?id=r0&id=r2");
        QCOMPARE(
            labelText(window, "traceListMessage"), QStringLiteral("2 trace(s) wait for delivery again."));
        QCOMPARE(source.answerNext(rejectedList()), "/api/traces?limit=500&delivery=rejected");
        QCOMPARE(traces->selectionModel()->selectedRows().size(), 2); // what was selected stays so
        QTest::mouseClick(buttonOf(window, "retryAll"), Qt::LeftButton);
        QCOMPARE(source.answerNext(R"({"error":{"message":"read only"}})", 403), "POST /api/telemetry/retry");
        QCOMPARE(labelText(window, "traceListMessage"), QStringLiteral("read only"));
        QSignalSpy requested(&window, &DeliveryWindow::callRequested);
        traces->setCurrentCell(1, 1);
        QTest::keyClick(traces, Qt::Key_Return);
        QCOMPARE(requested.size(), 1);
        QCOMPARE(requested.first().first().toByteArray(), "r1");
    }

    void nothingCanBeRetriedInAFile()
    {
        ScriptedSource source;
        DeliveryWindow window([] { return deliveryNowUs; });
        SourceStatus status;
        status.state = SourceStatus::State::Attached;
        status.isReadOnly = true;
        source.setState(status);
        window.setSource(&source);
        show(&window);
        while (!source.questions().isEmpty())
            source.answerNext(rejectedList());
        QCOMPARE(window.findChild<QTableWidget*>(QStringLiteral("traces"))->rowCount(), 3);
        QVERIFY(!buttonOf(window, "retryAll")->isEnabled());
    }

    // All of it with a proxy and a Langfuse that goes away and comes again.
    void followsAnOutage()
    {
        QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "openPage");
        FakeLangfuse langfuse;
        SettingInputs inputs;
        inputs.environment = {{"PORT", "0"}, {"STORE_PATH", ":memory:"},
            {"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()}, {"LANGFUSE_PUBLIC_KEY", "pk-lf-test"},
            {"LANGFUSE_SECRET_KEY", "sk-lf-test"}, {"UPSTREAM_BASE_URL", "http://127.0.0.1:9"}};
        EngineSource source(loadConfig(inputs)->config, true);
        DeliveryWindow window([] { return QDateTime::currentMSecsSinceEpoch() * 1000; });
        window.setSource(&source);
        show(&window);
        langfuse.goDown();
        source.start();
        // A call that fails is a trace too.
        QNetworkAccessManager network;
        QNetworkRequest request(source.status().url.resolved(QUrl(QStringLiteral("/v1/chat/completions"))));
        network.post(request, R"({"model":"gpt-5","messages":[]})");
        QTRY_VERIFY_WITH_TIMEOUT(window.facts().failures > 0, 15'000);
        QCOMPARE(window.facts().pending.traces, 1);
        QVERIFY(labelText(window, "deliveryHeading").contains(QLatin1String("failed")));
        QVERIFY(window.facts().addsUp());
        langfuse.comeUp();
        QTRY_COMPARE_WITH_TIMEOUT(window.facts().delivered.traces, 1, 30'000);
        QTRY_COMPARE(labelText(window, "deliveryHeading"), QStringLiteral("Langfuse accepts traces"));
        QTRY_VERIFY(!window.facts().projectUrl.isEmpty());
        QVERIFY2(
            window.facts().projectUrl.startsWith(langfuse.baseUrl().toString() + QStringLiteral("/project/")),
            qPrintable(window.facts().projectUrl));

        auto* which = window.findChild<QComboBox*>(QStringLiteral("whichTraces"));
        which->setCurrentIndex(2);
        auto* traces = window.findChild<QTableWidget*>(QStringLiteral("traces"));
        QTRY_COMPARE(traces->rowCount(), 1);
        traces->selectRow(0);
        QTest::mouseClick(buttonOf(window, "openInLangfuse"), Qt::LeftButton);
        QTRY_COMPARE(m_opened.size(), 1);
        QCOMPARE(m_opened.first().toString(),
            window.facts().projectUrl + QStringLiteral("/traces/")
                + QString::fromLatin1(langfuse.spans().first().traceId));
        QDesktopServices::unsetUrlHandler(QStringLiteral("http"));
    }

    void tellsOfAFailureThatLasts()
    {
        DeliveryAlarm alarm;
        QSignalSpy raised(&alarm, &DeliveryAlarm::raised);
        const auto look = [&alarm](int failures, int seconds, bool isWatched = false) {
            alarm.look(factsOf(failures), deliveryNowUs + seconds * 1'000'000LL, isWatched);
        };
        look(1, 0);
        look(2, 59);
        QCOMPARE(raised.size(), 0); // not for a minute yet
        look(3, 61, true);
        QCOMPARE(raised.size(), 0); // they see it
        look(3, 70);
        QCOMPARE(raised.size(), 1);
        QVERIFY(raised.first().at(1).toString().contains(QLatin1String("3 trace(s)")));
        look(9, 4000);
        QCOMPARE(raised.size(), 1); // once for each failing
        look(0, 4010);
        QCOMPARE(raised.size(), 2);
        QCOMPARE(raised.last().first().toString(), QStringLiteral("Langfuse accepts traces again"));
        look(1, 4020);
        look(2, 4081); // at most once a minute
        QCOMPARE(raised.size(), 3);
        look(0, 4090);
        QCOMPARE(raised.size(), 3);
        look(0, 4142);
        QCOMPARE(raised.size(), 4);
    }

    void shortFailuresAreNotTold()
    {
        DeliveryAlarm alarm;
        QSignalSpy raised(&alarm, &DeliveryAlarm::raised);
        for (int second = 0; second < 3600; second += 30)
            alarm.look(factsOf(second % 60 == 0 ? 1 : 0), deliveryNowUs + second * 1'000'000LL, false);
        QCOMPARE(raised.size(), 0);
    }

    void spansAreShort_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("past") << -5LL << QStringLiteral("0 s");
        QTest::newRow("seconds") << 119LL << QStringLiteral("119 s");
        QTest::newRow("minutes") << 120LL << QStringLiteral("2 min");
        QTest::newRow("hours") << 7200LL << QStringLiteral("2 h");
        QTest::newRow("days") << 172'800LL << QStringLiteral("2 d");
    }
    void spansAreShort()
    {
        QFETCH(qint64, seconds);
        QTEST(DeliveryText::span(seconds * 1'000'000), "text");
    }

private:
    static void show(QWidget* window)
    {
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window));
    }
    static void tell(ScriptedSource* source, const QJsonObject& telemetry)
    {
        Q_EMIT source->eventsArrived({sampleEvent("ledger", {{QStringLiteral("telemetry"), telemetry}})});
    }

    QList<QUrl> m_opened;
};

REGISTER_TEST(TestDeliveryWindow)
#include "tst_deliverywindow.moc"
