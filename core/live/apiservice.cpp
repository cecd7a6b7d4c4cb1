// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/apiservice.h"

#include "http/clientcall.h"
#include "live/apiparameters.h"
#include "live/eventfanout.h"
#include "live/healthjson.h"
#include "live/storequestions.h"
#include "live/storeviews.h"

namespace {

using StoreQuestions::refusalOf;

ApiAnswer stateAnswer(int status, const char* key, const QByteArray& value)
{
    return {
        status, "{\"apiVersion\":" + QByteArray::number(apiVersion) + ",\"" + key + "\":\"" + value + "\"}"};
}

/// Somebody who sends filters in a body must not get the answer for no filter.
std::optional<ApiAnswer> bodyRefusal(const RequestHead& head)
{
    const HttpSyntax::Framing& framing = head.framing;
    if (framing.kind == HttpSyntax::Framing::Kind::None || framing.contentLength == 0)
        return std::nullopt;
    return ApiAnswer::error(400, "unexpected_body", "The API takes query parameters, and no body");
}

} // namespace

struct ApiService::Route
{
    QByteArray method; // GET serves HEAD too
    const char* path; // `*`: any one segment
    void (ApiService::*answer)(const Asker& asker, const ApiQuery& query);
    bool isOpen = false; // to everybody: orchestrators ask from elsewhere and learn nothing of a call
};

const QList<ApiService::Route>& ApiService::routes()
{
    static const QList<Route> routes = [] {
        QList<Route> all{
            {"GET", "/api/health", &ApiService::answerHealth, true},
            {"GET", "/api/live", &ApiService::answerLive, true},
            {"GET", "/api/ready", &ApiService::answerReady, true},
        };
        for (const char* path : StoreQuestions::paths())
            all.append({"GET", path, &ApiService::answerFromStore});
        all.append({
            {"DELETE", "/api/traces", &ApiService::deleteTraces},
            {"POST", "/api/telemetry/retry", &ApiService::retryRejected},
            {"GET", "/api/events", &ApiService::answerEvents},
            {"GET", "/api/metrics", &ApiService::answerMetrics},
        });
        return all;
    }();
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
    QByteArray allowed;
    const Route* route = query ? routeOf(method, *query, &allowed) : nullptr;
    if (!route || !route->isOpen) {
        if (const auto refusal = accessRefusal(head, call->isFromLoopback(), m_access)) {
            (void)m_refusals.note(refusal->code);
            sendAnswer(call, refusal->answer());
            return;
        }
    }
    if (!query)
        sendAnswer(call, refusalOf(query.error()));
    else if (!route)
        sendAnswer(call, noRoute(allowed));
    else if (const auto refusal = bodyRefusal(head))
        sendAnswer(call, *refusal);
    else
        (this->*route->answer)({call, 0}, *query);
}

void ApiService::askLocally(quint64 number, const QByteArray& method, const QByteArray& target)
{
    const Asker asker{nullptr, number};
    const auto query = ApiQuery::parse(target);
    if (!query)
        return give(asker, refusalOf(query.error()));
    QByteArray allowed;
    if (const Route* route = routeOf(method, *query, &allowed))
        (this->*route->answer)(asker, *query);
    else
        give(asker, noRoute(allowed));
}

void ApiService::dropLocally(quint64 number)
{
    for (auto it = m_asked.cbegin(); it != m_asked.cend(); ++it) {
        if (it->asker.local == number)
            return forget(it.key());
    }
}

const ApiService::Route* ApiService::routeOf(
    const QByteArray& method, const ApiQuery& query, QByteArray* allowed)
{
    const Route* found = nullptr;
    for (const Route& route : routes()) {
        if (!query.hasPath(route.path))
            continue;
        *allowed += (allowed->isEmpty() ? "" : ", ") + (route.method == "GET" ? "GET, HEAD" : route.method);
        if (route.method == method)
            found = &route;
    }
    return found;
}

ApiAnswer ApiService::noRoute(const QByteArray& allowed)
{
    if (allowed.isEmpty())
        return ApiAnswer::error(404, "not_found", "The API has no such path");
    return ApiAnswer::error(405, "method_not_allowed", "Allowed here: " + allowed, {{"Allow", allowed}});
}

void ApiService::give(const Asker& asker, const ApiAnswer& answer)
{
    if (asker.local > 0)
        Q_EMIT answeredLocally(asker.local, answer);
    else if (asker.call)
        sendAnswer(asker.call, answer);
}

void ApiService::answerHealth(const Asker& asker, const ApiQuery&)
{
    m_context.health->ask([this, asker](const UpstreamHealths& healths) {
        give(asker, {200, healthJson(healths, m_ledger, m_delivery, m_context.clock->wall().count())});
    });
}

void ApiService::answerLive(const Asker& asker, const ApiQuery&)
{
    give(asker, stateAnswer(200, "status", "live"));
}

void ApiService::answerReady(const Asker& asker, const ApiQuery&)
{
    if (!m_isStoreAvailable)
        give(asker, stateAnswer(503, "status", "store_unavailable"));
    else
        give(asker, stateAnswer(200, "status", "ready"));
}

void ApiService::answerFromStore(const Asker& asker, const ApiQuery& query)
{
    const auto question = StoreQuestions::questionOf(query,
        {m_context.clock->wall().count(),
            [this](const QByteArray& id) { return m_context.events->hasOpenCall(id); },
            {m_context.config->langfuseEnvironment, m_context.config->langfuseRelease}});
    Q_ASSERT(question); // the routes say so
    if (!*question)
        return give(asker, refusalOf(question->error()));
    ask(asker, **question);
}

void ApiService::deleteTraces(const Asker& asker, const ApiQuery& query)
{
    const auto filter = ApiParameters::selection(query, m_context.clock->wall().count(), false);
    if (!filter)
        return give(asker, refusalOf(filter.error()));
    edit(asker, StoreEditor::Action::Delete, *filter);
}

void ApiService::retryRejected(const Asker& asker, const ApiQuery& query)
{
    auto filter = ApiParameters::selection(query, m_context.clock->wall().count(), true);
    if (!filter)
        return give(asker, refusalOf(filter.error()));
    filter->state = DeliveryState::Rejected;
    edit(asker, StoreEditor::Action::Retry, *filter);
}

void ApiService::edit(const Asker& asker, StoreEditor::Action action, const TraceFilter& filter)
{
    const auto isGone = std::make_shared<std::atomic_bool>(false);
    m_context.editor->edit(await(asker, isGone), action, filter, isGone);
}

void ApiService::answerEvents(const Asker& asker, const ApiQuery& query)
{
    const auto filter = ApiParameters::liveFilter(query);
    if (!filter)
        return give(asker, refusalOf(filter.error()));
    if (!asker.call)
        return give(asker, noRoute({}));
    m_context.events->subscribe(
        asker.call, *filter, asker.call->head().headers.value("last-event-id").trimmed());
}

void ApiService::answerMetrics(const Asker& asker, const ApiQuery& query)
{
    if (const auto none = ApiParameters::none(query); !none)
        return give(asker, refusalOf(none.error()));
    const quint64 number = await(asker, std::make_shared<std::atomic_bool>(false));
    Q_EMIT metricsAsked(number, m_context.figures());
}

void ApiService::ask(const Asker& asker, QueryRunner::Question question)
{
    const auto isGone = std::make_shared<std::atomic_bool>(false);
    if (!m_context.queries->ask(m_lastNumber + 1, isGone, std::move(question))) {
        give(asker, QueryRunner::refusal());
        return;
    }
    (void)await(asker, isGone);
}

/// The number under which the answer is awaited.
quint64 ApiService::await(const Asker& asker, const QueryRunner::Ticket& isGone)
{
    const quint64 number = ++m_lastNumber;
    m_asked.insert(number, {asker, isGone});
    if (asker.call)
        connect(asker.call, &ClientCall::clientLeft, this, [this, number] { forget(number); });
    return number;
}

void ApiService::forget(quint64 number)
{
    if (const Asked asked = m_asked.take(number); asked.isGone)
        *asked.isGone = true;
}

void ApiService::giveAnswer(quint64 number, const ApiAnswer& answer)
{
    give(m_asked.take(number).asker, answer);
}
