// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// TailFilter and filterOptions: which calls `tail` shows, and by which options they are chosen.

#include "cli/filteroptions.h"
#include "cli/tailfilter.h"
#include "support/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>

class TestTailFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesByWhatIsKnown_data();
    void judgesByWhatIsKnown();
    void wantsAllOfThem();
    void namesTheOptionThatIsWrong();
};

namespace {

/// A call of the events with these members over the usual ones.
QJsonObject filteredCall(const QByteArray& members)
{
    QJsonObject filtered = QJsonDocument::fromJson(
        R"({"provider":"openai","model":"gpt-5-2025","requestModel":"gpt-5","status":200,"outcome":"completed",
            "error":null,"session":"s1","user":"u1","tags":["a","b c"],"durationMs":1500,
            "delivery":{"state":"pending"}})")
                               .object();
    const QJsonObject over = QJsonDocument::fromJson('{' + members + '}').object();
    for (auto it = over.begin(); it != over.end(); ++it)
        filtered.insert(it.key(), it.value());
    return filtered;
}

} // namespace

Q_DECLARE_METATYPE(CallFit)

void TestTailFilter::judgesByWhatIsKnown_data()
{
    QTest::addColumn<QByteArray>("parameter");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<CallFit>("ofOpen"); // for 2 s
    QTest::addColumn<CallFit>("ofOver");
    const auto row
        = [](const char* parameter, const char* value, const char* members, CallFit ofOpen, CallFit ofOver) {
              QTest::addRow("%s %s %s", parameter, value, members)
                  << QByteArray(parameter) << QByteArray(value) << QByteArray(members) << ofOpen << ofOver;
          };
    using enum CallFit;
    row("none", "x", "", Yes, Yes);
    row("provider", "openai", "", Yes, Yes);
    row("provider", "gemini", "", Unknown, No);
    row("model", "gpt-5", "", Yes, Yes);
    row("model", "gpt-5-2025", "", Yes, Yes);
    row("model", "gpt", "", Unknown, No);
    row("session", "s1", "", Yes, Yes);
    row("session", "s1", R"("session":null)", Unknown, No);
    row("user", "u1", "", Yes, Yes);
    row("user", "u", "", Unknown, No);
    row("tag", "b c", "", Yes, Yes);
    row("tag", "b", "", Unknown, No);
    row("status", "2xx", "", Unknown, Yes);
    row("status", "4xx", R"("status":429)", Unknown, Yes);
    row("status", "4xx", "", Unknown, No);
    row("status", "5xx", R"("status":null)", Unknown, No);
    row("status", "error", R"("status":429)", Unknown, Yes);
    row("status", "error", R"("error":"incomplete")", Unknown, Yes);
    row("status", "error", "", Unknown, No);
    row("status", "cancelled", R"("outcome":"cancelled","error":"cancelled")", Unknown, Yes);
    row("status", "cancelled", "", Unknown, No);
    row("delivery", "pending", "", Unknown, Yes);
    row("delivery", "delivered", "", Unknown, Unknown);
    row("delivery", "delivered", R"("delivery":{"state":"delivered"})", Unknown, Yes);
    row("delivery", "delivered", R"("delivery":{"state":"rejected"})", Unknown, No);
    row("minDurationMs", "1500", "", Yes, Yes);
    row("minDurationMs", "1501", "", Yes, No);
    row("minDurationMs", "2001", "", Unknown, No);
}

void TestTailFilter::judgesByWhatIsKnown()
{
    QFETCH(QByteArray, parameter);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, members);
    const TailFilter filter({{parameter, value}});
    const QJsonObject call = filteredCall(members);
    QTEST(filter.fitOf(call, false, 2000), "ofOpen");
    QTEST(filter.fitOf(call, true, 0), "ofOver");
}

void TestTailFilter::wantsAllOfThem()
{
    const TailFilter filter({{"session", "s1"}, {"user", "u2"}, {"delivery", "delivered"}});
    QCOMPARE(filter.fitOf(filteredCall({}), true, 0), CallFit::No);
    QCOMPARE(filter.fitOf(filteredCall(R"("user":"u2")"), true, 0), CallFit::Unknown);
}

void TestTailFilter::namesTheOptionThatIsWrong()
{
    const Error told = inWordsOfOptions(
        {ErrorCode::BadRequest, QStringLiteral("Parameter q must be words to search for"), {}});
    QCOMPARE(told.message, QStringLiteral("--search must be words to search for"));
    const Error other
        = inWordsOfOptions({ErrorCode::BadRequest, QStringLiteral("Parameter id is empty"), {}});
    QCOMPARE(other.message, QStringLiteral("Parameter id is empty"));
    for (const FilterOption& filter : filterOptions())
        QVERIFY(filter.option.startsWith("--") && !filter.parameter.isEmpty() && !filter.help.isEmpty());
}

REGISTER_TEST(TestTailFilter)
#include "tst_tailfilter.moc"
