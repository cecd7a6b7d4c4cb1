// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ContentPacker: a record's bytes -> what is stored of them. A coding agent sends its whole history again
// with every turn; what earlier records have already stored is referred to, not stored again.
//
//   small records   as ContentCodec packs them
//   large ones      a list of ranges of pieces; the bytes that are new make one new piece
//
// A piece holds bytes and refers to nothing, and a record refers to at most maxPieces of them, so reading one
// costs the same however long the conversation. Pure; owned by the StoreQueue, telemetry thread.

#include "base/result.h"
#include "store/pieceindex.h"

#include <QSet>

#include <functional>
#include <utility>

struct PackedContent
{
    QByteArray data; // the trace's own: its content, or the list of ranges
    qint64 newPiece = 0; // 0: none
    QByteArray newPieceData; // packed
    QList<qint64> pieces; // that it refers to, the new one included; ascending, no repeats
    QList<std::pair<SipResult, PieceRange>> newChunks;

    [[nodiscard]] qsizetype bytes() const { return data.size() + newPieceData.size(); }
};

class ContentPacker final
{
public:
    static constexpr qsizetype smallestShared = 16 * 1024;
    static constexpr qsizetype maxPieces = 64;

    /// The numbers of new pieces begin with that one.
    explicit ContentPacker(qint64 nextPiece = 1);

    [[nodiscard]] PackedContent pack(const QByteArray& content) const;
    /// A new piece will be stored, and later records may refer to its chunks.
    void keep(const QList<std::pair<SipResult, PieceRange>>& newChunks, qint64 newPiece);
    /// These pieces have been deleted.
    void forget(const QList<qint64>& pieces);
    void forgetAll() { m_index.clear(); }

    /// The pieces that stored data refers to, as PackedContent::pieces.
    [[nodiscard]] static Result<QList<qint64>> piecesOf(const QByteArray& data);
    /// The record's bytes. `readPiece` gives a piece's packed data; its errors are handed on. StoreFailed for
    /// damaged data.
    [[nodiscard]] static Result<QByteArray> unpack(
        const QByteArray& data, const std::function<Result<QByteArray>(qint64)>& readPiece);

private:
    struct Draft;
    [[nodiscard]] Draft draftOf(const QByteArray& content, const QList<qsizetype>& ends,
        const QList<SipResult>& keys, const QSet<qint64>& refused) const;

    SipKey m_key; // secret: nobody can look for two texts that are taken for the same
    PieceIndex m_index;
    qint64 m_nextPiece;
};
