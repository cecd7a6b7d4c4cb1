// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/roweditor.h"

#include "store/ledgertable.h"
#include "store/storeconnection.h"
#include "store/storestatements.h"

#include <QDeadlineTimer>
#include <QVariant>

namespace {

constexpr std::chrono::milliseconds editTime(20); // the telemetry thread has other things to do
constexpr qsizetype rowsBetweenLooks = 16; // at the clock: a short list is never cut
constexpr char deletedReason[] = "deleted";

} // namespace

Result<RowEdit> RowEditor::remove(const QList<qint64>& rows, const QSet<qint64>& inUse, Removal* removal)
{
    qsizetype busy = 0;
    auto done = edit(rows, &removal->change, [&](qint64 row, const RowState& state) -> Result<bool> {
        if (inUse.contains(row)) {
            ++busy;
            return false;
        }
        if (auto removed = m_remover->remove(row, state.state, state.capturedBytes, deletedReason, removal);
            !removed)
            return removed.error();
        return true;
    });
    if (done)
        done->busy = busy;
    return done;
}

Result<RowEdit> RowEditor::unreject(const QList<qint64>& rows, Ledger* change)
{
    return edit(rows, change, [&](qint64 row, const RowState& state) -> Result<bool> {
        if (state.state != DeliveryState::Rejected)
            return false;
        if (auto done = m_connection->execute(&m_statements->unreject, {row}); !done)
            return done.error();
        const Tally tally{1, state.capturedBytes};
        change->pending += tally;
        addTally(&change->rejectedBy, reasonWord(state.reason), {-tally.traces, -tally.bytes});
        return true;
    });
}

Result<RowEdit> RowEditor::edit(const QList<qint64>& rows, const Ledger* change,
    const std::function<Result<bool>(qint64 row, const RowState& state)>& editRow)
{
    RowEdit edit;
    const QDeadlineTimer deadline(editTime);
    const auto done = m_connection->transact([&]() -> Result<void> {
        for (qint64 row : rows) {
            const auto state = stateOf(row);
            if (!state)
                return state.error();
            if (*state) {
                const auto isChanged = editRow(row, **state);
                if (!isChanged)
                    return isChanged.error();
                if (*isChanged)
                    edit.changed.append((*state)->id);
            }
            ++edit.handled;
            if (edit.handled % rowsBetweenLooks == 0 && deadline.hasExpired())
                break;
        }
        return writeLedger(&m_statements->addToLedger, *change);
    });
    if (!done)
        return done.error();
    return edit;
}

Result<std::optional<RowEditor::RowState>> RowEditor::stateOf(qint64 row)
{
    QSqlQuery& query = m_statements->selectState;
    if (auto done = m_connection->execute(&query, {row}); !done)
        return done.error();
    std::optional<RowState> state;
    if (query.next())
        state = RowState{DeliveryState(query.value(0).toInt()), query.value(1).toLongLong(),
            query.value(2).toByteArray(), query.value(3).toByteArray()};
    query.finish();
    return state;
}

Result<QList<qint64>> RowEditor::rowsOf(const QList<QByteArray>& ids)
{
    QSqlQuery& query = m_statements->selectRow;
    QList<qint64> rows;
    for (const QByteArray& id : ids) {
        if (auto done = m_connection->execute(&query, {QString::fromUtf8(id)}); !done)
            return done.error();
        if (query.next())
            rows.append(query.value(0).toLongLong());
        query.finish();
    }
    return rows;
}
