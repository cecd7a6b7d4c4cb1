// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/democommand.h"

#include "app/demoprovider.h"
#include "app/engine.h"
#include "app/proxyaddress.h"
#include "app/unixsignals.h"
#include "cli/apiaccess.h"
#include "cli/calltable.h"
#include "cli/output.h"
#include "cli/terminaltext.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

namespace {

constexpr int betweenMs = 300;

Config demoConfig(const LoadedConfig& loaded, const QByteArray& provider)
{
    Config config = forDemoProvider(loaded.config, provider);
    config.langfuseTracingEnabled = loaded.sources.value("LANGFUSE_TRACING_ENABLED") != SettingSource::Default
        && config.langfuseTracingEnabled; // made-up calls do not belong into somebody's project
    if (loaded.sources.value("STORE_PATH") == SettingSource::Default)
        config.storePath = QStringLiteral(":memory:");
    if (loaded.sources.value("LOG_LEVEL") == SettingSource::Default)
        config.logLevel = Logging::Level::Silent;
    return config;
}

QNetworkRequest requestOf(const DemoCall& call, const QByteArray& proxy)
{
    QNetworkRequest request(QUrl::fromEncoded(proxy + call.path));
    for (const auto& [name, value] : demoHeaders(call))
        request.setRawHeader(name, value);
    return request;
}

/// One call after the other, each a little after the one before has begun, so that some run side by side.
class DemoCalls final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DemoCalls)

public:
    DemoCalls(const QByteArray& proxy, bool saysNames)
        : m_proxy(proxy)
        , m_saysNames(saysNames)
    {
        m_network.setProxy(QNetworkProxy::NoProxy);
    }

    void start()
    {
        const QList<DemoCall>& calls = demoCalls();
        m_open = calls.size();
        for (qsizetype i = 0; i < calls.size(); ++i)
            QTimer::singleShot(int(i) * betweenMs, this, [this, &call = calls.at(i)] { make(call); });
    }

Q_SIGNALS:
    void finished();

private:
    void make(const DemoCall& call)
    {
        if (m_saysNames)
            print("  " + call.name + '\n');
        QNetworkReply* reply = m_network.post(requestOf(call, m_proxy), call.body);
        connect(reply, &QNetworkReply::finished, this, [this, reply] {
            reply->deleteLater();
            if (--m_open == 0)
                Q_EMIT finished();
        });
    }

    QByteArray m_proxy;
    bool m_saysNames;
    QNetworkAccessManager m_network;
    qsizetype m_open = 0;
};

ExitCode showCalls(ApiClient* api, bool asJson)
{
    const Result<QByteArray> list = callsUpToNow(api);
    if (!list)
        return fail(list.error());
    print(asJson ? *list + '\n'
                 : '\n' + CallTable(terminalColumns(), hasTerminalColours()).whole(callRows(*list)));
    return ExitCode::Ok;
}

} // namespace

ExitCode runDemo(const CommandLine& commandLine)
{
    const Result<ProcessSettings> settings = processSettings(commandLine.settings);
    if (!settings)
        return fail(settings.error());
    DemoProvider provider;
    if (!provider.listen())
        return fail({ErrorCode::ConnectionFailed, QStringLiteral("there is no free port"), {}});
    const Config config = demoConfig(settings->loaded, provider.url());
    Logging::install(config.logLevel, config.logFormat);
    UnixSignals signalSource;
    Engine engine(config);
    const Result<quint16> port = engine.start(commandLine.strictPort);
    if (!port)
        return fail(port.error());
    const QByteArray url = proxyUrl(config.host, *port);
    if (!commandLine.json)
        print("The proxy runs at " + url + ", in front of a provider that is made up. Making these calls:\n");

    ApiClient api(url, config.adminToken);
    DemoCalls calls(url, !commandLine.json);
    ExitCode code = ExitCode::Ok;
    QObject::connect(&calls, &DemoCalls::finished, &engine, [&] {
        code = showCalls(&api, commandLine.json);
        if (commandLine.isOnce)
            return engine.stop();
        if (!commandLine.json)
            print(
                "\nIn another terminal: langfuse-proxy traces show ID --url " + url + "\nCtrl+C ends it.\n");
    });
    QObject::connect(&signalSource, &UnixSignals::terminationRequested, &engine, &Engine::stop);
    QObject::connect(&engine, &Engine::stopped, qApp, &QCoreApplication::quit);
    calls.start();
    QCoreApplication::exec();
    return code;
}

#include "democommand.moc"
