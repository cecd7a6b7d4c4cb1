// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/chunkeddecoder.h"
#include "support/testprogram.h"

using namespace Qt::StringLiterals;

namespace {

struct Outcome
{
    bool failed = false;
    bool finished = false;
    QString message;
    QByteArray body;
    QByteArray left; // bytes that the decoder did not take, of the piece that ended the body
    HeaderList trailers;

    bool operator==(const Outcome&) const = default;
};

/// Feeds the pieces until the body ends or fails; the pieces after the end count as left.
Outcome decodePieces(const QList<QByteArray>& pieces)
{
    ChunkedDecoder decoder;
    Outcome outcome;
    for (const QByteArray& piece : pieces) {
        const Result<qsizetype> taken = decoder.decode(piece, &outcome.body);
        if (!taken) {
            outcome.failed = true;
            outcome.message = taken.error().message;
            return outcome;
        }
        outcome.left += piece.sliced(*taken);
    }
    outcome.finished = decoder.isFinished();
    outcome.trailers = decoder.trailers();
    return outcome;
}

QList<QByteArray> pieces(const QByteArray& input, qsizetype pieceBytes)
{
    QList<QByteArray> list;
    for (qsizetype at = 0; at < input.size(); at += pieceBytes)
        list.append(input.mid(at, pieceBytes));
    return list;
}

/// Runs every split into two, byte by byte, and pieces of three, and compares with the whole.
bool isSameInEveryChunking(const QByteArray& input, const Outcome& whole)
{
    for (qsizetype at = 0; at <= input.size(); ++at) {
        if (!(decodePieces({input.left(at), input.mid(at)}) == whole)) {
            qWarning("differs when split at %lld", qlonglong(at));
            return false;
        }
    }
    return decodePieces(pieces(input, 1)) == whole && decodePieces(pieces(input, 3)) == whole;
}

} // namespace

class TestChunkedDecoder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesInEveryChunking_data();
    void decodesInEveryChunking();
    void refusesInEveryChunking_data();
    void refusesInEveryChunking();
    void waitsForTheRest_data();
    void waitsForTheRest();
    void takesNothingAfterTheEnd();
    void boundsTheSizeLine();
    void boundsTheTrailers();
    void appendsToWhatIsThere();
    void passesALargeChunkPieceByPiece();
};

void TestChunkedDecoder::decodesInEveryChunking_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<HeaderList>("trailers");
    const HeaderList none;
    QTest::newRow("empty body") << "0\r\n\r\n"_ba
                                << ""_ba
                                << ""_ba << none;
    QTest::newRow("one chunk") << "5\r\nhello\r\n0\r\n\r\n"_ba
                               << "hello"_ba
                               << ""_ba << none;
    QTest::newRow("hex, both cases") << "a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n"_ba
                                     << "01234567890123456789a"_ba
                                     << ""_ba << none;
    QTest::newRow("leading zeros") << "0005\r\nhello\r\n000\r\n\r\n"_ba
                                   << "hello"_ba
                                   << ""_ba << none;
    QTest::newRow("framing look-alikes in the data") << "9\r\n\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n"_ba
                                                     << "\r\n0\r\n\r\n\r\n"_ba
                                                     << ""_ba << none;
    QTest::newRow("binary data") << "4\r\n\0\xff\r\n\r\n0\r\n\r\n"_ba
                                 << "\0\xff\r\n"_ba
                                 << ""_ba << none;
    QTest::newRow("extensions") << "1;a=b;c=\"d;e\"\r\nx\r\n1 ; q\r\ny\r\n0;last\r\n\r\n"_ba
                                << "xy"_ba
                                << ""_ba << none;
    // Not in RFC 9112's grammar, but some servers pad the size with spaces; it is unambiguous.
    QTest::newRow("padded size") << "1  \r\nx\r\n0 \t\r\n\r\n"_ba
                                 << "x"_ba
                                 << ""_ba << none;
    QTest::newRow("trailers") << "1\r\nx\r\n0\r\nX-Sum: abc\r\nb:\r\n\r\n"_ba
                              << "x"_ba
                              << ""_ba << HeaderList{{"X-Sum", "abc"}, {"b", ""}};
    QTest::newRow("next message behind it") << "1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1\r\n"_ba
                                            << "x"_ba
                                            << "GET / HTTP/1.1\r\n"_ba << none;
    QTest::newRow("CRLF behind it") << "0\r\n\r\n\r\n"_ba
                                    << ""_ba
                                    << "\r\n"_ba << none;
    QTest::newRow("bytes behind trailers") << "0\r\na: b\r\n\r\nmore"_ba
                                           << ""_ba
                                           << "more"_ba << HeaderList{{"a", "b"}};
}

void TestChunkedDecoder::decodesInEveryChunking()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, left);
    QFETCH(HeaderList, trailers);
    const Outcome whole = decodePieces({input});
    QVERIFY2(!whole.failed, qPrintable(whole.message));
    QVERIFY(whole.finished);
    QCOMPARE(whole.body, body);
    QCOMPARE(whole.left, left);
    QCOMPARE(whole.trailers, trailers);
    QVERIFY(isSameInEveryChunking(input, whole));
}

void TestChunkedDecoder::refusesInEveryChunking_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("body"); // what came out before the error
    QTest::newRow("empty size") << "\r\nx"_ba
                                << ""_ba;
    QTest::newRow("no digit") << "x\r\n"_ba
                              << ""_ba;
    QTest::newRow("extension without a size") << ";a=b\r\n"_ba
                                              << ""_ba;
    QTest::newRow("space before the size") << " 1\r\nx\r\n"_ba
                                           << ""_ba;
    QTest::newRow("plus") << "+1\r\nx\r\n"_ba
                          << ""_ba;
    QTest::newRow("minus") << "-1\r\nx\r\n"_ba
                           << ""_ba;
    QTest::newRow("0x") << "0x1\r\nx\r\n"_ba
                        << ""_ba;
    QTest::newRow("underscore") << "1_0\r\n"_ba
                                << ""_ba;
    QTest::newRow("two sizes") << "1 1\r\nx\r\n"_ba
                               << ""_ba;
    QTest::newRow("junk behind the size") << "1x\r\nx\r\n"_ba
                                          << ""_ba;
    QTest::newRow("NUL behind the size") << "1\0\r\nx\r\n"_ba
                                         << ""_ba;
    QTest::newRow("64 bits") << "ffffffffffffffff\r\n"_ba
                             << ""_ba;
    QTest::newRow("wraps to 1") << "10000000000000001\r\nx\r\n"_ba
                                << ""_ba;
    QTest::newRow("wraps to 0") << "10000000000000000\r\n\r\n"_ba
                                << ""_ba;
    QTest::newRow("sixteen zeros") << "0000000000000000\r\n\r\n"_ba
                                   << ""_ba;
    QTest::newRow("bare LF after the size") << "1\nx\r\n0\r\n\r\n"_ba
                                            << ""_ba;
    QTest::newRow("bare CR in the extension") << "1;a\rb\r\nx\r\n"_ba
                                              << ""_ba;
    QTest::newRow("two CRs after the size") << "1\r\r\nx\r\n"_ba
                                            << ""_ba;
    QTest::newRow("bare LF in the extension") << "1;a\nx\r\n0\r\n\r\n"_ba
                                              << ""_ba;
    QTest::newRow("NUL in the extension") << "1;a\0\r\nx\r\n"_ba
                                          << ""_ba;
    QTest::newRow("DEL in the extension") << "1;a\x7f\r\nx\r\n"_ba
                                          << ""_ba;
    QTest::newRow("no CRLF after the data") << "1\r\nx0\r\n\r\n"_ba
                                            << "x"_ba;
    QTest::newRow("data longer than its size") << "1\r\nxy\r\n0\r\n\r\n"_ba
                                               << "x"_ba;
    QTest::newRow("data shorter than its size") << "3\r\nx\r\n0\r\n\r\n"_ba
                                                << "x\r\n"_ba;
    QTest::newRow("bare LF after the data") << "1\r\nx\n0\r\n\r\n"_ba
                                            << "x"_ba;
    QTest::newRow("bare CR after the data") << "1\r\nx\r0\r\n\r\n"_ba
                                            << "x"_ba;
    QTest::newRow("second size bad") << "1\r\nx\r\ng\r\n"_ba
                                     << "x"_ba;
    QTest::newRow("bare LF after the last size") << "0\n\r\n"_ba
                                                 << ""_ba;
    QTest::newRow("bare LF for the end") << "0\r\n\n"_ba
                                         << ""_ba;
    QTest::newRow("folded trailer") << "0\r\na: b\r\n c\r\n\r\n"_ba
                                    << ""_ba;
    QTest::newRow("trailer without a colon") << "0\r\nab\r\n\r\n"_ba
                                             << ""_ba;
    QTest::newRow("space before the trailer's colon") << "0\r\na : b\r\n\r\n"_ba
                                                      << ""_ba;
    QTest::newRow("NUL in a trailer") << "0\r\na: \0\r\n\r\n"_ba
                                      << ""_ba;
    QTest::newRow("bare CR in a trailer") << "0\r\na: b\rc\r\n\r\n"_ba
                                          << ""_ba;
    QTest::newRow("bare LF in a trailer") << "0\r\na: b\nc: d\r\n\r\n"_ba
                                          << ""_ba;
    QTest::newRow("long junk after the data") << "1\r\nx"_ba + QByteArray(5000, 'j') << "x"_ba;
}

void TestChunkedDecoder::refusesInEveryChunking()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, body);
    ChunkedDecoder decoder;
    QByteArray out;
    const Result<qsizetype> taken = decoder.decode(input, &out);
    QVERIFY(!taken);
    QCOMPARE(taken.error().code, ErrorCode::BadRequest);
    QVERIFY(!decoder.isFinished());

    const Outcome whole = decodePieces({input});
    QCOMPARE(whole.body, body);
    QVERIFY(isSameInEveryChunking(input, whole));
}

void TestChunkedDecoder::waitsForTheRest_data()
{
    QTest::addColumn<QByteArray>("input");
    const QByteArray whole = "5;x=y\r\nhello\r\n0\r\na: b\r\n\r\n"_ba;
    for (qsizetype at = 0; at < whole.size(); ++at)
        QTest::newRow(qPrintable(QString::number(at))) << whole.left(at);
}

void TestChunkedDecoder::waitsForTheRest()
{
    QFETCH(QByteArray, input);
    ChunkedDecoder decoder;
    QByteArray body;
    const Result<qsizetype> taken = decoder.decode(input, &body);
    QVERIFY(taken);
    QCOMPARE(*taken, input.size());
    QVERIFY(!decoder.isFinished());
    QVERIFY("hello"_ba.startsWith(body));
}

void TestChunkedDecoder::takesNothingAfterTheEnd()
{
    ChunkedDecoder decoder;
    QByteArray body;
    QVERIFY(!decoder.isFinished());
    QCOMPARE(*decoder.decode("0\r\n\r\n5\r\nhello\r\n", &body), 5);
    QVERIFY(decoder.isFinished());
    QCOMPARE(*decoder.decode("5\r\nhello\r\n", &body), 0);
    QCOMPARE(*decoder.decode("", &body), 0);
    QVERIFY(body.isEmpty());
}

void TestChunkedDecoder::boundsTheSizeLine()
{
    // 4 KiB with the CRLF is accepted, one byte more is not, however it arrives.
    const QByteArray longest = "1;"_ba + QByteArray(4096 - 4, 'e') + "\r\nx\r\n0\r\n\r\n"_ba;
    QVERIFY(decodePieces({longest}).finished);
    QVERIFY(decodePieces(pieces(longest, 1)).finished);
    const QByteArray tooLong = "1;"_ba + QByteArray(4096 - 3, 'e') + "\r\nx\r\n0\r\n\r\n"_ba;
    QVERIFY(decodePieces({tooLong}).failed);
    QVERIFY(decodePieces(pieces(tooLong, 1)).failed);
    QVERIFY(decodePieces({"1;"_ba + QByteArray(5000, 'e')}).failed); // does not wait for the end of the line
}

void TestChunkedDecoder::boundsTheTrailers()
{
    const QByteArray line = "a: "_ba + QByteArray(997, 'v') + "\r\n"_ba;
    const QByteArray allowed = "0\r\n"_ba + line.repeated(65) + "\r\n"_ba;
    const Outcome outcome = decodePieces({allowed});
    QVERIFY(outcome.finished);
    QCOMPARE(outcome.trailers.size(), 65);
    QVERIFY(decodePieces(pieces(allowed, 7)) == outcome);
    QVERIFY(decodePieces({"0\r\n"_ba + line.repeated(66)}).failed);
}

void TestChunkedDecoder::appendsToWhatIsThere()
{
    ChunkedDecoder decoder;
    QByteArray body = "before "_ba;
    QVERIFY(decoder.decode("5\r\nafter\r\n", &body));
    QCOMPARE(body, "before after"_ba);
}

void TestChunkedDecoder::passesALargeChunkPieceByPiece()
{
    ChunkedDecoder decoder;
    QByteArray body;
    QCOMPARE(*decoder.decode("100000\r\n", &body), 8); // 1 MiB
    const QByteArray piece(64 * 1024, 'p');
    for (int i = 0; i < 16; ++i) {
        body.clear();
        QCOMPARE(*decoder.decode(piece, &body), piece.size());
        QCOMPARE(body, piece); // nothing is held back
    }
    QCOMPARE(*decoder.decode("\r\n0\r\n\r\n", &body), 7);
    QVERIFY(decoder.isFinished());
}

REGISTER_TEST(TestChunkedDecoder)
#include "tst_chunkeddecoder.moc"
