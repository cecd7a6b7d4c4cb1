// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storedatabase.h"

#include "base/ids.h"
#include "store/schema.h"
#include "store/storefile.h"
#include "store/storestatements.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QVariant>

#include <initializer_list>

namespace {

constexpr char inMemory[] = ":memory:";
// Long enough for a reader's checkpoint, short enough not to hold up what shares the telemetry thread.
constexpr int busyTimeoutMs = 100;

Error failure(const QString& what, const QString& path, const QString& why)
{
    return {ErrorCode::StoreFailed, QStringLiteral("cannot %1 the trace store %2: %3").arg(what, path, why),
        path};
}

Error readFailure(const QSqlQuery& query, const QString& path)
{
    return failure(QStringLiteral("read"), path, query.lastError().databaseText());
}

/// Binds the values in order and runs the statement.
Result<void> execute(QSqlQuery* query, std::initializer_list<QVariant> values)
{
    int position = 0;
    for (const QVariant& value : values)
        query->bindValue(position++, value);
    if (!query->exec())
        return Error{ErrorCode::StoreFailed, query->lastError().databaseText(), {}};
    return {};
}

QString text(const QByteArray& utf8)
{
    // SQLite tells NULL from empty, Qt's null string is NULL.
    return utf8.isEmpty() ? QLatin1String("") : QString::fromUtf8(utf8);
}

} // namespace

Result<std::unique_ptr<StoreDatabase>> StoreDatabase::open(const QString& path)
{
    if (path != QLatin1String(inMemory)) {
        if (auto prepared = prepareStoreFile(path); !prepared)
            return prepared.error();
    }
    std::unique_ptr<StoreDatabase> database(new StoreDatabase(path));
    if (auto connected = database->connect(); !connected)
        return failure(QStringLiteral("open"), path, connected.error().message);
    return database;
}

StoreDatabase::StoreDatabase(const QString& path)
    : m_path(path)
    , m_connectionName(QLatin1String("tracestore-") + QString::fromLatin1(Ids::newUuid()))
{
}

StoreDatabase::~StoreDatabase()
{
    m_statements.reset();
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<void> StoreDatabase::connect()
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connectionName);
    if (!database.isValid())
        return Error{ErrorCode::StoreFailed, QStringLiteral("Qt's SQLite driver (QSQLITE) is missing"), {}};
    database.setDatabaseName(m_path);
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeoutMs));
    if (!database.open())
        return Error{ErrorCode::StoreFailed, database.lastError().databaseText(), {}};
    // WAL with NORMAL: a commit is a write without fsync; it survives kill -9, and a power cut may take the
    // last ones but never the database.
    for (const char* pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
             "PRAGMA foreign_keys = ON", "PRAGMA journal_size_limit = 67108864"}) {
        if (auto done = run(QLatin1String(pragma)); !done)
            return done;
    }
    if (auto prepared = prepareSchema(database); !prepared)
        return prepared;
    m_statements = std::make_unique<StoreStatements>(database);
    if (const QString why = m_statements->prepare(); !why.isEmpty())
        return Error{ErrorCode::StoreFailed, why, {}};
    return {};
}

Result<void> StoreDatabase::run(const QString& statement)
{
    QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
    if (!query.exec(statement))
        return Error{ErrorCode::StoreFailed, query.lastError().databaseText(), {}};
    return {};
}

Result<StoreBatchResult> StoreDatabase::write(const StoreBatch& batch)
{
    const QString writing = QStringLiteral("write to");
    if (auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return failure(writing, m_path, begun.error().message);
    auto result = writeRows(batch);
    if (result) {
        if (auto committed = run(QStringLiteral("COMMIT")); !committed)
            result = committed.error();
    }
    if (!result) {
        // SQLite has rolled back by itself after some errors; then this one fails, and rightly so.
        (void)run(QStringLiteral("ROLLBACK"));
        return failure(writing, m_path, result.error().message);
    }
    return result;
}

Result<StoreBatchResult> StoreDatabase::writeRows(const StoreBatch& batch)
{
    StoreBatchResult result;
    if (auto done = writeTraces(batch.traces, &result); !done)
        return done.error();
    if (auto done = writeSettlements(batch.settlements, &result); !done)
        return done.error();
    for (const FailedAttempt& attempt : batch.attempts) {
        if (auto done = execute(&m_statements->noteAttempt, {text(attempt.lastError), attempt.row}); !done)
            return done.error();
    }
    if (auto done = writeLedger(batch, result); !done)
        return done.error();
    return result;
}

Result<void> StoreDatabase::writeTraces(const QList<StoredTrace>& traces, StoreBatchResult* result)
{
    QSqlQuery& insert = m_statements->insertTrace;
    for (const StoredTrace& trace : traces) {
        auto done = execute(&insert,
            {text(trace.id), trace.startedAtUs, text(trace.provider), text(trace.model), trace.status,
                text(trace.errorCode), text(trace.session), text(trace.user), trace.durationUs,
                qint64(trace.content.size()), int(trace.state)});
        if (!done)
            return done;
        if (insert.numRowsAffected() == 0) {
            ++(trace.state == DeliveryState::Pending ? result->duplicatePending : result->duplicateDisabled);
            continue;
        }
        result->newPending += trace.state == DeliveryState::Pending ? 1 : 0;
        done = execute(&m_statements->insertContent, {insert.lastInsertId(), trace.content});
        if (!done)
            return done;
    }
    return {};
}

Result<void> StoreDatabase::writeSettlements(const QList<Settlement>& settlements, StoreBatchResult* result)
{
    QSqlQuery& settle = m_statements->settle;
    for (const Settlement& settlement : settlements) {
        auto done = execute(&settle, {int(settlement.state), text(settlement.reason), settlement.row});
        if (!done)
            return done;
        // A row that was settled before stays as it is and is not counted again.
        const qint64 changed = settle.numRowsAffected();
        (settlement.state == DeliveryState::Delivered ? result->delivered : result->rejected) += changed;
    }
    return {};
}

Result<void> StoreDatabase::writeLedger(const StoreBatch& batch, const StoreBatchResult& result)
{
    qint64 dropped = 0;
    qint64 disabled = -result.duplicateDisabled;
    for (const StoredTrace& trace : batch.traces)
        disabled += trace.state == DeliveryState::Disabled ? 1 : 0;
    QMap<QByteArray, qint64> entries;
    for (auto it = batch.dropped.cbegin(); it != batch.dropped.cend(); ++it) {
        entries["dropped:" + it.key()] += it.value();
        dropped += it.value();
    }
    entries["dropped:duplicate_id"] += result.duplicatePending + result.duplicateDisabled;
    entries["captured"] = batch.traces.size() + dropped;
    entries["delivered"] = result.delivered;
    entries["rejected"] = result.rejected;
    entries["disabled"] = disabled;
    for (auto it = entries.cbegin(); it != entries.cend(); ++it) {
        if (it.value() == 0)
            continue;
        if (auto done = execute(&m_statements->addToLedger, {text(it.key()), it.value()}); !done)
            return done;
    }
    return {};
}

Result<StoreCounts> StoreDatabase::readCounts()
{
    StoreCounts counts;
    QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT name, count FROM ledger")))
        return readFailure(query, m_path);
    while (query.next()) {
        const QString name = query.value(0).toString();
        const qint64 count = query.value(1).toLongLong();
        if (name == QLatin1String("captured"))
            counts.captured = count;
        else if (name == QLatin1String("delivered"))
            counts.delivered = count;
        else if (name == QLatin1String("rejected"))
            counts.rejected = count;
        else if (name == QLatin1String("disabled"))
            counts.disabled = count;
        else if (name.startsWith(QLatin1String("dropped:")))
            counts.dropped += count;
    }
    if (!query.exec(QStringLiteral("SELECT count(*) FROM trace INDEXED BY trace_pending WHERE state = 0")))
        return readFailure(query, m_path);
    counts.pending = query.next() ? query.value(0).toLongLong() : 0;
    query.finish();
    const auto oldest = oldestPending({});
    if (!oldest)
        return oldest.error();
    counts.oldestPendingStartedAtUs = *oldest;
    return counts;
}

Result<qint64> StoreDatabase::oldestPending(const QSet<qint64>& except)
{
    QSqlQuery& query = m_statements->selectOldest;
    if (!query.exec())
        return readFailure(query, m_path);
    qint64 startedAtUs = 0;
    while (query.next()) {
        if (except.contains(query.value(0).toLongLong()))
            continue;
        startedAtUs = query.value(1).toLongLong();
        break;
    }
    query.finish();
    return startedAtUs;
}

Result<QList<StoreDatabase::PendingContent>> StoreDatabase::readPending(
    qsizetype maxCount, qint64 afterRow, qsizetype maxBytes, const QSet<qint64>& except)
{
    QSqlQuery& query = m_statements->selectPending;
    if (auto done = execute(&query, {afterRow}); !done)
        return failure(QStringLiteral("read"), m_path, done.error().message);
    QList<PendingContent> found;
    qsizetype bytes = 0;
    while (found.size() < maxCount && bytes < maxBytes && query.next()) {
        const qint64 row = query.value(0).toLongLong();
        if (except.contains(row))
            continue;
        found.append({row, query.value(1).toInt(), query.value(2).toByteArray()});
        bytes += found.last().content.size();
    }
    query.finish(); // a statement left open would hold its snapshot and the checkpoint with it
    return found;
}

Result<QList<QByteArray>> StoreDatabase::readById(const QByteArray& id)
{
    QSqlQuery& query = m_statements->selectById;
    if (auto done = execute(&query, {text(id)}); !done)
        return failure(QStringLiteral("read"), m_path, done.error().message);
    QList<QByteArray> found;
    while (query.next())
        found.append(query.value(0).toByteArray());
    query.finish();
    return found;
}

Result<QList<QByteArray>> StoreDatabase::readNewest(qsizetype maxCount)
{
    QSqlQuery& query = m_statements->selectNewest;
    if (auto done = execute(&query, {qint64(maxCount)}); !done)
        return failure(QStringLiteral("read"), m_path, done.error().message);
    QList<QByteArray> found;
    while (query.next())
        found.append(query.value(0).toByteArray());
    query.finish();
    return found;
}
