// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/recordcodec.h"

#include "fullrecord.h"

#include <QCborStreamWriter>

class TestRecordCodec final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTripsEveryField();
    void roundTripsAnEmptyRecord();
    void keepsZeroAndUnknownApart();
    void keepsBinaryBytes();
    void leavesDefaultsOut();
    void skipsUnknownKeys();
    void refusesALaterFormat();
    void refusesEveryTruncation();
    void survivesEveryFlippedByte();
};

void TestRecordCodec::roundTripsEveryField()
{
    const TraceRecord record = fullRecord();
    const auto decoded = RecordCodec::decode(RecordCodec::encode(record));
    QVERIFY(decoded);
    QVERIFY(*decoded == record);
}

void TestRecordCodec::roundTripsAnEmptyRecord()
{
    const auto decoded = RecordCodec::decode(RecordCodec::encode(TraceRecord()));
    QVERIFY(decoded);
    QVERIFY(*decoded == TraceRecord());
}

void TestRecordCodec::keepsZeroAndUnknownApart()
{
    TraceRecord record;
    record.firstTokenUs = 0;
    record.usage = Usage();
    record.usage->output = 0;
    const auto decoded = RecordCodec::decode(RecordCodec::encode(record));
    QVERIFY(decoded);
    QCOMPARE(decoded->firstTokenUs, 0);
    QCOMPARE(decoded->durationUs, -1);
    QVERIFY(decoded->usage.has_value());
    QCOMPARE(decoded->usage->output, std::optional<qint64>(0));
    QVERIFY(!decoded->usage->input.has_value());
}

void TestRecordCodec::keepsBinaryBytes()
{
    TraceRecord record;
    for (int i = 0; i < 300'000; ++i)
        record.requestBody.append(char(i * 7));
    const auto decoded = RecordCodec::decode(RecordCodec::encode(record));
    QVERIFY(decoded);
    QVERIFY(decoded->requestBody == record.requestBody);
}

void TestRecordCodec::leavesDefaultsOut()
{
    QVERIFY(RecordCodec::encode(TraceRecord()).size() < 16);
}

void TestRecordCodec::skipsUnknownKeys()
{
    QByteArray bytes;
    QCborStreamWriter cbor(&bytes);
    cbor.startArray(2);
    cbor.append(1);
    cbor.startMap();
    cbor.append(9001);
    cbor.startMap();
    cbor.append(1);
    cbor.append(QByteArray("inner key 1 is not the record's id"));
    cbor.endMap();
    cbor.append(1);
    cbor.append(QByteArray("the id"));
    cbor.append(9002);
    cbor.append(QByteArray("later"));
    cbor.endMap();
    cbor.endArray();
    const auto decoded = RecordCodec::decode(bytes);
    QVERIFY(decoded);
    QCOMPARE(decoded->id, QByteArray("the id"));
}

void TestRecordCodec::refusesALaterFormat()
{
    QByteArray bytes = RecordCodec::encode(TraceRecord());
    QCOMPARE(bytes[1], char(1));
    bytes[1] = char(2);
    const auto decoded = RecordCodec::decode(bytes);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, ErrorCode::StoreFailed);
    QVERIFY(decoded.error().message.contains(QStringLiteral("newer")));
}

void TestRecordCodec::refusesEveryTruncation()
{
    const QByteArray bytes = RecordCodec::encode(fullRecord());
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY2(!RecordCodec::decode(bytes.first(size)), qPrintable(QString::number(size)));
}

void TestRecordCodec::survivesEveryFlippedByte()
{
    const QByteArray bytes = RecordCodec::encode(fullRecord());
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        QByteArray damaged = bytes;
        damaged[at] = char(damaged[at] ^ 0xff);
        (void)RecordCodec::decode(damaged); // any answer will do; the sanitizers watch
    }
}

REGISTER_TEST(TestRecordCodec)
#include "tst_recordcodec.moc"
