// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace {

constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;

Error failure(const QString& what, const QString& path, const QString& why)
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
        return failure(QStringLiteral("create the folder"), path, qt_error_string());
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
        return failure(QStringLiteral("set the permissions of"), path, file.errorString());
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
            return failure(QStringLiteral("create the trace store"), path, file.errorString());
        return {};
    }
    if (!info.isFile())
        return failure(QStringLiteral("open the trace store"), path, QStringLiteral("not a file"));
    if (!info.isWritable())
        return failure(QStringLiteral("open the trace store"), path, QStringLiteral("not writable"));
    for (const char* suffix : {"", "-wal", "-shm"}) {
        if (auto kept = keepPrivate(path + QLatin1String(suffix)); !kept)
            return kept;
    }
    return {};
}
