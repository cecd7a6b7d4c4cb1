// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls as the API shows them.

#include "langfuse/jsonwriter.h"
#include "live/tracejson.h"
#include "support/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace {

QJsonObject detailOf(const TraceRecord& record)
{
    const QByteArray json = TraceJson::detail(summaryOf(record), record);
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        qWarning() << json;
    return document.object();
}

} // namespace

class TestTraceJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysNullForWhatIsUnknown();
    void keepsNumbersExact();
    void showsBodies_data();
    void showsBodies();
    void showsEveryPart();
    void saysWhatListsShow();
    void survivesTextThatIsNone();
};

void TestTraceJson::saysNullForWhatIsUnknown()
{
    const QJsonObject empty = detailOf({});
    for (const char* key : {"status", "model", "session", "error", "firstTokenMs", "durationMs", "costUsd",
             "usage", "cost", "finishReason", "name", "promptVersion"})
        QVERIFY2(empty.contains(QLatin1String(key)) && empty[QLatin1String(key)].isNull(), key);
    QVERIFY(empty[QLatin1String("request")][QLatin1String("body")].isNull());
    QVERIFY(empty[QLatin1String("tokens")][QLatin1String("total")].isNull());
    QCOMPARE(empty[QLatin1String("apiVersion")].toInt(), 1);
}

void TestTraceJson::keepsNumbersExact()
{
    TraceRecord record;
    record.durationUs = 1'234'005;
    record.responseHeadUs = 0;
    record.firstTokenUs = 2000;
    record.startedAtUs = 1'795'521'600'250'000;
    record.cost = Cost{Cost::Source::PriceFile, 1'500'000'001, {{"input", 1}}, "p"};
    record.parameters = {{"seed", "12345678901234567890"}, {"cut", "{\"a\":"}};
    record.usage = Usage();
    record.usage->total = 7;
    record.usage->json = R"({"n":1.0})";
    const QByteArray json = TraceJson::detail(summaryOf(record), record);
    for (const char* part : {R"("durationMs":1234.005)", R"("firstByteMs":0,)", R"("firstTokenMs":2,)",
             R"("startedAt":"2026-11-24T12:00:00.250Z")", R"("costUsd":0.001500000001)",
             R"("seed":12345678901234567890)", R"("cut":"{\"a\":")", R"("reported":{"n":1.0})",
             R"("items":{"input":0.000000000001})"})
        QVERIFY2(json.contains(part), json.constData());
}

void TestTraceJson::showsBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("shown");
    const QByteArray gzip
        = QByteArray::fromHex("1f8b08000000000000034bc848cd06008d28d4af04000000"); // damaged on purpose
    QTest::newRow("text") << QByteArray("caf\xc3\xa9 \"x\"") << QByteArray() << QByteArray("text")
                          << QByteArray("caf\xc3\xa9 \"x\"");
    QTest::newRow("binary") << QByteArray("\xff\x00\x01", 3) << QByteArray() << QByteArray("base64")
                            << QByteArray("/wAB");
    QTest::newRow("damaged gzip") << gzip << QByteArray("gzip") << QByteArray("base64") << gzip.toBase64();
    QTest::newRow("unknown coding") << QByteArray("\xfe") << QByteArray("x-own") << QByteArray("base64")
                                    << QByteArray("/g==");
}

void TestTraceJson::showsBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, shown);
    TraceRecord record;
    record.responseBody = body;
    if (!encoding.isEmpty())
        record.responseHeaders.append("Content-Encoding", encoding);
    const QJsonObject json = detailOf(record)[QLatin1String("response")][QLatin1String("body")].toObject();
    QCOMPARE(json.keys(), QStringList(QString::fromLatin1(key)));
    QCOMPARE(json[QString::fromLatin1(key)].toString().toUtf8(), shown);
}

void TestTraceJson::showsEveryPart()
{
    TraceRecord record;
    Part call;
    call.kind = Part::Kind::ToolCall;
    call.id = "c1";
    call.name = "f";
    call.json = R"({"n":12345678901234567890})";
    Part result;
    result.kind = Part::Kind::ToolResult;
    result.text = "no";
    result.isError = true;
    record.output.messages = {{"assistant", "bob", {call, result}, "tool_use"}};
    record.input.tools = {{"f", "does f", "{}", R"({"name":"f"})"}};
    const QByteArray json = TraceJson::detail(summaryOf(record), record);
    for (const char* part : {R"({"kind":"tool_call","id":"c1","name":"f","json":{"n":12345678901234567890}})",
             R"({"kind":"tool_result","text":"no","isError":true})",
             R"("role":"assistant","name":"bob","finishReason":"tool_use")",
             R"({"name":"f","description":"does f","definition":{"name":"f"}})"})
        QVERIFY2(json.contains(part), json.constData());
    QCOMPARE(detailOf(record)[QLatin1String("finishReason")].toString(), QStringLiteral("tool_use"));
}

void TestTraceJson::saysWhatListsShow()
{
    TraceRecord record;
    record.errorMessage = "slow\ndown " + QByteArray(300, '!');
    record.input.messages = {{"user", {}, {Part{Part::Kind::Text, "Hi", {}, {}, {}, {}, {}, false}}, {}}};
    record.output.messages
        = {{"assistant", {}, {Part{Part::Kind::ToolCall, {}, "1", "Read", "{}", {}, {}, false}}, {}}};
    JsonWriter out;
    TraceJson::writeSummary(&out, summaryOf(record));
    const QJsonObject row = QJsonDocument::fromJson(out.json()).object();
    QCOMPARE(row[QLatin1String("preview")].toString(), QStringLiteral("Hi"));
    QCOMPARE(row[QLatin1String("tools")].toArray(), QJsonArray{QStringLiteral("Read")});
    const QString line = row[QLatin1String("errorMessage")].toString();
    QVERIFY(line.startsWith(QLatin1String("slow down !!!")) && line.size() == 200);
    // One call has room for it all, and knows it also when its row is older than these columns.
    const QByteArray json = TraceJson::detail(TraceSummary(), record);
    QCOMPARE(json.count("\"errorMessage\""), 1);
    const QJsonObject detail = QJsonDocument::fromJson(json).object();
    QCOMPARE(detail[QLatin1String("errorMessage")].toString().toUtf8(), record.errorMessage);
    QCOMPARE(detail[QLatin1String("preview")].toString(), QStringLiteral("Hi"));
    QCOMPARE(detail[QLatin1String("tools")].toArray(), QJsonArray{QStringLiteral("Read")});
}

void TestTraceJson::survivesTextThatIsNone()
{
    TraceRecord record;
    record.requestModel = "\xff\xfe";
    record.errorMessage = QByteArray("a\0b\x01\n", 5);
    record.attribution.metadata = {{"k\xff", "1"}, {"a\"b", "{"}};
    record.requestHeaders = {{"X-Odd", "\xe9"}};
    record.output.messages
        = {{"assistant", {}, {Part{Part::Kind::Text, "half \xe2\x82", {}, {}, {}, {}, {}, false}}, {}}};
    QVERIFY(!detailOf(record).isEmpty());
}

REGISTER_TEST(TestTraceJson)
#include "tst_tracejson.moc"
