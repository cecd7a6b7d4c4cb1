// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/batchplanner.h"
#include "support/testprogram.h"

#include "langfuse/otlpencoder.h"
#include "langfuse/spanshrinker.h"
#include "samplerecord.h"

#include <QUtf8StringView>

class TestBatchPlanner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closesABatchByCount();
    void closesABatchByBytes();
    void shrinksATraceTooLargeForABatch();
    void shrinksHugeMetadataToo();
    void keepsTheAnswerWhole();
    void cutsBetweenCharacters();
    void lowersItsLimit();
};

namespace {

TraceRecord recordOf(qsizetype inputBytes, qsizetype outputBytes = 10)
{
    TraceRecord record = sampleRecord();
    record.input.messages = {textMessage("user", QByteArray(inputBytes, 'i'))};
    record.output.messages = {textMessage("assistant", QByteArray(outputBytes, 'o'))};
    return record;
}

qsizetype sizeOf(const TraceBatch& batch)
{
    QList<QByteArray> spans;
    for (const BatchItem& item : batch)
        spans.append(item.encoded);
    return OtlpEncoder::encodeRequest(spans, "1.0").size();
}

} // namespace

void TestBatchPlanner::closesABatchByCount()
{
    BatchPlanner planner({}, {.spans = 3, .bytes = 1 << 20});
    QVERIFY(planner.isEmpty());
    for (qint64 row = 1; row <= 3; ++row)
        QVERIFY(planner.add(row, sampleRecord()));
    QVERIFY(planner.isFull());
    QVERIFY(!planner.add(4, sampleRecord()));
    QCOMPARE(rowsOf(planner.take()), (QList<qint64>{1, 2, 3}));
    QVERIFY(planner.isEmpty());
    QVERIFY(!planner.isFull());
    QVERIFY(planner.add(4, sampleRecord()));
}

void TestBatchPlanner::closesABatchByBytes()
{
    BatchPlanner planner({}, {.spans = 100, .bytes = 100 * 1024});
    QVERIFY(planner.add(1, recordOf(40 * 1024)));
    QVERIFY(planner.add(2, recordOf(40 * 1024)));
    QVERIFY(!planner.add(3, recordOf(40 * 1024)));
    QVERIFY(planner.isFull());
    const TraceBatch batch = planner.take();
    QCOMPARE(rowsOf(batch), (QList<qint64>{1, 2}));
    QVERIFY(sizeOf(batch) <= 100 * 1024);
    QVERIFY(sizeOf(batch) <= requestBytes(batch));
}

void TestBatchPlanner::shrinksATraceTooLargeForABatch()
{
    constexpr qsizetype limit = 100 * 1024;
    BatchPlanner planner({}, {.spans = 100, .bytes = limit});
    QVERIFY(planner.add(1, recordOf(500 * 1024)));
    const TraceBatch batch = planner.take();
    QVERIFY(sizeOf(batch) <= limit);
    QVERIFY(sizeOf(batch) > limit / 2);
    const OtlpSpan& span = batch.first().span;
    QCOMPARE(span.find(OtlpMapping::truncatedKey)->text, QByteArray("true"));
    const QByteArray input = span.find(OtlpMapping::inputKey)->text;
    QVERIFY(input.startsWith(R"({"messages":[)"));
    QVERIFY(input.endsWith("}]}"));
    QVERIFY(input.contains("[truncated "));
}

void TestBatchPlanner::shrinksHugeMetadataToo()
{
    constexpr qsizetype limit = 100 * 1024;
    TraceRecord record = recordOf(500 * 1024, 500 * 1024);
    for (int i = 0; i < 10; ++i)
        record.attribution.metadata.append(
            {"k" + QByteArray::number(i), '"' + QByteArray(200 * 1024, 'm') + '"'});
    BatchPlanner planner({}, {.spans = 100, .bytes = limit});
    QVERIFY(planner.add(1, record));
    const TraceBatch batch = planner.take();
    QVERIFY(sizeOf(batch) <= limit);
    QVERIFY(batch.first().span.find("langfuse.trace.metadata.k3"));
}

void TestBatchPlanner::keepsTheAnswerWhole()
{
    const OtlpSpan span = OtlpMapping::toSpan(recordOf(500 * 1024, 20 * 1024), {});
    const OtlpSpan shrunk = SpanShrinker::shrink(span, 64 * 1024);
    QCOMPARE(shrunk.find(OtlpMapping::outputKey)->text, span.find(OtlpMapping::outputKey)->text);
    QVERIFY(OtlpEncoder::encodeSpan(shrunk).size() <= 64 * 1024);
}

void TestBatchPlanner::cutsBetweenCharacters()
{
    const QByteArray text = QByteArray("\xf0\x9f\x98\x80\xc3\xa9").repeated(200);
    for (qsizetype bytes = 0; bytes < text.size() + 2; ++bytes) {
        const QByteArray cut = SpanShrinker::cutMiddle(text, bytes);
        QVERIFY(QUtf8StringView(cut).isValidUtf8());
        QVERIFY(cut.size() <= std::max<qsizetype>(bytes, 48));
    }
    QCOMPARE(SpanShrinker::cutMiddle(text, text.size()), text);
}

void TestBatchPlanner::lowersItsLimit()
{
    BatchPlanner planner({}, {.spans = 10, .bytes = 1 << 20});
    planner.lowerByteLimit(200 * 1024);
    QCOMPARE(planner.byteLimit(), 200 * 1024);
    planner.lowerByteLimit(500 * 1024); // never up again
    QCOMPARE(planner.byteLimit(), 200 * 1024);
    planner.lowerByteLimit(1);
    QCOMPARE(planner.byteLimit(), 64 * 1024);
}

REGISTER_TEST(TestBatchPlanner)
#include "tst_batchplanner.moc"
