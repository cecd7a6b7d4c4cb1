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
    void readsTheFirstFormat();
    void storesOnceWhatStandsInTheBody_data();
    void storesOnceWhatStandsInTheBody();
    void refusesAnExcerptOfAnotherBody();
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

void TestRecordCodec::readsTheFirstFormat()
{
    const TraceRecord record = fullRecord();
    QByteArray bytes = RecordCodec::encode(record);
    bytes[1] = char(1);
    const auto decoded = RecordCodec::decode(bytes);
    QVERIFY(decoded);
    QVERIFY(*decoded == record);
}

void TestRecordCodec::storesOnceWhatStandsInTheBody_data()
{
    const QByteArray messages = "[{\"role\":\"user\",\"content\":\"" + QByteArray(50'000, 'm') + "\"}]";
    const QByteArray tools = "[{\"type\":\"function\",\"name\":\"" + QByteArray(5'000, 't') + "\"}]";
    const QByteArray both = "{\"messages\":" + messages + ",\"tools\":" + tools + '}';
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("verbatim");
    QTest::addColumn<qsizetype>("mostBytes"); // stored beside the body
    QTest::newRow("as it came") << both << both << qsizetype(100);
    QTest::newRow("with a model in front")
        << "{\"model\":\"m\",\"messages\":" + messages + ",\"tools\":" + tools + '}' << both
        << qsizetype(100);
    QTest::newRow("tools first") << "{\"tools\" : " + tools + ", \"messages\" : " + messages + "}" << both
                                 << qsizetype(200);
    QTest::newRow("no tools") << "{\"stream\":true,\"messages\":" + messages + '}'
                              << "{\"messages\":" + messages + '}' << qsizetype(100);
    QTest::newRow("a body that was cut")
        << ("{\"messages\":" + messages).first(20'000) << both << qsizetype(36'000);
    QTest::newRow("another body") << QByteArray(60'000, 'x') << both << both.size() + 100;
    QTest::newRow("small") << QByteArray("{\"messages\":[1]}") << QByteArray("{\"messages\":[1]}")
                           << qsizetype(100);
    QTest::newRow("no JSON") << QByteArray(60'000, 'm') << QByteArray(5'000, 'm') << qsizetype(5'100);
    QTest::newRow("many brackets") << QByteArray(60'000, '[') << QByteArray(5'000, '[') + "]"
                                   << qsizetype(5'100);
}

void TestRecordCodec::storesOnceWhatStandsInTheBody()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, verbatim);
    QFETCH(qsizetype, mostBytes);
    TraceRecord record;
    record.requestBody = body;
    const qsizetype without = RecordCodec::encode(record).size();
    record.verbatimInput = verbatim;
    const QByteArray bytes = RecordCodec::encode(record);
    QVERIFY2(bytes.size() <= without + mostBytes, QByteArray::number(bytes.size() - without).constData());
    const auto decoded = RecordCodec::decode(bytes);
    QVERIFY(decoded);
    QVERIFY(*decoded == record);
}

void TestRecordCodec::refusesAnExcerptOfAnotherBody()
{
    TraceRecord record;
    record.requestBody = "{\"messages\":[\"" + QByteArray(600, 'm') + "\"]}";
    record.verbatimInput = record.requestBody;
    QByteArray bytes = RecordCodec::encode(record);
    // The length of the body, and so its bytes: 0x59 is a string with 16 bits of length (RFC 8949, 3.1).
    const qsizetype at = bytes.indexOf("\x59\x02");
    QVERIFY(at > 0);
    bytes.remove(at + 3, 100);
    bytes[at + 1] = char((record.requestBody.size() - 100) >> 8);
    bytes[at + 2] = char(record.requestBody.size() - 100);
    const auto decoded = RecordCodec::decode(bytes);
    QVERIFY(!decoded);
    QVERIFY(decoded.error().message.contains(QStringLiteral("damaged")));
}

void TestRecordCodec::refusesALaterFormat()
{
    QByteArray bytes = RecordCodec::encode(TraceRecord());
    QCOMPARE(bytes[1], char(2));
    bytes[1] = char(3);
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
