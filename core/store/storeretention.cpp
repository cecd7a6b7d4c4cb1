// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storeretention.h"

#include "store/ledgertable.h"
#include "store/storeconnection.h"
#include "store/storestatements.h"
#include "store/tracestore.h"

#include <QDeadlineTimer>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <optional>

namespace {

constexpr char ageReason[] = "evicted_age";
constexpr char bytesReason[] = "evicted_bytes";
constexpr std::chrono::milliseconds stepTime(20);
constexpr int pagesGivenBack = 256; // in one step

struct Victim
{
    qint64 row = 0;
    DeliveryState state = DeliveryState::Delivered;
    qint64 capturedBytes = 0;
    qint64 startedAtUs = 0;
    qint64 storedBytes = 0; // more than it frees when others use them too
};

} // namespace

class StoreRetention::Private final
{
public:
    [[nodiscard]] Result<std::optional<Victim>> oldest(DeliveryState state, const QSet<qint64>& inUse);
    [[nodiscard]] Result<std::optional<Victim>> oldestOf(DeliveryState one, DeliveryState other);
    [[nodiscard]] Result<std::optional<Victim>> tooOld(const RetentionLimits& limits, qint64 nowUs);
    [[nodiscard]] qint64 excess(const RetentionLimits& limits) const;
    [[nodiscard]] Result<std::optional<Victim>> leastNeeded(const QSet<qint64>& inUse);
    [[nodiscard]] Result<bool> giveBack(qint64 maxBytes);

    StoreConnection* connection;
    StoreStatements* statements;
    TraceRemover* remover;
};

StoreRetention::StoreRetention(
    StoreConnection* connection, StoreStatements* statements, TraceRemover* remover)
    : d(new Private{connection, statements, remover})
{
}

StoreRetention::~StoreRetention() = default;

Result<Removal> StoreRetention::step(const RetentionLimits& limits, const QSet<qint64>& inUse, qint64 nowUs)
{
    Removal step;
    const QDeadlineTimer deadline(stepTime);
    const char* reason = ageReason;
    qint64 excess = 0; // bytes to be freed before it is asked again how full the file is
    const auto next = [&]() -> Result<std::optional<Victim>> {
        if (reason == ageReason) {
            auto victim = d->tooOld(limits, nowUs);
            if (!victim || *victim)
                return victim;
            reason = bytesReason;
        }
        if (excess <= 0)
            excess = d->excess(limits);
        if (excess <= 0)
            return std::optional<Victim>();
        auto victim = d->leastNeeded(inUse);
        if (victim && *victim)
            excess -= (*victim)->storedBytes;
        return victim;
    };
    auto victim = next();
    if (!victim)
        return victim.error();
    if (*victim) {
        const auto done = d->connection->transact([&]() -> Result<void> {
            while (*victim) {
                const Victim& gone = **victim;
                if (auto removed
                    = d->remover->remove(gone.row, gone.state, gone.capturedBytes, reason, &step);
                    !removed)
                    return removed;
                step.hasMore = deadline.hasExpired();
                if (step.hasMore)
                    break;
                victim = next();
                if (!victim)
                    return victim.error();
            }
            return writeLedger(&d->statements->addToLedger, step.change);
        });
        if (!done)
            return done.error();
    }
    const auto isMoreFree = d->giveBack(limits.maxBytes);
    if (!isMoreFree)
        return isMoreFree.error();
    step.hasMore = step.hasMore || *isMoreFree;
    return step;
}

Result<std::optional<Victim>> StoreRetention::Private::oldest(DeliveryState state, const QSet<qint64>& inUse)
{
    QSqlQuery& query = state == DeliveryState::Pending ? statements->selectOldest : statements->selectSettled;
    const auto done = state == DeliveryState::Pending ? connection->execute(&query)
                                                      : connection->execute(&query, {int(state)});
    if (!done)
        return done.error();
    std::optional<Victim> victim;
    while (!victim && query.next()) {
        const qint64 row = query.value(0).toLongLong();
        if (!inUse.contains(row))
            victim = Victim{row, state, query.value(2).toLongLong(), query.value(1).toLongLong(),
                query.value(3).toLongLong()};
    }
    query.finish();
    return victim;
}

Result<std::optional<Victim>> StoreRetention::Private::oldestOf(DeliveryState one, DeliveryState other)
{
    auto first = oldest(one, {});
    auto second = oldest(other, {});
    if (!first || !second)
        return first ? second : first;
    const bool isFirst = *first && (!*second || (*first)->row < (*second)->row);
    return isFirst ? first : second;
}

Result<std::optional<Victim>> StoreRetention::Private::tooOld(const RetentionLimits& limits, qint64 nowUs)
{
    const qint64 horizonUs = nowUs - std::chrono::microseconds(limits.maxAge).count();
    for (DeliveryState state : {DeliveryState::Delivered, DeliveryState::Disabled, DeliveryState::Rejected}) {
        auto victim = oldest(state, {});
        if (!victim || (*victim && (*victim)->startedAtUs < horizonUs))
            return victim;
    }
    return std::optional<Victim>();
}

/// Above what leaves room for the next commits. Free pages are room: they are used before the file grows.
qint64 StoreRetention::Private::excess(const RetentionLimits& limits) const
{
    const auto used = connection->number(QStringLiteral("SELECT (page_count - freelist_count) * page_size"
                                                        " FROM pragma_page_count, pragma_freelist_count,"
                                                        " pragma_page_size"));
    return used ? *used - (limits.maxBytes - limits.maxBytes / 20) : 0;
}

Result<std::optional<Victim>> StoreRetention::Private::leastNeeded(const QSet<qint64>& inUse)
{
    auto victim = oldestOf(DeliveryState::Delivered, DeliveryState::Disabled);
    if (victim && !*victim)
        victim = oldest(DeliveryState::Rejected, {});
    if (victim && !*victim)
        victim = oldest(DeliveryState::Pending, inUse);
    return victim;
}

/// Where the file is larger than it may be, or a good part of it is free. True when there are more such
/// pages.
Result<bool> StoreRetention::Private::giveBack(qint64 maxBytes)
{
    const auto free = connection->number(QStringLiteral("PRAGMA freelist_count"));
    if (!free || *free < pagesGivenBack)
        return free ? Result<bool>(false) : Result<bool>(free.error());
    const auto pages = connection->number(QStringLiteral("PRAGMA page_count"));
    const auto pageBytes = connection->number(QStringLiteral("PRAGMA page_size"));
    const auto isIncremental = connection->number(QStringLiteral("PRAGMA auto_vacuum"));
    for (const auto& read : {pages, pageBytes, isIncremental}) {
        if (!read)
            return read.error();
    }
    if (*isIncremental == 0 || (*pages * *pageBytes <= maxBytes && *free < *pages / 4))
        return false;
    // One page each time: Qt runs the first step of a statement without columns, and that is a page.
    QSqlQuery query(connection->database());
    if (!query.prepare(QStringLiteral("PRAGMA incremental_vacuum(1)")))
        return connection->failureOf(query);
    const auto done = connection->transact([&]() -> Result<void> {
        for (int page = 0; page < pagesGivenBack; ++page) {
            if (auto given = connection->execute(&query); !given)
                return given;
        }
        query.finish();
        return {};
    });
    if (!done)
        return done.error();
    return true;
}
