// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreReader: questions to the store, over a connection that only reads: SQLite's log (WAL) gives each a
// picture of the committed rows, and neither waits for the other. Made for a question and dropped after it,
// so that nothing is held while nobody asks, and a store that was replaced is simply the next one opened.
// Lives on the thread that made it. ":memory:" has one connection: there it asks over the writer's own, on
// the writer's thread (TraceStore::reader()).

#include "base/result.h"
#include "store/tracefilter.h"
#include "store/tracestatistics.h"
#include "store/tracesummary.h"

#include <limits>
#include <memory>

class QSqlQuery;

/// A part of a list, newest first.
template <typename Entry>
struct StorePage
{
    QList<Entry> entries;
    bool hasMore = false; // there are older ones
};

/// The calls of one session, summed up.
struct SessionSummary
{
    QByteArray session;
    qint64 lastRow = 0; // of its newest call
    qint64 calls = 0;
    qint64 errors = 0;
    qint64 firstStartedAtUs = 0; // microseconds since 1970 UTC
    qint64 lastStartedAtUs = 0;
    QByteArray user; // of its newest call that has one
    QByteArray modelsJson; // array of strings
    std::optional<qint64>
        inputTokens; // these three: of the calls that know; cached and cache-written included
    std::optional<qint64> outputTokens; // reasoning included
    std::optional<qint64> picodollars;
};

struct StoredCall
{
    TraceSummary summary;
    TraceRecord record;
};

class StoreReader final
{
    Q_DISABLE_COPY_MOVE(StoreReader)

public:
    static constexpr qint64 newestRow = std::numeric_limits<qint64>::max();

    /// A connection of its own to the file. StoreFailed names the path, with SQLite's words.
    [[nodiscard]] static Result<std::unique_ptr<StoreReader>> open(const QString& path);
    /// Over that Qt SQL connection, which must stay open as long as this lives.
    explicit StoreReader(const QString& connectionName);
    ~StoreReader();

    // All fail with StoreFailed and SQLite's words.

    /// Up to `limit` rows below `beforeRow` that fit, newest first.
    [[nodiscard]] Result<StorePage<TraceSummary>> traces(
        const TraceFilter& filter, qsizetype limit, qint64 beforeRow = newestRow);
    /// The numbers of all rows that fit, the oldest first.
    [[nodiscard]] Result<QList<qint64>> rows(const TraceFilter& filter);
    /// Everything of one call; nothing when it is not there.
    [[nodiscard]] Result<std::optional<StoredCall>> call(const QByteArray& id);
    /// Sessions whose newest call is below `beforeRow`, the last used first.
    [[nodiscard]] Result<StorePage<SessionSummary>> sessions(qsizetype limit, qint64 beforeRow = newestRow);
    /// The calls that fit, summed up by provider and model.
    /// `parts`: so many of the filter's time, which has both ends then, are summed up too.
    [[nodiscard]] Result<TraceStatistics> statistics(const TraceFilter& filter, qsizetype parts = 0);

private:
    /// Runs `SELECT columns` over the rows that fit, in no order.
    [[nodiscard]] Result<void> selectAll(QSqlQuery* query, const QString& columns, const TraceFilter& filter);
    [[nodiscard]] Result<void> execute(
        QSqlQuery* query, const QString& statement, const QList<QVariant>& values);
    [[nodiscard]] Error readError(const QSqlQuery& query) const;
    [[nodiscard]] Result<QByteArray> content(qint64 row);

    QString m_connectionName;
    bool m_ownsConnection = false;
};
