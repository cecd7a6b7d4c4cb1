// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/contentpacker.h"

#include "base/leb128.h"
#include "store/chunker.h"
#include "store/contentcodec.h"

#include <QRandomGenerator>
#include <QSet>

#include <algorithm>

namespace {

constexpr char sharedMark = 2; // ContentCodec has 0 and 1
// A damaged length must not ask for all memory.
constexpr qsizetype largestPacked = qsizetype(1) << 30;

SipKey newKey()
{
    const auto number = [] { return QRandomGenerator::system()->generate64(); };
    return {number(), number()};
}

Error damagedPack()
{
    return {ErrorCode::StoreFailed,
        QStringLiteral("cannot unpack a stored trace: its list of pieces is damaged"), {}};
}

bool isShared(const QByteArray& data)
{
    return data.startsWith(sharedMark);
}

QByteArray listOf(const QList<PieceRange>& ranges)
{
    QByteArray data(1, sharedMark);
    for (const PieceRange& range : ranges) {
        Leb128::append(&data, quint64(range.piece));
        Leb128::append(&data, quint64(range.offset));
        Leb128::append(&data, quint64(range.length));
    }
    return data;
}

Result<QList<PieceRange>> rangesOf(const QByteArray& data)
{
    QList<PieceRange> ranges;
    QByteArrayView rest = QByteArrayView(data).sliced(1);
    qsizetype total = 0;
    while (!rest.isEmpty()) {
        const auto piece = Leb128::take(&rest);
        const auto offset = Leb128::take(&rest);
        const auto length = Leb128::take(&rest);
        if (!length || *length > quint64(largestPacked - total) || *offset > quint64(largestPacked))
            return damagedPack();
        total += qsizetype(*length);
        ranges.append({qint64(*piece), qsizetype(*offset), qsizetype(*length)});
    }
    return ranges;
}

QList<qint64> piecesIn(const QList<PieceRange>& ranges)
{
    QList<qint64> pieces;
    for (const PieceRange& range : ranges)
        pieces.append(range.piece);
    std::sort(pieces.begin(), pieces.end());
    pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
    return pieces;
}

void appendRange(QList<PieceRange>* ranges, const PieceRange& range)
{
    if (!ranges->isEmpty()) {
        PieceRange& last = ranges->last();
        if (last.piece == range.piece && last.offset + last.length == range.offset) {
            last.length += range.length;
            return;
        }
    }
    ranges->append(range);
}

/// All but the half of maxPieces that give most: the small ones are stored again together.
QSet<qint64> smallPieces(const QList<PieceRange>& ranges)
{
    QHash<qint64, qsizetype> bytes;
    for (const PieceRange& range : ranges)
        bytes[range.piece] += range.length;
    QList<qint64> pieces = bytes.keys();
    std::sort(pieces.begin(), pieces.end(),
        [&bytes](qint64 a, qint64 b) { return std::pair(bytes[a], b) > std::pair(bytes[b], a); });
    const QList<qint64> small = pieces.mid(ContentPacker::maxPieces / 2);
    return {small.begin(), small.end()};
}

} // namespace

ContentPacker::ContentPacker(qint64 nextPiece)
    : m_key(newKey())
    , m_nextPiece(nextPiece)
{
}

struct ContentPacker::Draft
{
    QList<PieceRange> ranges;
    QByteArray newBytes;
    QList<std::pair<SipResult, PieceRange>> newChunks;
};

ContentPacker::Draft ContentPacker::draftOf(const QByteArray& content, const QList<qsizetype>& ends,
    const QList<SipResult>& keys, const QSet<qint64>& refused) const
{
    Draft draft;
    QHash<SipResult, PieceRange> own; // a record repeats itself: the body and the conversation in it
    qsizetype start = 0;
    for (qsizetype i = 0; i < ends.size(); ++i) {
        const qsizetype length = ends[i] - start;
        std::optional<PieceRange> range = m_index.find(keys[i]);
        if (range && refused.contains(range->piece))
            range.reset();
        if (const auto again = own.constFind(keys[i]); !range && again != own.cend())
            range = *again;
        if (!range) {
            range = PieceRange{m_nextPiece, draft.newBytes.size(), length};
            draft.newBytes.append(content.constData() + start, length);
            draft.newChunks.append({keys[i], *range});
            own.insert(keys[i], *range);
        }
        appendRange(&draft.ranges, *range);
        start = ends[i];
    }
    return draft;
}

PackedContent ContentPacker::pack(const QByteArray& content) const
{
    PackedContent packed;
    if (content.size() < smallestShared) {
        packed.data = ContentCodec::pack(content);
        return packed;
    }
    const QList<qsizetype> ends = Chunker::ends(content);
    QList<SipResult> keys;
    keys.reserve(ends.size());
    for (qsizetype start = 0; qsizetype end : ends) {
        keys.append(sipHash(m_key, QByteArrayView(content).sliced(start, end - start)));
        start = end;
    }
    Draft draft = draftOf(content, ends, keys, {});
    if (piecesIn(draft.ranges).size() > maxPieces)
        draft = draftOf(content, ends, keys, smallPieces(draft.ranges));
    packed.data = listOf(draft.ranges);
    packed.pieces = piecesIn(draft.ranges);
    packed.newChunks = draft.newChunks;
    if (!draft.newBytes.isEmpty()) {
        packed.newPiece = m_nextPiece;
        packed.newPieceData = ContentCodec::pack(draft.newBytes);
    }
    return packed;
}

void ContentPacker::keep(const QList<std::pair<SipResult, PieceRange>>& newChunks, qint64 newPiece)
{
    if (newPiece == 0)
        return;
    Q_ASSERT(newPiece == m_nextPiece);
    ++m_nextPiece;
    for (const auto& [key, range] : newChunks)
        m_index.insert(key, range);
}

void ContentPacker::forget(const QList<qint64>& pieces)
{
    for (qint64 piece : pieces)
        m_index.forget(piece);
}

Result<QList<qint64>> ContentPacker::piecesOf(const QByteArray& data)
{
    if (!isShared(data))
        return QList<qint64>();
    const auto ranges = rangesOf(data);
    if (!ranges)
        return ranges.error();
    return piecesIn(*ranges);
}

Result<QByteArray> ContentPacker::unpack(
    const QByteArray& data, const std::function<Result<QByteArray>(qint64)>& readPiece)
{
    if (!isShared(data))
        return ContentCodec::unpack(data);
    const auto ranges = rangesOf(data);
    if (!ranges)
        return ranges.error();
    QHash<qint64, QByteArray> pieces;
    QByteArray content;
    for (const PieceRange& range : *ranges) {
        auto piece = pieces.constFind(range.piece);
        if (piece == pieces.cend()) {
            const auto read = readPiece(range.piece);
            if (!read)
                return read.error();
            const auto bytes = ContentCodec::unpack(*read);
            if (!bytes)
                return bytes.error();
            piece = pieces.insert(range.piece, *bytes);
        }
        if (range.offset + range.length > piece->size())
            return damagedPack();
        content.append(piece->constData() + range.offset, range.length);
    }
    return content;
}
