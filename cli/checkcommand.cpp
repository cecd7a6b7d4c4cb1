// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/checkcommand.h"

#include "cli/checkreport.h"
#include "cli/output.h"

#include <QCoreApplication>

ExitCode runCheck(const CommandLine& commandLine)
{
    Result<ProcessSettings> settings = processSettings(commandLine.settings);
    if (!settings)
        return fail(settings.error());
    Checks checks(settings->loaded.config);
    QObject::connect(&checks, &Checks::finished, qApp, &QCoreApplication::quit);
    checks.start();
    QCoreApplication::exec();
    const CheckReport report{settings->loaded, settings->warnings, checks.results()};
    print(commandLine.json ? report.json() : report.text());
    return report.isGood() ? ExitCode::Ok : ExitCode::Unavailable;
}
