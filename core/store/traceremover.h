// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TraceRemover: takes traces out of the database, with their words and the bytes that only they used, and
// books it. The only way on which a row goes. Owned by StoreDatabase, telemetry thread.

#include "base/result.h"
#include "store/deliverystate.h"
#include "store/ledger.h"

#include <QList>

class SearchIndex;
class StoreConnection;
class StoreStatements;

/// What a few removals came to.
struct Removal
{
    Ledger change;
    QList<qint64> deletedPieces;
    bool hasMore = false; // there was more to do than the time allowed
};

class TraceRemover final
{
public:
    /// All must outlive this.
    TraceRemover(StoreConnection* connection, StoreStatements* statements, SearchIndex* index)
        : m_connection(connection)
        , m_statements(statements)
        , m_index(index)
    {
    }

    /// A row in that state: a pending one becomes a drop for that reason, of another it is noted that its row
    /// is gone. To be called inside a transaction, and the change to be written in it too. StoreFailed with
    /// SQLite's words.
    [[nodiscard]] Result<void> remove(
        qint64 row, DeliveryState state, qint64 capturedBytes, const QByteArray& reason, Removal* removal);

private:
    [[nodiscard]] Result<void> releasePieces(qint64 row, Removal* removal);

    StoreConnection* m_connection;
    StoreStatements* m_statements;
    SearchIndex* m_index;
};
