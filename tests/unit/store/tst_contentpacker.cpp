// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/contentpacker.h"
#include "support/testprogram.h"

#include "store/chunker.h"
#include "store/contentcodec.h"

#include <QRandomGenerator>

class TestContentPacker final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsBetweenItsBounds();
    void cutsTheSameTextTheSame();
    void packsSmallContentAlone();
    void storesWhatIsNewOnly();
    void storesARepetitionOnce();
    void refersToFewPieces();
    void forgetsDeletedPieces();
    void keepsNothingThatIsNotStored();
    void boundsItsIndex();
    void refusesDamage();
};

namespace {

QByteArray noise(qsizetype bytes, quint32 seed)
{
    QRandomGenerator random(seed);
    QByteArray text(bytes, Qt::Uninitialized);
    for (char& c : text)
        c = char(random.generate());
    return text;
}

/// Pieces in memory, as the database would have them.
class Pieces final
{
public:
    PackedContent store(ContentPacker* packer, const QByteArray& content)
    {
        const PackedContent packed = packer->pack(content);
        packer->keep(packed.newChunks, packed.newPiece);
        if (packed.newPiece != 0)
            m_pieces.insert(packed.newPiece, packed.newPieceData);
        return packed;
    }
    void remove(qint64 piece) { m_pieces.remove(piece); }
    Result<QByteArray> read(const QByteArray& data) const
    {
        return ContentPacker::unpack(
            data, [this](qint64 piece) -> Result<QByteArray> { return m_pieces.value(piece); });
    }
    QByteArray newBytes(const PackedContent& packed) const
    {
        return packed.newPiece == 0 ? QByteArray() : *ContentCodec::unpack(packed.newPieceData);
    }

private:
    QHash<qint64, QByteArray> m_pieces;
};

} // namespace

void TestContentPacker::cutsBetweenItsBounds()
{
    QVERIFY(Chunker::ends({}).isEmpty());
    QCOMPARE(Chunker::ends(QByteArray(100, 'x')), QList<qsizetype>{100});
    for (const QByteArray& content : {noise(1'000'000, 1), QByteArray(1'000'000, 'x')}) {
        const QList<qsizetype> ends = Chunker::ends(content);
        qsizetype start = 0;
        for (qsizetype end : ends) {
            QVERIFY(end - start <= Chunker::largest);
            QVERIFY(end - start >= Chunker::smallest || end == content.size());
            start = end;
        }
        QCOMPARE(start, content.size());
    }
    const qsizetype average = 1'000'000 / Chunker::ends(noise(1'000'000, 1)).size();
    QVERIFY2(average > 1500 && average < 4000, QByteArray::number(average).constData());
}

void TestContentPacker::cutsTheSameTextTheSame()
{
    const QByteArray text = noise(200'000, 1);
    const QList<qsizetype> plain = Chunker::ends(text);
    const QByteArray before = noise(777, 2);
    qsizetype common = 0;
    for (qsizetype end : Chunker::ends(before + text))
        common += plain.contains(end - before.size()) ? 1 : 0;
    QVERIFY(common > plain.size() - 10); // but for the first few
}

void TestContentPacker::packsSmallContentAlone()
{
    ContentPacker packer;
    Pieces pieces;
    for (const QByteArray& content : {QByteArray(), QByteArray("x"), noise(16'383, 1)}) {
        const PackedContent packed = pieces.store(&packer, content);
        QCOMPARE(packed.newPiece, 0);
        QVERIFY(packed.pieces.isEmpty());
        QCOMPARE(*pieces.read(packed.data), content);
        QVERIFY(ContentPacker::piecesOf(packed.data)->isEmpty());
    }
}

void TestContentPacker::storesWhatIsNewOnly()
{
    ContentPacker packer(7);
    Pieces pieces;
    const QByteArray history = noise(300'000, 1);
    const PackedContent first = pieces.store(&packer, history);
    QCOMPARE(first.newPiece, 7);
    QCOMPARE(first.pieces, QList<qint64>{7});
    QCOMPARE(pieces.newBytes(first), history);

    // The next turn: another beginning, the history with a change in its middle, something new behind it.
    QByteArray turn = noise(100, 2) + history + noise(3000, 3);
    turn[150'000] = char(turn[150'000] + 1);
    const PackedContent second = pieces.store(&packer, turn);
    QCOMPARE(second.newPiece, 8);
    QCOMPARE(second.pieces, (QList<qint64>{7, 8}));
    QCOMPARE(*ContentPacker::piecesOf(second.data), second.pieces);
    QVERIFY2(pieces.newBytes(second).size() < 3100 + 5 * Chunker::largest,
        QByteArray::number(pieces.newBytes(second).size()).constData());
    QVERIFY(second.data.size() < 100);
    QCOMPARE(*pieces.read(first.data), history);
    QCOMPARE(*pieces.read(second.data), turn);

    const PackedContent again = pieces.store(&packer, turn);
    QCOMPARE(again.newPiece, 0);
    QCOMPARE(again.data, second.data);
}

void TestContentPacker::storesARepetitionOnce()
{
    ContentPacker packer;
    Pieces pieces;
    const QByteArray text = noise(100'000, 1);
    const QByteArray content = "conversation" + text + "body" + text + "verbatim" + text;
    const PackedContent packed = pieces.store(&packer, content);
    QVERIFY(pieces.newBytes(packed).size() < 100'000 + 6 * Chunker::largest);
    QCOMPARE(*pieces.read(packed.data), content);
}

void TestContentPacker::refersToFewPieces()
{
    ContentPacker packer;
    Pieces pieces;
    QByteArray history = noise(50'000, 1);
    qsizetype stored = 0;
    for (quint32 turn = 0; turn < 150; ++turn) {
        history += noise(4000, 100 + turn);
        const PackedContent packed = pieces.store(&packer, history);
        QVERIFY(packed.pieces.size() <= ContentPacker::maxPieces);
        QCOMPARE(*pieces.read(packed.data), history);
        stored += packed.bytes();
    }
    // Everything once, its end a second time with the next turn, and once more for keeping the lists short.
    QVERIFY2(stored < 5 * history.size(), QByteArray::number(stored).constData());
}

void TestContentPacker::forgetsDeletedPieces()
{
    ContentPacker packer;
    Pieces pieces;
    const QByteArray content = noise(50'000, 1);
    const PackedContent first = pieces.store(&packer, content);
    packer.forget({first.newPiece});
    pieces.remove(first.newPiece);
    const PackedContent second = pieces.store(&packer, content);
    QVERIFY(second.newPiece > first.newPiece);
    QCOMPARE(second.pieces, QList<qint64>{second.newPiece});
    QCOMPARE(*pieces.read(second.data), content);
    QVERIFY(!pieces.read(first.data)); // as damaged as it is
}

void TestContentPacker::keepsNothingThatIsNotStored()
{
    ContentPacker packer;
    Pieces pieces;
    const QByteArray content = noise(50'000, 1);
    (void)packer.pack(content); // there was no room for it
    const PackedContent packed = pieces.store(&packer, content);
    QCOMPARE(packed.pieces, QList<qint64>{packed.newPiece});
    QCOMPARE(*pieces.read(packed.data), content);
}

void TestContentPacker::boundsItsIndex()
{
    PieceIndex index(100);
    for (quint64 i = 0; i < 1000; ++i)
        index.insert({i, i}, {qint64(i / 10), qsizetype(i % 10), 1});
    QVERIFY(index.size() <= 100);
    QVERIFY(!index.find({0, 0}));
    QCOMPARE(index.find({999, 999}), (PieceRange{99, 9, 1}));
    index.insert({999, 999}, {100, 5, 1}); // stored again elsewhere
    index.forget(99);
    QCOMPARE(index.find({999, 999}), (PieceRange{100, 5, 1}));
    QVERIFY(!index.find({998, 998}));
    index.clear();
    QCOMPARE(index.size(), 0);
}

void TestContentPacker::refusesDamage()
{
    ContentPacker packer;
    Pieces pieces;
    const QByteArray content = noise(50'000, 1);
    const PackedContent packed = pieces.store(&packer, content);
    for (qsizetype size = 1; size < packed.data.size(); ++size)
        QVERIFY(!pieces.read(packed.data.first(size)) || *pieces.read(packed.data.first(size)) != content);
    for (const char* data :
        {"02ffffffffffffffffffff", "0201", "02010001ff", "0201ffffffff0f01", "020100ffffffff7f"})
        QVERIFY2(!pieces.read(QByteArray::fromHex(data)), data);
    QVERIFY(!ContentPacker::piecesOf(QByteArray::fromHex("0201")));
}

REGISTER_TEST(TestContentPacker)
#include "tst_contentpacker.moc"
