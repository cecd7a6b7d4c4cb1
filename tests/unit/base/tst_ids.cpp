// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/ids.h"
#include "support/testprogram.h"

#include <QSet>
#include <QUuid>

using namespace Qt::StringLiterals;

class TestIds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesUuids();
    void makesTraceIds_data();
    void makesTraceIds();
    void makesStableSpanIds();
    void checksHexIds_data();
    void checksHexIds();
};

void TestIds::makesUuids()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 100; ++i) {
        const QByteArray text = Ids::newUuid();
        QCOMPARE(text.size(), 36);
        QCOMPARE(text, text.toLower());
        QCOMPARE(QUuid::fromString(QLatin1StringView(text)).version(), QUuid::Random);
        seen.insert(text);
    }
    QCOMPARE(seen.size(), 100);
}

void TestIds::makesTraceIds_data()
{
    QTest::addColumn<QByteArray>("requestId");
    QTest::addColumn<QByteArray>("traceId");
    QTest::newRow("UUID") << "550e8400-e29b-41d4-a716-446655440000"_ba
                          << "550e8400e29b41d4a716446655440000"_ba;
    QTest::newRow("upper-case UUID") << "550E8400-E29B-41D4-A716-446655440000"_ba
                                     << "550e8400e29b41d4a716446655440000"_ba;
    QTest::newRow("32 hex digits") << "0AF7651916cd43dd8448eb211c80319c"_ba
                                   << "0af7651916cd43dd8448eb211c80319c"_ba;
    // Expected: the first 32 digits of `printf %s TEXT | sha256sum`.
    QTest::newRow("text") << "abc"_ba
                          << "ba7816bf8f01cfea414140de5dae2223"_ba;
    QTest::newRow("case counts in a text") << "ABC"_ba
                                           << "b5d4045c3f466fa91fe2cc6abe79232a"_ba;
    QTest::newRow("empty") << ""_ba
                           << "e3b0c44298fc1c149afbf4c8996fb924"_ba;
    // All zero is no W3C trace id.
    QTest::newRow("zeros") << QByteArray(32, '0') << "84e0c0eafaa95a34c293f278ac52e45c"_ba;
}

void TestIds::makesTraceIds()
{
    QFETCH(QByteArray, requestId);
    QFETCH(QByteArray, traceId);
    QCOMPARE(Ids::traceIdFor(requestId), traceId);
    QVERIFY(Ids::isHexId(Ids::traceIdFor(requestId), 32));
    // Text that only looks like a UUID is hashed, not cut.
    const QByteArray dashes = "550e8400-e29b-41d4-a716-44665544-000"_ba;
    QVERIFY(Ids::isHexId(Ids::traceIdFor(dashes), 32));
    QVERIFY(!Ids::traceIdFor(dashes).startsWith("550e"));
}

void TestIds::makesStableSpanIds()
{
    QCOMPARE(Ids::spanIdFor("abc"), "ba7816bf8f01cfea"_ba);
    QCOMPARE(Ids::spanIdFor("abc"), Ids::spanIdFor("abc"));
    QVERIFY(Ids::spanIdFor("abc") != Ids::spanIdFor("abd"));
    QVERIFY(Ids::isHexId(Ids::spanIdFor(""), 16));
}

void TestIds::checksHexIds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid"); // as a span id
    QTest::newRow("valid") << "00f067aa0ba902b7"_ba << true;
    QTest::newRow("last digit only") << "0000000000000001"_ba << true;
    QTest::newRow("upper case") << "00F067AA0BA902B7"_ba << false;
    QTest::newRow("zeros") << "0000000000000000"_ba << false;
    QTest::newRow("short") << "00f067aa0ba902b"_ba << false;
    QTest::newRow("long") << "00f067aa0ba902b70"_ba << false;
    QTest::newRow("letter") << "00f067aa0ba902bg"_ba << false;
    QTest::newRow("space") << "00f067aa0ba902b "_ba << false;
    QTest::newRow("empty") << ""_ba << false;
}

void TestIds::checksHexIds()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    QCOMPARE(Ids::isHexId(text, 16), valid);
    QVERIFY(!Ids::isHexId(text, 32));
}

REGISTER_TEST(TestIds)
#include "tst_ids.moc"
