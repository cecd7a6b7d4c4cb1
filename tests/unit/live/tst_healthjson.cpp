// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/healthjson.h"
#include "support/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

class TestHealthJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatWorks_data();
    void tellsWhatWorks();
    void countsInTracesAndBytes();
    void tellsOfTheDelivery();
    void tellsTheAgeOfTheOldest_data();
    void tellsTheAgeOfTheOldest();
};

namespace {

QJsonObject read(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object();
}

QJsonObject telemetryOf(const Ledger& ledger, const DeliveryStatus& delivery = {}, qint64 nowUs = 0)
{
    return read(healthJson({}, ledger, delivery, nowUs))[u"telemetry"_s].toObject();
}

} // namespace

void TestHealthJson::tellsWhatWorks_data()
{
    QTest::addColumn<UpstreamHealths>("upstreams");
    QTest::addColumn<QString>("status");
    using enum UpstreamHealth;
    QTest::newRow("nothing is configured")
        << UpstreamHealths{{"openai", NotConfigured}, {"gemini", NotConfigured}} << u"ok"_s;
    QTest::newRow("all that is configured")
        << UpstreamHealths{{"openai", Ok}, {"gemini", NotConfigured}} << u"ok"_s;
    QTest::newRow("one is down") << UpstreamHealths{{"openai", Ok}, {"gemini", Unreachable}} << u"degraded"_s;
}

void TestHealthJson::tellsWhatWorks()
{
    QFETCH(UpstreamHealths, upstreams);
    QFETCH(QString, status);
    DeliveryStatus delivery;
    delivery.isEnabled = true;
    delivery.lastError = "Langfuse is down"; // no request depends on it
    const QJsonObject health = read(healthJson(upstreams, {}, delivery, 0));
    QCOMPARE(health[u"name"_s].toString(), u"langfuse-proxy"_s);
    QVERIFY(!health[u"version"_s].toString().isEmpty());
    QCOMPARE(health[u"status"_s].toString(), status);
    const QJsonObject shown = health[u"upstream"_s].toObject();
    QCOMPARE(shown.size(), upstreams.size());
    const QHash<UpstreamHealth, QString> words{{UpstreamHealth::Ok, u"ok"_s},
        {UpstreamHealth::Unreachable, u"unreachable"_s},
        {UpstreamHealth::NotConfigured, u"not_configured"_s}};
    for (auto it = upstreams.cbegin(); it != upstreams.cend(); ++it)
        QCOMPARE(shown[QString::fromLatin1(it.key())].toString(), words[it.value()]);
}

void TestHealthJson::countsInTracesAndBytes()
{
    Ledger ledger;
    ledger.captured = {21, 2100};
    ledger.pending = {1, 100};
    ledger.delivering = {2, 200};
    ledger.delivered = {3, 300};
    ledger.disabled = {4, 400};
    ledger.rejectedBy = {{"rejected_400", {5, 500}}};
    ledger.droppedBy = {{"queue_full", {2, 250}}, {"store_error", {4, 350}}};
    QVERIFY(ledger.addsUp());
    const QJsonObject telemetry = telemetryOf(ledger);
    const QList<std::pair<QString, int>> expected{{u"captured"_s, 21}, {u"pending"_s, 1},
        {u"delivering"_s, 2}, {u"delivered"_s, 3}, {u"disabled"_s, 4}, {u"rejected"_s, 5}, {u"dropped"_s, 6}};
    for (const auto& [name, traces] : expected) {
        QCOMPARE(telemetry[name].toInt(), traces);
        QCOMPARE(telemetry[u"bytes"_s][name].toInt(), traces * 100);
    }
    QCOMPARE(telemetry[u"droppedBy"_s][u"store_error"_s][u"traces"_s].toInt(), 4);
    QCOMPARE(telemetry[u"droppedBy"_s][u"queue_full"_s][u"bytes"_s].toInt(), 250);
    QCOMPARE(telemetry[u"rejectedBy"_s][u"rejected_400"_s][u"traces"_s].toInt(), 5);
}

void TestHealthJson::tellsOfTheDelivery()
{
    QCOMPARE(telemetryOf({})[u"delivery"_s].toString(), u"not_configured"_s);
    QVERIFY(telemetryOf({})[u"lastError"_s].isNull());
    DeliveryStatus delivery;
    delivery.isEnabled = true;
    QCOMPARE(telemetryOf({}, delivery)[u"delivery"_s].toString(), u"enabled"_s);
    QVERIFY(telemetryOf({}, delivery)[u"lastError"_s].isNull());
    delivery.lastError = "401 \"no\" \xc3\xbc";
    QCOMPARE(telemetryOf({}, delivery)[u"lastError"_s].toString(), u"401 \"no\" \u00fc"_s);
}

void TestHealthJson::tellsTheAgeOfTheOldest_data()
{
    QTest::addColumn<qint64>("startedAtUs");
    QTest::addColumn<QJsonValue>("ageMs");
    QTest::newRow("none waits") << qint64(0) << QJsonValue();
    QTest::newRow("one waits") << qint64(7'000'000) << QJsonValue(3000);
    QTest::newRow("just come") << qint64(10'000'000) << QJsonValue(0);
    QTest::newRow("the clock was set back") << qint64(11'000'000) << QJsonValue(0);
}

void TestHealthJson::tellsTheAgeOfTheOldest()
{
    QFETCH(qint64, startedAtUs);
    QFETCH(QJsonValue, ageMs);
    Ledger ledger;
    ledger.oldestPendingStartedAtUs = startedAtUs;
    QCOMPARE(telemetryOf(ledger, {}, 10'000'000)[u"oldestPendingAgeMs"_s], ageMs);
}

REGISTER_TEST(TestHealthJson)
#include "tst_healthjson.moc"
