// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench-api: how long the API's questions take on a store with many traces: every filter of GET /api/traces
// and every two of them, with values that fit most calls and values that fit one, and GET /api/stats. As the
// query thread answers: from the query string to the JSON, a connection opened for each. One JSON line on
// stdout.
// A store that has traces is taken as it is.
//   bench-api --store FILE --count 100000 [--list 1]    --list 1: each question with its time, on stderr

#include "base/clock.h"
#include "base/ids.h"
#include "jsonline.h"
#include "live/apiquery.h"
#include "live/storeviews.h"
#include "options.h"
#include "store/tracestore.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr qint64 weekUs = 7LL * 24 * 3600 * 1'000'000;
constexpr qsizetype wordsOfText = 40;
constexpr int askedTimes = 3; // the fastest counts: what else the machine does is not the question

/// So many words, the frequent ones of a language among them: `common` in every line.
QByteArray words(qsizetype seed, qsizetype count)
{
    QByteArray text;
    quint32 state = quint32(seed) * 2654435761U + 1;
    for (qsizetype word = 0; word < count; ++word) {
        state = state * 1664525U + 1013904223U;
        text += word % 12 == 0 ? QByteArray("common ")
            : word % 12 == 6   ? QByteArray("usual ")
                               : 'w' + QByteArray::number(state >> 20) + ' ';
    }
    return text;
}

/// The call of that number of so many. What is rare is so in the oldest calls, each kind in another one: a
/// list that begins with the newest has to look at all.
TraceRecord numbered(qsizetype number, qsizetype count, qint64 nowUs)
{
    TraceRecord record;
    record.id = Ids::newUuid();
    record.requestId = Ids::newUuid();
    record.startedAtUs = nowUs - weekUs + weekUs / count * number;
    record.provider = number == 10 ? "gemini" : number % 2 == 0 ? "openai" : "anthropic";
    record.method = "POST";
    record.target = "/v1/chat/completions";
    record.requestModel = number == 20 ? "rare-model" : "model-" + QByteArray::number(number % 7);
    record.responseModel = record.requestModel + "-2026-11-24";
    record.status = number == 30 ? 404 : number == 31 ? 500 : 200;
    record.errorCode = record.status == 200 ? "" : "server_error";
    record.outcome = number == 32 ? CallOutcome::ClientCancelled : CallOutcome::Completed;
    record.attribution.sessionId = number == 40 ? "rare-session"
        : number % 2 == 0                       ? "session"
                                                : "session-" + QByteArray::number(number / 20);
    record.attribution.userId = number == 50 ? "rare-user" : number % 3 == 0 ? "somebody" : "user";
    record.attribution.tags = {number == 60 ? QByteArray("rare-tag") : QByteArray("tag"), "production"};
    record.isStream = number % 2 == 0;
    record.responseHeadUs = 100'000 + number % 9'000 * 100;
    record.firstTokenUs = record.isStream ? record.responseHeadUs + 5'000 : -1;
    record.durationUs = number == 70 ? 3'600'000'000 : 1'000'000 + number % 7'919 * 500;
    record.usage = Usage();
    record.usage->input = 100 + number % 1000;
    record.usage->inputCached = number % 3 * 50;
    record.usage->output = 10 + number % 100;
    record.usage->total = *record.usage->input + *record.usage->inputCached + *record.usage->output;
    record.cost = Cost{Cost::Source::PriceFile, 1'000'000 + number, {}, {}};
    record.requestText = words(number, wordsOfText) + (number == 80 ? "rare" : "");
    record.responseText = words(number + count, wordsOfText);
    record.requestBytes = 600;
    record.responseBytes = 400;
    return record;
}

void fill(TraceStore* store, qsizetype count, qint64 nowUs)
{
    for (qsizetype number = 0; number < count; ++number)
        store->append(numbered(number, count, nowUs), DeliveryState::Pending);
    if (Result<void> flushed = store->flush(); !flushed)
        qFatal("%s", qPrintable(flushed.error().message));
    QList<qint64> delivered;
    for (qint64 row = 1; row <= count; ++row) {
        if (row != 90 && row != 91)
            delivered.append(row);
    }
    if (!store->markDelivered(delivered) || !store->markRejected(90, "rejected_400: bad"))
        qFatal("the states cannot be written");
}

class Questions final
{
public:
    Questions(const QString& path, qint64 nowUs, bool isTold)
        : m_path(path)
        , m_nowUs(nowUs)
        , m_isTold(isTold)
    {
    }

    double listMilliseconds(const QByteArray& parameters)
    {
        const auto list = ApiParameters::traceList(parsed("/api/traces?" + parameters), m_nowUs);
        return ask(
            "traces?" + parameters, [&](StoreReader* store) { return StoreViews::traces(store, *list); });
    }
    double statisticsMilliseconds(const QByteArray& parameters)
    {
        auto asked = ApiParameters::statistics(parsed("/api/stats?" + parameters), m_nowUs);
        asked->filter.untilUs = asked->filter.untilUs.value_or(m_nowUs);
        return ask(
            "stats?" + parameters, [&](StoreReader* store) { return StoreViews::statistics(store, *asked); });
    }

private:
    static ApiQuery parsed(const QByteArray& target)
    {
        const auto query = ApiQuery::parse(target);
        if (!query)
            qFatal("%s", target.constData());
        return *query;
    }

    double ask(const QByteArray& name, const std::function<ApiAnswer(StoreReader*)>& question)
    {
        std::chrono::nanoseconds fastest = std::chrono::hours(1);
        for (int i = 0; i < askedTimes; ++i) {
            const std::chrono::nanoseconds begin = m_clock.monotonic();
            const auto store = StoreReader::open(m_path);
            if (!store || question(store->get()).status != 200)
                qFatal("no answer to %s", name.constData());
            fastest = std::min(fastest, m_clock.monotonic() - begin);
        }
        const double milliseconds = double(fastest.count()) / 1e6;
        if (m_isTold)
            std::fprintf(stderr, "%8.1f ms  %s\n", milliseconds, name.constData());
        return milliseconds;
    }

    SystemClock m_clock;
    QString m_path;
    qint64 m_nowUs;
    bool m_isTold;
};

/// Each filter by itself, and with each value of each other filter.
QList<QByteArray> filterPairs()
{
    const QList<QList<QByteArray>> filters{{"provider=openai", "provider=gemini"},
        {"model=model-1", "model=rare-model"},
        {"status=2xx", "status=4xx", "status=5xx", "status=error", "status=cancelled"},
        {"delivery=delivered", "delivery=rejected", "delivery=pending", "delivery=disabled"},
        {"session=session", "session=rare-session"}, {"user=user", "user=rare-user"},
        {"tag=production", "tag=rare-tag"}, {"since=6d", "since=1h"}, {"until=1h", "until=6d"},
        {"minDurationMs=1000", "minDurationMs=600000"},
        {"q=common", "q=common%20usual", "q=rare", "q=w123*"}};
    QList<QByteArray> all{QByteArray()};
    for (qsizetype one = 0; one < filters.size(); ++one) {
        all += filters[one];
        for (qsizetype other = 0; other < one; ++other) {
            for (const QByteArray& value : filters[one]) {
                for (const QByteArray& otherValue : filters[other])
                    all.append(otherValue + '&' + value);
            }
        }
    }
    return all;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const Options options(argc, argv, 1);
    const auto count = qsizetype(options.number("count", 100'000));
    const QString path = QString::fromStdString(options.text("store", ""));
    const qint64 nowUs = SystemClock().wall().count();
    TraceStore store; // stays open: a reader beside a writer, as in the proxy
    TraceStore::Options storeOptions;
    storeOptions.path = path;
    storeOptions.retention = {.maxBytes = 1LL << 40, .maxAge = std::chrono::hours(24 * 365)};
    if (Result<void> opened = store.open(storeOptions); !opened)
        qFatal("%s", qPrintable(opened.error().message));
    if (const auto newest = store.newestRow(); newest && *newest == 0)
        fill(&store, count, nowUs);

    Questions questions(path, nowUs, options.number("list", 0) != 0);
    QByteArray slowest;
    double slowestMilliseconds = 0;
    const QList<QByteArray> pairs = filterPairs();
    for (const QByteArray& parameters : pairs) {
        const double milliseconds = questions.listMilliseconds(parameters);
        if (milliseconds > slowestMilliseconds)
            slowest = parameters;
        slowestMilliseconds = std::max(slowestMilliseconds, milliseconds);
    }
    std::puts(JsonLine()
                  .add("kind", "api")
                  .add("traces", int64_t(count))
                  .add("lists", int64_t(pairs.size()))
                  .add("slowestListMilliseconds", slowestMilliseconds)
                  .add("slowestList", slowest.toStdString())
                  .add("statisticsMilliseconds", questions.statisticsMilliseconds("since=1h"))
                  .add("statisticsOfAllMilliseconds", questions.statisticsMilliseconds("since=8d"))
                  .text()
                  .c_str());
    return EXIT_SUCCESS;
}
