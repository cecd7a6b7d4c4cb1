// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/secret.h"
#include "support/testprogram.h"

#include <QDebug>

using namespace Qt::StringLiterals;

class TestSecret final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesEveryByte_data();
    void comparesEveryByte();
    void findsAnyDifferingByte();
    void anEmptySecretMatchesNothing();
    void neverPrintsItsBytes();
};

void TestSecret::comparesEveryByte_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("equal");
    QTest::newRow("equal") << "sk-abc"_ba
                           << "sk-abc"_ba << true;
    QTest::newRow("case") << "sk-abc"_ba
                          << "sk-abC"_ba << false;
    QTest::newRow("prefix") << "sk-ab"_ba
                            << "sk-abc"_ba << false;
    QTest::newRow("empty") << ""_ba
                           << "a"_ba << false;
    QTest::newRow("both empty") << ""_ba
                                << ""_ba << true;
    QTest::newRow("repeated") << "abab"_ba
                              << "ab"_ba << false;
    QTest::newRow("NULs") << "a\0b"_ba
                          << "a\0c"_ba << false;
    QTest::newRow("NUL and nothing") << "\0"_ba
                                     << ""_ba << false;
    QTest::newRow("256 bytes longer") << QByteArray(256 + 1, 'a') << "a"_ba << false;
    QTest::newRow("65536 bytes longer") << QByteArray(65536 + 1, 'a') << "a"_ba << false;
    QTest::newRow("high bits") << "\x81"_ba
                               << "\x01"_ba << false;
}

void TestSecret::comparesEveryByte()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(bool, equal);
    QCOMPARE(isEqualConstantTime(a, b), equal);
    QCOMPARE(isEqualConstantTime(b, a), equal);
    QCOMPARE(Secret(a) == Secret(b), equal);
    QCOMPARE(Secret(a).matches(b), equal && !a.isEmpty());
}

void TestSecret::findsAnyDifferingByte()
{
    const QByteArray key = "sk-proj-0123456789abcdef"_ba;
    for (qsizetype at = 0; at < key.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray other = key;
            other[at] = char(other[at] ^ (1 << bit));
            QVERIFY(!Secret(key).matches(other));
        }
    }
}

void TestSecret::anEmptySecretMatchesNothing()
{
    QVERIFY(Secret().isEmpty());
    QVERIFY(Secret(""_ba).isEmpty());
    QVERIFY(!Secret().matches(""));
    QVERIFY(!Secret().matches("a"));
    QVERIFY(!Secret("a"_ba).matches(""));
    QVERIFY(!Secret("a"_ba).isEmpty());
    QCOMPARE(Secret("a"_ba).reveal(), "a"_ba);
}

void TestSecret::neverPrintsItsBytes()
{
    QString text;
    QDebug(&text) << Secret("sk-abc"_ba) << Secret() << u"quoted"_s;
    QVERIFY(!text.contains(u"sk-abc"));
    QCOMPARE(text.trimmed(), u"*** (unset) \"quoted\""_s);
}

REGISTER_TEST(TestSecret)
#include "tst_secret.moc"
