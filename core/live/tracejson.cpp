// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/tracejson.h"

#include "langfuse/jsonwriter.h"
#include "live/apianswer.h"
#include "live/messagejson.h"
#include "trace/arrivaltimes.h"
#include "wire/contentdecoder.h"

#include <QUtf8StringView>

namespace TraceJson {

namespace {

constexpr qint64 maxShownBytes = qint64(64) << 20; // of a compressed body, unpacked

void writeWords(JsonWriter* out, const char* key, const QList<QByteArray>& words)
{
    out->key(key);
    out->beginArray();
    for (const QByteArray& word : words)
        out->string(word);
    out->endArray();
}

enum class CallState { Open, Ended };

void writeSummaryMembers(JsonWriter* out, const TraceSummary& summary, CallState state = CallState::Ended)
{
    const bool isOpen = state == CallState::Open;
    writeText(out, "id", summary.id);
    writeText(out, "requestId", summary.requestId);
    writeTime(out, "startedAt", summary.startedAtUs);
    writeText(out, "provider", summary.provider);
    writeText(out, "method", summary.method);
    writeText(out, "path", summary.path);
    writeText(out, "name", summary.name);
    writeText(out, "model", summary.model);
    writeText(out, "requestModel", summary.requestModel);
    writeNumber(out, "status", summary.status > 0 ? std::optional<qint64>(summary.status) : std::nullopt);
    writeText(out, "outcome", isOpen ? "open" : outcomeWord(summary.outcome));
    writeText(out, "error", summary.errorCode);
    writeText(out, "errorMessage", summary.errorMessage);
    writeText(out, "preview", summary.preview);
    writeText(out, "session", summary.session);
    writeText(out, "user", summary.user);
    writeWords(out, "tags", summary.tags);
    writeWords(out, "tools", summary.tools);
    writeText(out, "finishReason", summary.finishReason);
    writeSwitch(out, "stream", summary.isStream);
    writeMilliseconds(out, "durationMs", summary.durationUs);
    writeMilliseconds(out, "firstByteMs", summary.firstByteUs);
    writeMilliseconds(out, "firstTokenMs", summary.firstTokenUs);
    out->key("tokens");
    writeTokens(out, summary.tokens);
    writeDollars(out, "costUsd", summary.picodollars);
    writeNumber(out, "bytes", summary.capturedBytes);
    out->key("delivery");
    if (isOpen) {
        out->raw("null");
        return;
    }
    out->beginObject();
    writeText(out, "state", deliveryWord(summary.state));
    writeNumber(out, "attempts", summary.attempts);
    writeText(out, "lastError", summary.lastError);
    writeText(out, "reason", summary.reason);
    out->endObject();
}

/// With the whole error message, and with what rows of older stores lack.
TraceSummary completed(TraceSummary summary, const TraceRecord& record)
{
    const TraceSummary known = summaryOf(record);
    summary.errorMessage = record.errorMessage;
    summary.preview = known.preview;
    summary.tools = known.tools;
    return summary;
}

void writeHeaders(JsonWriter* out, const HeaderList& headers)
{
    out->key("headers");
    out->beginArray();
    for (const Header& header : headers) {
        out->beginArray();
        out->string(header.name);
        out->string(header.value);
        out->endArray();
    }
    out->endArray();
}

/// {"text":...} or {"base64":...}; null when nothing of it is stored. A compressed one is shown unpacked.
void writeBody(JsonWriter* out, const QByteArray& body, const HeaderList& headers)
{
    out->key("body");
    if (body.isEmpty()) {
        out->raw("null");
        return;
    }
    const auto plain = ContentDecoder::decodeAll(body, headers.value("content-encoding"), maxShownBytes);
    const QByteArray& shown = plain ? *plain : body;
    out->beginObject();
    if (QUtf8StringView(shown).isValidUtf8())
        writeText(out, "text", shown);
    else
        writeText(out, "base64", body.toBase64());
    out->endObject();
}

void writeUsage(JsonWriter* out, const Usage& usage)
{
    out->beginObject();
    writeNumber(out, "input", usage.input);
    writeNumber(out, "inputCached", usage.inputCached);
    writeNumber(out, "cacheWrite", usage.cacheWrite);
    writeNumber(out, "cacheWrite5m", usage.cacheWrite5m);
    writeNumber(out, "cacheWrite1h", usage.cacheWrite1h);
    writeNumber(out, "inputAudio", usage.inputAudio);
    writeNumber(out, "inputImage", usage.inputImage);
    writeNumber(out, "output", usage.output);
    writeNumber(out, "outputReasoning", usage.outputReasoning);
    writeNumber(out, "outputAudio", usage.outputAudio);
    writeNumber(out, "outputImage", usage.outputImage);
    writeNumber(out, "total", usage.total);
    writeNumber(out, "webSearches", usage.webSearches);
    out->key("reported");
    if (usage.json.isEmpty())
        out->raw("null");
    else
        out->rawOrString(usage.json);
    out->endObject();
}

void writeCost(JsonWriter* out, const Cost& cost)
{
    out->beginObject();
    writeDollars(out, "usd", cost.picodollars);
    writeText(out, "source", cost.source == Cost::Source::Provider ? "provider" : "prices");
    writeText(out, "price", cost.price);
    out->key("items");
    out->beginObject();
    for (const CostItem& item : cost.items)
        writeDollars(out, item.bucket.constData(), item.picodollars);
    out->endObject();
    out->endObject();
}

void writeTimings(JsonWriter* out, const TraceRecord& record)
{
    out->beginObject();
    writeMilliseconds(out, "requestSentMs", record.requestSentUs);
    writeMilliseconds(out, "firstByteMs", record.responseHeadUs);
    writeMilliseconds(out, "firstTokenMs", record.firstTokenUs);
    writeMilliseconds(out, "durationMs", record.durationUs);
    const ArrivalTimes arrivals = ArrivalTimes::decode(record.arrivals);
    writeNumber(out, "chunksPerArrival", arrivals.chunksPerEntry());
    out->key("arrivals");
    out->beginArray();
    for (const Arrival& arrival : arrivals.entries()) {
        out->beginObject();
        writeMilliseconds(out, "atMs", arrival.atUs);
        writeNumber(out, "bytes", arrival.bytes);
        out->endObject();
    }
    out->endArray();
    out->endObject();
}

void writeAttribution(JsonWriter* out, const Attribution& attribution)
{
    writeText(out, "traceId", attribution.traceId);
    writeText(out, "spanId", attribution.spanId);
    writeText(out, "parentSpanId", attribution.parentSpanId);
    writeText(out, "environment", attribution.environment);
    writeText(out, "version", attribution.version);
    writeText(out, "promptName", attribution.promptName);
    writeNumber(out, "promptVersion",
        attribution.promptVersion > 0 ? std::optional<qint64>(attribution.promptVersion) : std::nullopt);
    out->key("metadata");
    out->beginObject();
    for (const MetadataEntry& entry : attribution.metadata) {
        out->key(toValidUtf8(entry.key));
        out->rawOrString(entry.json);
    }
    out->endObject();
}

} // namespace

const char* outcomeWord(CallOutcome outcome)
{
    switch (outcome) {
    case CallOutcome::Completed:
        return "completed";
    case CallOutcome::ClientCancelled:
        return "cancelled";
    case CallOutcome::UpstreamFailed:
        return "upstream_failed";
    case CallOutcome::TimedOut:
        return "timed_out";
    case CallOutcome::Rejected:
        return "refused";
    }
    return "unknown";
}

void writeSummary(JsonWriter* out, const TraceSummary& summary)
{
    out->beginObject();
    writeSummaryMembers(out, summary);
    out->endObject();
}

void writeOpenCall(JsonWriter* out, const TraceSummary& summary)
{
    out->beginObject();
    writeSummaryMembers(out, summary, CallState::Open);
    out->endObject();
}

QByteArray detail(const TraceSummary& summary, const TraceRecord& record)
{
    JsonWriter out;
    out.beginObject();
    writeNumber(&out, "apiVersion", apiVersion);
    writeSummaryMembers(&out, completed(summary, record));
    writeAttribution(&out, record.attribution);
    writeText(&out, "dialect", record.dialect);
    writeText(&out, "responseId", record.responseId);
    writeText(&out, "previousResponseId", record.previousResponseId);
    writeText(&out, "serviceTier", record.serviceTier);
    writeSwitch(&out, "truncated", record.isTruncated);
    writeSwitch(&out, "bodiesDropped", record.bodiesDropped);
    writeSwitch(&out, "contentOmitted", record.isContentOmitted);
    writeNumber(&out, "withheldTexts", record.withheldTexts);
    out.key("request");
    out.beginObject();
    writeText(&out, "method", record.method);
    writeText(&out, "target", record.target);
    writeText(&out, "upstream", record.upstreamOrigin);
    writeHeaders(&out, record.requestHeaders);
    writeNumber(&out, "bytes", record.requestBytes);
    writeBody(&out, record.requestBody, record.requestHeaders);
    out.endObject();
    out.key("response");
    out.beginObject();
    writeNumber(&out, "status", record.status > 0 ? std::optional<qint64>(record.status) : std::nullopt);
    writeHeaders(&out, record.responseHeaders);
    writeNumber(&out, "bytes", record.responseBytes);
    writeBody(&out, record.responseBody, record.responseHeaders);
    out.endObject();
    out.key("parameters");
    out.beginObject();
    for (const ModelParameter& parameter : record.parameters) {
        out.key(toValidUtf8(parameter.name));
        out.rawOrString(parameter.json);
    }
    out.endObject();
    out.key("input");
    writeConversation(&out, record.input);
    out.key("output");
    writeConversation(&out, record.output);
    out.key("usage");
    if (record.usage)
        writeUsage(&out, *record.usage);
    else
        out.raw("null");
    out.key("cost");
    if (record.cost)
        writeCost(&out, *record.cost);
    else
        out.raw("null");
    out.key("timings");
    writeTimings(&out, record);
    out.endObject();
    return out.json();
}

} // namespace TraceJson
