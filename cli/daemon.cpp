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
#include <QFile>
#include <QHostAddress>
#include <QProcessEnvironment>

#include <cstdio>
#include <cstdlib>

namespace {

using Variables = QHash<QByteArray, QByteArray>;

Result<Variables> readEnvFile(const QByteArray& name)
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
    for (int line : parsed.ignoredLines)
        std::fprintf(stderr, "langfuse-proxy: %s line %d is not NAME=value; ignored\n",
            qPrintable(file.fileName()), line);
    return parsed.values;
}

Result<LoadedConfig> load(const CommandLine& commandLine)
{
    SettingInputs inputs;
    inputs.flags = commandLine.flags;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        inputs.environment.insert(name.toUtf8(), environment.value(name).toUtf8());
    Result<Variables> envFile = readEnvFile(commandLine.envFile);
    if (!envFile)
        return envFile.error();
    inputs.envFile = *envFile;
    inputs.defaultStorePath = defaultStorePath();
    return loadConfig(inputs);
}

ExitCode fail(const Error& error)
{
    const QString subject
        = error.code == ErrorCode::InvalidConfig ? QString() : error.subject + QStringLiteral(": ");
    std::fprintf(stderr, "langfuse-proxy: %s%s\n", qPrintable(subject), qPrintable(error.message));
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
    Result<LoadedConfig> loaded = load(commandLine);
    if (!loaded)
        return fail(loaded.error());
    const Config& config = loaded->config;
    Logging::install(config.logLevel, config.logFormat);
    warnAboutOpenRelay(config);

    UnixSignals signalSource;
    Engine engine(config);
    const Result<quint16> port = engine.start(commandLine.strictPort);
    if (!port)
        return fail(port.error());
    announce(config, *port);

    bool isStopping = false;
    QObject::connect(&signalSource, &UnixSignals::terminationRequested, &engine, [&] {
        if (std::exchange(isStopping, true))
            std::_Exit(
                int(ExitCode::Interrupted)); // at once, as asked; the store is a database and stays whole
        Logging::write(Logging::Level::Info, "proxy", "stopping");
        engine.stop();
    });
    QObject::connect(&engine, &Engine::stopped, qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    return ExitCode::Ok;
}
