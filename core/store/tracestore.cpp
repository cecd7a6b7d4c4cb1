// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracestore.h"

#include "base/logging.h"
#include "store/contentcodec.h"
#include "store/storedatabase.h"
#include "trace/recordcodec.h"

#include <QTimer>

#include <algorithm>

namespace {

constexpr qsizetype commitBytes = 4 << 20; // a queue this large is not left waiting for the timer
constexpr qsizetype maximumPendingBytes = 8 << 20; // packed, in one answer of pending()
constexpr std::chrono::milliseconds longestRetryDelay(5000);
constexpr char unwritableReason[] = "store_error";

StoredTrace toStored(const TraceRecord& record, DeliveryState state)
{
    return {record.id, record.startedAtUs, record.provider, record.model(), record.status, record.errorCode,
        record.attribution.sessionId, record.attribution.userId, record.durationUs, state,
        ContentCodec::pack(RecordCodec::encode(record))};
}

Result<TraceRecord> toRecord(const QByteArray& packed)
{
    const auto content = ContentCodec::unpack(packed);
    if (!content)
        return content.error();
    return RecordCodec::decode(*content);
}

} // namespace

class TraceStore::Private final
{
public:
    explicit Private(TraceStore* store)
        : q(store)
    {
        commitTimer.setSingleShot(true);
        QObject::connect(&commitTimer, &QTimer::timeout, q, [this] { (void)commit(); });
    }

    [[nodiscard]] Error notOpen() const;
    [[nodiscard]] Result<void> commit();
    void applied(const StoreBatchResult& result);
    [[nodiscard]] Result<void> failed(const Error& error);
    void enqueue(StoredTrace trace);
    void drop(qint64 count, const QByteArray& reason);
    void scheduleCommit();
    void settle(qint64 row, DeliveryState state, const QByteArray& reason);
    [[nodiscard]] Result<QList<TraceRecord>> decodeAll(const Result<QList<QByteArray>>& contents) const;

    TraceStore* q;
    Options options;
    std::unique_ptr<StoreDatabase> database;
    QTimer commitTimer;
    StoreBatch batch; // not committed yet
    qsizetype batchBytes = 0;
    QSet<qint64> settling; // rows with a settlement in the batch
    StoreCounts counts; // committed and queued together
    int failures = 0; // commits that failed in a row
};

Error TraceStore::Private::notOpen() const
{
    return {ErrorCode::StoreFailed, QStringLiteral("the trace store is not open"), options.path};
}

Result<void> TraceStore::Private::commit()
{
    if (!database)
        return notOpen();
    commitTimer.stop();
    if (batch.isEmpty())
        return {};
    const auto written = database->write(batch);
    if (!written)
        return failed(written.error());
    applied(*written);
    return {};
}

void TraceStore::Private::applied(const StoreBatchResult& result)
{
    if (failures > 0)
        qCInfo(logTelemetry, "the trace store can be written again");
    failures = 0;
    batch = {};
    batchBytes = 0;
    settling.clear();
    const qint64 duplicates = result.duplicatePending + result.duplicateDisabled;
    counts.pending -= result.delivered + result.rejected + result.duplicatePending;
    counts.delivered += result.delivered;
    counts.rejected += result.rejected;
    counts.disabled -= result.duplicateDisabled;
    counts.dropped += duplicates;
    if (const auto oldest = database->oldestPending({}); oldest)
        counts.oldestPendingStartedAtUs = *oldest;
    Q_EMIT q->countsChanged(counts);
    if (result.newPending > 0)
        Q_EMIT q->pendingCommitted();
}

Result<void> TraceStore::Private::failed(const Error& error)
{
    if (failures == 0)
        qCWarning(logTelemetry, "%s; traces wait in memory and it is tried again", qPrintable(error.message));
    batch.attempts.clear(); // of interest only, and they would pile up
    const auto delay = options.commitInterval * (1 << std::min(failures + 1, 10));
    ++failures;
    commitTimer.start(std::clamp(delay, std::chrono::milliseconds(1), longestRetryDelay));
    Q_EMIT q->storeFailed(error);
    return error;
}

void TraceStore::Private::enqueue(StoredTrace trace)
{
    const qsizetype bytes = trace.bytes();
    const auto isFull = [&] { return batchBytes > 0 && batchBytes + bytes > options.maxQueuedBytes; };
    if (isFull() && failures == 0)
        (void)commit();
    if (isFull())
        return drop(1, unwritableReason);
    ++counts.captured;
    ++(trace.state == DeliveryState::Pending ? counts.pending : counts.disabled);
    batchBytes += bytes;
    batch.traces.append(std::move(trace));
    // While commits fail only the timer tries again: not every append should wait for a broken disk.
    if (failures == 0 && (batch.traces.size() >= options.commitRows || batchBytes >= commitBytes))
        (void)commit();
    else
        scheduleCommit();
}

void TraceStore::Private::drop(qint64 count, const QByteArray& reason)
{
    counts.captured += count;
    counts.dropped += count;
    batch.dropped[reason] += count;
    scheduleCommit();
}

void TraceStore::Private::scheduleCommit()
{
    if (database && !commitTimer.isActive())
        commitTimer.start(options.commitInterval);
}

void TraceStore::Private::settle(qint64 row, DeliveryState state, const QByteArray& reason)
{
    if (settling.contains(row))
        return;
    settling.insert(row);
    batch.settlements.append({row, state, reason});
}

Result<QList<TraceRecord>> TraceStore::Private::decodeAll(const Result<QList<QByteArray>>& contents) const
{
    if (!contents)
        return contents.error();
    QList<TraceRecord> records;
    for (const QByteArray& content : *contents) {
        const auto record = toRecord(content);
        if (!record)
            return record.error();
        records.append(*record);
    }
    return records;
}

TraceStore::TraceStore(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

TraceStore::~TraceStore()
{
    close();
}

Result<void> TraceStore::open(const Options& options)
{
    Q_ASSERT(!d->database);
    d->options = options;
    auto database = StoreDatabase::open(options.path);
    if (!database)
        return database.error();
    const auto counts = (*database)->readCounts();
    if (!counts)
        return counts.error();
    d->database = std::move(*database);
    d->counts = *counts;
    d->failures = 0;
    return {};
}

void TraceStore::close()
{
    if (!d->database)
        return;
    if (const auto committed = d->commit(); !committed)
        qCWarning(logTelemetry, "%lld traces are lost: %s", qlonglong(d->batch.traces.size()),
            qPrintable(committed.error().message));
    d->commitTimer.stop();
    d->database.reset();
    d->batch = {};
    d->batchBytes = 0;
    d->settling.clear();
}

void TraceStore::append(const TraceRecord& record, DeliveryState state)
{
    Q_ASSERT(state == DeliveryState::Pending || state == DeliveryState::Disabled);
    if (d->database)
        d->enqueue(toStored(record, state));
    else
        d->drop(1, unwritableReason);
}

Result<void> TraceStore::flush()
{
    return d->commit();
}

Result<QList<PendingTrace>> TraceStore::pending(qsizetype maxCount, qint64 afterRow)
{
    if (!d->database)
        return d->notOpen();
    QList<PendingTrace> found;
    // Only rows that can be read count: an answer without any would mean that none waits.
    while (found.isEmpty()) {
        const auto rows = d->database->readPending(maxCount, afterRow, maximumPendingBytes, d->settling);
        if (!rows)
            return rows.error();
        if (rows->isEmpty())
            break;
        for (const StoreDatabase::PendingContent& row : *rows) {
            afterRow = row.row;
            if (const auto record = toRecord(row.content); record)
                found.append({row.row, *record, row.attempts});
            else
                d->settle(row.row, DeliveryState::Rejected, record.error().message.toUtf8());
        }
        if (!d->settling.isEmpty())
            d->scheduleCommit();
    }
    return found;
}

Result<void> TraceStore::markDelivered(const QList<qint64>& rows)
{
    for (qint64 row : rows)
        d->settle(row, DeliveryState::Delivered, {});
    return d->commit();
}

Result<void> TraceStore::markRejected(qint64 row, const QByteArray& reason)
{
    d->settle(row, DeliveryState::Rejected, reason);
    return d->commit();
}

Result<void> TraceStore::noteAttempt(const QList<qint64>& rows, const QByteArray& lastError)
{
    for (qint64 row : rows)
        d->batch.attempts.append({row, lastError});
    return d->commit();
}

void TraceStore::noteDropped(qint64 count, const QByteArray& reason)
{
    if (count > 0)
        d->drop(count, reason);
}

StoreCounts TraceStore::counts() const
{
    return d->counts;
}

Result<std::optional<TraceRecord>> TraceStore::record(const QByteArray& id)
{
    if (!d->database)
        return d->notOpen();
    const auto records = d->decodeAll(d->database->readById(id));
    if (!records)
        return records.error();
    return records->isEmpty() ? std::optional<TraceRecord>() : records->first();
}

Result<QList<TraceRecord>> TraceStore::newest(qsizetype maxCount)
{
    if (!d->database)
        return d->notOpen();
    return d->decodeAll(d->database->readNewest(maxCount));
}
