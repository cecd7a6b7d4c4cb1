// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/storequestions.h"

#include "live/apiparameters.h"
#include "live/storeviews.h"

namespace StoreQuestions {

namespace {

using Question = QueryRunner::Question;

constexpr std::chrono::microseconds statisticsWindow = std::chrono::hours(1);

Result<Question> tracesQuestion(const ApiQuery& query, const Situation& situation)
{
    const auto list = ApiParameters::traceList(query, situation.nowUs);
    if (!list)
        return list.error();
    return Question([list = *list](StoreReader* store, quint64) { return StoreViews::traces(store, list); });
}

/// About the trace that the path names. `view`: its answer, of the store and the id.
template <typename View>
Result<Question> questionOfOne(const ApiQuery& query, const View& view)
{
    if (const auto none = ApiParameters::none(query); !none)
        return none.error();
    return Question([id = query.segments[1], view](StoreReader* store, quint64) { return view(store, id); });
}

Result<Question> traceQuestion(const ApiQuery& query, const Situation& situation)
{
    const bool isOpen = situation.isOpen && situation.isOpen(query.segments[1]);
    return questionOfOne(query,
        [isOpen](StoreReader* store, const QByteArray& id) { return StoreViews::trace(store, id, isOpen); });
}

template <StoreViews::Side side>
Result<Question> bodyQuestion(const ApiQuery& query, const Situation&)
{
    return questionOfOne(
        query, [](StoreReader* store, const QByteArray& id) { return StoreViews::body(store, id, side); });
}

Result<Question> recordQuestion(const ApiQuery& query, const Situation&)
{
    return questionOfOne(query, &StoreViews::record);
}

Result<Question> payloadQuestion(const ApiQuery& query, const Situation& situation)
{
    return questionOfOne(query, [options = situation.langfuse](StoreReader* store, const QByteArray& id) {
        return StoreViews::payload(store, id, options);
    });
}

Result<Question> sessionsQuestion(const ApiQuery& query, const Situation&)
{
    const auto page = ApiParameters::page(query);
    if (!page)
        return page.error();
    return Question(
        [page = *page](StoreReader* store, quint64) { return StoreViews::sessions(store, page); });
}

Result<Question> statisticsQuestion(const ApiQuery& query, const Situation& situation)
{
    auto asked = ApiParameters::statistics(query, situation.nowUs);
    if (!asked)
        return asked.error();
    TraceFilter& filter = asked->filter;
    if (!filter.untilUs)
        filter.untilUs = situation.nowUs;
    if (!filter.sinceUs)
        filter.sinceUs = *filter.untilUs - statisticsWindow.count();
    return Question(
        [asked = *asked](StoreReader* store, quint64) { return StoreViews::statistics(store, asked); });
}

struct StoreRoute
{
    const char* path;
    Result<Question> (*ask)(const ApiQuery& query, const Situation& situation);
};

constexpr StoreRoute storeRoutes[] = {
    {"/api/traces", &tracesQuestion},
    {"/api/traces/*", &traceQuestion},
    {"/api/traces/*/request", &bodyQuestion<StoreViews::Side::Request>},
    {"/api/traces/*/response", &bodyQuestion<StoreViews::Side::Response>},
    {"/api/traces/*/record", &recordQuestion},
    {"/api/traces/*/payload", &payloadQuestion},
    {"/api/sessions", &sessionsQuestion},
    {"/api/stats", &statisticsQuestion},
};

} // namespace

QList<const char*> paths()
{
    QList<const char*> all;
    for (const StoreRoute& route : storeRoutes)
        all.append(route.path);
    return all;
}

std::optional<Result<Question>> questionOf(const ApiQuery& query, const Situation& situation)
{
    for (const StoreRoute& route : storeRoutes) {
        if (query.hasPath(route.path))
            return route.ask(query, situation);
    }
    return std::nullopt;
}

ApiAnswer refusalOf(const Error& error)
{
    return ApiAnswer::error(400, "invalid_parameter", error.message.toUtf8());
}

} // namespace StoreQuestions
