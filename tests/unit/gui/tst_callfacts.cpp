// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a row says comes from the API's JSON: states, normalised tokens, and nothing where nothing is known.

#include "gui/model/calltext.h"
#include "gui/model/requestcolumns.h"
#include "guisamples.h"
#include "support/testprogram.h"

#include <QTest>

namespace {

QJsonObject parsedFacts(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestCallFacts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesASummary()
    {
        const CallFacts call = CallFacts::fromSummary(sampleSummary(QStringLiteral("a")));
        QCOMPARE(call.id, QByteArray("a"));
        QCOMPARE(call.startedAtUs, 1'795'516'956'500'000);
        QCOMPARE(call.inputTokens, std::optional<qint64>(48'200)); // the whole prompt
        QCOMPARE(call.outputTokens, std::optional<qint64>(512)); // with its reasoning
        QCOMPARE(qRound(*call.cachedPercent()), 95);
        QCOMPARE(call.firstByteUs, std::optional<qint64>(300'500));
        QCOMPARE(qRound(*call.tokensPerSecond()), 61);
        QCOMPARE(call.delivery, CallFacts::Delivery::Accepted);
        QVERIFY(call.state == CallFacts::State::Done);
    }

    void tellsStatesApart_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<int>("state");
        QTest::newRow("cancelled") << QByteArray(R"({"outcome":"cancelled"})")
                                   << int(CallFacts::State::Cancelled);
        QTest::newRow("429") << QByteArray(R"({"status":429,"error":"rate_limit_error"})")
                             << int(CallFacts::State::UpstreamError);
        QTest::newRow("error in a stream of 200")
            << QByteArray(R"({"error":"overloaded_error"})") << int(CallFacts::State::UpstreamError);
        QTest::newRow("connection refused") << QByteArray(R"({"status":502,"outcome":"upstream_failed"})")
                                            << int(CallFacts::State::UpstreamError);
        QTest::newRow("no answer") << QByteArray(R"({"status":null,"outcome":"timed_out"})")
                                   << int(CallFacts::State::UpstreamError);
        QTest::newRow("cut") << QByteArray(R"({"outcome":"upstream_failed"})")
                             << int(CallFacts::State::CutOff);
        QTest::newRow("refused here")
            << QByteArray(R"({"status":413,"outcome":"refused"})") << int(CallFacts::State::ProxyError);
    }
    void tellsStatesApart()
    {
        QFETCH(const QByteArray, more);
        QFETCH(const int, state);
        QCOMPARE(
            int(CallFacts::fromSummary(sampleSummary(QStringLiteral("a"), parsedFacts(more))).state), state);
    }

    void followsAnOpenCall()
    {
        const QJsonObject open = parsedFacts(R"({"status":null,"outcome":"completed","firstByteMs":null,
            "firstTokenMs":null,"durationMs":null,"tokens":{},"costUsd":null})");
        CallFacts call = CallFacts::fromEvent({{QStringLiteral("state"), QStringLiteral("open")},
            {QStringLiteral("call"), sampleSummary(QStringLiteral("a"), open)}});
        QCOMPARE(call.state, CallFacts::State::Pending);
        QCOMPARE(RequestColumns::text(call, RequestColumns::Output), CallText::nothing());
        call.addProgress(
            parsedFacts(R"({"elapsedMs":900,"firstTokenMs":400,"requestBytes":10,"responseBytes":90,
            "texts":[{"kind":"text","text":"eight by"},{"kind":"text","text":"four"}]})"));
        QCOMPARE(call.bytes, 100);
        QCOMPARE(call.durationUs, std::optional<qint64>(900'000));
        QCOMPARE(RequestColumns::text(call, RequestColumns::Output), QStringLiteral("~3"));
        QCOMPARE(RequestColumns::text(call, RequestColumns::Duration), QStringLiteral("900ms…"));
        QVERIFY(!call.costUsd);
    }

    void showsNoNoise()
    {
        CallFacts call = sampleCall(1);
        call.outputTokens = 9;
        QVERIFY(!call.tokensPerSecond()); // too few tokens
        call.outputTokens = 500;
        call.durationUs = *call.firstTokenUs + 200'000;
        QVERIFY(!call.tokensPerSecond()); // too short
        call.inputTokens.reset();
        call.outputTokens.reset();
        call.provider = QStringLiteral("openai");
        QVERIFY(
            RequestColumns::toolTip(call, RequestColumns::Input).contains(QLatin1String("include_usage")));
        QCOMPARE(RequestColumns::text(call, RequestColumns::Input), CallText::nothing());
    }

    void everyCellSpeaks()
    {
        const CallFacts call = sampleCall(1);
        for (int column = 0; column < RequestColumns::Count; ++column) {
            const QString spoken = RequestColumns::spoken(call, column);
            QVERIFY2(spoken.contains(QLatin1String(": ")), qPrintable(spoken));
            QVERIFY(!RequestColumns::longTitle(column).isEmpty());
        }
    }

    void writesNumbersShort_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("count") << CallText::count(998) << QStringLiteral("998");
        QTest::newRow("thousands") << CallText::count(1400) << QStringLiteral("1.4k");
        QTest::newRow("many thousands") << CallText::count(612'345) << QStringLiteral("612k");
        QTest::newRow("just a million") << CallText::count(999'700) << QStringLiteral("1.0M");
        QTest::newRow("ms") << CallText::duration(420'000) << QStringLiteral("420ms");
        QTest::newRow("nearly 1 s") << CallText::duration(999'700) << QStringLiteral("1.00s");
        QTest::newRow("seconds") << CallText::duration(12'340'000) << QStringLiteral("12.3s");
        QTest::newRow("minutes") << CallText::duration(125'000'000) << QStringLiteral("2m 05s");
        QTest::newRow("small cost") << CallText::cost(0.007) << QStringLiteral("$0.0070");
        QTest::newRow("cost") << CallText::cost(0.0414) << QStringLiteral("$0.041");
        QTest::newRow("large cost") << CallText::cost(2.414) << QStringLiteral("$2.41");
    }
    void writesNumbersShort()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, expected);
        QCOMPARE(text, expected);
    }
};

REGISTER_TEST(TestCallFacts)
#include "tst_callfacts.moc"
