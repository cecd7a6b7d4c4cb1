// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What the Engine owns on its two busy threads. Part of the Engine.

#include "app/engine.h"
#include "app/engineoptions.h"
#include "app/storelog.h"
#include "http/httpfrontend.h"
#include "langfuse/langfusedelivery.h"
#include "live/apiservice.h"
#include "live/eventfanout.h"
#include "live/healthprobe.h"
#include "live/livebus.h"
#include "live/metricsservice.h"
#include "live/storeeditor.h"
#include "proxy/proxyservice.h"
#include "store/tracestore.h"
#include "trace/recordrules.h"
#include "trace/telemetrypipeline.h"
#include "upstream/upstreamaccessmanager.h"

struct Engine::TelemetrySide
{
    RecordRules rules;
    QByteArray testOrigin; // upstream of calls that are not for Langfuse; empty: none
    TraceStore store;
    StoreEditor editor{&store};
    std::unique_ptr<StoreLog> log;
    std::unique_ptr<LiveBus> live;
    std::unique_ptr<MetricsService> metrics;
    std::unique_ptr<LangfuseDelivery> delivery; // only with keys
    std::unique_ptr<TelemetryPipeline> pipeline;
};

struct Engine::NetworkSide
{
    NetworkSide(const Config& config, const Clock* clock, TelemetryQueue* queue, QueryRunner* queries,
        StoreEditor* editor)
        : upstream(upstreamOptions(config))
        , service(ExchangeContext{&config, clock, &upstream, queue})
        , health(&config, &upstream)
        , events(QByteArray::number(clock->wall().count(), 36), {})
        , api({&config, clock, &health, queries, editor, &events, [this] { return figures(); }})
        , frontend(httpLimits(config))
    {
    }

    [[nodiscard]] NetworkFigures figures() const
    {
        const Traffic& traffic = service.traffic();
        return {frontend.openConnections(), service.openExchanges(), traffic.openStreams,
            traffic.requestBytes, traffic.responseBytes, events.subscribers(), events.dropped(),
            api.refusals()};
    }

    UpstreamAccessManager upstream;
    ProxyService service;
    HealthProbe health;
    EventFanout events;
    ApiService api;
    HttpFrontend frontend; // destroyed first: its connections end the exchanges
};
