// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storefile.h"

#include "store/schema.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

namespace {

constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

Error fileFailure(const QString& what, const QString& path, const QString& why)
{
    return {ErrorCode::StoreFailed, QStringLiteral("cannot %1 %2: %3").arg(what, path, why), path};
}

Result<void> makeFolder(const QString& path)
{
    if (QFileInfo(path).isDir())
        return {};
    const QString parent = QFileInfo(path).path();
    if (parent != path) {
        if (auto made = makeFolder(parent); !made)
            return made;
    }
    if (!QDir().mkdir(path, ownerOnly | QFile::ExeOwner) && !QFileInfo(path).isDir())
        return fileFailure(QStringLiteral("create the folder"), path, qt_error_string());
    return {};
}

Result<void> keepPrivate(const QString& path)
{
    QFile file(path);
    if (!file.exists())
        return {};
    constexpr QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    if ((file.permissions() & others) && !file.setPermissions(ownerOnly))
        return fileFailure(QStringLiteral("set the permissions of"), path, file.errorString());
    return {};
}

} // namespace

Result<void> prepareStoreFile(const QString& path)
{
    const QFileInfo info(path);
    if (auto made = makeFolder(info.absolutePath()); !made)
        return made;
    if (!info.exists()) {
        QFile file(path);
        // Another program may make it at the same time; then it is as private as ours.
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, ownerOnly) && !QFileInfo::exists(path))
            return fileFailure(QStringLiteral("create the trace store"), path, file.errorString());
        return {};
    }
    if (!info.isFile())
        return fileFailure(QStringLiteral("open the trace store"), path, QStringLiteral("not a file"));
    if (!info.isWritable())
        return fileFailure(QStringLiteral("open the trace store"), path, QStringLiteral("not writable"));
    for (const char* suffix : {"", "-wal", "-shm"}) {
        if (auto kept = keepPrivate(path + QLatin1String(suffix)); !kept)
            return kept;
    }
    return {};
}

bool hasStoreHeader(const QString& path)
{
    // https://www.sqlite.org/fileformat2.html, 1.3: 100 bytes, application_id at 68, big-endian.
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray header = file.read(100);
    return header.size() == 100 && header.startsWith("SQLite format 3")
        && qFromBigEndian<qint32>(header.constData() + 68) == storeApplicationId;
}

Result<QString> setStoreAside(const QString& path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'hhmmss'Z'"));
    QString aside = path + QStringLiteral(".damaged-") + stamp;
    for (int again = 2; QFile::exists(aside); ++again)
        aside = path + QStringLiteral(".damaged-%1-%2").arg(stamp).arg(again);
    // The log first: without it the file of the same name would be given a foreign one.
    for (const char* suffix : {"-wal", "-shm", ""}) {
        const QString file = path + QLatin1String(suffix);
        if (!QFile::exists(file))
            continue;
        QFile renamed(file);
        // Nothing is kept of nothing: a new store that could not be begun on a full disk.
        if (renamed.size() == 0 && renamed.remove())
            continue;
        if (!renamed.rename(aside + QLatin1String(suffix)))
            return fileFailure(
                QStringLiteral("set aside the damaged trace store"), file, renamed.errorString());
    }
    return aside;
}
