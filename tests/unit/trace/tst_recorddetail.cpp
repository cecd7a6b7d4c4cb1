// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/recorddetail.h"

#include "fullrecord.h"
#include "trace/recordcodec.h"

class TestRecordDetail final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesAWholeRecordAlone();
    void cutsWhatIsLong();
    void leavesShortBodiesWhole();
    void cutsALongHistory();
    void keepsTheFacts();
};

namespace {

TraceRecord longRecord()
{
    TraceRecord record = fullRecord();
    record.isTruncated = false;
    record.bodiesDropped = false;
    const QByteArray text(100'000, 'x');
    record.requestBody = text;
    record.responseBody = text;
    record.requestText = QByteArray("\xc3\xa4").repeated(50'000);
    record.responseText = text;
    record.verbatimInput = '"' + text + '"';
    record.input.messages.first().parts.first().text = text;
    record.output.messages.first().parts.first().json = '"' + text + '"';
    return record;
}

} // namespace

void TestRecordDetail::leavesAWholeRecordAlone()
{
    TraceRecord record = longRecord();
    reduceTo(RecordDetail::Whole, &record);
    QVERIFY(record == longRecord());
}

void TestRecordDetail::cutsWhatIsLong()
{
    TraceRecord record = longRecord();
    reduceTo(RecordDetail::CutBodies, &record);
    QVERIFY(record.isTruncated && record.bodiesDropped);
    QVERIFY2(RecordCodec::encode(record).size() < 32'000,
        QByteArray::number(RecordCodec::encode(record).size()).constData());
    QCOMPARE(record.requestBody, QByteArray(4096, 'x'));
    QCOMPARE(record.requestText, QByteArray("\xc3\xa4").repeated(2048));
    QVERIFY(record.verbatimInput.isEmpty()); // half of it would be no JSON
    QCOMPARE(record.input.messages.size(), 2);
    QVERIFY(record.input.messages.first().parts.first().text.contains("truncated"));
    QCOMPARE(record.usage, fullRecord().usage);
    QCOMPARE(record.requestBytes, fullRecord().requestBytes);
}

void TestRecordDetail::leavesShortBodiesWhole()
{
    TraceRecord record = fullRecord();
    record.isTruncated = false;
    record.bodiesDropped = false;
    const TraceRecord before = record;
    reduceTo(RecordDetail::CutBodies, &record);
    QVERIFY(record == before);
}

void TestRecordDetail::cutsALongHistory()
{
    TraceRecord record = fullRecord();
    for (int i = 0; i < 5000; ++i)
        record.input.messages.append(record.input.messages.first());
    reduceTo(RecordDetail::CutBodies, &record);
    QVERIFY(RecordCodec::encode(record).size() < 16'000);
    QVERIFY(record.bodiesDropped);
}

void TestRecordDetail::keepsTheFacts()
{
    TraceRecord record = longRecord();
    reduceTo(RecordDetail::Facts, &record);
    TraceRecord expected = fullRecord();
    expected.isTruncated = true;
    expected.bodiesDropped = true;
    for (QByteArray* content : {&expected.requestBody, &expected.responseBody, &expected.requestText,
             &expected.responseText, &expected.verbatimInput, &expected.arrivals})
        content->clear();
    expected.input = {};
    expected.output = {};
    QVERIFY(record == expected);
}

REGISTER_TEST(TestRecordDetail)
#include "tst_recorddetail.moc"
