// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// CallRow, CallTable, terminal text and progress: calls as a terminal shows them.

#include "cli/calltable.h"

#include "cli/progress.h"
#include "cli/terminaltext.h"
#include "support/testprogram.h"

#include <QJsonDocument>
#include <QTimeZone>

class TestCallTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsWhatIsKnown();
    void saysHowACallEnded_data();
    void saysHowACallEnded();
    void leavesOutWhatDoesNotFit();
    void addsUp();
    void coloursErrorsOnlyWhereWanted();
    void keepsEscapesOfModelsOut();
    void fitsWideCharacters_data();
    void fitsWideCharacters();
    void drawsProgress();
};

namespace {

QByteArray answer(const QByteArrayList& calls)
{
    return "{\"apiVersion\":1,\"traces\":[" + calls.join(',') + "]}";
}

const QByteArray call = R"({"id":"0af7651916cd43dd8448eb211c80319c","startedAt":"2026-11-24T10:00:01.500Z",
    "provider":"openai","model":"gpt-5","path":"/v1/chat/completions","status":200,"outcome":"completed",
    "error":null,"stream":true,"durationMs":2420.5,"firstTokenMs":420,
    "tokens":{"input":1200,"cached":800,"output":150,"reasoning":50,"total":2200},
    "costUsd":0.0123,"delivery":{"state":"delivered"}})";
const QByteArray unknown = R"({"id":"b","startedAt":"2026-11-24T10:00:00Z","provider":"openai","model":null,
    "path":"/v1/models","status":404,"outcome":"completed","error":"not_found","durationMs":12,"firstTokenMs":null,
    "tokens":{"input":null,"cached":null,"output":null,"reasoning":null},"costUsd":null,
    "delivery":{"state":"pending"}})";

} // namespace

void TestCallTable::initTestCase()
{
    qputenv("TZ", "UTC");
}

void TestCallTable::showsWhatIsKnown()
{
    const QList<CallRow> rows = callRows(answer({call, unknown}));
    QCOMPARE(rows.size(), 2);
    const CallRow& row = rows.at(1); // the newest is the last
    QCOMPARE(row.time, "10:00:01");
    QCOMPARE(row.duration, "2.42s");
    QCOMPARE(row.firstToken, "420ms");
    QCOMPARE(row.tokensPerSecond, "100"); // 200 tokens in 2.0005 s
    QCOMPARE(row.cost, "$0.0123");
    QCOMPARE(rows.at(0).model, "/v1/models");
    QCOMPARE(rows.at(0).input, "");
    QCOMPARE(rows.at(0).cost, "");

    const QByteArrayList lines = CallTable(0).whole(rows).split('\n');
    QCOMPARE(lines.at(0),
        "TIME      ID        PROVIDER   MODEL                     STATUS       TTFT    TOTAL       IN   "
        "CACHED"
        "     OUT  REASON  TOK/S      COST  DELIVERY");
    QCOMPARE(lines.at(2),
        "10:00:01  0af76519  openai     gpt-5                     200         420ms    2.42s     1200      "
        "800"
        "     150      50    100   $0.0123  delivered");
}

void TestCallTable::saysHowACallEnded_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<bool>("isError");
    QTest::newRow("ended") << QByteArray(R"({"status":200,"outcome":"completed","error":null})")
                           << QByteArray("200") << false;
    QTest::newRow("refused by the provider")
        << QByteArray(R"({"status":429,"outcome":"completed","error":"rate_limit"})") << QByteArray("429")
        << true;
    QTest::newRow("the client left") << QByteArray(
        R"({"status":200,"outcome":"cancelled","error":"cancelled"})")
                                     << QByteArray("cancelled") << false;
    QTest::newRow("broken") << QByteArray(R"({"status":200,"outcome":"upstream_failed","error":"x"})")
                            << QByteArray("failed") << true;
    QTest::newRow("too late") << QByteArray(R"({"status":null,"outcome":"timed_out","error":"timeout"})")
                              << QByteArray("timeout") << true;
    QTest::newRow("running") << QByteArray(R"({"status":200})") << QByteArray("open") << false;
}

void TestCallTable::saysHowACallEnded()
{
    QFETCH(QByteArray, json);
    const CallRow row = callRow(QJsonDocument::fromJson(json).object());
    QTEST(row.status, "status");
    QTEST(row.isError, "isError");
}

void TestCallTable::leavesOutWhatDoesNotFit()
{
    const QList<CallRow> rows = callRows(answer({call, unknown}));
    for (int columns = 60; columns < 160; ++columns) {
        const CallTable table(columns);
        for (const QByteArray& line :
            QByteArrayList{table.head(), table.line(rows.at(0)), table.line(rows.at(1))})
            QVERIFY2(columnsOf(line) <= columns, line.constData());
        QVERIFY(table.head().contains("MODEL"));
        QVERIFY(table.head().contains("STATUS"));
    }
    QVERIFY(!CallTable(80).head().contains("REASON"));
    QVERIFY(CallTable(80).head().contains("TOTAL"));
}

void TestCallTable::addsUp()
{
    QVERIFY(CallTable(0)
                .whole(callRows(answer({call, call, unknown})))
                .endsWith("\n3 calls, 1 error, 4000 tokens in, 400 out, $0.0246\n"));
    QCOMPARE(CallTable(0).whole({}), "No calls.\n");
}

void TestCallTable::coloursErrorsOnlyWhereWanted()
{
    const QList<CallRow> rows = callRows(answer({unknown}));
    QVERIFY(CallTable(0, true).line(rows.at(0)).contains("\x1b[31m404"));
    QVERIFY(!CallTable(0, false).whole(rows).contains('\x1b'));
}

// A model's or a consumer's words must not do anything to the terminal.
void TestCallTable::keepsEscapesOfModelsOut()
{
    const CallRow row = callRow({{QStringLiteral("model"), QStringLiteral("a\x1b]0;owned\x07b\r\n\u202ec")}});
    for (const char c : row.model)
        QVERIFY(static_cast<unsigned char>(c) >= 0x20);
    QVERIFY(!row.model.contains("\xe2\x80\xae"));
    QCOMPARE(terminalSafeLines("a\r\nb\x1b[2Jc\n"), "a\nb\xef\xbf\xbd[2Jc\n");
    QCOMPARE(terminalSafe("\xff"), "\xef\xbf\xbd");
}

void TestCallTable::fitsWideCharacters_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("fit");
    QTest::newRow("short") << QByteArray("ab") << QByteArray("ab   ");
    QTest::newRow("exact") << QByteArray("abcde") << QByteArray("abcde");
    QTest::newRow("long") << QByteArray("abcdef") << QByteArray("abcd…");
    QTest::newRow("wide") << QByteArray("世界") << QByteArray("世界 ");
    QTest::newRow("wide and long") << QByteArray("世界人") << QByteArray("世界…");
    QTest::newRow("wide cut in the middle") << QByteArray("a世界人") << QByteArray("a世… ");
    QTest::newRow("combining") << QByteArray("e\xcc\x81xyz") << QByteArray("e\xcc\x81xyz ");
}

void TestCallTable::fitsWideCharacters()
{
    QFETCH(QByteArray, text);
    QTEST(fitted(text, 5), "fit");
    QCOMPARE(columnsOf(fitted(text, 5)), 5);
}

void TestCallTable::drawsProgress()
{
    QCOMPARE(Progress::bar("exporting", 50, 100, 40), "exporting [=========         ] 50 / 100");
    QCOMPARE(Progress::bar("exporting", 100, 100, 40), "exporting [=================] 100 / 100");
    QCOMPARE(Progress::bar("exporting", 5, 100, 20), "exporting 5 / 100");
    for (int columns = 30; columns < 120; ++columns)
        QVERIFY(Progress::bar("exporting", 7, 1000, columns).size() <= columns);
}

REGISTER_TEST(TestCallTable)
#include "tst_calltable.moc"
