// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/daemon.h"

#include "app/engine.h"
#include "app/proxyaddress.h"
#include "app/unixsignals.h"
#include "base/logging.h"
#include "base/version.h"
#include "cli/output.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHostAddress>

#include <cstdio>
#include <cstdlib>

namespace {

/// Says why there is no start, whatever LOG_LEVEL is.
ExitCode refuse(const Error& error, Logging::Format format)
{
    if (format == Logging::Format::Text)
        return fail(error);
    const QByteArray line = Logging::formatLine(
        format, Logging::Level::Error, "proxy", failureText(error), {}, QDateTime::currentMSecsSinceEpoch());
    std::fputs(line.constData(), stderr);
    return exitCodeOf(error);
}

bool isLoopback(const QString& host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

void warnAboutOpenRelay(const Config& config)
{
    if (isLoopback(config.host) || !config.proxyApiKey.isEmpty())
        return;
    const QList<QByteArray> accounts = config.overriddenAccounts();
    if (accounts.isEmpty())
        return;
    Logging::write(Logging::Level::Warn, "proxy",
        "OPEN RELAY: anybody who reaches " + config.host.toUtf8() + " can spend your account at "
            + accounts.join(", ") + ". Set PROXY_API_KEY, or HOST to a loopback address.");
}

void announce(const Config& config, quint16 port)
{
    const QByteArray langfuse
        = config.isDeliveryEnabled() ? config.langfuseBaseUrl.toEncoded() : QByteArray("not configured");
    Logging::write(Logging::Level::Info, "proxy", "listening",
        {{"url", proxyUrl(config.host, port)}, {"port", QByteArray::number(port), true},
            {"version", versionText}, {"store", config.storePath.toUtf8()}, {"langfuse", langfuse}});
}

} // namespace

ExitCode runDaemon(const CommandLine& commandLine)
{
    Result<ProcessSettings> settings = processSettings(commandLine.settings);
    if (!settings)
        return fail(settings.error()); // the format is a setting itself
    const Config& config = settings->loaded.config;
    Logging::install(config.logLevel, config.logFormat);
    for (const QByteArray& warning : std::as_const(settings->warnings))
        Logging::write(Logging::Level::Warn, "proxy", warning);
    warnAboutOpenRelay(config);

    UnixSignals signalSource;
    Engine engine(config);
    const Result<quint16> port = engine.start(commandLine.strictPort);
    if (!port)
        return refuse(port.error(), config.logFormat);
    announce(config, *port);

    bool isStopping = false;
    QObject::connect(&signalSource, &UnixSignals::terminationRequested, &engine, [&] {
        if (std::exchange(isStopping, true))
            std::_Exit(
                int(ExitCode::Interrupted)); // at once, as asked; the store is a database and stays whole
        Logging::write(Logging::Level::Info, "proxy", "stopping",
            {{"timeout_ms", QByteArray::number(qint64(config.shutdownTimeout.count())), true},
                {"hint", "a second signal ends it at once"}});
        engine.stop();
    });
    QObject::connect(&engine, &Engine::stopped, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    return ExitCode::Ok;
}
