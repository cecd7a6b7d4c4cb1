// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracestore.h"

#include "base/logging.h"
#include "store/storewriter.h"
#include "trace/recordcodec.h"

namespace {

constexpr qsizetype maximumPendingBytes = 8 << 20; // of content, in one answer of pending()

} // namespace

class TraceStore::Private final
{
public:
    [[nodiscard]] Result<QList<TraceRecord>> decodeAll(const Result<QList<QByteArray>>& contents);

    StoreWriter writer;
};

Result<QList<TraceRecord>> TraceStore::Private::decodeAll(const Result<QList<QByteArray>>& contents)
{
    if (!contents)
        return writer.noteReadFailure(contents.error());
    QList<TraceRecord> records;
    for (const QByteArray& content : *contents) {
        const auto record = RecordCodec::decode(content);
        if (!record)
            return record.error();
        records.append(*record);
    }
    return records;
}

TraceStore::TraceStore(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    connect(&d->writer, &StoreWriter::pendingCommitted, this, &TraceStore::pendingCommitted);
    connect(&d->writer, &StoreWriter::ledgerChanged, this, &TraceStore::ledgerChanged);
    connect(&d->writer, &StoreWriter::availabilityChanged, this, &TraceStore::availabilityChanged);
    connect(&d->writer, &StoreWriter::storeFailed, this, &TraceStore::storeFailed);
}

TraceStore::~TraceStore()
{
    close();
}

Result<void> TraceStore::open(const Options& options)
{
    Q_ASSERT(!d->writer.isOpen());
    return d->writer.open(options);
}

void TraceStore::close()
{
    if (!d->writer.isOpen())
        return;
    if (const auto closed = d->writer.close(); !closed)
        qCWarning(logTelemetry, "%lld traces are lost: %s",
            qlonglong(d->writer.queue().batch().traces.size()), qPrintable(closed.error().message));
}

void TraceStore::append(const TraceRecord& record, DeliveryState state, const QByteArray& reason)
{
    Q_ASSERT(state == DeliveryState::Pending || state == DeliveryState::Disabled);
    if (d->writer.isOpen())
        d->writer.queue().add(record, state, d->writer.reasonToDrop(), reason);
    else
        d->writer.queue().drop({1, record.requestBytes + record.responseBytes}, d->writer.reasonToDrop());
    d->writer.commitInTime();
}

Result<void> TraceStore::flush()
{
    return d->writer.commit();
}

Result<QList<PendingTrace>> TraceStore::pending(qsizetype maxCount, qint64 afterRow)
{
    const auto database = d->writer.database();
    if (!database)
        return database.error();
    StoreQueue& queue = d->writer.queue();
    QList<PendingTrace> found;
    // Only rows that can be read count: an answer without any would mean that none waits.
    while (found.isEmpty()) {
        const auto rows = (*database)->readPending(maxCount, afterRow, maximumPendingBytes, queue.settling());
        if (!rows)
            return d->writer.noteReadFailure(rows.error());
        if (rows->isEmpty())
            break;
        for (const StoreDatabase::PendingContent& row : *rows) {
            afterRow = row.row;
            const auto record = row.content ? RecordCodec::decode(*row.content) : row.content.error();
            if (record) {
                found.append({row.row, *record, row.attempts});
                continue;
            }
            const Error error = d->writer.noteReadFailure(record.error());
            queue.settle(row.row, DeliveryState::Rejected, "damaged: " + error.message.toUtf8());
            d->writer.scheduleCommit();
        }
    }
    return found;
}

void TraceStore::setDelivering(const QList<qint64>& rows, bool isDelivering)
{
    for (qint64 row : rows) {
        if (isDelivering)
            d->writer.beginDelivering(row);
        else
            d->writer.endDelivering(row);
    }
    d->writer.announce();
}

Result<QSet<qint64>> TraceStore::stillPending(const QList<qint64>& rows)
{
    const auto database = d->writer.database();
    if (!database)
        return database.error();
    QSet<qint64> found;
    for (qint64 row : rows) {
        const auto bytes = (*database)->pendingBytes(row);
        if (!bytes)
            return d->writer.noteReadFailure(bytes.error());
        if (*bytes && !d->writer.queue().settling().contains(row))
            found.insert(row);
    }
    return found;
}

Result<qint64> TraceStore::newestRow()
{
    const auto database = d->writer.database();
    if (!database)
        return database.error();
    const auto newest = (*database)->newestRow();
    return newest ? newest : Result<qint64>(d->writer.noteReadFailure(newest.error()));
}

Result<void> TraceStore::markDelivered(const QList<qint64>& rows)
{
    for (qint64 row : rows) {
        d->writer.endDelivering(row);
        d->writer.queue().settle(row, DeliveryState::Delivered, {});
    }
    return d->writer.commit();
}

Result<void> TraceStore::markRejected(qint64 row, const QByteArray& reason)
{
    d->writer.endDelivering(row);
    d->writer.queue().settle(row, DeliveryState::Rejected, reason);
    return d->writer.commit();
}

Result<void> TraceStore::noteAttempt(const QList<qint64>& rows, const QByteArray& lastError)
{
    for (qint64 row : rows) {
        d->writer.endDelivering(row);
        d->writer.queue().noteAttempt(row, lastError);
    }
    return d->writer.commit();
}

void TraceStore::noteDropped(const Tally& tally, const QByteArray& reason)
{
    if (tally.traces <= 0)
        return;
    d->writer.queue().drop(tally, reasonWord(reason));
    d->writer.scheduleCommit();
}

Result<RowEdit> TraceStore::deleteTraces(const QList<qint64>& rows)
{
    return d->writer.deleteRows(rows);
}

Result<RowEdit> TraceStore::retryRejected(const QList<qint64>& rows)
{
    return d->writer.unreject(rows);
}

Result<QList<qint64>> TraceStore::rowsOf(const QList<QByteArray>& ids)
{
    const auto database = d->writer.database();
    if (!database)
        return database.error();
    auto rows = (*database)->rowsOf(ids);
    if (!rows)
        return d->writer.noteReadFailure(rows.error());
    return rows;
}

Ledger TraceStore::ledger() const
{
    return d->writer.ledger();
}

Result<std::optional<TraceRecord>> TraceStore::record(const QByteArray& id)
{
    const auto database = d->writer.database();
    if (!database)
        return database.error();
    const auto records = d->decodeAll((*database)->readById(id));
    if (!records)
        return records.error();
    return records->isEmpty() ? std::optional<TraceRecord>() : records->first();
}

Result<std::unique_ptr<StoreReader>> TraceStore::reader()
{
    const auto database = d->writer.database();
    if (!database)
        return database.error();
    return std::make_unique<StoreReader>((*database)->connectionName());
}

Result<QList<TraceRecord>> TraceStore::newest(qsizetype maxCount)
{
    const auto database = d->writer.database();
    if (!database)
        return database.error();
    return d->decodeAll((*database)->readNewest(maxCount));
}
