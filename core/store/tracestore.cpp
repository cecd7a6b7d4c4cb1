// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracestore.h"

#include "base/logging.h"
#include "store/contentcodec.h"
#include "store/storeopening.h"
#include "store/storequeue.h"
#include "trace/recordcodec.h"

#include <QTimer>

#include <algorithm>

namespace {

constexpr qsizetype commitBytes = 4 << 20; // a queue this large is not left waiting for the timer
constexpr qsizetype maximumPendingBytes = 8 << 20; // packed, in one answer of pending()
constexpr std::chrono::milliseconds longestRetryDelay(5000);
constexpr char unwritableReason[] = "store_error";
constexpr char fullReason[] = "store_full";

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
    [[nodiscard]] Error noteReadFailure(const Error& error);
    [[nodiscard]] Result<void> replaceDamaged();
    void scheduleCommit();
    [[nodiscard]] Ledger ledger() const;
    void announce() { Q_EMIT q->ledgerChanged(ledger()); }
    [[nodiscard]] Result<QList<TraceRecord>> decodeAll(const Result<QList<QByteArray>>& contents);

    TraceStore* q;
    Options options;
    bool isOpen = false;
    std::unique_ptr<StoreDatabase> database; // none while a damaged one cannot be replaced
    std::optional<Error> damage; // the file must be replaced
    QTimer commitTimer;
    StoreQueue queue;
    QHash<qint64, qint64> delivering; // the bytes of each row
    Ledger committed;
    int failures = 0; // commits that failed in a row
    bool isFull = false; // the last one because there is no room
};

Error TraceStore::Private::notOpen() const
{
    return {ErrorCode::StoreFailed, QStringLiteral("the trace store is not open"), options.path};
}

Ledger TraceStore::Private::ledger() const
{
    Ledger ledger = committed;
    ledger += queue.batch().expectedChange();
    for (qint64 bytes : delivering)
        ledger.delivering += {1, bytes};
    ledger.pending -= ledger.delivering;
    return ledger;
}

Result<void> TraceStore::Private::commit()
{
    if (!isOpen)
        return notOpen();
    commitTimer.stop();
    if (damage) {
        if (const auto replaced = replaceDamaged(); !replaced)
            return failed(replaced.error());
    }
    if (queue.isEmpty())
        return {};
    const auto written = database->write(queue.batch());
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
    queue.clear();
    committed += result.change;
    if (const auto oldest = database->oldestPending({}); oldest)
        committed.oldestPendingStartedAtUs = *oldest;
    announce();
    if (result.hasNewPending)
        Q_EMIT q->pendingCommitted();
}

Result<void> TraceStore::Private::failed(const Error& error)
{
    if (failures == 0)
        qCWarning(logTelemetry, "%s; traces wait in memory and it is tried again", qPrintable(error.message));
    queue.forgetAttempts();
    isFull = error.message.contains(QLatin1String("disk is full")); // SQLITE_FULL, in SQLite's words
    if (database && database->isDamaged())
        damage = error;
    const auto delay = options.commitInterval * (1 << std::min(failures + 1, 10));
    ++failures;
    commitTimer.start(std::clamp(delay, std::chrono::milliseconds(1), longestRetryDelay));
    Q_EMIT q->storeFailed(error);
    return error;
}

Error TraceStore::Private::noteReadFailure(const Error& error)
{
    if (database->isDamaged() && !damage) {
        damage = error;
        scheduleCommit();
    }
    return error;
}

/// What waits in memory goes to the new file; marks belong to rows of the old one.
Result<void> TraceStore::Private::replaceDamaged()
{
    database.reset();
    auto replaced = replaceStore(options.path, committed, damage->message);
    if (!replaced)
        return replaced.error();
    const auto ledger = (*replaced)->readLedger();
    if (!ledger)
        return ledger.error();
    database = std::move(*replaced);
    committed = *ledger;
    damage.reset();
    queue.forgetSettlements();
    delivering.clear();
    announce();
    return {};
}

void TraceStore::Private::scheduleCommit()
{
    if (isOpen && !commitTimer.isActive())
        commitTimer.start(options.commitInterval);
}

Result<QList<TraceRecord>> TraceStore::Private::decodeAll(const Result<QList<QByteArray>>& contents)
{
    if (!contents)
        return noteReadFailure(contents.error());
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
    Q_ASSERT(!d->isOpen);
    d->options = options;
    auto database = openStore(options.path);
    if (!database)
        return database.error();
    const auto ledger = (*database)->readLedger();
    if (!ledger)
        return ledger.error();
    d->database = std::move(*database);
    d->committed = *ledger;
    d->queue = StoreQueue(options.maxQueuedBytes);
    d->failures = 0;
    d->isFull = false;
    d->isOpen = true;
    return {};
}

void TraceStore::close()
{
    if (!d->isOpen)
        return;
    if (const auto committed = d->commit(); !committed)
        qCWarning(logTelemetry, "%lld traces are lost: %s", qlonglong(d->queue.batch().traces.size()),
            qPrintable(committed.error().message));
    d->commitTimer.stop();
    d->isOpen = false;
    d->database.reset();
    d->damage.reset();
    d->queue.clear();
    d->delivering.clear();
}

void TraceStore::append(const TraceRecord& record, DeliveryState state)
{
    Q_ASSERT(state == DeliveryState::Pending || state == DeliveryState::Disabled);
    if (!d->isOpen) {
        d->queue.drop({1, record.requestBytes + record.responseBytes}, unwritableReason);
        return;
    }
    d->queue.add(record, state, d->isFull ? fullReason : unwritableReason);
    // While commits fail only the timer tries again: not every append should wait for a broken disk.
    const bool isDue = d->queue.batch().traces.size() >= d->options.commitRows
        || d->queue.bytes() >= std::min(commitBytes, d->options.maxQueuedBytes / 4);
    if (d->failures == 0 && isDue)
        (void)d->commit();
    else
        d->scheduleCommit();
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
        const auto rows
            = d->database->readPending(maxCount, afterRow, maximumPendingBytes, d->queue.settling());
        if (!rows)
            return d->noteReadFailure(rows.error());
        if (rows->isEmpty())
            break;
        for (const StoreDatabase::PendingContent& row : *rows) {
            afterRow = row.row;
            if (const auto record = toRecord(row.content); record)
                found.append({row.row, *record, row.attempts});
            else
                d->queue.settle(
                    row.row, DeliveryState::Rejected, "damaged: " + record.error().message.toUtf8());
        }
        if (!d->queue.settling().isEmpty())
            d->scheduleCommit();
    }
    return found;
}

void TraceStore::setDelivering(const QList<qint64>& rows, bool isDelivering)
{
    for (qint64 row : rows) {
        if (!isDelivering) {
            d->delivering.remove(row);
        } else if (d->database && !d->queue.settling().contains(row)) {
            if (const auto bytes = d->database->pendingBytes(row); bytes && *bytes)
                d->delivering.insert(row, **bytes);
        }
    }
    d->announce();
}

Result<void> TraceStore::markDelivered(const QList<qint64>& rows)
{
    for (qint64 row : rows) {
        d->delivering.remove(row);
        d->queue.settle(row, DeliveryState::Delivered, {});
    }
    return d->commit();
}

Result<void> TraceStore::markRejected(qint64 row, const QByteArray& reason)
{
    d->delivering.remove(row);
    d->queue.settle(row, DeliveryState::Rejected, reason);
    return d->commit();
}

Result<void> TraceStore::noteAttempt(const QList<qint64>& rows, const QByteArray& lastError)
{
    for (qint64 row : rows) {
        d->delivering.remove(row);
        d->queue.noteAttempt(row, lastError);
    }
    return d->commit();
}

void TraceStore::noteDropped(const Tally& tally, const QByteArray& reason)
{
    if (tally.traces <= 0)
        return;
    d->queue.drop(tally, reasonWord(reason));
    d->scheduleCommit();
}

Ledger TraceStore::ledger() const
{
    return d->ledger();
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
