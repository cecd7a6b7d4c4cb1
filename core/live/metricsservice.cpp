// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/metricsservice.h"

#include "base/version.h"
#include "live/processfigures.h"
#include "trace/telemetryqueue.h"

namespace {

void writeNetwork(MetricsText* out, const NetworkFigures& network)
{
    const auto one = [out](const char* name, MetricsText::Type type, const char* help, qint64 value) {
        out->family(name, type, help);
        out->sample({}, value);
    };
    one("langfuse_proxy_open_connections", MetricsText::Type::Gauge, "Open connections of consumers.",
        network.openConnections);
    one("langfuse_proxy_open_calls", MetricsText::Type::Gauge, "Calls on their way through the proxy.",
        network.openCalls);
    one("langfuse_proxy_open_streams", MetricsText::Type::Gauge, "Event streams that are being answered.",
        network.openStreams);
    one("langfuse_proxy_request_bytes_total", MetricsText::Type::Counter, "Bytes of request bodies.",
        network.requestBytes);
    one("langfuse_proxy_response_bytes_total", MetricsText::Type::Counter, "Bytes of response bodies.",
        network.responseBytes);
    one("langfuse_proxy_event_subscribers", MetricsText::Type::Gauge, "Open subscriptions to /api/events.",
        network.subscribers);
    out->family("langfuse_proxy_event_subscribers_dropped_total", MetricsText::Type::Counter,
        "Subscriptions to /api/events that the proxy ended.");
    for (auto it = network.droppedSubscribers.begin(); it != network.droppedSubscribers.end(); ++it)
        out->sample({{"reason", it.key()}}, it.value());
    out->family("langfuse_proxy_api_refusals_total", MetricsText::Type::Counter,
        "Requests to the API and /metrics that were not let in.");
    for (auto it = network.refusedApiCalls.begin(); it != network.refusedApiCalls.end(); ++it)
        out->sample({{"reason", it.key()}}, it.value());
}

void writeState(MetricsText* out, const Ledger& ledger, qint64 Tally::*measure)
{
    const auto plain = [&](const char* state, const Tally& tally) {
        out->sample({{"state", state}, {"reason", ""}}, tally.*measure);
    };
    const auto byReason = [&](const char* state, const TallyByReason& tallies) {
        for (auto it = tallies.begin(); it != tallies.end(); ++it)
            out->sample({{"state", state}, {"reason", it.key()}}, it.value().*measure);
    };
    plain("pending", ledger.pending);
    plain("delivering", ledger.delivering);
    plain("delivered", ledger.delivered);
    plain("disabled", ledger.disabled);
    byReason("rejected", ledger.rejectedBy);
    byReason("dropped", ledger.droppedBy);
}

void writeLedgerFigures(MetricsText* out, const Ledger& ledger)
{
    // Gauges, because a trace leaves its state: a rejected one can be tried again.
    out->family("langfuse_proxy_ledger_traces", MetricsText::Type::Gauge,
        "Where all traces ever captured are; over all states this is langfuse_proxy_ledger_captured_traces.");
    writeState(out, ledger, &Tally::traces);
    out->family(
        "langfuse_proxy_ledger_bytes", MetricsText::Type::Gauge, "The same in bytes of their bodies.");
    writeState(out, ledger, &Tally::bytes);
    out->family("langfuse_proxy_ledger_captured_traces", MetricsText::Type::Gauge,
        "Traces captured over the life of the store.");
    out->sample({}, ledger.captured.traces);
    out->family("langfuse_proxy_ledger_captured_bytes", MetricsText::Type::Gauge,
        "The same in bytes of their bodies.");
    out->sample({}, ledger.captured.bytes);
    out->family("langfuse_proxy_ledger_evicted_traces", MetricsText::Type::Gauge,
        "Traces that retention has deleted.");
    for (auto it = ledger.evictedBy.begin(); it != ledger.evictedBy.end(); ++it)
        out->sample({{"reason", it.key()}}, it.value().traces);
}

void writeDelivery(MetricsText* out, const Ledger& ledger, const DeliveryStatus& delivery, qint64 nowUs)
{
    const qint64 oldestUs = ledger.oldestPendingStartedAtUs;
    out->family("langfuse_proxy_outbox_oldest_age_seconds", MetricsText::Type::Gauge,
        "Age of the trace that waits longest for delivery; 0: none waits.");
    out->sample({}, oldestUs > 0 ? std::max<qint64>(0, nowUs - oldestUs) / 1000 : 0, 3);
    out->family("langfuse_proxy_delivery_enabled", MetricsText::Type::Gauge,
        "1 when traces are delivered to Langfuse.");
    out->sample({}, delivery.isEnabled ? 1 : 0);
    out->family("langfuse_proxy_delivery_consecutive_failures", MetricsText::Type::Gauge,
        "Failed attempts to deliver since the last success.");
    out->sample({}, delivery.consecutiveFailures);
    out->family("langfuse_proxy_delivery_last_success_timestamp_seconds", MetricsText::Type::Gauge,
        "When Langfuse last took traces; 0: not in this process.");
    out->sample({}, delivery.lastSuccessAtUs / 1000, 3);
}

void writeProcess(MetricsText* out)
{
    const auto figures = readProcessFigures();
    if (!figures)
        return;
    const auto one
        = [out](const char* name, MetricsText::Type type, const char* help, qint64 value, int decimals = 0) {
              out->family(name, type, help);
              out->sample({}, value, decimals);
          };
    one("process_resident_memory_bytes", MetricsText::Type::Gauge, "Resident memory size in bytes.",
        figures->residentBytes);
    one("process_virtual_memory_bytes", MetricsText::Type::Gauge, "Virtual memory size in bytes.",
        figures->virtualBytes);
    one("process_open_fds", MetricsText::Type::Gauge, "Number of open file descriptors.", figures->openFds);
    if (figures->maxFds > 0)
        one("process_max_fds", MetricsText::Type::Gauge, "Maximum number of open file descriptors.",
            figures->maxFds);
    one("process_cpu_seconds_total", MetricsText::Type::Counter,
        "Total user and system CPU time spent in seconds.", figures->cpuMilliseconds, 3);
    one("process_start_time_seconds", MetricsText::Type::Gauge,
        "Start time of the process since unix epoch in seconds.", figures->startedAtMs, 3);
}

} // namespace

MetricsService::MetricsService(const TelemetryQueue* queue, const Clock* clock, QObject* parent)
    : QObject(parent)
    , m_queue(queue)
    , m_clock(clock)
{
}

MetricsService::~MetricsService() = default;

void MetricsService::answer(quint64 number, const NetworkFigures& network)
{
    MetricsText out;
    out.family("langfuse_proxy_build_info", MetricsText::Type::Gauge, "1, with the version as a label.");
    out.sample({{"version", versionText}, {"qt_version", qVersion()}}, 1);
    m_calls.write(&out);
    writeNetwork(&out, network);
    out.family("langfuse_proxy_telemetry_queue_bytes", MetricsText::Type::Gauge,
        "Captured bytes that wait for the telemetry thread.");
    out.sample({}, m_queue->bytes());
    writeLedgerFigures(&out, m_ledger);
    writeDelivery(&out, m_ledger, m_delivery, m_clock->wall().count());
    writeProcess(&out);
    Q_EMIT answered(number, {200, out.text(), MetricsText::contentType, {}});
}
