// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/traceremover.h"

#include "store/contentpacker.h"
#include "store/searchindex.h"
#include "store/storeconnection.h"
#include "store/storestatements.h"
#include "store/tracestore.h"

#include <QVariant>

Result<void> TraceRemover::remove(
    qint64 row, DeliveryState state, qint64 capturedBytes, const QByteArray& reason, Removal* removal)
{
    if (auto released = releasePieces(row, removal); !released)
        return released;
    if (auto forgotten = m_index->remove(row); !forgotten)
        return forgotten;
    if (auto done = m_connection->execute(&m_statements->deleteTrace, {row}); !done)
        return done;
    const Tally tally{1, capturedBytes};
    if (state == DeliveryState::Pending) {
        removal->change.pending -= tally;
        addTally(&removal->change.droppedBy, reason, tally);
    } else {
        addTally(&removal->change.evictedBy, reason, tally);
    }
    return {};
}

Result<void> TraceRemover::releasePieces(qint64 row, Removal* removal)
{
    QSqlQuery& select = m_statements->selectContent;
    if (auto done = m_connection->execute(&select, {row}); !done)
        return done;
    const QByteArray data = select.next() ? select.value(0).toByteArray() : QByteArray();
    select.finish();
    const auto pieces = ContentPacker::piecesOf(data);
    if (!pieces)
        return {}; // a damaged list: the trace goes, what it used stays
    for (qint64 piece : *pieces) {
        QSqlQuery& release = m_statements->releasePiece;
        if (auto done = m_connection->execute(&release, {piece}); !done)
            return done;
        const bool isUnused = release.next() && release.value(0).toLongLong() <= 0;
        release.finish();
        if (!isUnused)
            continue;
        if (auto done = m_connection->execute(&m_statements->deletePiece, {piece}); !done)
            return done;
        removal->deletedPieces.append(piece);
    }
    return {};
}
