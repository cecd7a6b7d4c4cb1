// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/siphash.h"
#include "support/testprogram.h"

#include <QSet>
#include <QtEndian>

#include <cstring>

class TestSipHash final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheOneOfThePaper_data();
    void isTheOneOfThePaper();
    void dependsOnEveryBitAndTheKey();
};

namespace {

QByteArray hexOf(const SipResult& result)
{
    QByteArray bytes(16, '\0');
    qToLittleEndian(result.low, bytes.data());
    qToLittleEndian(result.high, bytes.data() + 8);
    return bytes.toHex();
}

/// Bytes 0, 1, 2 ...
QByteArray counting(int size)
{
    QByteArray bytes;
    for (int i = 0; i < size; ++i)
        bytes.append(char(i));
    return bytes;
}

constexpr SipKey countingKey{0x0706050403020100, 0x0f0e0d0c0b0a0908};

} // namespace

// From vectors_sip128 of the authors' own code, https://github.com/veorq/SipHash/blob/master/vectors.h
// (read 2026-11-24).
void TestSipHash::isTheOneOfThePaper_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("hash");
    QTest::newRow("nothing") << 0 << QByteArray("a3817f04ba25a8e66df67214c7550293");
    QTest::newRow("1") << 1 << QByteArray("da87c1d86b99af44347659119b22fc45");
    QTest::newRow("2") << 2 << QByteArray("8177228da4a45dc7fca38bdef60affe4");
    QTest::newRow("7") << 7 << QByteArray("a1f1ebbed8dbc153c0b84aa61ff08239");
    QTest::newRow("8") << 8 << QByteArray("3b62a9ba6258f5610f83e264f31497b4");
    QTest::newRow("9") << 9 << QByteArray("264499060ad9baabc47f8b02bb6d71ed");
    QTest::newRow("15") << 15 << QByteArray("5493e99933b0a8117e08ec0f97cfc3d9");
    QTest::newRow("16") << 16 << QByteArray("6ee2a4ca67b054bbfd3315bf85230577");
}

void TestSipHash::isTheOneOfThePaper()
{
    QFETCH(int, size);
    QFETCH(QByteArray, hash);
    QCOMPARE(hexOf(sipHash(countingKey, counting(size))), hash);
}

void TestSipHash::dependsOnEveryBitAndTheKey()
{
    QSet<QByteArray> seen;
    const auto isNew = [&seen](const SipKey& key, const QByteArray& bytes) {
        const qsizetype before = seen.size();
        seen.insert(hexOf(sipHash(key, bytes)));
        return seen.size() > before;
    };
    for (int size = 0; size < 40; ++size) {
        QByteArray bytes = counting(size);
        QVERIFY(isNew(countingKey, bytes));
        QVERIFY(isNew({countingKey.low ^ 1, countingKey.high}, bytes));
        QVERIFY(isNew({countingKey.low, countingKey.high ^ 1}, bytes));
        for (int bit = 0; bit < 8 * size; ++bit) {
            QByteArray changed = bytes;
            changed[bit / 8] = char(changed[bit / 8] ^ (1 << bit % 8));
            // Counting texts differ from these in their last byte only.
            if (changed != counting(size))
                QVERIFY(isNew(countingKey, changed));
        }
    }
}

REGISTER_TEST(TestSipHash)
#include "tst_siphash.moc"
