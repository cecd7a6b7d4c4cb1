// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storeopening.h"

#include "base/logging.h"
#include "store/storeconnection.h"
#include "store/storefile.h"
#include "store/storelock.h"

namespace {

constexpr char inMemory[] = ":memory:";

/// What came of opening, and whether it failed because of damage.
struct Opening
{
    std::unique_ptr<StoreDatabase> database;
    Error error;
    bool isDamaged = false;
};

Opening openLocked(const QString& path, std::unique_ptr<StoreLock> lock)
{
    auto connection = std::make_unique<StoreConnection>(path);
    StoreConnection* const opened = connection.get();
    StoreLock* const held = lock.get();
    Result<void> done = opened->open();
    auto database = std::make_unique<StoreDatabase>(std::move(lock), std::move(connection));
    if (done)
        done = database->prepare();
    if (done) {
        if (const auto ledger = database->readLedger(); !ledger)
            done = ledger.error();
    }
    if (done) {
        if (held)
            held->sign();
        return {std::move(database), {}, false};
    }
    const Error error{ErrorCode::StoreFailed,
        QStringLiteral("cannot open the trace store %1: %2").arg(path, done.error().message), path};
    return {{}, error, opened->findDamage()};
}

} // namespace

Result<std::unique_ptr<StoreDatabase>> openStore(const QString& path)
{
    if (path == QLatin1String(inMemory)) {
        Opening opening = openLocked(path, {});
        if (!opening.database)
            return opening.error;
        return std::move(opening.database);
    }
    if (auto prepared = prepareStoreFile(path); !prepared)
        return prepared.error();
    auto lock = StoreLock::take(path);
    if (!lock)
        return lock.error();
    // A file that never was a store of ours is somebody's, whatever is in it.
    const bool isOurs = hasStoreHeader(path) || StoreLock::wasSigned(path);
    Opening opening = openLocked(path, std::move(*lock));
    if (opening.database)
        return std::move(opening.database);
    if (!opening.isDamaged || !isOurs)
        return opening.error;
    return replaceStore(path, {}, opening.error.message);
}

Result<std::unique_ptr<StoreDatabase>> replaceStore(
    const QString& path, const Ledger& known, const QString& why)
{
    auto lock = StoreLock::take(path);
    if (!lock)
        return lock.error();
    const auto aside = setStoreAside(path);
    if (!aside)
        return aside.error();
    Logging::write(Logging::Level::Error, "telemetry",
        "the trace store is damaged; it is set aside and a new one is begun",
        {{"store", path.toUtf8()}, {"set_aside_as", aside->toUtf8()}, {"error", why.toUtf8()},
            {"ledger", known == Ledger() ? "begins at zero" : "goes on"}});
    if (auto prepared = prepareStoreFile(path); !prepared)
        return prepared.error();
    Opening opening = openLocked(path, std::move(*lock));
    if (!opening.database)
        return opening.error;
    if (auto carried = opening.database->carryOver(known); !carried)
        return carried.error();
    return std::move(opening.database);
}
