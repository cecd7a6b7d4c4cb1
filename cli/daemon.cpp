// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/daemon.h"

#include "app/engine.h"
#include "base/logging.h"
#include "base/version.h"
#include "cli/unixsignals.h"
#include "config/configloader.h"
#include "config/envfile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QHostAddress>
#include <QProcessEnvironment>

#include <cstdio>
#include <cstdlib>

namespace {

using Variables = QHash<QByteArray, QByteArray>;

struct Settings
{
    LoadedConfig loaded;
    QByteArrayList warnings; // about the .env file; shown once it is known how
};

Result<Variables> readEnvFile(const QByteArray& name, QByteArrayList* warnings)
{
    QFile file(name.isEmpty() ? QStringLiteral(".env") : QFile::decodeName(name));
    if (name.isEmpty() && !file.exists())
        return Variables();
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::InvalidConfig,
            QStringLiteral("cannot read the settings file %1: %2").arg(file.fileName(), file.errorString()),
            file.fileName()};
    }
    const EnvFile parsed = parseEnvFile(file.readAll());
    for (int line : parsed.ignoredLines) {
        warnings->append(file.fileName().toUtf8() + " line " + QByteArray::number(line)
            + " is not NAME=value and is ignored");
    }
    return parsed.values;
}

Result<Settings> load(const CommandLine& commandLine)
{
    Settings settings;
    SettingInputs inputs;
    inputs.flags = commandLine.flags;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        inputs.environment.insert(name.toUtf8(), environment.value(name).toUtf8());
    Result<Variables> envFile = readEnvFile(commandLine.envFile, &settings.warnings);
    if (!envFile)
        return envFile.error();
    inputs.envFile = *envFile;
    inputs.defaultStorePath = defaultStorePath();
    Result<LoadedConfig> loaded = loadConfig(inputs);
    if (!loaded)
        return loaded.error();
    settings.loaded = std::move(*loaded);
    return settings;
}

/// Says why there is no start, whatever LOG_LEVEL is.
ExitCode fail(const Error& error, Logging::Format format)
{
    const bool isNamed = error.code == ErrorCode::InvalidConfig || error.message.contains(error.subject);
    const QByteArray message
        = ((isNamed ? QString() : error.subject + QLatin1String(": ")) + error.message).toUtf8();
    const QByteArray line = format == Logging::Format::Text
        ? "langfuse-proxy: " + message + '\n'
        : Logging::formatLine(
            format, Logging::Level::Error, "proxy", message, {}, QDateTime::currentMSecsSinceEpoch());
    std::fputs(line.constData(), stderr);
    switch (error.code) {
    case ErrorCode::InvalidConfig:
        return ExitCode::Config;
    case ErrorCode::StoreFailed:
        return ExitCode::CannotStore;
    default:
        return ExitCode::Unavailable;
    }
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

QByteArray urlFor(const QString& host, quint16 port)
{
    const QHostAddress address(host);
    QString name = host;
    if (address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6))
        name = QStringLiteral("localhost");
    else if (address.protocol() == QAbstractSocket::IPv6Protocol)
        name = u'[' + host + u']';
    return "http://" + name.toUtf8() + ':' + QByteArray::number(port);
}

void announce(const Config& config, quint16 port)
{
    const QByteArray langfuse
        = config.isDeliveryEnabled() ? config.langfuseBaseUrl.toEncoded() : QByteArray("not configured");
    Logging::write(Logging::Level::Info, "proxy", "listening",
        {{"url", urlFor(config.host, port)}, {"port", QByteArray::number(port), true},
            {"version", versionText}, {"store", config.storePath.toUtf8()}, {"langfuse", langfuse}});
}

} // namespace

ExitCode runDaemon(const CommandLine& commandLine)
{
    Result<Settings> settings = load(commandLine);
    if (!settings)
        return fail(settings.error(), Logging::Format::Text); // the format is a setting itself
    const Config& config = settings->loaded.config;
    Logging::install(config.logLevel, config.logFormat);
    for (const QByteArray& warning : std::as_const(settings->warnings))
        Logging::write(Logging::Level::Warn, "proxy", warning);
    warnAboutOpenRelay(config);

    UnixSignals signalSource;
    Engine engine(config);
    const Result<quint16> port = engine.start(commandLine.strictPort);
    if (!port)
        return fail(port.error(), config.logFormat);
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
