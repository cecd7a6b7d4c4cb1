// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GET /api/events of the real program: calls as they happen, resuming, filters, and subscribers that do not
// read.

#include "apirequest.h"
#include "eventreader.h"
#include "support/prometheustext.h"
#include "support/testprogram.h"

#include <QElapsedTimer>

using namespace std::chrono_literals;

namespace {

const QByteArray liveConsumerKey = "sk-consumer-0123456789abcdef";

QByteArray deltaEvent(const QByteArray& text)
{
    return R"(data: {"id":"c","model":"gpt-5-2025-08-07","choices":[{"index":0,"delta":{"content":")" + text
        + "\"}}]}\n\n";
}

/// What the request asks for by its X-How.
UpstreamScript answerAsAsked(const ReceivedRequest& request)
{
    const QByteArray how = request.headers.value("x-how");
    if (how == "large")
        return UpstreamScript()
            .send(
                Answer::head(200, {{"Content-Type", "text/event-stream"}, {"Transfer-Encoding", "chunked"}}))
            .send(Answer::chunk(deltaEvent(QByteArray(30'000, 'x'))), 40)
            .send(Answer::chunk({}));
    if (how == "paced") {
        return Answer::sse(
            {deltaEvent("It is "), deltaEvent("mail@example.com "),
                deltaEvent(request.headers.value("authorization").mid(7)), deltaEvent(" end"),
                R"(data: {"id":"c","model":"gpt-5-2025-08-07","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],)"
                R"("usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})"
                "\n\ndata: [DONE]\n\n"},
            {}, {.releasePrefix = request.headers.value("x-request-id"), .delay = {}});
    }
    return chatAnswer();
}

QByteArray streamRequest(const QByteArray& id, const QByteArray& how)
{
    return chatRequest(id,
        "X-How: " + how + "\r\nX-Session-Id: s-" + id + "\r\nAuthorization: Bearer " + liveConsumerKey
            + "\r\n",
        R"({"model":"gpt-5","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]})");
}

QString shownText(const QList<ReceivedEvent>& events)
{
    QString text;
    for (const ReceivedEvent& event : events) {
        for (const QJsonValue& piece : event.data[QLatin1String("texts")].toArray())
            text += piece[QLatin1String("text")].toString();
    }
    return text;
}

} // namespace

class TestEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsAStreamAsItHappens();
    void tellsOfDelivery();
    void showsOpenCallsToWhoComesLater();
    void resumes();
    void saysWhatIsMissing();
    void filters();
    void keepsTextToItselfWithRules_data();
    void keepsTextToItselfWithRules();
    void dropsWhoDoesNotRead();
    void endsWithTheProxy();
};

void TestEvents::showsAStreamAsItHappens()
{
    TracedProxy site(answerAsAsked);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    EventReader events(site.proxy.port());
    const ReceivedEvent hello = events.waitFor("hello");
    QCOMPARE(hello.data[QLatin1String("apiVersion")].toInt(), 1);
    QVERIFY(hello.data[QLatin1String("openCalls")].toArray().isEmpty());

    RawClient consumer(site.proxy.port());
    QVERIFY(consumer.send(streamRequest("r1", "paced")));
    const ReceivedEvent started = events.waitFor("call.started");
    QCOMPARE(started.text("state"), QStringLiteral("open"));
    QCOMPARE(started.call()[QLatin1String("outcome")].toString(), QStringLiteral("open"));
    QVERIFY(started.call()[QLatin1String("delivery")].isNull());
    QCOMPARE(started.call()[QLatin1String("requestId")].toString(), QStringLiteral("r1"));
    QCOMPARE(started.call()[QLatin1String("session")].toString(), QStringLiteral("s-r1"));
    const QString id = started.call()[QLatin1String("id")].toString();
    QVERIFY(!id.isEmpty());

    site.upstream.release("r10");
    const ReceivedEvent head = events.waitFor("call.response");
    QCOMPARE(head.call()[QLatin1String("id")].toString(), id);
    QCOMPARE(head.call()[QLatin1String("status")].toInt(), 200);
    QCOMPARE(head.call()[QLatin1String("outcome")].toString(), QStringLiteral("open"));
    // It is no trace yet, which is not the same as none.
    const auto early = site.exchange(apiText("GET", "/api/traces/" + id.toUtf8()));
    QVERIFY2(early, reasonOf(early).constData());
    QCOMPARE(early->status, 404);
    QVERIFY2(early->body.contains("\"code\":\"call_open\""), early->body.constData());
    QVERIFY(apiJson(site, "/api/traces")[QLatin1String("traces")].toArray().isEmpty());
    QCOMPARE(head.call()[QLatin1String("model")].toString(), QStringLiteral("gpt-5"));
    QVERIFY(head.call()[QLatin1String("stream")].toBool());
    ReceivedEvent progress;
    for (const auto& [name, words] : {std::pair("r11", "It is "), std::pair("r12", "mail@example.com ")}) {
        do {
            progress = events.waitFor("call.progress"); // while the stream pauses
            QCOMPARE(progress.text("id"), id);
        } while (shownText({progress}).isEmpty());
        QCOMPARE(shownText({progress}), QString::fromLatin1(words));
        site.upstream.release(name);
    }
    QVERIFY(progress.data[QLatin1String("responseBytes")].toInt() > 100);
    QVERIFY(progress.data[QLatin1String("firstTokenMs")].toDouble() > 0);

    for (const char* name : {"r13", "r14"})
        site.upstream.release(name);
    const QList<ReceivedEvent> rest = events.waitUpTo("call.ended");
    QVERIFY(!rest.isEmpty());
    QCOMPARE(shownText(rest), QStringLiteral("*** end"));
    const ReceivedEvent& ended = rest.last();
    QCOMPARE(ended.text("state"), QStringLiteral("stored"));
    QCOMPARE(ended.call()[QLatin1String("outcome")].toString(), QStringLiteral("completed"));
    const QJsonArray stored = apiTraces(site, 1);
    QCOMPARE(stored.size(), 1);
    // The row of the list, but for what delivery has changed.
    QJsonObject row = stored.first().toObject();
    QJsonObject shown = ended.call();
    row.remove(QStringLiteral("delivery"));
    shown.remove(QStringLiteral("delivery"));
    QCOMPARE(shown, row);
    QVERIFY2(!events.raw().contains(liveConsumerKey), events.raw().constData());
}

void TestEvents::tellsOfDelivery()
{
    TracedProxy site(answerAsAsked);
    site.langfuse.script({.status = 500, .body = "{}"}, 1);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    EventReader events(site.proxy.port());
    QVERIFY(!events.waitFor("ledger").type.isEmpty());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    const QString id = events.waitFor("call.ended").call()[QLatin1String("id")].toString();
    const auto changeOf = [](const ReceivedEvent& event) {
        return event.data[QLatin1String("traces")].toArray().first().toObject();
    };
    QJsonObject change = changeOf(events.waitFor("delivery"));
    QCOMPARE(change[QLatin1String("id")].toString(), id);
    QCOMPARE(change[QLatin1String("state")].toString(), QStringLiteral("pending"));
    QCOMPARE(change[QLatin1String("attempts")].toInt(), 1);
    QVERIFY(!change[QLatin1String("reason")].toString().isEmpty());
    change = changeOf(events.waitFor("delivery"));
    QCOMPARE(change[QLatin1String("id")].toString(), id);
    QCOMPARE(change[QLatin1String("state")].toString(), QStringLiteral("delivered"));
    ReceivedEvent ledger;
    do {
        ledger = events.waitFor("ledger");
    } while (!ledger.type.isEmpty()
        && ledger.data[QLatin1String("telemetry")].toObject()[QLatin1String("delivered")].toInt() != 1);
    QVERIFY(!ledger.type.isEmpty());
}

void TestEvents::showsOpenCallsToWhoComesLater()
{
    TracedProxy site(answerAsAsked);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient consumer(site.proxy.port());
    QVERIFY(consumer.send(streamRequest("r1", "paced")));
    site.upstream.release("r10");
    QVERIFY(consumer.readUntil("It is"));
    EventReader first(site.proxy.port()); // nobody watched when the call began
    const QString id = first.waitFor("call.response").call()[QLatin1String("id")].toString();
    QVERIFY(!id.isEmpty());
    EventReader second(site.proxy.port(), "?id=" + id.toUtf8());
    const ReceivedEvent hello = second.waitFor("hello");
    const QJsonObject open = hello.data[QLatin1String("openCalls")].toArray().first().toObject();
    QCOMPARE(open[QLatin1String("call")].toObject()[QLatin1String("id")].toString(), id);
    for (const char* name : {"r11", "r12", "r13", "r14"})
        site.upstream.release(name);
    // Who follows one call gets its text from the beginning.
    QCOMPARE(shownText(second.waitUpTo("call.ended")), QStringLiteral("It is mail@example.com *** end"));
}

void TestEvents::resumes()
{
    TracedProxy site(answerAsAsked);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QByteArray lastId;
    {
        EventReader events(site.proxy.port());
        QVERIFY(!events.waitFor("hello").type.isEmpty());
        QCOMPARE(site.statusOf(chatRequest("r1")), 200);
        lastId = events.waitFor("call.ended").id;
    }
    QVERIFY(!lastId.isEmpty());
    QCOMPARE(site.statusOf(chatRequest("r2")), 200); // while nobody is there
    QTRY_COMPARE_WITH_TIMEOUT(site.count("delivered"), 2, 10000);
    EventReader again(site.proxy.port(), {}, "Last-Event-ID: " + lastId + "\r\n");
    const QList<ReceivedEvent> missed = again.waitUpTo("call.ended");
    QVERIFY(!missed.isEmpty());
    QCOMPARE(missed.last().call()[QLatin1String("requestId")].toString(), QStringLiteral("r2"));
    quint64 number = lastId.split('-').last().toULongLong();
    for (const ReceivedEvent& event : missed) {
        QVERIFY2(event.type != "hello" && event.type != "gap", event.type.constData());
        QCOMPARE(event.id.split('-').last().toULongLong(), ++number); // none is missing
    }
}

void TestEvents::saysWhatIsMissing()
{
    TracedProxy site(answerAsAsked);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    EventReader events(site.proxy.port(), {}, "Last-Event-ID: earlierprocess-17\r\n");
    const ReceivedEvent gap = events.waitFor("gap");
    QCOMPARE(gap.text("reason"), QStringLiteral("restarted"));
    QVERIFY(!events.waitFor("hello").type.isEmpty());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    QVERIFY(!events.waitFor("call.ended").type.isEmpty());
}

void TestEvents::filters()
{
    TracedProxy site(answerAsAsked);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    EventReader wanted(site.proxy.port(), "?session=s-r2&provider=openai");
    QVERIFY(!wanted.waitFor("hello").type.isEmpty());
    QCOMPARE(site.statusOf(chatRequest("r1", "X-Session-Id: s-r1\r\n")), 200);
    QCOMPARE(site.statusOf(chatRequest("r2", "X-Session-Id: s-r2\r\n")), 200);
    QCOMPARE(
        wanted.waitFor("call.ended").call()[QLatin1String("requestId")].toString(), QStringLiteral("r2"));
    QVERIFY(!wanted.raw().contains("s-r1"));
    const auto refused = site.exchange(apiText("GET", "/api/events?colour=red"));
    QVERIFY2(refused, reasonOf(refused).constData());
    QCOMPARE(refused->status, 400);
}

void TestEvents::keepsTextToItselfWithRules_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("redaction") << QByteArray("REDACT") << QByteArray("email");
    QTest::newRow("patterns") << QByteArray("REDACT_PATTERNS") << QByteArray("mail\\S+");
    QTest::newRow("paths") << QByteArray("REDACT_JSON_PATHS") << QByteArray("metadata.x");
    QTest::newRow("no content") << QByteArray("TELEMETRY_CONTENT") << QByteArray("metadata");
}

void TestEvents::keepsTextToItselfWithRules()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    TracedProxy site(answerAsAsked, {{name, value}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    EventReader events(site.proxy.port());
    QVERIFY(!events.waitFor("hello").type.isEmpty());
    RawClient consumer(site.proxy.port());
    QVERIFY(consumer.send(streamRequest("r1", "paced")));
    for (const char* part : {"r10", "r11", "r12", "r13", "r14"})
        site.upstream.release(part);
    const QList<ReceivedEvent> all = events.waitUpTo("call.ended");
    QVERIFY(!all.isEmpty());
    QCOMPARE(shownText(all), QString());
    QVERIFY2(!events.raw().contains("mail@example.com"), events.raw().constData());
    for (const ReceivedEvent& event : all) {
        if (event.type == "call.progress")
            QVERIFY(!event.data[QLatin1String("textShown")].toBool(true));
    }
}

void TestEvents::dropsWhoDoesNotRead()
{
    TracedProxy site(answerAsAsked);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient deaf(site.proxy.port(), 4096);
    QVERIFY(deaf.send("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    EventReader watching(site.proxy.port());
    QVERIFY(!watching.waitFor("hello").type.isEmpty());
    const auto dropped = [&] {
        const auto metrics = site.exchange(apiText("GET", "/metrics"));
        return metrics
            && PrometheusText(metrics->body).value("langfuse_proxy_event_subscribers_dropped_total") > 0;
    };
    qint64 slowestMs = 0;
    for (int i = 0; i < 20 && !dropped(); ++i) {
        RawClient consumer(site.proxy.port());
        QVERIFY(consumer.send(streamRequest("large-" + QByteArray::number(i), "large")));
        QVERIFY(consumer.readResponse("POST"));
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(site.statusOf(chatRequest("small-" + QByteArray::number(i))), 200);
        slowestMs = std::max(slowestMs, clock.elapsed());
        QVERIFY(!watching.waitFor("call.ended").type.isEmpty()); // who reads goes on
    }
    QVERIFY(dropped());
    QVERIFY2(slowestMs < 5000, QByteArray::number(slowestMs).constData());
    QList<QJsonObject> lines;
    QTRY_VERIFY(!(lines
        = site.proxy.logEntries(QStringLiteral("dropped a subscriber of /api/events that does not read")))
                     .isEmpty());
    QCOMPARE(lines.first()[QLatin1String("reason")].toString(), QStringLiteral("slow"));
    QCOMPARE(site.statusOf(chatRequest("after")), 200);
}

void TestEvents::endsWithTheProxy()
{
    TracedProxy site(answerAsAsked);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    EventReader events(site.proxy.port());
    QVERIFY(!events.waitFor("hello").type.isEmpty());
    QElapsedTimer clock;
    clock.start();
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    QVERIFY2(
        clock.elapsed() < 8000, QByteArray::number(clock.elapsed()).constData()); // not SHUTDOWN_TIMEOUT_MS
    QCOMPARE(events.client().waitForEnd(), RawClient::End::Fin);
    QVERIFY(events.client().readAvailable().endsWith("0\r\n\r\n")); // a whole answer
}

REGISTER_TEST(TestEvents)
#include "tst_events.moc"
