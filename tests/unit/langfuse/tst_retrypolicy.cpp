// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/retrypolicy.h"
#include "support/testprogram.h"

using std::chrono::milliseconds;
class TestRetryPolicy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data();
    void decides();
    void backsOffAndRecovers();
    void noticesAnUnreachableServerSoon();
    void tellsARefusalFromSilence();
    void spreadsDelays();
    void obeysRetryAfter_data();
    void obeysRetryAfter();
    void quotesTheServer_data();
    void quotesTheServer();
};

namespace {

RetryPolicy calmPolicy()
{
    return RetryPolicy([] { return 1.0; }); // the top of the jitter: the whole delay
}

DeliveryAnswer answerOf(
    int status, const QByteArray& body = {}, const QByteArray& contentType = "application/json")
{
    DeliveryAnswer answer;
    answer.status = status;
    answer.body = body;
    answer.contentType = contentType;
    return answer;
}

} // namespace

void TestRetryPolicy::decides_data()
{
    QTest::addColumn<DeliveryAnswer>("answer");
    QTest::addColumn<qsizetype>("traces");
    QTest::addColumn<qsizetype>("bytes");
    QTest::addColumn<DeliveryDecision::Kind>("kind");
    QTest::addColumn<int>("delayMs");
    QTest::addColumn<QByteArray>("said"); // part of the message
    const auto row = [](const char* name, const DeliveryAnswer& answer, qsizetype traces, qsizetype bytes,
                         DeliveryDecision::Kind kind, int delayMs, const char* said) {
        QTest::newRow(name) << answer << traces << bytes << kind << delayMs << QByteArray(said);
    };
    DeliveryAnswer unreachable;
    unreachable.networkError = "Connection refused";
    row("200", answerOf(200, "{}"), 5, 100, DeliveryDecision::Kind::Delivered, 0, "");
    row("207", answerOf(207, "{}"), 5, 100, DeliveryDecision::Kind::Delivered, 0, "");
    row("200 from somebody else", answerOf(200, "<html>", "text/html; charset=utf-8"), 5, 100,
        DeliveryDecision::Kind::RetryLater, 20000, "LANGFUSE_BASE_URL");
    row("no connection", unreachable, 5, 100, DeliveryDecision::Kind::RetryLater, 500, "Connection refused");
    row("408", answerOf(408), 5, 100, DeliveryDecision::Kind::RetryLater, 500, "408");
    row("429", answerOf(429, R"({"message":"Rate limit exceeded"})"), 5, 100,
        DeliveryDecision::Kind::RetryLater, 500, "Rate limit exceeded");
    row("500", answerOf(500), 5, 100, DeliveryDecision::Kind::RetryLater, 500, "500");
    row("503", answerOf(503), 5, 100, DeliveryDecision::Kind::RetryLater, 500, "503");
    row("301", answerOf(301), 5, 100, DeliveryDecision::Kind::RetryLater, 20000, "redirects");
    row("401", answerOf(401), 5, 100, DeliveryDecision::Kind::RetryLater, 20000, "LANGFUSE_SECRET_KEY");
    row("403", answerOf(403), 5, 100, DeliveryDecision::Kind::RetryLater, 20000, "403");
    row("404", answerOf(404), 5, 100, DeliveryDecision::Kind::RetryLater, 20000, "LANGFUSE_BASE_URL");
    row("405", answerOf(405), 5, 100, DeliveryDecision::Kind::RetryLater, 20000, "405");
    row("400 of many", answerOf(400), 5, 100, DeliveryDecision::Kind::Split, 0, "400");
    row("400 of one", answerOf(400, R"({"message":"bad id"})"), 1, 100, DeliveryDecision::Kind::Reject, 0,
        "bad id");
    row("400 for the way in", answerOf(400, R"({"error":"Invalid content type"})"), 1, 100,
        DeliveryDecision::Kind::RetryLater, 20000, "Invalid content type");
    row("413 of many", answerOf(413), 5, 1000000, DeliveryDecision::Kind::Split, 0, "413");
    row("413 of one", answerOf(413), 1, 1000000, DeliveryDecision::Kind::Shrink, 0, "413");
    row("413 of one small", answerOf(413), 1, 60000, DeliveryDecision::Kind::Reject, 0, "413");
}

void TestRetryPolicy::decides()
{
    QFETCH(DeliveryAnswer, answer);
    QFETCH(qsizetype, traces);
    QFETCH(qsizetype, bytes);
    QFETCH(int, delayMs);
    QFETCH(QByteArray, said);
    const DeliveryDecision decision = calmPolicy().decide(answer, {.traces = traces, .bytes = bytes});
    QTEST(decision.kind, "kind");
    QCOMPARE(decision.delay, milliseconds(delayMs));
    QVERIFY2(decision.message.contains(said), decision.message.constData());
    QCOMPARE(decision.message.isEmpty(), decision.kind == DeliveryDecision::Kind::Delivered);
    QCOMPARE(decision.isTooLarge, answer.status == 413 && decision.kind != DeliveryDecision::Kind::Reject);
}

void TestRetryPolicy::backsOffAndRecovers()
{
    RetryPolicy policy = calmPolicy();
    QList<qint64> delays;
    for (int i = 0; i < 9; ++i)
        delays.append(policy.decide(answerOf(500), {}).delay.count());
    QCOMPARE(delays, (QList<qint64>{500, 1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000}));
    for (int i = 0; i < 100; ++i) // no overflow after a long outage
        QCOMPARE(policy.decide(answerOf(500), {}).delay, milliseconds(15000));
    QCOMPARE(policy.decide(answerOf(200), {}).kind, DeliveryDecision::Kind::Delivered);
    QCOMPARE(policy.decide(answerOf(500), {}).delay, milliseconds(500));
}

void TestRetryPolicy::noticesAnUnreachableServerSoon()
{
    RetryPolicy policy = calmPolicy();
    for (int i = 0; i < 50; ++i) {
        QVERIFY(policy.decide(DeliveryAnswer(), {}).delay <= milliseconds(5000));
        QVERIFY(policy.decide(answerOf(502), {}).delay <= milliseconds(5000));
    }
}

// What may have been taken is sent again as it was; what was refused need not be.
void TestRetryPolicy::tellsARefusalFromSilence()
{
    for (const int status : {0, 504})
        QVERIFY(!calmPolicy().decide(answerOf(status), {}).isRefusal);
    for (const int status : {302, 401, 403, 404, 408, 429, 500, 502, 503})
        QVERIFY(calmPolicy().decide(answerOf(status), {}).isRefusal);
}

void TestRetryPolicy::spreadsDelays()
{
    double random = 0;
    RetryPolicy policy([&random] { return random; });
    QCOMPARE(policy.decide(answerOf(500), {}).delay, milliseconds(250));
    QCOMPARE(policy.decide(answerOf(401), {}).delay, milliseconds(10000));
    random = 0.5;
    QCOMPARE(policy.decide(answerOf(500), {}).delay, milliseconds(750));
    QCOMPARE(policy.decide(answerOf(401), {}).delay, milliseconds(15000));
}

void TestRetryPolicy::obeysRetryAfter_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<int>("delayMs");
    QTest::newRow("seconds") << QByteArray("7") << 7000;
    QTest::newRow("zero") << QByteArray("0") << 0;
    QTest::newRow("date") << QByteArray("Mon, 23 Nov 2026 08:32:41 GMT") << 10000;
    QTest::newRow("date in the past") << QByteArray("Mon, 23 Nov 2026 08:00:00 GMT") << 0;
    QTest::newRow("absurd") << QByteArray("999999") << 3600000;
    QTest::newRow("not understood") << QByteArray("soon") << 250;
    QTest::newRow("negative") << QByteArray("-1") << 250;
}

void TestRetryPolicy::obeysRetryAfter()
{
    QFETCH(QByteArray, retryAfter);
    QFETCH(int, delayMs);
    RetryPolicy policy([] { return 0.0; });
    for (const int status : {429, 503}) {
        DeliveryAnswer answer = answerOf(status);
        answer.retryAfter = retryAfter;
        QCOMPARE(policy.decide(answerOf(200), {}).kind, DeliveryDecision::Kind::Delivered);
        QCOMPARE(policy.decide(answer, {.nowMs = 1795422751000}).delay, milliseconds(delayMs));
    }
}

void TestRetryPolicy::quotesTheServer_data()
{
    QTest::addColumn<DeliveryAnswer>("answer");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("message") << answerOf(400, R"({"message":"m","error":"e"})") << QByteArray("m");
    QTest::newRow("error") << answerOf(400, R"({"error":"e"})") << QByteArray("e");
    QTest::newRow("plain") << answerOf(413, "Body  exceeded\n4.5mb", "text/plain")
                           << QByteArray("Body exceeded 4.5mb");
    QTest::newRow("web page") << answerOf(502, "<html>", "text/html") << QByteArray();
    QTest::newRow("long") << answerOf(400, QByteArray(5000, 'x'), "text/plain") << QByteArray(300, 'x');
}

void TestRetryPolicy::quotesTheServer()
{
    QFETCH(DeliveryAnswer, answer);
    QTEST(serverMessage(answer), "expected");
}

REGISTER_TEST(TestRetryPolicy)
#include "tst_retrypolicy.moc"
