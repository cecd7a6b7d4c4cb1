// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/ledgertable.h"

#include "store/placeholders.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace {

constexpr char rejectedPrefix[] = "rejected:";
constexpr char droppedPrefix[] = "dropped:";
constexpr char evictedPrefix[] = "evicted:";

Error ledgerFailure(const QSqlQuery& query)
{
    return {ErrorCode::StoreFailed, query.lastError().databaseText(), {}};
}

void takeTally(Ledger* ledger, const QByteArray& name, const Tally& tally)
{
    const auto isTaken = [&](const char* prefix, TallyByReason* tallies) {
        if (!name.startsWith(prefix))
            return false;
        addTally(tallies, name.sliced(qstrlen(prefix)), tally);
        return true;
    };
    if (name == "captured")
        ledger->captured = tally;
    else if (name == "delivered")
        ledger->delivered = tally;
    else if (name == "disabled")
        ledger->disabled = tally;
    else if (!isTaken(rejectedPrefix, &ledger->rejectedBy) && !isTaken(droppedPrefix, &ledger->droppedBy))
        (void)isTaken(evictedPrefix, &ledger->evictedBy);
}

void name(QMap<QByteArray, Tally>* entries, const char* prefix, const TallyByReason& tallies)
{
    for (auto it = tallies.begin(); it != tallies.end(); ++it)
        entries->insert(prefix + it.key(), it.value());
}

Tally positive(const Tally& tally)
{
    return {qMax<qint64>(0, tally.traces), qMax<qint64>(0, tally.bytes)};
}

} // namespace

Result<Ledger> readLedger(const QSqlDatabase& database)
{
    Ledger ledger;
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT name, count, bytes FROM ledger")))
        return ledgerFailure(query);
    while (query.next())
        takeTally(&ledger, query.value(0).toByteArray(),
            {query.value(1).toLongLong(), query.value(2).toLongLong()});
    if (!query.exec(QStringLiteral("SELECT count(*), coalesce(sum(captured_bytes), 0)"
                                   " FROM trace INDEXED BY trace_pending WHERE state = 0"))
        || !query.next())
        return ledgerFailure(query);
    ledger.pending = {query.value(0).toLongLong(), query.value(1).toLongLong()};

    Tally missing = ledger.captured;
    for (const Tally& tally :
        {ledger.pending, ledger.delivered, ledger.disabled, ledger.rejected(), ledger.dropped()})
        missing -= tally;
    const Tally lost = positive(missing);
    addTally(&ledger.droppedBy, damagedReason, lost);
    missing -= lost;
    ledger.captured -= missing;
    return ledger;
}

Result<void> writeLedger(QSqlQuery* addToLedger, const Ledger& change)
{
    QMap<QByteArray, Tally> entries{
        {"captured", change.captured}, {"delivered", change.delivered}, {"disabled", change.disabled}};
    name(&entries, rejectedPrefix, change.rejectedBy);
    name(&entries, droppedPrefix, change.droppedBy);
    name(&entries, evictedPrefix, change.evictedBy);
    for (auto it = entries.cbegin(); it != entries.cend(); ++it) {
        if (it.value() == Tally())
            continue;
        addToLedger->bindValue(Placeholders::at(0), QString::fromUtf8(it.key()));
        addToLedger->bindValue(Placeholders::at(1), it.value().traces);
        addToLedger->bindValue(Placeholders::at(2), it.value().bytes);
        if (!addToLedger->exec())
            return ledgerFailure(*addToLedger);
    }
    return {};
}
