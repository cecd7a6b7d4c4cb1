// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/sanitized.h"
#include "support/testprogram.h"
#include "wire/contentdecoder.h"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

namespace {

constexpr qint64 plenty = 1 << 30;

QByteArray deflated(const QByteArray& text, int windowBits)
{
    z_stream stream = {};
    (void)deflateInit2(&stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&stream, uLong(text.size()))) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.constData()));
    stream.avail_in = uInt(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    (void)deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

QByteArray gzipped(const QByteArray& text)
{
    return deflated(text, MAX_WBITS + 16);
}

QByteArray brotlied(const QByteArray& text)
{
    std::size_t size = BrotliEncoderMaxCompressedSize(std::size_t(text.size()));
    QByteArray out(qsizetype(size), '\0');
    BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, std::size_t(text.size()),
        reinterpret_cast<const uint8_t*>(text.constData()), &size, reinterpret_cast<uint8_t*>(out.data()));
    out.truncate(qsizetype(size));
    return out;
}

QByteArray zstded(const QByteArray& text)
{
    QByteArray out(qsizetype(ZSTD_compressBound(std::size_t(text.size()))), '\0');
    out.truncate(qsizetype(
        ZSTD_compress(out.data(), std::size_t(out.size()), text.constData(), std::size_t(text.size()), 3)));
    return out;
}

/// Compressible, yet longer than one piece of output.
QByteArray sample(qsizetype bytes)
{
    QByteArray text;
    for (int i = 0; text.size() < bytes; ++i)
        text += "data: {\"n\":" + QByteArray::number(i * 7919) + "}\n\n";
    text.truncate(bytes);
    return text;
}

} // namespace

class ContentDecoderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesInEveryChunking_data();
    void decodesInEveryChunking();
    void decodesLargeBodiesInBoundedPieces_data();
    void decodesLargeBodiesInBoundedPieces();
    void stopsAtTheLimit_data();
    void stopsAtTheLimit();
    void givesWhatCameOfTruncatedInput_data();
    void givesWhatCameOfTruncatedInput();
    void reportsCorruption_data();
    void reportsCorruption();
    void refusesUnknownCodings();
};

void ContentDecoderTest::decodesInEveryChunking_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<QByteArray>("decoded");

    const QByteArray text = sample(300);
    QTest::newRow("none") << QByteArray() << text << text;
    QTest::newRow("identity") << QByteArray("identity") << text << text;
    QTest::newRow("gzip") << QByteArray("gzip") << gzipped(text) << text;
    QTest::newRow("x-gzip, upper case") << QByteArray(" X-GZIP ") << gzipped(text) << text;
    QTest::newRow("gzip, two members")
        << QByteArray("gzip") << gzipped(text) + gzipped("more") << text + "more";
    QTest::newRow("gzip, padded") << QByteArray("gzip") << gzipped(text) + QByteArray(20, '\0') << text;
    QTest::newRow("zlib") << QByteArray("deflate") << deflated(text, MAX_WBITS) << text;
    QTest::newRow("raw deflate") << QByteArray("deflate") << deflated(text, -MAX_WBITS) << text;
    QTest::newRow("br") << QByteArray("br") << brotlied(text) << text;
    QTest::newRow("zstd") << QByteArray("zstd") << zstded(text) << text;
    QTest::newRow("zstd, two frames") << QByteArray("zstd") << zstded(text) + zstded("more") << text + "more";
    QTest::newRow("list") << QByteArray("gzip, br") << brotlied(gzipped(text)) << text;
    QTest::newRow("list with identity") << QByteArray("identity,zstd ,gzip") << gzipped(zstded(text)) << text;
    QTest::newRow("empty gzip") << QByteArray("gzip") << gzipped({}) << QByteArray();
    QTest::newRow("empty body") << QByteArray("gzip") << QByteArray() << QByteArray();
}

void ContentDecoderTest::decodesInEveryChunking()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, encoded);
    QFETCH(QByteArray, decoded);

    const auto decode = [&encoding](const QByteArrayList& chunks) {
        auto decoder = ContentDecoder::forEncoding(encoding, plenty);
        QByteArray out;
        for (const QByteArray& chunk : chunks) {
            const auto result = (*decoder)->decode(chunk, [&out](QByteArrayView piece) { out += piece; });
            if (!result)
                return QByteArray("failed");
        }
        return out;
    };
    QCOMPARE(decode({encoded}), decoded);
    for (qsizetype i = 1; i < encoded.size(); i += everyOffset)
        QCOMPARE(decode({encoded.first(i), encoded.sliced(i)}), decoded);
    QByteArrayList bytes;
    for (const char c : encoded)
        bytes.append(QByteArray(1, c));
    QCOMPARE(decode(bytes), decoded);
}

void ContentDecoderTest::decodesLargeBodiesInBoundedPieces_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("encoded");
    const QByteArray text = sample(3'000'000);
    QTest::newRow("gzip") << QByteArray("gzip") << gzipped(text);
    QTest::newRow("deflate") << QByteArray("deflate") << deflated(text, -MAX_WBITS);
    QTest::newRow("br") << QByteArray("br") << brotlied(text);
    QTest::newRow("zstd") << QByteArray("zstd") << zstded(text);
}

void ContentDecoderTest::decodesLargeBodiesInBoundedPieces()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, encoded);
    auto decoder = ContentDecoder::forEncoding(encoding, plenty);
    QByteArray out;
    qsizetype largest = 0;
    QVERIFY((*decoder)->decode(encoded, [&](QByteArrayView piece) {
        largest = qMax(largest, piece.size());
        out += piece;
    }));
    QVERIFY(out == sample(3'000'000));
    QVERIFY(largest <= 64 * 1024);
}

void ContentDecoderTest::stopsAtTheLimit_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QByteArray>("bomb");
    const QByteArray zeros(50'000'000, '\0');
    QTest::newRow("gzip") << QByteArray("gzip") << gzipped(zeros);
    QTest::newRow("gzip in gzip") << QByteArray("gzip, gzip") << gzipped(gzipped(zeros));
    QTest::newRow("br") << QByteArray("br") << brotlied(zeros);
    QTest::newRow("zstd") << QByteArray("zstd") << zstded(zeros);
}

void ContentDecoderTest::stopsAtTheLimit()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, bomb);
    auto decoder = ContentDecoder::forEncoding(encoding, 100'000);
    qsizetype bytes = 0;
    const auto count = [&bytes](QByteArrayView piece) { bytes += piece.size(); };
    const auto decoded = (*decoder)->decode(bomb, count);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, ErrorCode::TooLarge);
    QCOMPARE(bytes, 100'000);
    QVERIFY(!(*decoder)->decode("x", count));
    QCOMPARE(bytes, 100'000);

    QCOMPARE(ContentDecoder::decodeAll(bomb, encoding, 100'000).error().code, ErrorCode::TooLarge);
}

void ContentDecoderTest::givesWhatCameOfTruncatedInput_data()
{
    decodesLargeBodiesInBoundedPieces_data();
}

void ContentDecoderTest::givesWhatCameOfTruncatedInput()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QByteArray, encoded);
    const auto decoded = ContentDecoder::decodeAll(encoded.first(encoded.size() / 2), encoding, plenty);
    QVERIFY(decoded);
    QVERIFY(decoded->size() > 500'000);
    QVERIFY(sample(3'000'000).startsWith(*decoded));
}

void ContentDecoderTest::reportsCorruption_data()
{
    QTest::addColumn<QByteArray>("encoding");
    for (const char* const encoding : {"gzip", "br", "zstd", "deflate", "gzip, br"})
        QTest::newRow(encoding) << QByteArray(encoding);
}

void ContentDecoderTest::reportsCorruption()
{
    QFETCH(QByteArray, encoding);
    // Not JSON on purpose: `{` happens to be a valid start of some of the formats.
    const auto decoded = ContentDecoder::decodeAll(QByteArray(200, '\xFF'), encoding, plenty);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, ErrorCode::ProtocolError);
}

void ContentDecoderTest::refusesUnknownCodings()
{
    for (const char* const encoding : {"compress", "gzip, aes128gcm", "gzip,gzip,gzip,gzip,gzip"}) {
        const auto decoder = ContentDecoder::forEncoding(encoding, plenty);
        QVERIFY(!decoder);
        QCOMPARE(decoder.error().code, ErrorCode::Rejected);
    }
}

REGISTER_TEST(ContentDecoderTest)
#include "tst_contentdecoder.moc"
