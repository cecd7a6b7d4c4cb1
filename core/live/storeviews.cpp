// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/storeviews.h"

#include "base/version.h"
#include "langfuse/jsonwriter.h"
#include "langfuse/otlpjson.h"
#include "live/tracejson.h"
#include "trace/recordcodec.h"

#include <algorithm>

namespace StoreViews {

namespace {

using namespace TraceJson;

ApiAnswer noTrace(const QByteArray& id)
{
    return ApiAnswer::error(404, "not_found", "There is no trace " + id);
}

void beginAnswer(JsonWriter* out)
{
    out->beginObject();
    writeNumber(out, "apiVersion", apiVersion);
}

void writeSession(JsonWriter* out, const SessionSummary& session)
{
    out->beginObject();
    writeText(out, "session", session.session);
    writeText(out, "user", session.user);
    writeNumber(out, "calls", session.calls);
    writeNumber(out, "errors", session.errors);
    writeTime(out, "firstStartedAt", session.firstStartedAtUs);
    writeTime(out, "lastStartedAt", session.lastStartedAtUs);
    out->key("models");
    out->raw(session.modelsJson);
    writeNumber(out, "inputTokens", session.inputTokens);
    writeNumber(out, "outputTokens", session.outputTokens);
    writeDollars(out, "costUsd", session.picodollars);
    out->endObject();
}

void writePercentiles(JsonWriter* out, const char* key, const Percentiles& percentiles)
{
    out->key(key);
    out->beginObject();
    writeMilliseconds(out, "p50", percentiles.p50);
    writeMilliseconds(out, "p90", percentiles.p90);
    writeMilliseconds(out, "p95", percentiles.p95);
    writeMilliseconds(out, "p99", percentiles.p99);
    out->endObject();
}

/// What a part of the time says of a model.
void writeCounts(JsonWriter* out, const CallStatistics& calls)
{
    writeNumber(out, "calls", calls.calls);
    writeNumber(out, "errors", calls.errors);
    out->key("tokens");
    writeTokens(out, calls.tokens);
    writeNumber(out, "callsWithTokens", calls.callsWithTokens);
    writeDollars(out, "costUsd", calls.picodollars);
    writeNumber(out, "callsWithCost", calls.callsWithCost);
}

void writeTimeCounts(JsonWriter* out, const char* key, const QList<TimeCount>& counts)
{
    out->key(key);
    out->beginArray();
    for (const TimeCount& count : counts) {
        out->beginObject();
        writeMilliseconds(out, "upToMs", count.upToUs);
        writeNumber(out, "calls", count.calls);
        out->endObject();
    }
    out->endArray();
}

void writeParts(JsonWriter* out, const TraceStatistics& statistics)
{
    out->key("buckets");
    out->beginArray();
    for (qsizetype part = 0; part < statistics.parts(); ++part) {
        out->beginObject();
        writeTime(out, "since", statistics.partSinceUs(part));
        out->key("models");
        out->beginArray();
        const auto models = statistics.byModelIn(part);
        for (auto it = models.begin(); it != models.end(); ++it) {
            out->beginObject();
            writeText(out, "provider", it.key().first);
            writeText(out, "model", it.key().second);
            writeCounts(out, it.value());
            out->endObject();
        }
        out->endArray();
        out->endObject();
    }
    out->endArray();
    out->key("histograms");
    out->beginObject();
    writeTimeCounts(out, "durationMs", statistics.durationCounts());
    writeTimeCounts(out, "firstTokenMs", statistics.firstTokenCounts());
    out->endObject();
}

void writeStatistics(JsonWriter* out, const CallStatistics& calls, double minutes)
{
    writeNumber(out, "calls", calls.calls);
    out->key("callsPerMinute");
    out->raw(QByteArray::number(double(calls.calls) / minutes, 'f', 3));
    writeNumber(out, "errors", calls.errors);
    writeNumber(out, "cancelled", calls.cancelled);
    writeNumber(out, "streams", calls.streams);
    writeNumber(out, "bytes", calls.capturedBytes);
    out->key("tokens");
    writeTokens(out, calls.tokens);
    out->key("tokensPerMinute");
    out->raw(calls.tokens.total ? QByteArray::number(double(*calls.tokens.total) / minutes, 'f', 3)
                                : QByteArray("null"));
    writeNumber(out, "callsWithTokens", calls.callsWithTokens);
    writeDollars(out, "costUsd", calls.picodollars);
    writeNumber(out, "callsWithCost", calls.callsWithCost);
    writePercentiles(out, "durationMs", calls.durationUs);
    writePercentiles(out, "firstByteMs", calls.firstByteUs);
    writePercentiles(out, "firstTokenMs", calls.firstTokenUs);
}

} // namespace

ApiAnswer unreadable(const Error& error)
{
    return ApiAnswer::error(503, "store_unavailable", error.message.toUtf8());
}

ApiAnswer traces(StoreReader* store, const ApiParameters::TraceList& list)
{
    const auto page = store->traces(list.filter, list.page.limit, list.page.beforeRow);
    if (!page)
        return unreadable(page.error());
    JsonWriter out;
    beginAnswer(&out);
    out.key("traces");
    out.beginArray();
    for (const TraceSummary& summary : page->entries)
        writeSummary(&out, summary);
    out.endArray();
    writeText(&out, "nextCursor",
        page->hasMore ? ApiParameters::cursorFor(page->entries.last().row) : QByteArray());
    out.endObject();
    return {200, out.json()};
}

ApiAnswer trace(StoreReader* store, const QByteArray& id, bool isOpen)
{
    const auto call = store->call(id);
    if (!call)
        return unreadable(call.error());
    if (!*call && isOpen)
        return ApiAnswer::error(404, "call_open", "The call " + id + " has not ended; its trace follows");
    if (!*call)
        return noTrace(id);
    return {200, detail((*call)->summary, (*call)->record)};
}

ApiAnswer record(StoreReader* store, const QByteArray& id)
{
    const auto call = store->call(id);
    if (!call)
        return unreadable(call.error());
    if (!*call)
        return noTrace(id);
    JsonWriter out;
    beginAnswer(&out);
    writeText(&out, "id", (*call)->record.id);
    writeTime(&out, "startedAt", (*call)->record.startedAtUs);
    writeText(&out, "record", RecordCodec::encode((*call)->record).toBase64());
    out.endObject();
    return {200, out.json()};
}

ApiAnswer sessions(StoreReader* store, const ApiParameters::Page& page)
{
    const auto sessions = store->sessions(page.limit, page.beforeRow);
    if (!sessions)
        return unreadable(sessions.error());
    JsonWriter out;
    beginAnswer(&out);
    out.key("sessions");
    out.beginArray();
    for (const SessionSummary& session : sessions->entries)
        writeSession(&out, session);
    out.endArray();
    writeText(&out, "nextCursor",
        sessions->hasMore ? ApiParameters::cursorFor(sessions->entries.last().lastRow) : QByteArray());
    out.endObject();
    return {200, out.json()};
}

ApiAnswer statistics(StoreReader* store, const ApiParameters::Statistics& asked)
{
    const TraceFilter& filter = asked.filter;
    const auto statistics = store->statistics(filter, asked.buckets);
    if (!statistics)
        return unreadable(statistics.error());
    const double minutes
        = double(std::max<qint64>(1, filter.untilUs.value_or(0) - filter.sinceUs.value_or(0))) / 60e6;
    JsonWriter out;
    beginAnswer(&out);
    writeTime(&out, "since", filter.sinceUs.value_or(0));
    writeTime(&out, "until", filter.untilUs.value_or(0));
    out.key("all");
    out.beginObject();
    writeStatistics(&out, statistics->all(), minutes);
    out.endObject();
    out.key("models");
    out.beginArray();
    const auto models = statistics->byModel();
    for (auto it = models.begin(); it != models.end(); ++it) {
        out.beginObject();
        writeText(&out, "provider", it.key().first);
        writeText(&out, "model", it.key().second);
        writeStatistics(&out, it.value(), minutes);
        out.endObject();
    }
    out.endArray();
    if (asked.buckets > 0)
        writeParts(&out, *statistics);
    out.endObject();
    return {200, out.json()};
}

ApiAnswer payload(StoreReader* store, const QByteArray& id, const OtlpMappingOptions& options)
{
    const auto call = store->call(id);
    if (!call)
        return unreadable(call.error());
    if (!*call)
        return noTrace(id);
    return {200, OtlpJson::encodeRequest(OtlpMapping::toSpan((*call)->record, options), versionText)};
}

ApiAnswer body(StoreReader* store, const QByteArray& id, Side side)
{
    const auto call = store->call(id);
    if (!call)
        return unreadable(call.error());
    if (!*call)
        return noTrace(id);
    const TraceRecord& record = (*call)->record;
    const bool isRequest = side == Side::Request;
    const QByteArray& bytes = isRequest ? record.requestBody : record.responseBody;
    const qint64 wireBytes = isRequest ? record.requestBytes : record.responseBytes;
    if (bytes.isEmpty() && wireBytes > 0)
        return ApiAnswer::error(404, "body_not_stored",
            "Nothing of the body is stored (TELEMETRY_CONTENT, redaction, or a full queue)");
    const HeaderList& stored = isRequest ? record.requestHeaders : record.responseHeaders;
    const QByteArray name = id + (isRequest ? "-request" : "-response");
    ApiAnswer answer{200, bytes, stored.value("content-type"),
        {{"Content-Disposition", "attachment; filename=\"" + name + '"'},
            {"Content-Security-Policy", "sandbox; default-src 'none'"}}};
    if (answer.contentType.isEmpty())
        answer.contentType = "application/octet-stream";
    if (const QByteArray encoding = stored.value("content-encoding"); !encoding.isEmpty())
        answer.headers.append("X-Stored-Content-Encoding", encoding);
    if (bytes.size() < wireBytes)
        answer.headers.append("X-Stored-Truncated", "true");
    return answer;
}

} // namespace StoreViews
