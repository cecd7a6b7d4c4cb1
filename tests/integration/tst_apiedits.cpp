// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Deleting traces and retrying rejected ones through the API of the real program, with the ledger kept true.

#include "apirequest.h"
#include "eventreader.h"
#include "support/testprogram.h"

namespace {

/// Calls with the ids first-0, first-1 ... of that user, all captured when this returns.
void makeCalls(const TracedProxy& site, const QByteArray& user, int count)
{
    const int before = site.count("captured");
    for (int i = 0; i < count; ++i) {
        QCOMPARE(site.statusOf(chatRequest(
                     user + '-' + QByteArray::number(i), "X-User-Id: " + user + "\r\nX-Session-Id: s\r\n")),
            200);
    }
    QTRY_COMPARE(site.count("captured"), before + count);
    QCOMPARE(apiTraces(site, count, "?user=" + user).size(), count);
}

qsizetype left(const TracedProxy& site, const QByteArray& parameters = {})
{
    return apiJson(site, "/api/traces" + parameters)[QLatin1String("traces")].toArray().size();
}

bool addsUp(const TracedProxy& site)
{
    const QJsonObject telemetry = site.telemetry();
    int sum = 0;
    for (const char* state : {"pending", "delivering", "delivered", "rejected", "disabled", "dropped"})
        sum += telemetry[QLatin1String(state)].toInt();
    return sum == telemetry[QLatin1String("captured")].toInt();
}

} // namespace

class TestApiEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deletesWhatIsNamed();
    void refusesToDeleteEverythingByMistake_data();
    void refusesToDeleteEverythingByMistake();
    void countsADeletedPendingTraceAsDropped();
    void deletesManyWhileCallsGoOn();
    void retriesRejectedTraces();
    void deletesWhatEndedJustBefore_data();
    void deletesWhatEndedJustBefore();
    void tellsWhoWatches();
};

void TestApiEdits::deletesWhatIsNamed()
{
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    makeCalls(site, "a", 3);
    makeCalls(site, "b", 2);
    QTRY_COMPARE(site.count("delivered"), 5);
    const QJsonArray ofB = apiTraces(site, 2, "?user=b");
    const QByteArray one = ofB[0][QLatin1String("id")].toString().toUtf8();
    const QByteArray gone = "0f0e0d0c-1111-4222-8333-444455556666";
    QJsonObject done = apiJson(site, "/api/traces?id=" + one + "&id=" + gone, "DELETE");
    QCOMPARE(done[QLatin1String("deleted")].toInt(-1), 1);
    QCOMPARE(done[QLatin1String("apiVersion")].toInt(), 1);
    QCOMPARE(site.statusOf(apiText("GET", "/api/traces/" + one)), 404);
    QCOMPARE(left(site), 4);
    done = apiJson(site, "/api/traces?user=a&q=hello", "DELETE");
    QCOMPARE(done[QLatin1String("deleted")].toInt(-1), 3);
    QCOMPARE(left(site), 1);
    QCOMPARE(left(site, "?q=hello"), 1);
    QCOMPARE(apiJson(site, "/api/traces?user=nobody", "DELETE")[QLatin1String("deleted")].toInt(-1), 0);
    QCOMPARE(apiJson(site, "/api/traces?all=true", "DELETE")[QLatin1String("deleted")].toInt(-1), 1);
    QCOMPARE(left(site), 0);
    QTRY_COMPARE(
        site.telemetry()[QLatin1String("evictedBy")][QLatin1String("deleted")][QLatin1String("traces")]
            .toInt(),
        5);
    QCOMPARE(site.count("delivered"), 5);
    QVERIFY(addsUp(site));
}

void TestApiEdits::refusesToDeleteEverythingByMistake_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::newRow("no filter") << apiText("DELETE", "/api/traces") << 400;
    QTest::newRow("an empty filter") << apiText("DELETE", "/api/traces?user=") << 400;
    QTest::newRow("a misspelt filter") << apiText("DELETE", "/api/traces?usr=a") << 400;
    QTest::newRow("not all") << apiText("DELETE", "/api/traces?all=false") << 400;
    QTest::newRow("all and a filter") << apiText("DELETE", "/api/traces?all=true&user=a") << 400;
    QTest::newRow("a filter in a body")
        << apiText("DELETE", "/api/traces?all=true", "Content-Length: 12\r\n") + R"({"user":"a"})" << 400;
    QTest::newRow("a page") << apiText("DELETE", "/api/traces?limit=1") << 400;
    QTest::newRow("a foreign page") << apiText(
        "DELETE", "/api/traces?all=true", "Origin: http://evil.example\r\n")
                                    << 403;
    QTest::newRow("a rebound name") << requestText("DELETE", "/api/traces?all=true", {}) << 403;
    QTest::newRow("one by its path") << apiText("DELETE", "/api/traces/x") << 405;
    QTest::newRow("GET of retry") << apiText("GET", "/api/telemetry/retry") << 405;
}

void TestApiEdits::refusesToDeleteEverythingByMistake()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    makeCalls(site, "a", 1);
    QCOMPARE(site.statusOf(request), status);
    QCOMPARE(left(site), 1);
}

void TestApiEdits::countsADeletedPendingTraceAsDropped()
{
    TracedProxy site(answerChat);
    site.langfuse.goDown();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    makeCalls(site, "a", 2);
    QTRY_COMPARE(site.count("pending"), 2);
    const auto deleted = [&] {
        return apiJson(site, "/api/traces?delivery=pending", "DELETE")[QLatin1String("deleted")].toInt();
    };
    int sum = 0;
    QTRY_COMPARE(sum += deleted(), 2); // one may be on its way in a failing attempt
    QTRY_COMPARE(
        site.telemetry()[QLatin1String("droppedBy")][QLatin1String("deleted")][QLatin1String("traces")]
            .toInt(),
        2);
    QCOMPARE(site.count("pending"), 0);
    QVERIFY(addsUp(site));
}

void TestApiEdits::deletesManyWhileCallsGoOn()
{
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    makeCalls(site, "a", 60);
    QTRY_COMPARE(site.count("delivered"), 60);
    RawClient client(site.proxy.port());
    QVERIFY(client.send(apiText("DELETE", "/api/traces?user=a")));
    for (int i = 0; i < 10; ++i)
        QCOMPARE(site.statusOf(chatRequest("meanwhile-" + QByteArray::number(i))), 200);
    const auto response = client.readResponse("DELETE");
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(QJsonDocument::fromJson(response->body).object()[QLatin1String("deleted")].toInt(), 60);
    QCOMPARE(apiTraces(site, 10).size(), 10);
    QTRY_COMPARE(site.count("delivered"), 70);
    QVERIFY(addsUp(site));
}

void TestApiEdits::retriesRejectedTraces()
{
    TracedProxy site(answerChat);
    site.langfuse.refuseSpansWhen([](const LangfuseSpan&) { return true; });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    makeCalls(site, "a", 2);
    makeCalls(site, "b", 1);
    QTRY_COMPARE_WITH_TIMEOUT(site.count("rejected"), 3, 20000);
    QCOMPARE(left(site, "?delivery=rejected"), 3);
    site.langfuse.refuseSpansWhen({});
    QCOMPARE(apiJson(site, "/api/telemetry/retry?user=b", "POST")[QLatin1String("retried")].toInt(-1), 1);
    QTRY_COMPARE_WITH_TIMEOUT(site.count("delivered"), 1, 20000);
    QCOMPARE(site.count("rejected"), 2);
    QCOMPARE(apiJson(site, "/api/telemetry/retry", "POST")[QLatin1String("retried")].toInt(-1), 2);
    QTRY_COMPARE_WITH_TIMEOUT(site.count("delivered"), 3, 20000);
    QCOMPARE(apiJson(site, "/api/telemetry/retry", "POST")[QLatin1String("retried")].toInt(-1), 0);
    QVERIFY(addsUp(site));
}

void TestApiEdits::deletesWhatEndedJustBefore_data()
{
    QTest::addColumn<QByteArray>("storePath");
    QTest::newRow("on disk") << QByteArray();
    QTest::newRow("in memory") << QByteArray(":memory:");
}

/// What a consumer has in full is stored by the time that an edit looks for it.
void TestApiEdits::deletesWhatEndedJustBefore()
{
    QFETCH(QByteArray, storePath);
    ProxyProcess::Environment environment{{"LANGFUSE_SECRET_KEY", ""}}; // nothing is on its way
    if (!storePath.isEmpty())
        environment.insert("STORE_PATH", storePath);
    TracedProxy site(answerChat, environment);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(site.statusOf(chatRequest("r-" + QByteArray::number(i))), 200);
        const QJsonObject done = apiJson(site, "/api/traces?all=true", "DELETE");
        QCOMPARE(done[QLatin1String("deleted")].toInt(-1), 1);
        QCOMPARE(left(site), 0);
    }
    QVERIFY(addsUp(site));
}

void TestApiEdits::tellsWhoWatches()
{
    TracedProxy site(answerChat);
    site.langfuse.refuseSpansWhen([](const LangfuseSpan&) { return true; });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    EventReader events(site.proxy.port());
    QVERIFY(!events.waitFor("hello").type.isEmpty());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    const QString id = events.waitFor("call.ended").call()[QLatin1String("id")].toString();
    const auto waitForState = [&](const char* state) {
        for (ReceivedEvent event = events.waitFor("delivery"); !event.type.isEmpty();
             event = events.waitFor("delivery")) {
            const QJsonObject trace = event.data[QLatin1String("traces")][0].toObject();
            if (trace[QLatin1String("state")].toString() == QLatin1String(state))
                return trace[QLatin1String("id")].toString() == id;
        }
        return false;
    };
    QVERIFY(waitForState("rejected"));
    site.langfuse.goDown();
    QCOMPARE(apiJson(site, "/api/telemetry/retry", "POST")[QLatin1String("retried")].toInt(-1), 1);
    QVERIFY(waitForState("pending"));
    int deleted = 0;
    QTRY_COMPARE(
        deleted += apiJson(site, "/api/traces?all=true", "DELETE")[QLatin1String("deleted")].toInt(), 1);
    QVERIFY(waitForState("deleted"));
}

REGISTER_TEST(TestApiEdits)
#include "tst_apiedits.moc"
