// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storedatabase.h"

#include "store/ledgertable.h"
#include "store/roweditor.h"
#include "store/searchindex.h"
#include "store/storeconnection.h"
#include "store/storelock.h"
#include "store/storestatements.h"
#include "store/tracerow.h"

#include <QDateTime>
#include <QSqlDatabase>
#include <QVariant>

namespace {

Error failure(const QString& what, const QString& path, const QString& why)
{
    return {ErrorCode::StoreFailed, QStringLiteral("cannot %1 the trace store %2: %3").arg(what, path, why),
        path};
}

QString text(const QByteArray& utf8)
{
    // SQLite tells NULL from empty, Qt's null string is NULL.
    return utf8.isEmpty() ? QLatin1String("") : QString::fromUtf8(utf8);
}

} // namespace

StoreDatabase::StoreDatabase(std::unique_ptr<StoreLock> lock, std::unique_ptr<StoreConnection> connection)
    : m_lock(std::move(lock))
    , m_connection(std::move(connection))
    , m_path(m_connection->path())
{
}

StoreDatabase::~StoreDatabase() = default;

Result<void> StoreDatabase::prepare()
{
    auto statements = std::make_unique<StoreStatements>(m_connection->database());
    if (const QString why = statements->prepare(); !why.isEmpty())
        return Error{ErrorCode::StoreFailed, why, {}};
    m_statements = std::move(statements);
    m_index = std::make_unique<SearchIndex>(m_connection.get(), m_statements.get());
    m_remover = std::make_unique<TraceRemover>(m_connection.get(), m_statements.get(), m_index.get());
    m_retention = std::make_unique<StoreRetention>(m_connection.get(), m_statements.get(), m_remover.get());
    m_editor = std::make_unique<RowEditor>(m_connection.get(), m_statements.get(), m_remover.get());
    return {};
}

QString StoreDatabase::connectionName() const
{
    return m_connection->database().connectionName();
}

bool StoreDatabase::isDamaged() const
{
    return m_connection->isDamaged();
}

Result<void> StoreDatabase::carryOver(const Ledger& known)
{
    Ledger change = known;
    addTally(&change.droppedBy, damagedReason, known.pending);
    const auto done = m_connection->transact([&]() -> Result<void> {
        if (auto written = writeLedger(&m_statements->addToLedger, change); !written)
            return written;
        // Row numbers of the old file may still be on their way through delivery: none may come again.
        return m_connection->run(
            QStringLiteral("INSERT INTO sqlite_sequence (name, seq) VALUES ('trace', %1)")
                .arg(QDateTime::currentMSecsSinceEpoch()));
    });
    if (!done)
        return failure(QStringLiteral("write to"), m_path, done.error().message);
    return {};
}

Error StoreDatabase::readFailure(const QSqlQuery& query)
{
    return failure(QStringLiteral("read"), m_path, m_connection->failureOf(query).message);
}

Result<StoreBatchResult> StoreDatabase::write(const StoreBatch& batch)
{
    StoreBatchResult result;
    const auto done = m_connection->transact([&]() -> Result<void> {
        if (auto written = writeTraces(batch.traces, &result); !written)
            return written;
        if (auto written = writeSettlements(batch.settlements, &result); !written)
            return written;
        for (const FailedAttempt& attempt : batch.attempts) {
            if (auto noted
                = m_connection->execute(&m_statements->noteAttempt, {text(attempt.lastError), attempt.row});
                !noted)
                return noted;
        }
        for (auto it = batch.dropped.cbegin(); it != batch.dropped.cend(); ++it) {
            addTally(&result.change.droppedBy, it.key(), it.value());
            result.change.captured += it.value();
        }
        return writeLedger(&m_statements->addToLedger, result.change);
    });
    if (!done)
        return failure(QStringLiteral("write to"), m_path, done.error().message);
    return result;
}

Result<void> StoreDatabase::writeTraces(const QList<StoredTrace>& traces, StoreBatchResult* result)
{
    QSqlQuery& insert = m_statements->insertTrace;
    for (const StoredTrace& trace : traces) {
        // Also the piece of a trace that is not taken: later ones refer to it.
        if (trace.content.newPiece != 0) {
            auto stored = m_connection->execute(
                &m_statements->insertPiece, {trace.content.newPiece, trace.content.newPieceData});
            if (!stored)
                return stored;
        }
        TraceRow::bind(&insert, trace);
        auto done = m_connection->execute(&insert);
        if (!done)
            return done;
        result->change.captured += trace.tally();
        if (insert.numRowsAffected() == 0) {
            addTally(&result->change.droppedBy, "duplicate_id", trace.tally());
            continue;
        }
        const bool isPending = trace.summary.state == DeliveryState::Pending;
        (isPending ? result->change.pending : result->change.disabled) += trace.tally();
        result->hasNewPending = result->hasNewPending || isPending;
        const QVariant row = insert.lastInsertId();
        if (done = writeContent(row, trace.content); !done)
            return done;
        if (done = m_index->add(row.toLongLong(), trace.search); !done)
            return done;
    }
    return {};
}

Result<void> StoreDatabase::writeContent(const QVariant& row, const PackedContent& content)
{
    for (qint64 piece : content.pieces) {
        if (auto used = m_connection->execute(&m_statements->usePiece, {piece}); !used)
            return used;
    }
    return m_connection->execute(&m_statements->insertContent, {row, content.data});
}

Result<void> StoreDatabase::writeSettlements(const QList<Settlement>& settlements, StoreBatchResult* result)
{
    QByteArray delivered;
    for (const Settlement& settlement : settlements) {
        if (settlement.state == DeliveryState::Delivered) {
            delivered.append(delivered.isEmpty() ? '[' : ',').append(QByteArray::number(settlement.row));
        } else if (auto done = writeRejection(settlement, result); !done) {
            return done;
        }
    }
    return delivered.isEmpty() ? Result<void>() : writeDelivered(text(delivered + ']'), result);
}

// All of them at once: a batch has hundreds. A row that was settled before stays as it is and is not counted
// again; the same below.
Result<void> StoreDatabase::writeDelivered(const QVariant& jsonRows, StoreBatchResult* result)
{
    QSqlQuery& tally = m_statements->tallyPending;
    if (auto done = m_connection->execute(&tally, {jsonRows}); !done)
        return done;
    const Tally delivered
        = tally.next() ? Tally{tally.value(0).toLongLong(), tally.value(1).toLongLong()} : Tally();
    tally.finish();
    result->change.pending -= delivered;
    result->change.delivered += delivered;
    return m_connection->execute(&m_statements->settleDelivered, {jsonRows});
}

Result<void> StoreDatabase::writeRejection(const Settlement& settlement, StoreBatchResult* result)
{
    QSqlQuery& settle = m_statements->settle;
    auto done
        = m_connection->execute(&settle, {int(settlement.state), text(settlement.reason), settlement.row});
    if (done && settle.next()) {
        const Tally tally{1, settle.value(0).toLongLong()};
        result->change.pending -= tally;
        addTally(&result->change.rejectedBy, reasonWord(settlement.reason), tally);
    }
    settle.finish();
    return done;
}

Result<Ledger> StoreDatabase::readLedger()
{
    auto ledger = ::readLedger(m_connection->database());
    if (!ledger)
        return failure(QStringLiteral("read"), m_path, ledger.error().message);
    const auto oldest = oldestPending({});
    if (!oldest)
        return oldest.error();
    ledger->oldestPendingStartedAtUs = *oldest;
    return ledger;
}

Result<qint64> StoreDatabase::oldestPending(const QSet<qint64>& except)
{
    QSqlQuery& query = m_statements->selectOldest;
    if (!query.exec())
        return readFailure(query);
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

Result<std::optional<qint64>> StoreDatabase::pendingBytes(qint64 row)
{
    QSqlQuery& query = m_statements->selectPendingBytes;
    if (!m_connection->execute(&query, {row}))
        return readFailure(query);
    std::optional<qint64> bytes;
    if (query.next())
        bytes = query.value(0).toLongLong();
    query.finish();
    return bytes;
}

Result<qint64> StoreDatabase::nextPiece()
{
    const auto last = m_connection->number(QStringLiteral("SELECT max(number) FROM piece"));
    if (!last)
        return failure(QStringLiteral("read"), m_path, last.error().message);
    return *last + 1;
}

Result<Removal> StoreDatabase::evict(const RetentionLimits& limits, const QSet<qint64>& inUse, qint64 nowUs)
{
    auto step = m_retention->step(limits, inUse, nowUs);
    if (!step)
        return failure(QStringLiteral("delete from"), m_path, step.error().message);
    return step;
}

Result<RowEdit> StoreDatabase::remove(const QList<qint64>& rows, const QSet<qint64>& inUse, Removal* removal)
{
    auto edit = m_editor->remove(rows, inUse, removal);
    if (!edit)
        return failure(QStringLiteral("delete from"), m_path, edit.error().message);
    return edit;
}

Result<RowEdit> StoreDatabase::unreject(const QList<qint64>& rows, Ledger* change)
{
    auto edit = m_editor->unreject(rows, change);
    if (!edit)
        return failure(QStringLiteral("write to"), m_path, edit.error().message);
    return edit;
}

Result<QList<qint64>> StoreDatabase::rowsOf(const QList<QByteArray>& ids)
{
    auto rows = m_editor->rowsOf(ids);
    if (!rows)
        return failure(QStringLiteral("read"), m_path, rows.error().message);
    return rows;
}

Result<QByteArray> StoreDatabase::unpack(const QByteArray& data)
{
    return ContentPacker::unpack(data, [this](qint64 piece) -> Result<QByteArray> {
        QSqlQuery& query = m_statements->selectPiece;
        if (!m_connection->execute(&query, {piece}))
            return *(m_readError = readFailure(query));
        // A piece that is missing is empty, which is damage for whoever needs it.
        QByteArray packed = query.next() ? query.value(0).toByteArray() : QByteArray();
        query.finish();
        return packed;
    });
}

Result<qint64> StoreDatabase::newestRow()
{
    const auto newest = m_connection->number(QStringLiteral("SELECT max(row) FROM trace"));
    if (!newest)
        return failure(QStringLiteral("read"), m_path, newest.error().message);
    return newest;
}

Result<QList<StoreDatabase::PendingContent>> StoreDatabase::readPending(
    qsizetype maxCount, qint64 afterRow, qsizetype maxBytes, const QSet<qint64>& except)
{
    QSqlQuery& query = m_statements->selectPending;
    if (!m_connection->execute(&query, {afterRow}))
        return readFailure(query);
    QList<PendingContent> found;
    qsizetype bytes = 0;
    while (found.size() < maxCount && bytes < maxBytes && query.next()) {
        const qint64 row = query.value(0).toLongLong();
        if (except.contains(row))
            continue;
        found.append({row, query.value(1).toInt(), unpack(query.value(2).toByteArray())});
        if (m_readError)
            break;
        if (const Result<QByteArray>& content = found.last().content; content)
            bytes += content->size();
    }
    query.finish(); // a statement left open would hold its snapshot and the checkpoint with it
    if (m_readError)
        return *std::exchange(m_readError, {});
    return found;
}

Result<QList<QByteArray>> StoreDatabase::readById(const QByteArray& id)
{
    return readContents(&m_statements->selectById, {text(id)});
}

Result<QList<QByteArray>> StoreDatabase::readNewest(qsizetype maxCount)
{
    return readContents(&m_statements->selectNewest, {qint64(maxCount)});
}

Result<QList<QByteArray>> StoreDatabase::readContents(
    QSqlQuery* query, std::initializer_list<QVariant> values)
{
    if (!m_connection->execute(query, values))
        return readFailure(*query);
    QList<QByteArray> found;
    Result<void> unpacked;
    while (unpacked && query->next()) {
        if (const auto content = unpack(query->value(0).toByteArray()); content)
            found.append(*content);
        else
            unpacked = content.error();
    }
    query->finish();
    m_readError.reset();
    if (!unpacked)
        return unpacked.error();
    return found;
}
