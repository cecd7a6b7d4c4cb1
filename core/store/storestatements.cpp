// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storestatements.h"

#include "store/placeholders.h"
#include "store/tracerow.h"

#include <QSqlDatabase>
#include <QSqlError>

#include <initializer_list>
#include <utility>

StoreStatements::StoreStatements(const QSqlDatabase& database)
    : insertTrace(database)
    , insertContent(database)
    , insertSearchText(database)
    , selectSearchText(database)
    , addWords(database)
    , removeWords(database)
    , insertPiece(database)
    , usePiece(database)
    , releasePiece(database)
    , deletePiece(database)
    , deleteTrace(database)
    , settle(database)
    , tallyPending(database)
    , settleDelivered(database)
    , unreject(database)
    , noteAttempt(database)
    , addToLedger(database)
    , selectPending(database)
    , selectOldest(database)
    , selectPendingBytes(database)
    , selectState(database)
    , selectRow(database)
    , selectSettled(database)
    , selectContent(database)
    , selectPiece(database)
    , selectById(database)
    , selectNewest(database)
{
}

QString StoreStatements::prepare()
{
    const std::initializer_list<std::pair<QSqlQuery*, QString>> all{
        {&insertTrace, TraceRow::insertStatement()},
        {&insertContent, QStringLiteral("INSERT INTO content (row, data) VALUES (?, ?)")},
        {&insertSearchText, QStringLiteral("INSERT INTO search_text (row, data) VALUES (?, ?)")},
        {&selectSearchText, QStringLiteral("SELECT data FROM search_text WHERE row = ?")},
        {&addWords, QStringLiteral("INSERT INTO search (rowid, input, output) VALUES (?, ?, ?)")},
        {&removeWords,
            QStringLiteral("INSERT INTO search (search, rowid, input, output) VALUES ('delete', ?, ?, ?)")},
        {&insertPiece, QStringLiteral("INSERT INTO piece (number, uses, data) VALUES (?, 0, ?)")},
        {&usePiece, QStringLiteral("UPDATE piece SET uses = uses + 1 WHERE number = ?")},
        {&releasePiece, QStringLiteral("UPDATE piece SET uses = uses - 1 WHERE number = ? RETURNING uses")},
        {&deletePiece, QStringLiteral("DELETE FROM piece WHERE number = ?")},
        {&deleteTrace,
            QStringLiteral("DELETE FROM trace WHERE row = ?")}, // and with it its content and search text
        {&settle,
            QStringLiteral("UPDATE trace SET state = ?, reason = ? WHERE row = ? AND state = 0"
                           " RETURNING captured_bytes")},
        // Of a JSON list of rows. By the rows, however many others are pending.
        {&tallyPending,
            QStringLiteral("SELECT count(*), coalesce(sum(captured_bytes), 0) FROM trace NOT INDEXED"
                           " WHERE row IN (SELECT value FROM json_each(?)) AND state = 0")},
        {&settleDelivered,
            QStringLiteral("UPDATE trace NOT INDEXED SET state = 1, reason = ''"
                           " WHERE row IN (SELECT value FROM json_each(?)) AND state = 0")},
        {&unreject,
            QStringLiteral("UPDATE trace SET state = 0, reason = '', attempts = 0, last_error = ''"
                           " WHERE row = ? AND state = 2")},
        {&noteAttempt,
            QStringLiteral("UPDATE trace SET attempts = attempts + 1, last_error = ?"
                           " WHERE row = ? AND state = 0")},
        {&addToLedger,
            QStringLiteral("INSERT INTO ledger (name, count, bytes) VALUES (?, ?, ?)"
                           " ON CONFLICT (name) DO UPDATE SET count = count + excluded.count,"
                           " bytes = bytes + excluded.bytes")},
        {&selectPending,
            QStringLiteral("SELECT trace.row, attempts, data FROM trace INDEXED BY trace_pending"
                           " LEFT JOIN content ON content.row = trace.row"
                           " WHERE state = 0 AND trace.row > ? ORDER BY trace.row")},
        {&selectOldest,
            QStringLiteral("SELECT row, started_at, captured_bytes, bytes FROM trace INDEXED BY trace_pending"
                           " WHERE state = 0 ORDER BY row")},
        {&selectPendingBytes, QStringLiteral("SELECT captured_bytes FROM trace WHERE row = ? AND state = 0")},
        {&selectState, QStringLiteral("SELECT state, captured_bytes, reason, id FROM trace WHERE row = ?")},
        {&selectRow, QStringLiteral("SELECT row FROM trace WHERE id = ?")},
        {&selectSettled,
            QStringLiteral("SELECT row, started_at, captured_bytes, bytes FROM trace INDEXED BY trace_settled"
                           " WHERE state = ? AND state <> 0 ORDER BY row")},
        {&selectContent, QStringLiteral("SELECT data FROM content WHERE row = ?")},
        {&selectPiece, QStringLiteral("SELECT data FROM piece WHERE number = ?")},
        {&selectById,
            QStringLiteral("SELECT data FROM trace JOIN content ON content.row = trace.row WHERE id = ?")},
        {&selectNewest, QStringLiteral("SELECT data FROM content ORDER BY row DESC LIMIT ?")},
    };
    for (const auto& [query, statement] : all) {
        query->setForwardOnly(true);
        if (!query->prepare(Placeholders::numbered(statement)))
            return query->lastError().databaseText();
    }
    return {};
}
