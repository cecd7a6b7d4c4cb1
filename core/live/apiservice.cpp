// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/apiservice.h"

#include "http/clientcall.h"
#include "live/apiparameters.h"
#include "live/eventfanout.h"
#include "live/healthjson.h"
#include "live/storeviews.h"

namespace {

constexpr std::chrono::microseconds statisticsWindow = std::chrono::hours(1);

ApiAnswer badQuery(const Error& error)
{
    return ApiAnswer::error(400, "invalid_parameter", error.message.toUtf8());
}

ApiAnswer stateAnswer(int status, const char* key, const QByteArray& value)
{
    return {
        status, "{\"apiVersion\":" + QByteArray::number(apiVersion) + ",\"" + key + "\":\"" + value + "\"}"};
}

} // namespace

struct ApiService::Route
{
    QByteArray method; // GET serves HEAD too
    const char* path; // `*`: any one segment
    void (ApiService::*answer)(ClientCall* call, const ApiQuery& query);
    bool isOpen = false; // to everybody: orchestrators ask from elsewhere and learn nothing of a call
};

const QList<ApiService::Route>& ApiService::routes()
{
    static const QList<Route> routes{
        {"GET", "/api/health", &ApiService::answerHealth, true},
        {"GET", "/api/live", &ApiService::answerLive, true},
        {"GET", "/api/ready", &ApiService::answerReady, true},
        {"GET", "/api/traces", &ApiService::answerTraces},
        {"DELETE", "/api/traces", &ApiService::deleteTraces},
        {"GET", "/api/traces/*", &ApiService::answerTrace},
        {"GET", "/api/traces/*/request", &ApiService::answerRequestBody},
        {"GET", "/api/traces/*/response", &ApiService::answerResponseBody},
        {"GET", "/api/traces/*/record", &ApiService::answerRecord},
        {"GET", "/api/sessions", &ApiService::answerSessions},
        {"GET", "/api/stats", &ApiService::answerStatistics},
        {"POST", "/api/telemetry/retry", &ApiService::retryRejected},
        {"GET", "/api/events", &ApiService::answerEvents},
        {"GET", "/api/metrics", &ApiService::answerMetrics},
    };
    return routes;
}

ApiService::ApiService(const Context& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_refusals(context.clock)
    , m_access{context.config->adminToken, context.config->adminHosts}
{
    connect(m_context.queries, &QueryRunner::answered, this, &ApiService::giveAnswer);
    connect(m_context.editor, &StoreEditor::answered, this, &ApiService::giveAnswer);
}

ApiService::~ApiService()
{
    for (const Asked& asked : std::as_const(m_asked))
        *asked.isGone = true;
}

void ApiService::handle(ClientCall* call)
{
    const RequestHead& head = call->head();
    const QByteArray method = head.method == "HEAD" ? QByteArray("GET") : head.method;
    const bool isShort = head.path() == "/metrics"; // where Prometheus looks for them
    const auto query = ApiQuery::parse(isShort ? "/api" + head.target : head.target);
    const Route* found = nullptr;
    QByteArray allowed;
    for (const Route& route : routes()) {
        if (!query || !query->hasPath(route.path))
            continue;
        allowed += (allowed.isEmpty() ? "" : ", ") + (route.method == "GET" ? "GET, HEAD" : route.method);
        if (route.method == method)
            found = &route;
    }
    if (!found || !found->isOpen) {
        if (const auto refusal = accessRefusal(head, call->isFromLoopback(), m_access)) {
            (void)m_refusals.note(refusal->code);
            sendAnswer(call, refusal->answer());
            return;
        }
    }
    if (!query)
        sendAnswer(call, badQuery(query.error()));
    else if (!found && !allowed.isEmpty())
        sendAnswer(call,
            ApiAnswer::error(405, "method_not_allowed", "Allowed here: " + allowed, {{"Allow", allowed}}));
    else if (!found)
        sendAnswer(call, ApiAnswer::error(404, "not_found", "The API has no such path"));
    else if (const auto refusal = bodyRefusal(head))
        sendAnswer(call, *refusal);
    else
        (this->*found->answer)(call, *query);
}

/// Somebody who sends filters in a body must not get the answer for no filter.
std::optional<ApiAnswer> ApiService::bodyRefusal(const RequestHead& head) const
{
    const HttpSyntax::Framing& framing = head.framing;
    if (framing.kind == HttpSyntax::Framing::Kind::None || framing.contentLength == 0)
        return std::nullopt;
    return ApiAnswer::error(400, "unexpected_body", "The API takes query parameters, and no body");
}

void ApiService::answerHealth(ClientCall* call, const ApiQuery&)
{
    m_context.health->ask([this, call = QPointer<ClientCall>(call)](const UpstreamHealths& healths) {
        if (call) {
            sendAnswer(
                call, {200, healthJson(healths, m_ledger, m_delivery, m_context.clock->wall().count())});
        }
    });
}

void ApiService::answerLive(ClientCall* call, const ApiQuery&)
{
    sendAnswer(call, stateAnswer(200, "status", "live"));
}

void ApiService::answerReady(ClientCall* call, const ApiQuery&)
{
    if (m_isStopping)
        sendAnswer(call, stateAnswer(503, "status", "stopping"));
    else if (!m_isStoreAvailable)
        sendAnswer(call, stateAnswer(503, "status", "store_unavailable"));
    else
        sendAnswer(call, stateAnswer(200, "status", "ready"));
}

void ApiService::answerTraces(ClientCall* call, const ApiQuery& query)
{
    const auto list = ApiParameters::traceList(query, m_context.clock->wall().count());
    if (!list)
        return sendAnswer(call, badQuery(list.error()));
    ask(call, [list = *list](StoreReader* store, quint64) { return StoreViews::traces(store, list); });
}

void ApiService::answerTrace(ClientCall* call, const ApiQuery& query)
{
    if (const auto none = ApiParameters::none(query); !none)
        return sendAnswer(call, badQuery(none.error()));
    const QByteArray id = query.segments[1];
    ask(call, [id, isOpen = m_context.events->hasOpenCall(id)](StoreReader* store, quint64) {
        return StoreViews::trace(store, id, isOpen);
    });
}

void ApiService::answerRequestBody(ClientCall* call, const ApiQuery& query)
{
    if (const auto none = ApiParameters::none(query); !none)
        return sendAnswer(call, badQuery(none.error()));
    ask(call, [id = query.segments[1]](StoreReader* store, quint64) {
        return StoreViews::body(store, id, StoreViews::Side::Request);
    });
}

void ApiService::answerResponseBody(ClientCall* call, const ApiQuery& query)
{
    if (const auto none = ApiParameters::none(query); !none)
        return sendAnswer(call, badQuery(none.error()));
    ask(call, [id = query.segments[1]](StoreReader* store, quint64) {
        return StoreViews::body(store, id, StoreViews::Side::Response);
    });
}

void ApiService::answerRecord(ClientCall* call, const ApiQuery& query)
{
    if (const auto none = ApiParameters::none(query); !none)
        return sendAnswer(call, badQuery(none.error()));
    ask(call,
        [id = query.segments[1]](StoreReader* store, quint64) { return StoreViews::record(store, id); });
}

void ApiService::answerSessions(ClientCall* call, const ApiQuery& query)
{
    const auto page = ApiParameters::page(query);
    if (!page)
        return sendAnswer(call, badQuery(page.error()));
    ask(call, [page = *page](StoreReader* store, quint64) { return StoreViews::sessions(store, page); });
}

void ApiService::answerStatistics(ClientCall* call, const ApiQuery& query)
{
    const qint64 nowUs = m_context.clock->wall().count();
    auto filter = ApiParameters::filter(query, nowUs);
    if (!filter)
        return sendAnswer(call, badQuery(filter.error()));
    if (!filter->untilUs)
        filter->untilUs = nowUs;
    if (!filter->sinceUs)
        filter->sinceUs = *filter->untilUs - statisticsWindow.count();
    ask(call,
        [filter = *filter](StoreReader* store, quint64) { return StoreViews::statistics(store, filter); });
}

void ApiService::deleteTraces(ClientCall* call, const ApiQuery& query)
{
    const auto filter = ApiParameters::selection(query, m_context.clock->wall().count(), false);
    if (!filter)
        return sendAnswer(call, badQuery(filter.error()));
    edit(call, StoreEditor::Action::Delete, *filter);
}

void ApiService::retryRejected(ClientCall* call, const ApiQuery& query)
{
    auto filter = ApiParameters::selection(query, m_context.clock->wall().count(), true);
    if (!filter)
        return sendAnswer(call, badQuery(filter.error()));
    filter->state = DeliveryState::Rejected;
    edit(call, StoreEditor::Action::Retry, *filter);
}

void ApiService::edit(ClientCall* call, StoreEditor::Action action, const TraceFilter& filter)
{
    const auto isGone = std::make_shared<std::atomic_bool>(false);
    m_context.editor->edit(await(call, isGone), action, filter, isGone);
}

void ApiService::answerEvents(ClientCall* call, const ApiQuery& query)
{
    const auto filter = ApiParameters::liveFilter(query);
    if (!filter)
        return sendAnswer(call, badQuery(filter.error()));
    m_context.events->subscribe(call, *filter, call->head().headers.value("last-event-id").trimmed());
}

void ApiService::answerMetrics(ClientCall* call, const ApiQuery& query)
{
    if (const auto none = ApiParameters::none(query); !none)
        return sendAnswer(call, badQuery(none.error()));
    const quint64 number = await(call, std::make_shared<std::atomic_bool>(false));
    Q_EMIT metricsAsked(number, m_context.figures());
}

void ApiService::ask(ClientCall* call, QueryRunner::Question question)
{
    const auto isGone = std::make_shared<std::atomic_bool>(false);
    if (!m_context.queries->ask(m_lastNumber + 1, isGone, std::move(question))) {
        sendAnswer(call, QueryRunner::refusal());
        return;
    }
    (void)await(call, isGone);
}

/// The number under which the answer is awaited.
quint64 ApiService::await(ClientCall* call, const QueryRunner::Ticket& isGone)
{
    const quint64 number = ++m_lastNumber;
    m_asked.insert(number, {call, isGone});
    connect(call, &ClientCall::clientLeft, this, [this, number] {
        if (const Asked asked = m_asked.take(number); asked.isGone)
            *asked.isGone = true;
    });
    return number;
}

void ApiService::giveAnswer(quint64 number, const ApiAnswer& answer)
{
    const Asked asked = m_asked.take(number);
    if (asked.call)
        sendAnswer(asked.call, answer);
}
