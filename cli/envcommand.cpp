// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/envcommand.h"

#include "app/clientvariables.h"
#include "app/proxyaddress.h"
#include "cli/output.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace {

QByteArray shellOfUser()
{
#ifdef Q_OS_WIN
    return "powershell";
#else
    return qgetenv("SHELL").endsWith("/fish") ? "fish" : "sh";
#endif
}

QByteArray asJson(const QList<ClientVariable>& variables)
{
    QJsonObject object;
    for (const ClientVariable& variable : variables)
        object.insert(QString::fromUtf8(variable.name), QString::fromUtf8(variable.value));
    return QJsonDocument(object).toJson();
}

} // namespace

ExitCode runEnv(const CommandLine& commandLine)
{
    QByteArray url = commandLine.url;
    if (url.isEmpty()) {
        const Result<ProcessSettings> settings = processSettings(commandLine.settings);
        if (!settings)
            return fail(settings.error());
        const Config& config = settings->loaded.config;
        url = proxyUrl(config.host, config.port);
    }
    const QList<ClientVariable> variables = clientVariables(url, qgetenv("NO_PROXY"));
    print(commandLine.json
            ? asJson(variables)
            : exportLines(variables, commandLine.shell.isEmpty() ? shellOfUser() : commandLine.shell));
    return ExitCode::Ok;
}
