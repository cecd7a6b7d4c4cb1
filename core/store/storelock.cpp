// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storelock.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#else
#include <QLockFile>
#endif

namespace {

Error inUse(const QString& storePath, const QByteArray& holder)
{
    const QString who = holder.isEmpty()
        ? QStringLiteral("another process")
        : QStringLiteral("another process (number %1)").arg(QString::fromLatin1(holder));
    return {ErrorCode::StoreFailed,
        QStringLiteral("the trace store %1 is in use by %2; give this one a STORE_PATH of its own")
            .arg(storePath, who),
        storePath};
}

Error cannotLock(const QString& storePath, const QString& why)
{
    return {ErrorCode::StoreFailed, QStringLiteral("cannot lock the trace store %1: %2").arg(storePath, why),
        storePath};
}

} // namespace

QString StoreLock::fileFor(const QString& storePath)
{
    return storePath + QStringLiteral("-lock");
}

bool StoreLock::wasSigned(const QString& storePath)
{
    return QFileInfo(fileFor(storePath)).size() > 0;
}

#ifdef Q_OS_UNIX

class StoreLock::Private final
{
    Q_DISABLE_COPY_MOVE(Private)

public:
    explicit Private(int file)
        : m_file(file)
    {
    }
    ~Private() { ::close(m_file); }

    void sign() const
    {
        // A full disk must not keep the store from being used.
        const QByteArray number = QByteArray::number(QCoreApplication::applicationPid()) + '\n';
        if (::ftruncate(m_file, 0) == 0)
            (void)!::pwrite(m_file, number.constData(), size_t(number.size()), 0);
    }

private:
    int m_file;
};

// flock() and not QLockFile: that one tells a dead holder by process number and host name, and a container
// has number 1 every time and another name.
Result<std::unique_ptr<StoreLock>> StoreLock::take(const QString& storePath)
{
    const QByteArray name = QFile::encodeName(fileFor(storePath));
    const int file = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return cannotLock(storePath, qt_error_string(errno));
    auto held = std::make_unique<Private>(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        if (reason != EWOULDBLOCK)
            return cannotLock(storePath, qt_error_string(reason));
        char holder[32] = {};
        const auto bytes = ::pread(file, holder, sizeof holder, 0);
        return inUse(storePath, QByteArray(holder, bytes > 0 ? bytes : 0).trimmed());
    }
    return std::unique_ptr<StoreLock>(new StoreLock(std::move(held)));
}

#else

class StoreLock::Private final
{
public:
    explicit Private(const QString& path)
        : file(path)
    {
        file.setStaleLockTime(0);
    }
    void sign() const { } // QLockFile has written the number
    QLockFile file;
};

Result<std::unique_ptr<StoreLock>> StoreLock::take(const QString& storePath)
{
    auto held = std::make_unique<Private>(fileFor(storePath));
    if (!held->file.tryLock()) {
        if (held->file.error() == QLockFile::LockFailedError)
            return inUse(storePath, {});
        return cannotLock(storePath, QStringLiteral("the lock file cannot be made"));
    }
    return std::unique_ptr<StoreLock>(new StoreLock(std::move(held)));
}

#endif

StoreLock::StoreLock(std::unique_ptr<Private> held)
    : d(std::move(held))
{
}

StoreLock::~StoreLock() = default;

void StoreLock::sign()
{
    d->sign();
}
