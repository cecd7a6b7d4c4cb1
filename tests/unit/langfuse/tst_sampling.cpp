// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/sampling.h"
#include "support/testprogram.h"

#include "samplerecord.h"

class TestSampling final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsItsShare_data();
    void keepsItsShare();
    void allSpansOfATraceAgree();
    void alwaysKeepsFailures();
    void aHigherRateKeepsWhatALowerOneKept();
};

void TestSampling::keepsItsShare_data()
{
    QTest::addColumn<double>("rate");
    for (const double rate : {0.0, 0.01, 0.25, 0.5, 0.9, 1.0})
        QTest::addRow("%g", rate) << rate;
}

void TestSampling::keepsItsShare()
{
    QFETCH(double, rate);
    constexpr int traces = 20000;
    int kept = 0;
    for (int i = 0; i < traces; ++i)
        kept += Sampling::isDelivered(sampleRecord(QByteArray::number(i)), rate) ? 1 : 0;
    if (rate == 0.0 || rate == 1.0)
        QCOMPARE(kept, int(rate) * traces);
    else
        QVERIFY2(std::abs(kept - rate * traces) < 0.02 * traces, QByteArray::number(kept).constData());
}

void TestSampling::allSpansOfATraceAgree()
{
    for (int i = 0; i < 50; ++i) {
        const TraceRecord first = sampleRecord(QByteArray::number(i));
        TraceRecord second = first;
        second.id = "another";
        second.attribution.spanId = Ids::spanIdFor("another");
        second.requestModel = "another";
        QCOMPARE(Sampling::isDelivered(second, 0.5), Sampling::isDelivered(first, 0.5));
    }
}

void TestSampling::alwaysKeepsFailures()
{
    TraceRecord record = sampleRecord();
    QVERIFY(!Sampling::isDelivered(record, 0));
    record.status = 500;
    QVERIFY(Sampling::isDelivered(record, 0));
    record.status = 200;
    record.errorCode = "incomplete"; // a stream that broke off
    QVERIFY(Sampling::isDelivered(record, 0));
}

void TestSampling::aHigherRateKeepsWhatALowerOneKept()
{
    for (int i = 0; i < 500; ++i) {
        const TraceRecord record = sampleRecord(QByteArray::number(i));
        QVERIFY(!Sampling::isDelivered(record, 0.1) || Sampling::isDelivered(record, 0.4));
    }
}

REGISTER_TEST(TestSampling)
#include "tst_sampling.moc"
