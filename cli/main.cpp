// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// langfuse-proxy: the headless daemon.

#include "base/freedmemory.h"
#include "base/version.h"
#include "cli/commandline.h"
#include "cli/daemon.h"

#include <QCoreApplication>

#include <cstdio>

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
