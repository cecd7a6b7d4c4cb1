// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// When the bytes of an answer came, in bounded space.

#include "support/testprogram.h"
#include "trace/arrivaltimes.h"

#include <QTest>

class TestArrivalTimes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEachChunk()
    {
        ArrivalTimes times;
        QVERIFY(times.encode().isEmpty());
        times.add(1000, 5);
        times.add(1000, 7);
        times.add(300'000'000, 100'000);
        QCOMPARE(times.chunksPerEntry(), 1);
        const ArrivalTimes read = ArrivalTimes::decode(times.encode());
        QCOMPARE(read.chunksPerEntry(), 1);
        QCOMPARE(read.entries(), QList<Arrival>({{1000, 5}, {1000, 7}, {300'000'000, 100'000}}));
    }

    void growsCoarserEvenly_data()
    {
        QTest::addColumn<int>("chunks");
        for (int chunks : {255, 256, 257, 511, 512, 513, 1000, 100'000})
            QTest::addRow("%d", chunks) << chunks;
    }

    void growsCoarserEvenly()
    {
        QFETCH(int, chunks);
        ArrivalTimes times;
        qint64 bytes = 0;
        for (int i = 0; i < chunks; ++i) {
            times.add(qint64(i) * 20'000, i % 50);
            bytes += i % 50;
        }
        QVERIFY(times.entries().size() <= ArrivalTimes::maxEntries);
        QVERIFY(
            chunks < ArrivalTimes::maxEntries || times.entries().size() > ArrivalTimes::maxEntries / 2 - 1);
        const QByteArray encoded = times.encode();
        QVERIFY2(encoded.size() < 2048, QByteArray::number(encoded.size()).constData());
        const ArrivalTimes read = ArrivalTimes::decode(encoded);
        QCOMPARE(read.entries(), times.entries());
        qint64 sum = 0;
        for (qsizetype i = 0; i < read.entries().size(); ++i) {
            QCOMPARE(read.entries()[i].atUs, qint64(i) * read.chunksPerEntry() * 20'000);
            sum += read.entries()[i].bytes;
        }
        QCOMPARE(sum, bytes);
    }

    void readsWhatItCanOfDamage()
    {
        QCOMPARE(ArrivalTimes::decode({}).entries().size(), 0);
        QCOMPARE(ArrivalTimes::decode("\x01\x05\x06\x07").entries(), QList<Arrival>({{5, 6}}));
        QCOMPARE(ArrivalTimes::decode(QByteArray(5000, '\xff')).entries().size(), 0);
        QCOMPARE(ArrivalTimes::decode(QByteArray(5000, '\x01')).entries().size(), ArrivalTimes::maxEntries);
    }
};

REGISTER_TEST(TestArrivalTimes)
#include "tst_arrivaltimes.moc"
