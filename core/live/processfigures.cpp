// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/processfigures.h"

#ifdef Q_OS_LINUX
#include <QDir>
#include <QFile>

#include <sys/resource.h>
#include <unistd.h>
#endif

#ifdef Q_OS_LINUX
namespace {

QByteArray contentOf(const char* path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Seconds since 1970 when the kernel started.
qint64 bootTime()
{
    const QByteArray stat = contentOf("/proc/stat");
    const qsizetype at = stat.indexOf("\nbtime ");
    return at < 0 ? 0 : stat.mid(at + 7, stat.indexOf('\n', at + 1) - at - 7).toLongLong();
}

} // namespace

std::optional<ProcessFigures> readProcessFigures()
{
    // The name, in brackets, may contain anything; what follows is described in proc(5).
    const QByteArray stat = contentOf("/proc/self/stat");
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    const qint64 ticksPerSecond = ::sysconf(_SC_CLK_TCK);
    if (fields.size() < 22 || ticksPerSecond <= 0)
        return std::nullopt;
    ProcessFigures figures;
    const auto milliseconds = [&](qint64 ticks) { return ticks * 1000 / ticksPerSecond; };
    figures.cpuMilliseconds = milliseconds(fields[11].toLongLong() + fields[12].toLongLong());
    figures.startedAtMs = bootTime() * 1000 + milliseconds(fields[19].toLongLong());
    figures.virtualBytes = fields[20].toLongLong();
    figures.residentBytes = fields[21].toLongLong() * ::sysconf(_SC_PAGESIZE);
    figures.openFds = QDir(QStringLiteral("/proc/self/fd"))
                          .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System | QDir::Hidden)
                          .size();
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        figures.maxFds = qint64(limit.rlim_cur);
    return figures;
}
#else
std::optional<ProcessFigures> readProcessFigures()
{
    return std::nullopt;
}
#endif
