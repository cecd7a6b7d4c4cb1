// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The API of the real program after real calls of all providers: lists, filters, pages, one trace, bodies,
// sessions, statistics.

#include "apirequest.h"
#include "callsamples.h"
#include "support/testprogram.h"

namespace {

QStringList idsIn(const QJsonArray& traces)
{
    QStringList ids;
    for (const QJsonValue& trace : traces)
        ids.append(trace[QLatin1String("requestId")].toString());
    return ids;
}

} // namespace

class TestApiTraces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void listsCalls();
    void filters_data();
    void filters();
    void pages();
    void showsOneCall_data();
    void showsOneCall();
    void givesTheExactBytes();
    void givesWhatLangfuseGets();
    void sumsUpSessions();
    void sumsUpStatistics();
    void doesNotFindWhatIsKeptOut();
    void answersWithAStoreInMemory();

private:
    QJsonArray traces(const QByteArray& parameters) const
    {
        return apiJson(m_site, "/api/traces" + parameters)[QLatin1String("traces")].toArray();
    }

    TracedProxy m_site{answerSample};
    QHash<QString, QJsonObject> m_byRequest;
};

void TestApiTraces::initTestCase()
{
    (void)callSamples(); // made on this thread, read on the upstream's
    QVERIFY2(m_site.proxy.start(), m_site.proxy.errorText());
    for (int i = 0; i < callSamples().size(); ++i) {
        const CallSample& sample = callSamples().at(i);
        const QByteArray number = QByteArray::number(i);
        QCOMPARE(
            m_site.statusOf(requestText("POST", sample.target,
                "Content-Type: application/json\r\nX-Sample: " + number + "\r\nX-Request-Id: call-" + number
                    + "\r\nAuthorization: Bearer sk-client-secret\r\nX-Session-Id: s" + (i < 2 ? "1" : "2")
                    + "\r\nX-User-Id: u" + number + "\r\nX-Langfuse-Tags: first,t" + number + "\r\n",
                sample.request)),
            200);
        // One after another, so that the order is known.
        QCOMPARE(apiTraces(m_site, i + 1).size(), i + 1);
    }
    QTRY_COMPARE(m_site.count("delivered"), callSamples().size());
    for (const QJsonValue& trace : traces({}))
        m_byRequest.insert(trace[QLatin1String("requestId")].toString(), trace.toObject());
}

void TestApiTraces::listsCalls()
{
    const QJsonArray list = traces({});
    QCOMPARE(list.size(), callSamples().size());
    QCOMPARE(list.first()[QLatin1String("requestId")].toString(),
        QStringLiteral("call-%1").arg(callSamples().size() - 1));
    for (int i = 0; i < callSamples().size(); ++i) {
        const CallSample& sample = callSamples().at(i);
        const QJsonObject trace = m_byRequest[QStringLiteral("call-%1").arg(i)];
        QCOMPARE(trace[QLatin1String("model")].toString().toUtf8(), sample.model);
        QCOMPARE(trace[QLatin1String("path")].toString().toUtf8(), sample.target.split('?').first());
        QCOMPARE(trace[QLatin1String("status")].toInt(), 200);
        QCOMPARE(trace[QLatin1String("outcome")].toString(), QStringLiteral("completed"));
        QVERIFY(trace[QLatin1String("error")].isNull());
        const bool isStream = QByteArray(sample.name).endsWith("streamed");
        QCOMPARE(trace[QLatin1String("stream")].toBool(), isStream);
        QCOMPARE(trace[QLatin1String("firstTokenMs")].isNull(), !isStream);
        QVERIFY(trace[QLatin1String("durationMs")].toDouble() > 0);
        const QJsonObject usage = QJsonDocument::fromJson(sample.usage).object();
        QCOMPARE(trace[QLatin1String("tokens")][QLatin1String("total")], usage[QLatin1String("total")]);
        QCOMPARE(trace[QLatin1String("tokens")][QLatin1String("input")], usage[QLatin1String("input")]);
        QVERIFY(trace[QLatin1String("costUsd")].toDouble() > 0);
        QVERIFY(!trace[QLatin1String("finishReason")].toString().isEmpty());
        QCOMPARE(
            trace[QLatin1String("delivery")][QLatin1String("state")].toString(), QStringLiteral("delivered"));
        QVERIFY(trace[QLatin1String("tags")].toArray().contains(QJsonValue(QStringLiteral("t%1").arg(i))));
    }
}

void TestApiTraces::filters_data()
{
    QTest::addColumn<int>("count"); // -1: as many as there are
    QTest::newRow("provider=anthropic") << 2;
    QTest::newRow("provider=none") << 0;
    QTest::newRow("model=gpt-5") << 2;
    QTest::newRow("session=s1") << 2;
    QTest::newRow("user=u0") << 1;
    QTest::newRow("tag=t1") << 1;
    QTest::newRow("tag=first") << -1;
    QTest::newRow("status=2xx") << -1;
    QTest::newRow("status=error") << 0;
    QTest::newRow("delivery=delivered") << -1;
    QTest::newRow("delivery=pending") << 0;
    QTest::newRow("since=1h") << -1;
    QTest::newRow("since=2100-01-01") << 0;
    QTest::newRow("until=1h") << 0;
    QTest::newRow("minDurationMs=0") << -1;
    QTest::newRow("minDurationMs=100000") << 0;
    QTest::newRow("q=sunny") << -1;
    QTest::newRow("q=%22it+is+sunny%22") << -1;
    QTest::newRow("q=get_weather+paris") << -1;
    QTest::newRow("q=weather+-sunny") << 0;
    QTest::newRow("q=sunn*&user=u1") << 1;
    QTest::newRow("q=rainy") << 0;
}

void TestApiTraces::filters()
{
    QFETCH(int, count);
    QCOMPARE(traces(QByteArray("?") + QTest::currentDataTag()).size(),
        count < 0 ? callSamples().size() : qsizetype(count));
}

void TestApiTraces::pages()
{
    QStringList seen;
    QByteArray cursor;
    do {
        const QJsonObject page = apiJson(
            m_site, "/api/traces?limit=2" + (cursor.isEmpty() ? QByteArray() : "&cursor=" + cursor));
        const QJsonArray list = page[QLatin1String("traces")].toArray();
        QVERIFY(!list.isEmpty() && list.size() <= 2);
        seen += idsIn(list);
        cursor = page[QLatin1String("nextCursor")].toString().toUtf8();
    } while (!cursor.isEmpty() && seen.size() < 100);
    QCOMPARE(seen, idsIn(traces({})));
}

void TestApiTraces::showsOneCall_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < callSamples().size(); ++i)
        QTest::newRow(callSamples().at(i).name) << i;
}

void TestApiTraces::showsOneCall()
{
    QFETCH(int, index);
    const CallSample& sample = callSamples().at(index);
    const QString requestId = QStringLiteral("call-%1").arg(index);
    const QByteArray id = m_byRequest[requestId][QLatin1String("id")].toString().toUtf8();
    const Result<RawResponse> response = m_site.exchange(apiText("GET", "/api/traces/" + id));
    QVERIFY2(response, reasonOf(response).constData());
    QVERIFY(!response->body.contains("sk-client-secret"));
    const QJsonObject trace = QJsonDocument::fromJson(response->body).object();
    QCOMPARE(trace[QLatin1String("requestId")].toString(), requestId);
    const QJsonObject request = trace[QLatin1String("request")].toObject();
    QCOMPARE(request[QLatin1String("body")][QLatin1String("text")].toString().toUtf8(), sample.request);
    QVERIFY(request[QLatin1String("headers")].toArray().contains(
        QJsonArray{QStringLiteral("X-Request-Id"), requestId}));
    QVERIFY(
        trace[QLatin1String("response")][QLatin1String("body")][QLatin1String("text")].toString().contains(
            QLatin1String("sunny")));
    const QByteArray output
        = QJsonDocument(trace[QLatin1String("output")].toObject()).toJson(QJsonDocument::Compact);
    for (const QByteArray& part :
        {QByteArray("sunny"), QByteArray("\"kind\":\"tool_call\""), QByteArray("Paris"), sample.thinking})
        QVERIFY2(output.contains(part), output.constData());
    QCOMPARE(trace[QLatin1String("input")][QLatin1String("messages")][0][QLatin1String("role")].toString(),
        QStringLiteral("user"));
    QVERIFY(!trace[QLatin1String("usage")][QLatin1String("reported")].toObject().isEmpty());
    QVERIFY(trace[QLatin1String("cost")][QLatin1String("usd")].toDouble() > 0);
    const QJsonArray arrivals = trace[QLatin1String("timings")][QLatin1String("arrivals")].toArray();
    QVERIFY(!arrivals.isEmpty());
    double bytes = 0;
    for (const QJsonValue& arrival : arrivals)
        bytes += arrival[QLatin1String("bytes")].toDouble();
    QCOMPARE(bytes, trace[QLatin1String("response")][QLatin1String("bytes")].toDouble());
}

void TestApiTraces::givesTheExactBytes()
{
    const QByteArray id = m_byRequest[QStringLiteral("call-0")][QLatin1String("id")].toString().toUtf8();
    const auto request = m_site.exchange(apiText("GET", "/api/traces/" + id + "/request"));
    QVERIFY2(request, reasonOf(request).constData());
    QCOMPARE(request->body, callSamples().first().request);
    QCOMPARE(request->headers.value("content-type"), "application/json");
    QCOMPARE(request->headers.value("content-disposition"), "attachment; filename=\"" + id + "-request\"");
    QCOMPARE(request->headers.value("x-content-type-options"), "nosniff");
    QVERIFY(request->headers.value("content-security-policy").contains("sandbox"));
    const auto response = m_site.exchange(apiText("GET", "/api/traces/" + id + "/response"));
    QVERIFY2(response, reasonOf(response).constData());
    QVERIFY(QJsonDocument::fromJson(response->body).isObject());
    QVERIFY(response->body.contains("It is sunny"));
}

// Of every sample, attribute by attribute as the fake Langfuse has read it from the protobuf.
void TestApiTraces::givesWhatLangfuseGets()
{
    for (int i = 0; i < callSamples().size(); ++i) {
        const QByteArray requestId = "call-" + QByteArray::number(i);
        const QByteArray id
            = m_byRequest[QString::fromLatin1(requestId)][QLatin1String("id")].toString().toUtf8();
        const LangfuseSpan sent = m_site.waitForSpanOf(requestId);
        QVERIFY2(!sent.spanId.isEmpty(), requestId.constData());
        const QJsonObject scope = apiJson(m_site,
            "/api/traces/" + id
                + "/payload")[QLatin1String("resourceSpans")][0][QLatin1String("scopeSpans")][0]
                                      .toObject();
        QCOMPARE(scope[QLatin1String("scope")][QLatin1String("name")].toString().toUtf8(), sent.scopeName);
        QCOMPARE(
            scope[QLatin1String("scope")][QLatin1String("version")].toString().toUtf8(), sent.scopeVersion);
        const QJsonObject span = scope[QLatin1String("spans")][0].toObject();
        const auto text = [&span](const char* name) { return span[QLatin1String(name)].toString().toUtf8(); };
        QCOMPARE(text("traceId"), sent.traceId);
        QCOMPARE(text("spanId"), sent.spanId);
        QCOMPARE(text("parentSpanId"), sent.parentSpanId);
        QCOMPARE(text("name"), sent.name);
        QCOMPARE(text("startTimeUnixNano").toLongLong(), sent.startNs);
        QCOMPARE(text("endTimeUnixNano").toLongLong(), sent.endNs);
        QCOMPARE(span[QLatin1String("kind")].toInt(), sent.kind);
        QCOMPARE(span[QLatin1String("status")][QLatin1String("code")].toInt(), sent.statusCode);
        QCOMPARE(
            span[QLatin1String("status")][QLatin1String("message")].toString().toUtf8(), sent.statusMessage);
        QHash<QByteArray, QByteArray> attributes;
        for (const QJsonValue& attribute : span[QLatin1String("attributes")].toArray()) {
            const QJsonObject value = attribute[QLatin1String("value")].toObject();
            QByteArrayList texts;
            for (const QJsonValue& one :
                value[QLatin1String("arrayValue")][QLatin1String("values")].toArray())
                texts.append(one[QLatin1String("stringValue")].toString().toUtf8());
            const QByteArray said = value.contains(QLatin1String("boolValue"))
                ? QByteArray(value[QLatin1String("boolValue")].toBool() ? "true" : "false")
                : value.contains(QLatin1String("intValue"))
                ? value[QLatin1String("intValue")].toString().toUtf8()
                : value[QLatin1String("stringValue")].toString().toUtf8();
            attributes.insert(attribute[QLatin1String("key")].toString().toUtf8(),
                texts.isEmpty() ? said : texts.join('\n'));
        }
        QCOMPARE(attributes, sent.attributes);
    }
}

void TestApiTraces::sumsUpSessions()
{
    const QJsonObject answer = apiJson(m_site, "/api/sessions");
    const QJsonArray sessions = answer[QLatin1String("sessions")].toArray();
    QCOMPARE(sessions.size(), 2);
    QCOMPARE(sessions[0][QLatin1String("session")].toString(), QStringLiteral("s2"));
    QCOMPARE(sessions[1][QLatin1String("session")].toString(), QStringLiteral("s1"));
    QCOMPARE(sessions[1][QLatin1String("calls")].toInt(), 2);
    QCOMPARE(sessions[1][QLatin1String("user")].toString(), QStringLiteral("u1"));
    QCOMPARE(sessions[1][QLatin1String("models")].toArray().size(), 1);
    QVERIFY(sessions[1][QLatin1String("inputTokens")].toInt() > 0);
    QVERIFY(sessions[1][QLatin1String("costUsd")].toDouble() > 0);
    const QJsonObject page = apiJson(m_site, "/api/sessions?limit=1");
    const QByteArray cursor = page[QLatin1String("nextCursor")].toString().toUtf8();
    QVERIFY(!cursor.isEmpty());
    QCOMPARE(apiJson(m_site,
                 "/api/sessions?cursor=" + cursor)[QLatin1String("sessions")][0][QLatin1String("session")]
                 .toString(),
        QStringLiteral("s1"));
}

void TestApiTraces::sumsUpStatistics()
{
    const QJsonObject statistics = apiJson(m_site, "/api/stats");
    const QJsonObject all = statistics[QLatin1String("all")].toObject();
    QCOMPARE(all[QLatin1String("calls")].toInt(), callSamples().size());
    QCOMPARE(all[QLatin1String("errors")].toInt(), 0);
    QVERIFY(all[QLatin1String("callsPerMinute")].toDouble() > 0);
    QVERIFY(all[QLatin1String("tokens")][QLatin1String("total")].toInt() > 0);
    QVERIFY(all[QLatin1String("costUsd")].toDouble() > 0);
    QVERIFY(all[QLatin1String("durationMs")][QLatin1String("p99")].toDouble() > 0);
    QVERIFY(all[QLatin1String("firstTokenMs")][QLatin1String("p50")].toDouble() > 0);
    qsizetype calls = 0;
    for (const QJsonValue& model : statistics[QLatin1String("models")].toArray())
        calls += model[QLatin1String("calls")].toInt();
    QCOMPARE(calls, callSamples().size());
    QCOMPARE(
        apiJson(m_site, "/api/stats?session=s1")[QLatin1String("all")][QLatin1String("calls")].toInt(), 2);
    const QJsonObject divided = apiJson(m_site, "/api/stats?since=1h&buckets=6");
    const QJsonArray buckets = divided[QLatin1String("buckets")].toArray();
    QCOMPARE(buckets.size(), 6);
    qsizetype dividedCalls = 0;
    for (const QJsonValue& bucket : buckets) {
        for (const QJsonValue& model : bucket[QLatin1String("models")].toArray())
            dividedCalls += model[QLatin1String("calls")].toInt();
    }
    QCOMPARE(dividedCalls, callSamples().size());
    qsizetype timed = 0;
    for (const QJsonValue& bar : divided[QLatin1String("histograms")][QLatin1String("durationMs")].toArray())
        timed += bar[QLatin1String("calls")].toInt();
    QCOMPARE(timed, callSamples().size());
    QVERIFY(!statistics.contains(QLatin1String("buckets")));
    QCOMPARE(apiJson(m_site, "/api/stats?until=1h")[QLatin1String("all")][QLatin1String("calls")].toInt(), 0);
}

void TestApiTraces::doesNotFindWhatIsKeptOut()
{
    for (const ProxyProcess::Environment& setting :
        {ProxyProcess::Environment{{"TELEMETRY_CONTENT", "metadata"}}, {{"REDACT", "email"}}}) {
        TracedProxy site([](const ReceivedRequest&) { return chatAnswer(); }, setting);
        QVERIFY2(site.proxy.start(), site.proxy.errorText());
        QCOMPARE(
            site.statusOf(chatRequest("r1", {},
                R"({"model":"gpt-5","messages":[{"role":"user","content":"Write to zorro@example.org"}]})")),
            200);
        QCOMPARE(apiTraces(site, 1).size(), 1);
        QCOMPARE(apiJson(site, "/api/traces?q=zorro")[QLatin1String("traces")].toArray().size(), 0);
        const bool isRedacted = setting.contains("REDACT");
        QCOMPARE(apiJson(site, "/api/traces?q=write")[QLatin1String("traces")].toArray().size(), isRedacted);
        site.proxy.kill();
        for (const char* suffix : {"", "-wal"}) {
            QFile file(site.proxy.storePath() + QLatin1String(suffix));
            if (file.open(QIODevice::ReadOnly))
                QVERIFY(!file.readAll().contains("zorro"));
        }
    }
}

void TestApiTraces::answersWithAStoreInMemory()
{
    TracedProxy site([](const ReceivedRequest&) { return chatAnswer(); }, {{"STORE_PATH", ":memory:"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    const QJsonArray list = apiTraces(site, 1, "?q=hello");
    QCOMPARE(idsIn(list), QStringList(QStringLiteral("r1")));
    const QByteArray id = list[0][QLatin1String("id")].toString().toUtf8();
    QCOMPARE(apiJson(site, "/api/traces/" + id)[QLatin1String("requestId")].toString(), QStringLiteral("r1"));
}

REGISTER_TEST(TestApiTraces)
#include "tst_apitraces.moc"
