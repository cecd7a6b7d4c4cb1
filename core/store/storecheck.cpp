// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storecheck.h"

#include "store/schema.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace {

Error failed(const QString& path, const QString& why)
{
    return {ErrorCode::StoreFailed, why, path};
}

/// The nearest folder that is there must allow to make the others and the file.
Result<StoreState> checkPlace(const QString& path)
{
    QString folder = QFileInfo(path).absolutePath();
    while (!QFileInfo::exists(folder) && folder != QDir::rootPath())
        folder = QFileInfo(folder).absolutePath();
    const QFileInfo place(folder);
    if (!place.isDir())
        return failed(path, QStringLiteral("%1 is not a folder").arg(folder));
    if (!place.isWritable())
        return failed(path, QStringLiteral("%1 cannot be written to").arg(folder));
    return StoreState{};
}

Result<QVariant> valueOf(const QSqlDatabase& database, const QString& path, const QString& statement)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(statement) || !query.next())
        return failed(path, query.lastError().databaseText());
    return query.value(0);
}

Result<StoreState> read(const QSqlDatabase& database, const QString& path)
{
    StoreState state;
    state.exists = true;
    state.bytes = QFileInfo(path).size();
    const auto owner = valueOf(database, path, QStringLiteral("PRAGMA application_id"));
    if (!owner)
        return owner.error();
    if (owner->toInt() != storeApplicationId)
        return failed(path, QStringLiteral("it is the database of another program"));
    const auto form = valueOf(database, path, QStringLiteral("PRAGMA user_version"));
    if (!form)
        return form.error();
    if (form->toInt() > storeSchemaVersion)
        return failed(path, QStringLiteral("it was written by a newer version"));
    const auto verdict = valueOf(database, path, QStringLiteral("PRAGMA quick_check(1)"));
    if (!verdict)
        return verdict.error();
    if (verdict->toString() != QLatin1String("ok"))
        return failed(path, QStringLiteral("it is damaged: %1").arg(verdict->toString()));
    const auto traces = valueOf(database, path, QStringLiteral("SELECT count(*) FROM trace"));
    const auto pending
        = valueOf(database, path, QStringLiteral("SELECT count(*) FROM trace WHERE state = 0"));
    if (!traces || !pending)
        return traces ? pending.error() : traces.error();
    state.traces = traces->toLongLong();
    state.pending = pending->toLongLong();
    return state;
}

} // namespace

Result<StoreState> checkStore(const QString& path)
{
    if (path == QLatin1String(":memory:"))
        return StoreState{};
    if (!QFileInfo::exists(path))
        return checkPlace(path);
    if (!QFileInfo(path).isReadable())
        return failed(path, QStringLiteral("it cannot be read"));
    const QString name = QStringLiteral("check:") + path;
    Result<StoreState> state = Error{};
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(path);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=2000"));
        state = database.open() ? read(database, path)
                                : Result<StoreState>(failed(path, database.lastError().databaseText()));
    }
    QSqlDatabase::removeDatabase(name);
    return state;
}
