// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storereader.h"

#include "base/ids.h"
#include "store/contentpacker.h"
#include "store/tracerow.h"
#include "trace/recordcodec.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace {

// A reader waits for the writer only while a log is taken over after a crash.
constexpr int readerBusyTimeoutMs = 1000;

Error readerFailure(const QString& why, const QString& path)
{
    return {
        ErrorCode::StoreFailed, QStringLiteral("cannot read the trace store %1: %2").arg(path, why), path};
}

} // namespace

StoreReader::StoreReader(const QString& connectionName)
    : m_connectionName(connectionName)
{
}

StoreReader::~StoreReader()
{
    if (m_ownsConnection)
        QSqlDatabase::removeDatabase(m_connectionName);
}

Result<std::unique_ptr<StoreReader>> StoreReader::open(const QString& path)
{
    auto reader
        = std::make_unique<StoreReader>(QLatin1String("storereader-") + QString::fromLatin1(Ids::newUuid()));
    reader->m_ownsConnection = true;
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), reader->m_connectionName);
    database.setDatabaseName(path);
    database.setConnectOptions(
        QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=%1").arg(readerBusyTimeoutMs));
    if (!database.open())
        return readerFailure(database.lastError().databaseText(), path);
    return reader;
}

Error StoreReader::readError(const QSqlQuery& query) const
{
    return readerFailure(
        query.lastError().databaseText(), QSqlDatabase::database(m_connectionName, false).databaseName());
}

Result<void> StoreReader::execute(QSqlQuery* query, const QString& statement, const QList<QVariant>& values)
{
    query->setForwardOnly(true);
    if (!query->prepare(statement))
        return readError(*query);
    for (const QVariant& value : values)
        query->addBindValue(value);
    if (!query->exec())
        return readError(*query);
    return {};
}

Result<StorePage<TraceSummary>> StoreReader::traces(
    const TraceFilter& filter, qsizetype limit, qint64 beforeRow)
{
    const FilterClause clause = filterClause(filter);
    QList<QVariant> values;
    QString statement;
    // FTS5 gives its rows newest first by itself, so that a page ends where it is full.
    if (filter.search.isEmpty()) {
        statement = QStringLiteral("SELECT %1 FROM trace WHERE trace.row < ? AND %2"
                                   " ORDER BY trace.row DESC LIMIT ?");
    } else {
        statement = QStringLiteral("SELECT %1 FROM search CROSS JOIN trace ON trace.row = search.rowid"
                                   " WHERE search MATCH ? AND search.rowid < ? AND %2"
                                   " ORDER BY search.rowid DESC LIMIT ?");
        values.append(QString::fromUtf8(filter.search));
    }
    values.append(beforeRow);
    values += clause.values;
    values.append(qint64(limit + 1));
    QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
    if (auto done = execute(&query, statement.arg(TraceRow::columns(), clause.condition), values); !done)
        return done.error();
    StorePage<TraceSummary> page;
    while (query.next()) {
        page.hasMore = page.entries.size() == limit;
        if (page.hasMore)
            break;
        page.entries.append(TraceRow::read(query));
    }
    if (query.lastError().isValid())
        return readError(query);
    return page;
}

Result<std::optional<StoredCall>> StoreReader::call(const QByteArray& id)
{
    QSqlDatabase database = QSqlDatabase::database(m_connectionName, false);
    // One picture of row, content and pieces: retention may delete them between two statements. On the
    // writer's own connection nothing comes between.
    if (m_ownsConnection)
        database.transaction();
    const auto read = [&]() -> Result<std::optional<StoredCall>> {
        QSqlQuery query(database);
        const auto done
            = execute(&query, QStringLiteral("SELECT %1 FROM trace WHERE id = ?").arg(TraceRow::columns()),
                {QString::fromUtf8(id)});
        if (!done)
            return done.error();
        if (!query.next())
            return std::optional<StoredCall>();
        StoredCall call{TraceRow::read(query), {}};
        query.finish();
        const auto bytes = content(call.summary.row);
        if (!bytes)
            return bytes.error();
        const auto record = RecordCodec::decode(*bytes);
        if (!record)
            return record.error();
        call.record = *record;
        return std::optional<StoredCall>(std::move(call));
    };
    auto result = read();
    if (m_ownsConnection)
        database.commit();
    return result;
}

Result<QByteArray> StoreReader::content(qint64 row)
{
    const auto blob = [this](const QString& statement, qint64 key) -> Result<QByteArray> {
        QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
        if (auto done = execute(&query, statement, {key}); !done)
            return done.error();
        return query.next() ? query.value(0).toByteArray() : QByteArray();
    };
    const auto data = blob(QStringLiteral("SELECT data FROM content WHERE row = ?"), row);
    if (!data)
        return data;
    return ContentPacker::unpack(*data,
        [&](qint64 piece) { return blob(QStringLiteral("SELECT data FROM piece WHERE number = ?"), piece); });
}

Result<StorePage<SessionSummary>> StoreReader::sessions(qsizetype limit, qint64 beforeRow)
{
    // The page comes from the index alone; only its sessions' rows are read.
    const QString statement = QStringLiteral(
        "WITH page AS MATERIALIZED (SELECT session, max(row) AS last"
        " FROM trace INDEXED BY trace_session WHERE session <> ''"
        " GROUP BY session HAVING max(row) < ? ORDER BY last DESC LIMIT ?)"
        " SELECT page.session, page.last, count(*), sum(t.status >= 400 OR t.error_code <> ''),"
        " min(t.started_at), max(t.started_at),"
        " (SELECT u.user FROM trace AS u INDEXED BY trace_session WHERE u.session = page.session"
        "  AND u.session <> '' AND u.user <> '' ORDER BY u.row DESC LIMIT 1),"
        " json_group_array(DISTINCT t.model),"
        " sum(coalesce(t.tokens_input, 0) + coalesce(t.tokens_cached, 0) + coalesce(t.tokens_cache_write, "
        "0)),"
        " sum(coalesce(t.tokens_output, 0) + coalesce(t.tokens_reasoning, 0)), sum(t.cost),"
        " count(t.tokens_input), count(t.tokens_output)"
        " FROM page CROSS JOIN trace AS t INDEXED BY trace_session"
        " ON t.session = page.session AND t.session <> ''"
        " GROUP BY page.session ORDER BY page.last DESC");
    QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
    if (auto done = execute(&query, statement, {beforeRow, qint64(limit + 1)}); !done)
        return done.error();
    const auto known = [&query](int value, int count) {
        return query.value(count).toLongLong() > 0 ? std::optional<qint64>(query.value(value).toLongLong())
                                                   : std::nullopt;
    };
    StorePage<SessionSummary> page;
    while (query.next()) {
        page.hasMore = page.entries.size() == limit;
        if (page.hasMore)
            break;
        SessionSummary session;
        session.session = query.value(0).toString().toUtf8();
        session.lastRow = query.value(1).toLongLong();
        session.calls = query.value(2).toLongLong();
        session.errors = query.value(3).toLongLong();
        session.firstStartedAtUs = query.value(4).toLongLong();
        session.lastStartedAtUs = query.value(5).toLongLong();
        session.user = query.value(6).toString().toUtf8();
        session.modelsJson = query.value(7).toString().toUtf8();
        session.inputTokens = known(8, 11);
        session.outputTokens = known(9, 12);
        if (!query.value(10).isNull())
            session.picodollars = query.value(10).toLongLong();
        page.entries.append(session);
    }
    if (query.lastError().isValid())
        return readError(query);
    return page;
}

Result<void> StoreReader::selectAll(QSqlQuery* query, const QString& columns, const TraceFilter& filter)
{
    const FilterClause clause = filterClause(filter);
    QList<QVariant> values;
    QString statement = QStringLiteral("SELECT %1 FROM trace WHERE %2");
    if (!filter.search.isEmpty()) {
        statement = QStringLiteral("SELECT %1 FROM search CROSS JOIN trace ON trace.row = search.rowid"
                                   " WHERE search MATCH ? AND %2");
        values.append(QString::fromUtf8(filter.search));
    }
    return execute(query, statement.arg(columns, clause.condition), values + clause.values);
}

Result<QList<qint64>> StoreReader::rows(const TraceFilter& filter)
{
    QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
    if (auto done = selectAll(&query, QStringLiteral("trace.row"), filter); !done)
        return done.error();
    QList<qint64> rows;
    while (query.next())
        rows.append(query.value(0).toLongLong());
    if (query.lastError().isValid())
        return readError(query);
    std::sort(rows.begin(), rows.end());
    return rows;
}

Result<TraceStatistics> StoreReader::statistics(const TraceFilter& filter, qsizetype parts)
{
    QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
    TraceStatistics statistics;
    if (parts > 0)
        statistics.divide(filter.sinceUs.value_or(0), filter.untilUs.value_or(0), parts);
    if (auto done = selectAll(&query, statistics.columns(), filter); !done)
        return done.error();
    while (query.next())
        statistics.add(query);
    if (query.lastError().isValid())
        return readError(query);
    statistics.finish();
    return statistics;
}
