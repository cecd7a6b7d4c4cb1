// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/schema.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QStringList>
#include <QVariant>

#include <array>

namespace {

const QStringList& stepTo1()
{
    static const QStringList statements{
        QStringLiteral("CREATE TABLE trace ("
                       " row INTEGER PRIMARY KEY AUTOINCREMENT,"
                       " id TEXT NOT NULL UNIQUE,"
                       " started_at INTEGER NOT NULL," // microseconds since 1970
                       " provider TEXT NOT NULL,"
                       " model TEXT NOT NULL,"
                       " status INTEGER NOT NULL,"
                       " error_code TEXT NOT NULL,"
                       " session TEXT NOT NULL,"
                       " user TEXT NOT NULL,"
                       " duration INTEGER NOT NULL," // microseconds, -1 unknown
                       " bytes INTEGER NOT NULL," // of the content as stored
                       " state INTEGER NOT NULL," // DeliveryState
                       " attempts INTEGER NOT NULL DEFAULT 0,"
                       " last_error TEXT NOT NULL DEFAULT '',"
                       " reason TEXT NOT NULL DEFAULT '')"),
        // Holds pending rows only, in row order: reading the outbox costs nothing however long the history.
        QStringLiteral("CREATE INDEX trace_pending ON trace (state) WHERE state = 0"),
        QStringLiteral("CREATE TABLE content ("
                       " row INTEGER PRIMARY KEY REFERENCES trace (row) ON DELETE CASCADE,"
                       " data BLOB NOT NULL)"),
        QStringLiteral("CREATE TABLE ledger (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID"),
        QStringLiteral("PRAGMA application_id = %1").arg(storeApplicationId),
    };
    return statements;
}

const QStringList& stepTo2()
{
    // How many bytes were captured was not kept; for those rows it is what was stored.
    static const QStringList statements{
        QStringLiteral("ALTER TABLE trace ADD COLUMN captured_bytes INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("UPDATE trace SET captured_bytes = bytes"),
        // Settled rows by state, in row order: what retention deletes first is found at once.
        QStringLiteral("CREATE INDEX trace_settled ON trace (state) WHERE state <> 0"),
        QStringLiteral("ALTER TABLE ledger ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0"),
        QStringLiteral("UPDATE ledger SET name = 'rejected:other' WHERE name = 'rejected'"),
        QStringLiteral("UPDATE ledger SET bytes = coalesce((SELECT sum(captured_bytes) FROM trace"
                       " WHERE name = 'captured'"
                       " OR (name = 'delivered' AND state = 1) OR (name = 'rejected:other' AND state = 2)"
                       " OR (name = 'disabled' AND state = 3)), 0)"),
    };
    return statements;
}

const QStringList& stepTo3()
{
    static const QStringList statements{
        QStringLiteral("CREATE TABLE piece ("
                       " number INTEGER PRIMARY KEY,"
                       " uses INTEGER NOT NULL," // traces whose content refers to it
                       " data BLOB NOT NULL)"),
    };
    return statements;
}

/// Rows of older forms are listed with what they had, and are not found by their words: to know more, every
/// record would have to be unpacked before the proxy can start.
const QStringList& stepTo4()
{
    static const QStringList statements = [] {
        QStringList list;
        for (const char* column : {"request_id TEXT NOT NULL DEFAULT ''", "method TEXT NOT NULL DEFAULT ''",
                 "path TEXT NOT NULL DEFAULT ''", "name TEXT NOT NULL DEFAULT ''",
                 "request_model TEXT NOT NULL DEFAULT ''",
                 "outcome INTEGER NOT NULL DEFAULT 0", // CallOutcome
                 "tags TEXT NOT NULL DEFAULT ''", // each between line feeds
                 "finish_reason TEXT NOT NULL DEFAULT ''", "is_stream INTEGER NOT NULL DEFAULT 0",
                 "first_byte INTEGER NOT NULL DEFAULT -1", "first_token INTEGER NOT NULL DEFAULT -1",
                 "tokens_input INTEGER", // NULL: unknown, here and below
                 "tokens_cached INTEGER", "tokens_cache_write INTEGER", "tokens_output INTEGER",
                 "tokens_reasoning INTEGER", "tokens_total INTEGER", "cost INTEGER"}) // picodollars
            list.append(QStringLiteral("ALTER TABLE trace ADD COLUMN ") + QLatin1String(column));
        list += QStringList{
            QStringLiteral("CREATE INDEX trace_started ON trace (started_at)"),
            QStringLiteral("CREATE INDEX trace_session ON trace (session) WHERE session <> ''"),
            QStringLiteral("CREATE INDEX trace_user ON trace (user) WHERE user <> ''"),
            QStringLiteral("CREATE VIRTUAL TABLE search USING fts5(input, output, content='', columnsize=0,"
                           " tokenize=\"unicode61 remove_diacritics 2\")"),
            QStringLiteral("CREATE TABLE search_text ("
                           " row INTEGER PRIMARY KEY REFERENCES trace (row) ON DELETE CASCADE,"
                           " data BLOB NOT NULL)"),
        };
        return list;
    }();
    return statements;
}

/// What lists say of a call. Calls of older forms say nothing until they are opened.
const QStringList& stepTo5()
{
    static const QStringList statements{
        QStringLiteral("ALTER TABLE trace ADD COLUMN error_message TEXT NOT NULL DEFAULT ''"),
        QStringLiteral("ALTER TABLE trace ADD COLUMN preview TEXT NOT NULL DEFAULT ''"),
        QStringLiteral(
            "ALTER TABLE trace ADD COLUMN tools TEXT NOT NULL DEFAULT ''"), // each between line feeds
    };
    return statements;
}

/// steps[n] leads from form n to form n + 1.
constexpr std::array steps{&stepTo1, &stepTo2, &stepTo3, &stepTo4, &stepTo5};
static_assert(steps.size() == storeSchemaVersion);

Error schemaFailure(const QString& why)
{
    return {ErrorCode::StoreFailed, why, {}};
}

Result<void> run(QSqlQuery* query, const QString& statement)
{
    if (!query->exec(statement))
        return schemaFailure(query->lastError().databaseText());
    return {};
}

Result<qint64> readNumber(QSqlQuery* query, const QString& statement)
{
    if (auto done = run(query, statement); !done)
        return done.error();
    const qint64 value = query->next() ? query->value(0).toLongLong() : 0;
    query->finish();
    return value;
}

Result<void> upgrade(QSqlQuery* query, int from)
{
    if (auto begun = run(query, QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun;
    // Another program may have opened the file at the same time and been first.
    const auto version = readNumber(query, QStringLiteral("PRAGMA user_version"));
    if (!version || *version != from) {
        (void)run(query, QStringLiteral("ROLLBACK"));
        return version ? Result<void>() : version.error();
    }
    QStringList statements = steps[std::size_t(from)]();
    statements.append(QStringLiteral("PRAGMA user_version = %1").arg(from + 1));
    statements.append(QStringLiteral("COMMIT"));
    for (const QString& statement : std::as_const(statements)) {
        if (auto done = run(query, statement); !done) {
            (void)run(query, QStringLiteral("ROLLBACK"));
            return done;
        }
    }
    return {};
}

} // namespace

Result<void> prepareSchema(const QSqlDatabase& database)
{
    QSqlQuery query(database);
    const auto version = readNumber(&query, QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    const auto owner = readNumber(&query, QStringLiteral("PRAGMA application_id"));
    const auto tables = readNumber(&query, QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!owner || !tables)
        return owner ? tables.error() : owner.error();
    if (*owner != storeApplicationId && (*tables > 0 || *version != 0))
        return schemaFailure(QStringLiteral("it is the database of another program"));
    if (*version > storeSchemaVersion)
        return schemaFailure(QStringLiteral("it was written by a newer version (form %1, this one knows %2)")
                                 .arg(*version)
                                 .arg(storeSchemaVersion));
    for (int from = int(*version); from < storeSchemaVersion; ++from) {
        if (auto done = upgrade(&query, from); !done)
            return done;
    }
    return {};
}
