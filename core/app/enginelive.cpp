// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which events and figures go where while the proxy runs, and what its own process asks it.

#include "app/demoprovider.h"
#include "app/enginesides.h"

/// On the telemetry thread, once everything but the listening is there.
void Engine::connectLive()
{
    TraceStore* store = &m_telemetry->store;
    TelemetryPipeline* pipeline = m_telemetry->pipeline.get();
    LiveBus* live = m_telemetry->live.get();
    MetricsService* metrics = m_telemetry->metrics.get();
    NetworkSide* network = m_network;
    EventFanout* events = &network->events;

    connect(pipeline, &TelemetryPipeline::callSeen, live, &LiveBus::seeCall);
    connect(pipeline, &TelemetryPipeline::callLost, live, &LiveBus::loseCall);
    connect(pipeline, &TelemetryPipeline::recordFinished, metrics, &MetricsService::addCall);
    connect(pipeline, &TelemetryPipeline::callEnded, metrics, &MetricsService::addLatency);
    connect(store, &TraceStore::ledgerChanged, live, &LiveBus::setLedger);
    connect(store, &TraceStore::ledgerChanged, metrics, &MetricsService::setLedger);
    connect(&m_telemetry->editor, &StoreEditor::tracesChanged, live, &LiveBus::noteDelivery);
    live->setLedger(store->ledger());
    metrics->setLedger(store->ledger());
    if (const LangfuseDelivery* delivery = m_telemetry->delivery.get()) {
        connect(delivery, &LangfuseDelivery::statusChanged, live, &LiveBus::setDelivery);
        connect(delivery, &LangfuseDelivery::statusChanged, metrics, &MetricsService::setDelivery);
        connect(delivery, &LangfuseDelivery::tracesChanged, live, &LiveBus::noteDelivery);
        live->setDelivery(delivery->status());
        metrics->setDelivery(delivery->status());
    }

    connect(live, &LiveBus::published, events, &EventFanout::publish);
    connect(
        events, &EventFanout::watchedChanged, events,
        [queue = &m_queue, network](bool isWatched) {
            queue->setWatched(isWatched);
            network->service.setWatched(isWatched);
        },
        Qt::DirectConnection);
    connect(events, &EventFanout::watchedChanged, live, [live, pipeline](bool isWatched) {
        live->setWatched(isWatched);
        if (isWatched)
            pipeline->showOpenCalls();
    });
    connect(&network->api, &ApiService::metricsAsked, metrics, &MetricsService::answer);
    connect(metrics, &MetricsService::answered, &network->api, &ApiService::giveAnswer);
}

void Engine::setTestRoute(const QByteArray& token, const QByteArray& provider)
{
    if (!m_network || m_isStopping)
        return;
    m_telemetryThread->run([this, &provider] { m_telemetry->testOrigin = provider; });
    m_engineThread->run([&] { m_network->service.setTestRoute(token, forDemoProvider(m_config, provider)); });
}

bool Engine::ask(quint64 number, const QByteArray& method, const QByteArray& target)
{
    if (!m_network || m_isStopping)
        return false;
    ApiService* api = &m_network->api;
    QMetaObject::invokeMethod(
        api, [api, number, method, target] { api->askLocally(number, method, target); });
    return true;
}

void Engine::dropQuestion(quint64 number)
{
    if (!m_network || m_isStopping)
        return;
    ApiService* api = &m_network->api;
    QMetaObject::invokeMethod(api, [api, number] { api->dropLocally(number); });
}

void Engine::watch()
{
    if (!m_network)
        return;
    connect(m_telemetry->live.get(), &LiveBus::published, this, &Engine::published);
    EventFanout* events = &m_network->events;
    QMetaObject::invokeMethod(events, [events] { events->watchLocally(); });
}
