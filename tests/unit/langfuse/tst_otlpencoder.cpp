// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/otlpencoder.h"
#include "support/testprogram.h"

#include "langfuse/otlpmapping.h"
#include "samplerecord.h"
#include "support/otlpdecoder.h"

class TestOtlpEncoder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesBack();
    void decodesMappedRecord();
    void sizesAreExact_data();
    void sizesAreExact();
    void joinsSpans();
};

void TestOtlpEncoder::decodesBack()
{
    OtlpSpan span;
    span.traceId = "0af7651916cd43dd8448eb211c80319c";
    span.spanId = "b7ad6b7169203331";
    span.parentSpanId = "00f067aa0ba902b7";
    span.name = "caf\xc3\xa9";
    span.startNs = 1795422751801000001;
    span.endNs = 1795422751901000002;
    span.isError = true;
    span.statusMessage = "bad";
    span.addText("text", "value");
    span.addText("empty", "");
    span.addBool("yes", true);
    span.addBool("no", false);
    span.addInteger("number", 12345678901);
    span.attributes.append({.key = "list", .kind = SpanAttribute::Kind::TextList, .list = {"a", "b"}});

    const auto decoded
        = decodeOtlpRequest(OtlpEncoder::encodeRequest({OtlpEncoder::encodeSpan(span)}, "1.2"));
    QVERIFY(decoded);
    QCOMPARE(decoded->size(), 1);
    const LangfuseSpan& got = decoded->first();
    QCOMPARE(got.traceId, span.traceId);
    QCOMPARE(got.spanId, span.spanId);
    QCOMPARE(got.parentSpanId, span.parentSpanId);
    QCOMPARE(got.name, span.name);
    QCOMPARE(got.kind, 3);
    QCOMPARE(got.startNs, span.startNs);
    QCOMPARE(got.endNs, span.endNs);
    QCOMPARE(got.statusCode, 2);
    QCOMPARE(got.statusMessage, QByteArray("bad"));
    QCOMPARE(got.scopeName, QByteArray("langfuse-sdk-proxy"));
    QCOMPARE(got.scopeVersion, QByteArray("1.2"));
    const QHash<QByteArray, QByteArray> expected{
        {"text", "value"}, {"yes", "true"}, {"no", "false"}, {"number", "12345678901"}, {"list", "a\nb"}};
    QCOMPARE(got.attributes, expected);
}

void TestOtlpEncoder::decodesMappedRecord()
{
    const OtlpSpan span = OtlpMapping::toSpan(sampleRecord(), {});
    const auto decoded = decodeOtlpRequest(OtlpEncoder::encodeRequest({OtlpEncoder::encodeSpan(span)}, "1"));
    QVERIFY(decoded);
    const LangfuseSpan& got = decoded->first();
    QCOMPARE(got.parentSpanId, QByteArray());
    QCOMPARE(got.statusCode, 0);
    QCOMPARE(got.attributes.size(), span.attributes.size());
    for (const SpanAttribute& attribute : span.attributes)
        QCOMPARE(got.attributes.value(attribute.key), attribute.text);
}

void TestOtlpEncoder::sizesAreExact_data()
{
    QTest::addColumn<qsizetype>("bytes");
    for (const qsizetype bytes : {0, 1, 100, 127, 128, 16383, 16384, 2097151, 2097152})
        QTest::addRow("%lld", static_cast<long long>(bytes)) << bytes;
}

// Two requests that differ by one span differ by its size, up to the length prefixes of the frame.
void TestOtlpEncoder::sizesAreExact()
{
    QFETCH(qsizetype, bytes);
    const QByteArray span(bytes, 'x');
    const qsizetype one = OtlpEncoder::encodeRequest({span}, "1").size();
    QVERIFY(one >= OtlpEncoder::sizeInRequest(span));
    QVERIFY(one <= OtlpEncoder::sizeInRequest(span) + OtlpEncoder::maxFrameBytes);
}

void TestOtlpEncoder::joinsSpans()
{
    QList<QByteArray> encoded;
    for (int i = 0; i < 3; ++i)
        encoded.append(
            OtlpEncoder::encodeSpan(OtlpMapping::toSpan(sampleRecord("req-" + QByteArray::number(i)), {})));
    const auto decoded = decodeOtlpRequest(OtlpEncoder::encodeRequest(encoded, "1"));
    QVERIFY(decoded);
    QCOMPARE(decoded->size(), 3);
    QCOMPARE(decoded->at(2).traceId, Ids::traceIdFor("req-2"));
    QCOMPARE(OtlpEncoder::encodeRequest(encoded, "1"), OtlpEncoder::encodeRequest(encoded, "1"));
}

REGISTER_TEST(TestOtlpEncoder)
#include "tst_otlpencoder.moc"
