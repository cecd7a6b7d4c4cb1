// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// langfuse-proxy: the headless daemon.

#include "base/version.h"
#include "cli/commandline.h"
#include "cli/daemon.h"

#include <QCoreApplication>

#include <cstdio>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

/// Left alone, glibc gives memory back after every larger record and fetches it again for the next: a page
/// fault for each 4 KiB of it. A few MiB stay with the process instead.
void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

} // namespace

int main(int argc, char** argv)
{
    keepFreedMemory();
    // Qt's own poll loop: the GLib one costs more for every wake-up and brings nothing to a daemon.
    qputenv("QT_NO_GLIB", "1");
    const CommandLineResult parsed = parseCommandLine(argc, argv);
    if (!parsed.commandLine) {
        std::fputs(parsed.output.constData(), parsed.exitCode == ExitCode::Ok ? stdout : stderr);
        return int(parsed.exitCode);
    }
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("langfuse-proxy"));
    QCoreApplication::setApplicationVersion(QLatin1String(versionText));
    return int(runDaemon(*parsed.commandLine));
}
