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

constexpr int applicationId = 0x4c465058; // "LFPX"

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
        QStringLiteral("PRAGMA application_id = %1").arg(applicationId),
    };
    return statements;
}

/// steps[n] leads from form n to form n + 1.
constexpr std::array steps{&stepTo1};
static_assert(steps.size() == storeSchemaVersion);

Error failure(const QString& why)
{
    return {ErrorCode::StoreFailed, why, {}};
}

Result<void> run(QSqlQuery* query, const QString& statement)
{
    if (!query->exec(statement))
        return failure(query->lastError().databaseText());
    return {};
}

Result<qint64> number(QSqlQuery* query, const QString& statement)
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
    const auto version = number(query, QStringLiteral("PRAGMA user_version"));
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
    const auto version = number(&query, QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    const auto owner = number(&query, QStringLiteral("PRAGMA application_id"));
    const auto tables = number(&query, QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!owner || !tables)
        return owner ? tables.error() : owner.error();
    if (*owner != applicationId && (*tables > 0 || *version != 0))
        return failure(QStringLiteral("it is the database of another program"));
    if (*version > storeSchemaVersion)
        return failure(QStringLiteral("it was written by a newer version (form %1, this one knows %2)")
                           .arg(*version)
                           .arg(storeSchemaVersion));
    for (int from = int(*version); from < storeSchemaVersion; ++from) {
        if (auto done = upgrade(&query, from); !done)
            return done;
    }
    return {};
}
