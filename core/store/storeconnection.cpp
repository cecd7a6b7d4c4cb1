// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storeconnection.h"

#include "base/ids.h"
#include "store/placeholders.h"
#include "store/schema.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace {

// Long enough for a reader's checkpoint, short enough not to hold up what shares the telemetry thread.
constexpr int busyTimeoutMs = 100;

/// SQLITE_CORRUPT and SQLITE_NOTADB, with their extended codes (https://www.sqlite.org/rescode.html).
bool meansDamage(const QSqlError& error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == 11 || code == 26;
}

} // namespace

StoreConnection::StoreConnection(const QString& path)
    : m_path(path)
    , m_name(QLatin1String("tracestore-") + QString::fromLatin1(Ids::newUuid()))
{
}

StoreConnection::~StoreConnection()
{
    QSqlDatabase::removeDatabase(m_name);
}

QSqlDatabase StoreConnection::database() const
{
    return QSqlDatabase::database(m_name, false);
}

Result<void> StoreConnection::open()
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    if (!database.isValid())
        return Error{ErrorCode::StoreFailed, QStringLiteral("Qt's SQLite driver (QSQLITE) is missing"), {}};
    database.setDatabaseName(m_path);
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeoutMs));
    if (!database.open())
        return Error{ErrorCode::StoreFailed, database.lastError().databaseText(), {}};
    // Incremental: free pages can be given back a few at a time (files from before form 2 only use them
    // again). WAL with NORMAL: a commit is a write without fsync; it survives kill -9, and a power cut may
    // take the last ones but never the database.
    for (const char* pragma :
        {"PRAGMA auto_vacuum = INCREMENTAL", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
            "PRAGMA foreign_keys = ON", "PRAGMA journal_size_limit = 16777216"}) {
        if (auto done = run(QLatin1String(pragma)); !done)
            return done;
    }
    return prepareSchema(database);
}

Result<void> StoreConnection::run(const QString& statement)
{
    QSqlQuery query(database());
    if (!query.exec(statement))
        return failureOf(query);
    return {};
}

Result<qint64> StoreConnection::number(const QString& statement)
{
    QSqlQuery query(database());
    if (!query.exec(statement))
        return failureOf(query);
    return query.next() ? query.value(0).toLongLong() : 0;
}

Result<void> StoreConnection::execute(QSqlQuery* query, std::initializer_list<QVariant> values)
{
    int position = 0;
    for (const QVariant& value : values)
        query->bindValue(Placeholders::at(position++), value);
    if (!query->exec())
        return failureOf(*query);
    return {};
}

Result<void> StoreConnection::transact(const std::function<Result<void>()>& work)
{
    auto done = run(QStringLiteral("BEGIN IMMEDIATE"));
    if (!done)
        return done;
    done = work();
    if (done)
        done = run(QStringLiteral("COMMIT"));
    // SQLite has rolled back by itself after some errors; then this one fails, and rightly so.
    if (!done)
        (void)run(QStringLiteral("ROLLBACK"));
    return done;
}

Error StoreConnection::failureOf(const QSqlQuery& query)
{
    m_isDamaged = m_isDamaged || meansDamage(query.lastError());
    return {ErrorCode::StoreFailed, query.lastError().databaseText(), {}};
}

bool StoreConnection::findDamage()
{
    QSqlQuery query(database());
    if (!query.exec(QStringLiteral("PRAGMA quick_check(1)")))
        return meansDamage(query.lastError());
    return query.next() && query.value(0).toString() != QLatin1String("ok");
}
