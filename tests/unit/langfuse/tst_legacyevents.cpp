// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The legacy way into Langfuse: the events, the outcomes, and when it is taken.

#include "langfuse/legacyevents.h"
#include "support/testprogram.h"

#include "langfuse/legacyoutcomes.h"
#include "langfuse/otlpmapping.h"
#include "langfuse/routechooser.h"
#include "samplerecord.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>

class TestLegacyEvents final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsAChatCompletion();
    void writes_data();
    void writes();
    void aNestedCallDoesNotSpeakForItsTrace();
    void putsBatchesTogether();
    void readsOutcomes_data();
    void readsOutcomes();
    void knowsAClosedRoute();
    void choosesByVersion_data();
    void choosesByVersion();
    void triesTheOtherRouteOnce();
    void staysOnAFixedRoute();
};

namespace {

using Change = std::function<void(TraceRecord*)>;
QJsonArray eventsOf(const TraceRecord& record)
{
    const OtlpSpan span = OtlpMapping::toSpan(record, {.environment = "staging", .release = "r7"});
    return QJsonDocument::fromJson('[' + LegacyEvents::encode(span) + ']').array();
}

QByteArray compact(const QJsonValue& value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return value.isUndefined() ? QByteArray("(none)") : array.sliced(1, array.size() - 2);
}

DeliveryAnswer healthOf(int status, const QByteArray& body)
{
    DeliveryAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

} // namespace

void TestLegacyEvents::mapsAChatCompletion()
{
    const QJsonArray events = eventsOf(sampleRecord());
    QCOMPARE(events.size(), 2);
    const QByteArray traceId = Ids::traceIdFor("req-1");
    const QByteArray spanId = Ids::spanIdFor("req-1");
    QCOMPARE(compact(events[0]),
        R"({"body":{"environment":"staging","id":")" + traceId
            + R"(","input":{"messages":[{"content":"hello","role":"user"}]},"metadata":{"request_id":"req-1"},)"
              R"("name":"/v1/chat/completions","output":{"content":"hi there","role":"assistant"},"release":"r7",)"
              R"("timestamp":"2026-11-23T08:32:31.801Z"},"id":")"
            + spanId + R"(-trace","timestamp":"2026-11-23T08:32:33.301Z","type":"trace-create"})");
    QCOMPARE(events[1][QLatin1String("type")].toString(), QLatin1String("generation-create"));
    QCOMPARE(events[1][QLatin1String("id")].toString().toLatin1(), spanId + "-observation");
    QJsonObject body = events[1][QLatin1String("body")].toObject();
    QCOMPARE(body[QLatin1String("metadata")][QLatin1String("provider")].toString(), QLatin1String("openai"));
    body.remove(QStringLiteral("metadata"));
    QCOMPARE(compact(body),
        R"({"endTime":"2026-11-23T08:32:33.301Z","environment":"staging","id":")" + spanId
            + R"(","input":{"messages":[{"content":"hello","role":"user"}]},"model":"gpt-5.5-2026-04-23",)"
              R"("name":"gpt-5.5-2026-04-23","output":{"content":"hi there","role":"assistant"},)"
              R"("startTime":"2026-11-23T08:32:31.801Z","traceId":")"
            + traceId
            + R"(","usage":{"input":10,"output":5,"total":15,"unit":"TOKENS"},)"
              R"("usageDetails":{"input":10,"output":5,"total":15}})");
}

void TestLegacyEvents::writes_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("event"); // 0: the trace, 1: the observation
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("expected"); // JSON
    const auto row
        = [](const char* name, const Change& change, int event, const char* key, const char* expected) {
              QTest::newRow(name) << change << event << QByteArray(key) << QByteArray(expected);
          };
    const Change people = [](TraceRecord* r) {
        r->attribution.sessionId = "s1";
        r->attribution.userId = "u1";
        r->attribution.tags = {"a", "b\"c"};
        r->attribution.version = "v2";
        r->attribution.environment = "ci";
    };
    row("session", people, 0, "sessionId", "\"s1\"");
    row("user", people, 0, "userId", "\"u1\"");
    row("tags", people, 0, "tags", R"(["a","b\"c"])");
    row("version of the trace", people, 0, "version", "\"v2\"");
    row("version of the observation", people, 1, "version", "\"v2\"");
    row("environment of both", people, 1, "environment", "\"ci\"");
    row("no tags", {}, 0, "tags", "(none)");
    const Change fails = [](TraceRecord* r) {
        r->status = 500;
        r->errorCode = "server_error";
        r->errorMessage = "overloaded";
        r->usage.reset();
        r->output = {};
    };
    row("level", fails, 1, "level", "\"ERROR\"");
    row("message", fails, 1, "statusMessage", "\"overloaded\"");
    row("a failed call costs nothing", fails, 1, "usageDetails", R"({"input":0,"output":0,"total":0})");
    const Change parameters = [](TraceRecord* r) {
        r->parameters = {
            {"temperature", "0.70"}, {"response_format", R"({"type":"json_object"})"}, {"stop", R"(["a"])"}};
    };
    row("nested parameters are text", parameters, 1, "modelParameters",
        R"({"response_format":"{\"type\":\"json_object\"}","stop":"[\"a\"]","temperature":0.7})");
    row(
        "buckets become the old three", // exclusive ones are added up
        [](TraceRecord* r) {
            r->usage->inputCached = 7;
            r->usage->outputReasoning = 3;
            r->usage->total = 25;
        },
        1, "usage", R"({"input":17,"output":8,"total":25,"unit":"TOKENS"})");
    row(
        "cost", [](TraceRecord* r) { r->usage->costJson = "0.5"; }, 1, "costDetails", R"({"total":0.5})");
    row(
        "first token",
        [](TraceRecord* r) {
            r->isStream = true;
            r->firstTokenUs = 199000;
        },
        1, "completionStartTime", "\"2026-11-23T08:32:32.000Z\"");
    const Change prompt = [](TraceRecord* r) {
        r->attribution.promptName = "greet";
        r->attribution.promptVersion = 3;
    };
    row("prompt name", prompt, 1, "promptName", "\"greet\"");
    row("prompt version is a number", prompt, 1, "promptVersion", "3");
    row("no prompt, no version", {}, 1, "promptVersion", "(none)");
    const Change plain = [](TraceRecord* r) {
        r->dialect.clear();
        r->input = {};
        r->output = {};
        r->requestText = "not {JSON";
    };
    row("text that is no JSON", plain, 1, "input", "\"not {JSON\"");
    row("a span has no model", plain, 1, "model", "(none)");
}

void TestLegacyEvents::writes()
{
    QFETCH(Change, change);
    QFETCH(int, event);
    QFETCH(QByteArray, key);
    TraceRecord record = sampleRecord();
    if (change)
        change(&record);
    const QJsonArray events = eventsOf(record);
    QTEST(compact(events[event][QLatin1String("body")][QLatin1String(key)]), "expected");
}

void TestLegacyEvents::aNestedCallDoesNotSpeakForItsTrace()
{
    TraceRecord record = sampleRecord();
    record.attribution.parentSpanId = "00f067aa0ba902b7";
    record.attribution.sessionId = "s1";
    record.attribution.isAppRoot = false;
    QJsonArray events = eventsOf(record);
    QJsonObject trace = events[0][QLatin1String("body")].toObject();
    QCOMPARE(trace.keys(),
        (QStringList{QStringLiteral("environment"), QStringLiteral("id"), QStringLiteral("release"),
            QStringLiteral("sessionId")}));
    QCOMPARE(events[1][QLatin1String("body")][QLatin1String("parentObservationId")].toString(),
        QLatin1String("00f067aa0ba902b7"));
    record.attribution.isAppRoot = true; // a parent that Langfuse does not know
    events = eventsOf(record);
    QVERIFY(events[0][QLatin1String("body")].toObject().contains(QLatin1String("name")));
    QVERIFY(!events[1][QLatin1String("body")].toObject().contains(QLatin1String("parentObservationId")));
}

void TestLegacyEvents::putsBatchesTogether()
{
    const QByteArray one = LegacyEvents::encode(OtlpMapping::toSpan(sampleRecord("a"), {}));
    const QByteArray two = LegacyEvents::encode(OtlpMapping::toSpan(sampleRecord("b"), {}));
    const QByteArray request = LegacyEvents::encodeRequest({one, two}, "9.9");
    QCOMPARE(request,
        "{\"batch\":[" + one + ',' + two
            + R"(],"metadata":{"sdk_name":"langfuse-proxy","sdk_version":"9.9"}})");
    QVERIFY(request.size() - one.size() - two.size() <= IngestionRoutes::maxFrameBytes);
    QCOMPARE(LegacyEvents::encode(OtlpMapping::toSpan(sampleRecord("a"), {})), one);
}

void TestLegacyEvents::readsOutcomes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isUnderstood");
    QTest::addColumn<QList<int>>("kinds"); // of the traces a and b
    QTest::addColumn<QByteArray>("message"); // of the first that is not accepted
    const auto row = [](const char* name, const char* body, bool isUnderstood,
                         const QList<LegacyOutcome::Kind>& kinds, const char* message = "") {
        QList<int> numbers;
        for (const LegacyOutcome::Kind kind : kinds)
            numbers.append(int(kind));
        QTest::newRow(name) << QByteArray(body) << isUnderstood << numbers << QByteArray(message);
    };
    row("all there",
        R"({"successes":[{"id":"a-trace","status":201},{"id":"a-observation","status":201},)"
        R"({"id":"b-observation","status":201},{"id":"b-trace","status":201}],"errors":[]})",
        true, {LegacyOutcome::Kind::Accepted, LegacyOutcome::Kind::Accepted});
    row("one observation refused",
        R"({"successes":[{"id":"a-trace","status":201},{"id":"b-trace","status":201},)"
        R"({"id":"b-observation","status":201}],"errors":[{"id":"a-observation","status":400,"message":"bad  x"}]})",
        true, {LegacyOutcome::Kind::Refused, LegacyOutcome::Kind::Accepted}, "bad x");
    row("a trace event failed in the server",
        R"({"successes":[{"id":"a-observation","status":201},{"id":"b-trace","status":201},)"
        R"({"id":"b-observation","status":201}],"errors":[{"id":"a-trace","status":500,"message":"oh"}]})",
        true, {LegacyOutcome::Kind::Undecided, LegacyOutcome::Kind::Accepted}, "oh");
    row("a refusal weighs more than a failure",
        R"({"successes":[],"errors":[{"id":"a-trace","status":500,"message":"oh"},)"
        R"({"id":"a-observation","status":404,"message":"no"},{"id":"b-trace","status":403,"message":"keys"},)"
        R"({"id":"b-observation","status":429,"message":"slow"}]})",
        true, {LegacyOutcome::Kind::Refused, LegacyOutcome::Kind::Undecided}, "no");
    row("one is not mentioned",
        R"({"successes":[{"id":"a-trace","status":201},{"id":"a-observation","status":201},)"
        R"({"id":"b-trace","status":201}],"errors":[{"id":"unknown","status":400,"message":"?"}]})",
        true, {LegacyOutcome::Kind::Accepted, LegacyOutcome::Kind::Undecided});
    row("no list", R"({"message":"OK"})", false, {});
    row("half a list", R"({"successes":[]})", false, {});
    row("cut", R"({"successes":[{"id")", false, {});
    row("nothing", "", false, {});
}

void TestLegacyEvents::readsOutcomes()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, message);
    const LegacyOutcomes outcomes = LegacyOutcomes::of(body, {"a", "b"});
    QTEST(outcomes.isUnderstood, "isUnderstood");
    QVERIFY(!outcomes.isClosed);
    QList<int> kinds;
    QByteArray said;
    for (const LegacyOutcome& outcome : outcomes.traces) {
        kinds.append(int(outcome.kind));
        if (said.isEmpty())
            said = outcome.message;
    }
    QTEST(kinds, "kinds");
    QCOMPARE(said, message);
}

void TestLegacyEvents::knowsAClosedRoute()
{
    const QByteArray closed = R"({"id":"a-trace","status":400,"message":"Event type not accepted"})";
    const QByteArray other = R"({"id":"b-trace","status":400,"message":"bad"})";
    QVERIFY(LegacyOutcomes::of("{\"successes\":[],\"errors\":[" + closed + "]}", {"a"}).isClosed);
    QVERIFY(
        !LegacyOutcomes::of("{\"successes\":[],\"errors\":[" + closed + "," + other + "]}", {"a"}).isClosed);
    QVERIFY(!LegacyOutcomes::of(R"({"successes":[],"errors":[]})", {"a"}).isClosed);
}

void TestLegacyEvents::choosesByVersion_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("route"); // -1: undecided
    const auto row = [](const char* name, int status, const char* body, int route) {
        QTest::newRow(name) << status << QByteArray(body) << route;
    };
    constexpr int otlp = int(IngestionRoute::Otlp);
    constexpr int legacy = int(IngestionRoute::Legacy);
    row("4", 200, R"({"status":"OK","version":"4.16.0"})", otlp);
    row("3.59", 200, R"({"status":"OK","version":"3.59.0"})", otlp);
    row("3.158", 200, R"({"status":"OK","version":"3.158.0"})", otlp);
    row("3.58", 200, R"({"status":"OK","version":"3.58.9"})", legacy);
    row("2", 200, R"({"status":"OK","version":"2.95.11"})", legacy);
    row("v2", 200, R"({"status":"OK","version":"v2.95.11"})", legacy);
    row("a candidate", 200, R"({"version":"4.0.0-rc.1"})", otlp);
    row("no version", 200, R"({"status":"OK"})", otlp);
    row("no JSON", 200, "<html>", otlp);
    row("no such page", 404, R"({"version":"2.0.0"})", otlp);
    row("unreachable", 0, "", -1);
    row("unhealthy", 503, R"({"version":"2.0.0"})", -1);
    row("limited", 429, "", -1);
}

void TestLegacyEvents::choosesByVersion()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, route);
    RouteChooser chooser(IngestionMode::Auto);
    QVERIFY(!chooser.route());
    QCOMPARE(chooser.takeHealth(healthOf(status, body)), route >= 0);
    QCOMPARE(chooser.route() ? int(*chooser.route()) : -1, route);
}

void TestLegacyEvents::triesTheOtherRouteOnce()
{
    RouteChooser chooser(IngestionMode::Auto);
    QVERIFY(chooser.takeHealth(healthOf(200, "{}")));
    QVERIFY(chooser.giveUpRoute());
    QVERIFY(chooser.route() == IngestionRoute::Legacy);
    chooser.confirm();
    QVERIFY(chooser.giveUpRoute()); // the server has been upgraded
    QVERIFY(chooser.route() == IngestionRoute::Otlp);
    QVERIFY(!chooser.giveUpRoute()); // neither: it is asked again
    QVERIFY(!chooser.route());
}

void TestLegacyEvents::staysOnAFixedRoute()
{
    RouteChooser otlp(IngestionMode::Otlp);
    QVERIFY(otlp.route() == IngestionRoute::Otlp);
    QVERIFY(!otlp.giveUpRoute());
    QVERIFY(otlp.route() == IngestionRoute::Otlp);
    RouteChooser legacy(IngestionMode::Legacy);
    QVERIFY(!legacy.giveUpRoute());
    QVERIFY(legacy.route() == IngestionRoute::Legacy);
}

REGISTER_TEST(TestLegacyEvents)
#include "tst_legacyevents.moc"
