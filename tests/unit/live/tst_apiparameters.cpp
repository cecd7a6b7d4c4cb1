// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// From the target of a request to filters and pages.

#include "live/apiparameters.h"
#include "support/testprogram.h"

#include <QTest>

namespace {

// 2026-11-24T12:00:00Z
constexpr qint64 noonUs = 1'795'521'600'000'000;

Result<ApiParameters::TraceList> listOf(const QByteArray& parameters)
{
    const auto query = ApiQuery::parse("/api/traces?" + parameters);
    if (!query)
        return query.error();
    return ApiParameters::traceList(*query, noonUs);
}

} // namespace

class TestApiParameters final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTargetsApart();
    void readsFilters();
    void readsTimes_data();
    void readsTimes();
    void refuses_data();
    void refuses();
    void goesOnAtACursor();
    void knowsWhatAListTakes();
    void selects_data();
    void selects();
};

void TestApiParameters::takesTargetsApart()
{
    const auto query = ApiQuery::parse("/api/traces/a%20b/request?x=1+2%2B&&y&z==");
    QVERIFY(query);
    QVERIFY(query->hasPath("/api/traces/*/request"));
    QVERIFY(!query->hasPath("/api/traces/*"));
    QVERIFY(!query->hasPath("/api/traces/*/response"));
    QCOMPARE(query->parameters, QList<ApiParameter>({{"x", "1 2+"}, {"y", ""}, {"z", "="}}));
    QVERIFY(!ApiQuery::parse("/api/traces/")->hasPath("/api/traces/*"));
    QVERIFY(!ApiQuery::parse("/api/traces/")->hasPath("/api/traces"));
    QVERIFY(ApiQuery::parse("/api")->segments.isEmpty());
}

void TestApiParameters::readsFilters()
{
    const auto list
        = listOf("provider=openai&model=gpt-5&session=s%201&user=u&tag=t&q=two+words&status=cancelled"
                 "&delivery=rejected&since=1h&until=2026-11-24&minDurationMs=1500&limit=7");
    QVERIFY2(list, list ? "" : qPrintable(list.error().message));
    TraceFilter expected;
    expected.provider = "openai";
    expected.model = "gpt-5";
    expected.session = "s 1";
    expected.user = "u";
    expected.tag = "t";
    expected.search = R"(("two" AND "words"))";
    expected.status = StatusClass::Cancelled;
    expected.state = DeliveryState::Rejected;
    expected.sinceUs = noonUs - 3'600'000'000;
    expected.untilUs = noonUs - 12 * 3'600'000'000;
    expected.minDurationUs = 1'500'000;
    QVERIFY(list->filter == expected);
    QCOMPARE(list->page.limit, 7);
    QCOMPARE(list->page.beforeRow, StoreReader::newestRow);
    QVERIFY(listOf({})->filter.isEmpty());
    QCOMPARE(listOf({})->page.limit, 100);
}

void TestApiParameters::readsTimes_data()
{
    QTest::addColumn<qint64>("us"); // 0: refused
    QTest::newRow("2026-11-24T12:00:00Z") << noonUs;
    QTest::newRow("2026-11-24T12:00:00.250Z") << noonUs + 250'000;
    QTest::newRow("2026-11-24T13:00:00%2B01:00") << noonUs;
    QTest::newRow("2026-11-24") << noonUs - 12 * 3'600'000'000;
    QTest::newRow("90s") << noonUs - 90'000'000;
    QTest::newRow("7d") << noonUs - 7 * 86'400'000'000;
    for (const char* bad : {"2026-11-24T12:00:00", "2026-13-01", "yesterday", "1795521600", "0s", "-1h",
             "2026-11-24T13:00:00+01:00", "2026-11-24 12:00"})
        QTest::newRow(bad) << qint64(0);
}

void TestApiParameters::readsTimes()
{
    QFETCH(qint64, us);
    const auto list = listOf(QByteArray("since=") + QTest::currentDataTag());
    QCOMPARE(bool(list), us != 0);
    if (list)
        QCOMPARE(list->filter.sinceUs.value_or(0), us);
}

void TestApiParameters::refuses_data()
{
    QTest::addColumn<QByteArray>("said"); // in the message
    QTest::newRow("colour=red") << QByteArray("colour");
    QTest::newRow("user=a&user=b") << QByteArray("user is given twice");
    QTest::newRow("session=") << QByteArray("session is empty");
    QTest::newRow("status=200") << QByteArray("status must be one of 2xx, 4xx");
    QTest::newRow("delivery=lost") << QByteArray("delivery must be one of pending");
    QTest::newRow("limit=0") << QByteArray("limit must be a number from 1 to 1000");
    QTest::newRow("limit=1001") << QByteArray("limit");
    QTest::newRow("limit=ten") << QByteArray("limit");
    QTest::newRow("minDurationMs=-1") << QByteArray("minDurationMs");
    QTest::newRow("minDurationMs=1.5") << QByteArray("minDurationMs");
    QTest::newRow("cursor=abc") << QByteArray("cursor must be the nextCursor");
    QTest::newRow("cursor=cjE=") << QByteArray("cursor"); // not how it is written
    QTest::newRow("q=...") << QByteArray("q must be words");
    QTest::newRow("q=-only") << QByteArray("q must be words");
    QTest::newRow("user=%zz") << QByteArray("user");
    QTest::newRow("user=%ff") << QByteArray("user");
    QTest::newRow("user=%00") << QByteArray("user");
}

void TestApiParameters::refuses()
{
    QFETCH(QByteArray, said);
    const auto list = listOf(QTest::currentDataTag());
    QVERIFY(!list);
    QCOMPARE(list.error().code, ErrorCode::BadRequest);
    const QByteArray words = (list.error().subject + QLatin1Char(' ') + list.error().message).toUtf8();
    QVERIFY2(words.contains(said), words.constData());
}

void TestApiParameters::goesOnAtACursor()
{
    for (qint64 row : {qint64(1), qint64(1'795'521'600'000), StoreReader::newestRow}) {
        const QByteArray cursor = ApiParameters::cursorFor(row);
        QVERIFY2(!cursor.contains('=') && !cursor.contains('/'), cursor.constData());
        const auto list = listOf("cursor=" + cursor);
        QVERIFY(list);
        QCOMPARE(list->page.beforeRow, row);
    }
}

void TestApiParameters::knowsWhatAListTakes()
{
    QVERIFY(ApiParameters::page(*ApiQuery::parse("/api/sessions?limit=3")));
    QVERIFY(!ApiParameters::page(*ApiQuery::parse("/api/sessions?user=u")));
    QCOMPARE(ApiParameters::statistics(*ApiQuery::parse("/api/stats?user=u"), noonUs)->buckets, 0);
    QCOMPARE(ApiParameters::statistics(*ApiQuery::parse("/api/stats?buckets=500"), noonUs)->buckets, 500);
    for (const char* wrong : {"limit=3", "buckets=0", "buckets=501", "buckets=x", "buckets="})
        QVERIFY(!ApiParameters::statistics(*ApiQuery::parse("/api/stats?" + QByteArray(wrong)), noonUs));
    QVERIFY(ApiParameters::none(*ApiQuery::parse("/api/traces/x")));
    QVERIFY(!ApiParameters::none(*ApiQuery::parse("/api/traces/x?user=u")));
}

void TestApiParameters::selects_data()
{
    QTest::addColumn<bool>("deletes"); // enough to delete by
    QTest::addColumn<bool>("retries");
    QTest::newRow("") << false << true;
    QTest::newRow("all=true") << true << true;
    QTest::newRow("all=false") << false << false;
    QTest::newRow("all=true&user=a") << false << false;
    QTest::newRow("user=a") << true << true;
    QTest::newRow("user=") << false << false;
    QTest::newRow("id=a&id=b") << true << true;
    QTest::newRow("id=") << false << false;
    QTest::newRow("limit=1") << false << false;
}

void TestApiParameters::selects()
{
    QFETCH(bool, deletes);
    QFETCH(bool, retries);
    const auto query = ApiQuery::parse(QByteArray("/api/traces?") + QTest::currentDataTag());
    QCOMPARE(bool(ApiParameters::selection(*query, noonUs, false)), deletes);
    QCOMPARE(bool(ApiParameters::selection(*query, noonUs, true)), retries);
}

REGISTER_TEST(TestApiParameters)
#include "tst_apiparameters.moc"
