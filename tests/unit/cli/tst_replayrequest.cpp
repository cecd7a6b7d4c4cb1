// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReplayRequest and sideBySide.

#include "app/replayrequest.h"
#include "cli/sidebyside.h"
#include "support/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>

class TestReplayRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheBytesOfAnUnchangedBody();
    void changes_data();
    void changes();
    void putsTheKeyWhereItBelongs_data();
    void putsTheKeyWhereItBelongs();
    void refuses_data();
    void refuses();
    void standsSideBySide();
};

namespace {

QJsonObject storedCall(
    const QByteArray& provider, const QByteArray& target, qsizetype bytes, const QByteArray& header = {})
{
    return QJsonDocument::fromJson("{\"provider\":\"" + provider
        + R"(","request":{"method":"POST","target":")" + target + R"(","bytes":)" + QByteArray::number(bytes)
        + R"(,"headers":[["Content-Type","application/json"],["Host","h"],)"
          R"(["x-api-key","***"],["anthropic-version","2023-06-01"])"
        + (header.isEmpty() ? QByteArray() : ',' + header) + "]}}")
        .object();
}

const QByteArray body = R"({"model":"a", "n":1.0,"messages":[{"role":"user","content":"x"}]})";

} // namespace

void TestReplayRequest::keepsTheBytesOfAnUnchangedBody()
{
    const auto request = ReplayRequest::of(storedCall("openai", "/v1/x", body.size()), body, {}, "k");
    QVERIFY(request);
    QCOMPARE(request->body, body);
    QCOMPARE(request->method, "POST");
    QVERIFY(!request->headers.contains("host"));
    QVERIFY(!request->headers.contains("x-api-key"));
}

void TestReplayRequest::changes_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArrayList>("sets");
    QTest::addColumn<QByteArray>("newTarget");
    QTest::addColumn<QByteArray>("part");
    const QByteArray chat = "/v1/chat/completions";
    QTest::newRow("model") << chat << QByteArray("b") << QByteArrayList{} << chat
                           << QByteArray(R"("model":"b")");
    QTest::newRow("model in the path")
        << QByteArray("/v1beta/models/a:generateContent?alt=sse&key=***") << QByteArray("b")
        << QByteArrayList{} << QByteArray("/v1beta/models/b:generateContent?alt=sse")
        << QByteArray(R"("model":"a")");
    QTest::newRow("number") << chat << QByteArray() << QByteArrayList{"temperature=0.5"} << chat
                            << QByteArray(R"("temperature":0.5)");
    QTest::newRow("text") << chat << QByteArray() << QByteArrayList{"messages.0.content=Grüezi = hi"} << chat
                          << QByteArray(R"("content":"Grüezi = hi")");
    QTest::newRow("new object") << chat << QByteArray() << QByteArrayList{"a.b=true"} << chat
                                << QByteArray(R"("a":{"b":true})");
    QTest::newRow("one more element")
        << chat << QByteArray() << QByteArrayList{R"(messages.1={"role":"user"})"} << chat
        << QByteArray(R"({"role":"user"}])");
}

void TestReplayRequest::changes()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, model);
    QFETCH(QByteArrayList, sets);
    QFETCH(QByteArray, part);
    const auto request
        = ReplayRequest::of(storedCall("gemini", target, body.size()), body, {model, sets}, {});
    QVERIFY(request);
    QTEST(request->target, "newTarget");
    QVERIFY2(request->body.contains(part), request->body.constData());
}

void TestReplayRequest::putsTheKeyWhereItBelongs_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("openai") << QByteArray("openai") << QByteArray("authorization") << QByteArray("Bearer k");
    QTest::newRow("anthropic") << QByteArray("anthropic") << QByteArray("x-api-key") << QByteArray("k");
    QTest::newRow("gemini") << QByteArray("gemini") << QByteArray("x-goog-api-key") << QByteArray("k");
}

void TestReplayRequest::putsTheKeyWhereItBelongs()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, header);
    const auto request = ReplayRequest::of(storedCall(provider, "/v1/x", body.size()), body, {}, "k");
    QVERIFY(request);
    QTEST(request->headers.value(header), "value");
    QVERIFY(!ReplayRequest::of(storedCall(provider, "/v1/x", body.size()), body, {}, {})
                 ->headers.contains(header));
}

void TestReplayRequest::refuses_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArrayList>("sets");
    QTest::addColumn<QString>("words");
    QTest::newRow("cut") << body.chopped(1) << QByteArray() << QByteArrayList{} << QStringLiteral("cut");
    QTest::newRow("compressed") << body << QByteArray(R"(["Content-Encoding","gzip"])")
                                << QByteArrayList{"a=1"} << QStringLiteral("compressed");
    QTest::newRow("nowhere") << body << QByteArray() << QByteArrayList{"model.name=1"}
                             << QStringLiteral("model.name leads nowhere");
    QTest::newRow("beyond the list") << body << QByteArray() << QByteArrayList{"messages.7=1"}
                                     << QStringLiteral("leads nowhere");
    QTest::newRow("no value") << body << QByteArray() << QByteArrayList{"temperature"}
                              << QStringLiteral("path=value");
}

void TestReplayRequest::refuses()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, header);
    QFETCH(QByteArrayList, sets);
    QFETCH(QString, words);
    const auto request
        = ReplayRequest::of(storedCall("openai", "/v1/x", body.size(), header), sent, {{}, sets}, {});
    QVERIFY(!request);
    QVERIFY2(request.error().message.contains(words), qPrintable(request.error().message));
}

void TestReplayRequest::standsSideBySide()
{
    QCOMPARE(sideBySide("old", "one two three four five", "new", "one", 43),
        "old                  | new\n"
        "-------------------- | --------------------\n"
        "one two three four   | one\n"
        "five                 |\n");
    QCOMPARE(sideBySide("old", "a", "new", "b", 0), "old:\na\n\nnew:\nb\n");
}

REGISTER_TEST(TestReplayRequest)
#include "tst_replayrequest.moc"
