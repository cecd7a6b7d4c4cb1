// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// langfuse-proxy: the headless daemon and its terminal tools.

#include "base/freedmemory.h"
#include "base/version.h"
#include "cli/checkcommand.h"
#include "cli/commandline.h"
#include "cli/daemon.h"
#include "cli/democommand.h"
#include "cli/envcommand.h"
#include "cli/replaycommand.h"
#include "cli/runcommand.h"
#include "cli/tailcommand.h"
#include "cli/traceimport.h"
#include "cli/tracescommand.h"

#include <QCoreApplication>

#include <cstdio>

namespace {

int runCommand(const CommandLine& commandLine)
{
    switch (commandLine.command) {
    case Command::Serve:
        return int(runDaemon(commandLine));
    case Command::Check:
        return int(runCheck(commandLine));
    case Command::Env:
        return int(runEnv(commandLine));
    case Command::Run:
        return runProgram(commandLine);
    case Command::Tail:
        return int(runTail(commandLine));
    case Command::Demo:
        return int(runDemo(commandLine));
    case Command::Replay:
        return int(runReplay(commandLine));
    case Command::Diff:
    case Command::TracesList:
    case Command::TracesShow:
    case Command::TracesExport:
    case Command::TracesRemove:
        return int(runTraces(commandLine));
    case Command::TracesImport:
        return int(importTraces(commandLine));
    }
    return int(ExitCode::Usage);
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
    return runCommand(*parsed.commandLine);
}
