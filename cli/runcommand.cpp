// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/runcommand.h"

#include "app/engine.h"
#include "app/proxyaddress.h"
#include "cli/apiaccess.h"
#include "cli/calltable.h"
#include "cli/childprogram.h"
#include "cli/output.h"
#include "cli/terminaltext.h"

#include <QDateTime>
#include <QEventLoop>
#include <QTimer>

#include <cstdio>

namespace {

/// Reached from this machine only, by this program only: no key, no fixed port, and a silent log, because the
/// terminal belongs to the program.
Config ownConfig(const LoadedConfig& loaded)
{
    Config config = loaded.config;
    config.host = QStringLiteral("127.0.0.1");
    config.port = 0;
    config.proxyApiKey = {};
    if (loaded.sources.value("LOG_LEVEL") == SettingSource::Default)
        config.logLevel = Logging::Level::Silent;
    return config;
}

/// The calls since then, on stderr: stdout is the program's.
void showCalls(ApiClient* api, const QDateTime& since, bool asJson)
{
    const QByteArray from = since.toUTC().toString(Qt::ISODateWithMs).toUtf8();
    const Result<QByteArray> list = callsUpToNow(api, queryPart("since", from));
    if (!list)
        return (void)fail(list.error());
    const QByteArray text = asJson ? *list : CallTable(errorTerminalColumns()).whole(callRows(*list));
    std::fprintf(stderr, "%s%s", asJson ? "" : "\n", text.constData());
}

int runWith(ApiClient* api, const CommandLine& commandLine)
{
    const QDateTime start = QDateTime::currentDateTimeUtc();
    ChildProgram child(
        clientArguments(commandLine.program, api->url()), clientVariables(api->url(), qgetenv("NO_PROXY")));
    const int status = child.run();
    if (child.hasStarted())
        showCalls(api, start, commandLine.json);
    return status;
}

void stop(Engine* engine)
{
    QEventLoop loop;
    QObject::connect(engine, &Engine::stopped, &loop, &QEventLoop::quit);
    QTimer::singleShot(0, engine, &Engine::stop);
    loop.exec();
}

} // namespace

int runProgram(const CommandLine& commandLine)
{
    const Result<ProcessSettings> settings = processSettings(commandLine.settings);
    if (!settings)
        return int(fail(settings.error()));
    const Config& config = settings->loaded.config;
    const bool isNamed = !commandLine.url.isEmpty();
    ApiClient running(isNamed ? commandLine.url : proxyUrl(config.host, config.port), config.adminToken);
    if (running.isThere())
        return runWith(&running, commandLine);
    if (isNamed) {
        return int(fail({ErrorCode::ConnectionFailed, QStringLiteral("no langfuse-proxy answers there"),
            QString::fromUtf8(commandLine.url)}));
    }
    const Config own = ownConfig(settings->loaded);
    Logging::install(own.logLevel, own.logFormat);
    Engine engine(own);
    const Result<quint16> port = engine.start(true);
    if (!port)
        return int(fail(port.error()));
    ApiClient api(proxyUrl(own.host, *port), own.adminToken);
    const int status = runWith(&api, commandLine);
    stop(&engine);
    return status;
}
