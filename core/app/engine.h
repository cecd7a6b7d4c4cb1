// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Engine: the proxy as a whole, and the only place where its parts are put together. Makes the threads and
// what lives on them, starts in order, and stops in the reverse order:
//
//   engine:    HttpFrontend -> ProxyService -> UpstreamAccessManager
//                           -> ApiService -> HealthProbe, QueryRunner
//   telemetry: TelemetryPipeline -> TraceStore -> LangfuseDelivery
//   query:     QueryRunner -> StoreReader
//
// Lives on the main thread; owned by the daemon or the viewer.

#include "base/clock.h"
#include "base/result.h"
#include "base/threadholder.h"
#include "config/config.h"
#include "live/apianswer.h"
#include "live/liveevent.h"
#include "trace/telemetryqueue.h"

#include <QObject>

#include <memory>

class QueryRunner;
struct RecordRules;

class Engine final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Engine)

public:
    explicit Engine(const Config& config, QObject* parent = nullptr);
    ~Engine() override;

    /// Opens the store, listens, and starts delivery. `strictPort`: a taken port is an error; otherwise the
    /// next nine are tried. InvalidConfig (a rule for records), StoreFailed or ConnectionFailed, with nothing
    /// left running.
    [[nodiscard]] Result<quint16> start(bool strictPort);

    /// Begins an orderly stop: no new connections; running responses may end until SHUTDOWN_TIMEOUT_MS; then
    /// delivery gets up to 5 s; the rest stays in the store. stopped() follows.
    void stop();

    /// What the API answers to `method` (GET) and `target` (/api/traces?limit=10), without a connection.
    /// answered() follows with `number`, which the asker chooses (from 1), unless dropQuestion() comes first
    /// or the engine stops. False: it is not running, and nothing follows.
    [[nodiscard]] bool ask(quint64 number, const QByteArray& method, const QByteArray& target);
    void dropQuestion(quint64 number);
    /// A route for calls of our own that need no key and are not for Langfuse: those with that
    /// `x-langfuse-proxy-test` go to `provider` (http://127.0.0.1:PORT). Once, while it runs.
    void setTestRoute(const QByteArray& token, const QByteArray& provider);
    /// From now on published() tells what happens, whoever else listens; once, after start().
    void watch();

Q_SIGNALS:
    void answered(quint64 number, const ApiAnswer& answer);
    /// In order; never empty. As in `/api/events`, with the data's braces left out.
    void published(const QList<LiveEvent>& events);
    /// Terminal. The engine may be deleted now.
    void stopped();

private:
    struct NetworkSide; // what lives on the engine thread
    struct TelemetrySide; // what lives on the telemetry thread

    [[nodiscard]] Result<void> openStore(const RecordRules& rules);
    [[nodiscard]] Result<quint16> listen(bool strictPort);
    void makeQueries();
    void makeTelemetry();
    void connectLive();
    void makeNetwork();
    void closeNetwork();
    void flushTelemetry();
    void closeTelemetry();
    void release();

    Config m_config;
    SystemClock m_clock;
    TelemetryQueue m_queue;
    std::unique_ptr<ThreadHolder> m_telemetryThread;
    std::unique_ptr<ThreadHolder> m_queryThread; // none with a store in memory
    std::unique_ptr<ThreadHolder> m_engineThread;
    TelemetrySide* m_telemetry = nullptr; // made and deleted on its thread
    NetworkSide* m_network = nullptr; // made and deleted on its thread
    QueryRunner* m_queries = nullptr; // made and deleted on its thread
    bool m_isStopping = false;
};
