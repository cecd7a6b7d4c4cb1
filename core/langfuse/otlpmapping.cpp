// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/otlpmapping.h"

#include "langfuse/isotime.h"
#include "langfuse/jsonwriter.h"
#include "langfuse/observationtext.h"
#include "langfuse/usagemapping.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace OtlpMapping {

namespace {

constexpr qsizetype maxIdBytes = 800; // Langfuse's idSchema
constexpr qsizetype maxNameBytes = 1000; // trace-create: name
constexpr qsizetype maxStatusMessageBytes = 8192;

QByteArray cutTo(QByteArray text, qsizetype maxBytes)
{
    if (text.size() <= maxBytes)
        return text;
    qsizetype end = maxBytes;
    while (end > 0 && (static_cast<uchar>(text[end]) & 0xc0) == 0x80)
        --end;
    text.truncate(end);
    return text;
}

// A NUL in a session id makes Langfuse's worker fail for good (langfuse.md 2).
QByteArray withoutControls(const QByteArray& text, qsizetype maxBytes)
{
    QByteArray clean = text;
    clean.removeIf([](char c) { return static_cast<uchar>(c) < 0x20 || c == 0x7f; });
    return cutTo(toValidUtf8(clean), maxBytes);
}

enum class ObservationType { Generation, Embedding, Span };

ObservationType typeOf(const TraceRecord& record)
{
    const QByteArray& dialect = record.dialect;
    if (dialect == "openai.embeddings" || dialect == "gemini.embedContent")
        return ObservationType::Embedding;
    // What is counted or judged is charged nothing: as a generation Langfuse would count its text itself.
    const bool isFree = dialect == "openai.moderations" || dialect.endsWith(".countTokens");
    return dialect.isEmpty() || isFree ? ObservationType::Span : ObservationType::Generation;
}

QByteArray typeName(ObservationType type)
{
    switch (type) {
    case ObservationType::Generation:
        return "generation";
    case ObservationType::Embedding:
        return "embedding";
    case ObservationType::Span:
        break;
    }
    return "span";
}

// Langfuse matches prices by the bare name; Gemini says `models/gemini-3.7-flash`.
QByteArray modelOf(const TraceRecord& record)
{
    QByteArray model = record.model();
    const qsizetype at = model.lastIndexOf("models/");
    if (at == 0 || (at > 0 && model[at - 1] == '/'))
        model = model.sliced(at + 7);
    return withoutControls(model, maxNameBytes);
}

QByteArray outcomeName(CallOutcome outcome)
{
    switch (outcome) {
    case CallOutcome::Completed:
        return "completed";
    case CallOutcome::ClientCancelled:
        return "client_cancelled";
    case CallOutcome::UpstreamFailed:
        return "upstream_failed";
    case CallOutcome::TimedOut:
        return "timed_out";
    case CallOutcome::Rejected:
        break;
    }
    return "rejected";
}

bool isCancelled(const TraceRecord& record)
{
    return record.outcome == CallOutcome::ClientCancelled && record.status < 400;
}

QByteArray statusMessageOf(const TraceRecord& record)
{
    QByteArray message = record.errorMessage.isEmpty() ? record.errorCode : record.errorMessage;
    if (message.isEmpty() && record.status >= 400)
        message = "HTTP " + QByteArray::number(record.status);
    return cutTo(toValidUtf8(message), maxStatusMessageBytes);
}

QByteArray milliseconds(qint64 microseconds)
{
    return microseconds < 0 ? QByteArray() : QByteArray::number((microseconds + 500) / 1000);
}

// Metadata shows best as plain text: a JSON string without its quotes, everything else as it came.
QByteArray metadataText(const QByteArray& json)
{
    if (!json.startsWith('"'))
        return toValidUtf8(json);
    const QJsonDocument document = QJsonDocument::fromJson("[" + json + "]");
    return document.isArray() ? document.array().at(0).toString().toUtf8() : toValidUtf8(json);
}

void addParameter(JsonWriter* out, const QByteArray& name, const QByteArray& json)
{
    out->key(name);
    const QByteArray value = json.trimmed();
    if (value.startsWith('{') || value.startsWith('['))
        out->string(value); // nested values are refused or turned into text anyway
    else
        out->rawOrString(value);
}

// The tier that was served decides the price, not the one that was asked for.
QByteArray modelParameters(const TraceRecord& record)
{
    if (record.parameters.isEmpty() && record.serviceTier.isEmpty())
        return {};
    JsonWriter out;
    out.beginObject();
    for (const ModelParameter& parameter : record.parameters) {
        if (parameter.name != "service_tier" || record.serviceTier.isEmpty())
            addParameter(&out, parameter.name, parameter.json);
    }
    if (!record.serviceTier.isEmpty()) {
        out.key("service_tier");
        out.string(record.serviceTier);
    }
    out.endObject();
    return out.json();
}

QByteArray finishReasons(const Conversation& output)
{
    QList<QByteArray> reasons;
    for (const Message& message : output.messages) {
        if (!message.finishReason.isEmpty() && !reasons.contains(message.finishReason))
            reasons.append(message.finishReason);
    }
    return reasons.join(',');
}

// Whether this span may speak for the whole trace: not when it nests in a trace that Langfuse already has.
bool isRootOfTrace(const Attribution& attribution)
{
    return attribution.parentSpanId.isEmpty() || attribution.isAppRoot;
}

void addTraceFields(OtlpSpan* span, const TraceRecord& record, const OtlpMappingOptions& options)
{
    const Attribution& attribution = record.attribution;
    const bool isRoot = isRootOfTrace(attribution);
    const QByteArray name = attribution.traceName.isEmpty() && isRoot ? record.path() : attribution.traceName;
    span->addText("langfuse.trace.name", withoutControls(name, maxNameBytes));
    span->addText("langfuse.session.id", withoutControls(attribution.sessionId, maxIdBytes));
    span->addText("langfuse.user.id", withoutControls(attribution.userId, maxIdBytes));
    QList<QByteArray> tags;
    for (const QByteArray& tag : attribution.tags) {
        if (const QByteArray clean = withoutControls(tag, maxIdBytes); !clean.isEmpty())
            tags.append(clean);
    }
    if (!tags.isEmpty())
        span->attributes.append(
            {.key = "langfuse.trace.tags", .kind = SpanAttribute::Kind::TextList, .list = tags});
    const QByteArray& environment
        = attribution.environment.isEmpty() ? options.environment : attribution.environment;
    span->addText("langfuse.environment", withoutControls(environment, maxIdBytes).toLower());
    span->addText("langfuse.release", withoutControls(options.release, maxIdBytes));
    span->addText("langfuse.version", withoutControls(attribution.version, maxIdBytes));
    if (isRoot)
        span->addText("langfuse.trace.metadata.request_id", withoutControls(record.requestId, maxIdBytes));
    if (isRoot && !attribution.parentSpanId.isEmpty()) {
        // The parent is not in Langfuse: for its version 4, and for version 3.
        span->addBool("langfuse.internal.is_app_root", true);
        span->addBool("langfuse.internal.as_root", true);
    }
}

void addMetadata(OtlpSpan* span, const TraceRecord& record)
{
    const auto add = [span](const char* key, const QByteArray& text) {
        span->addText(QByteArray("langfuse.observation.metadata.") + key, text);
    };
    add("method", withoutControls(record.method, maxIdBytes));
    add("path", withoutControls(record.path(), maxStatusMessageBytes));
    add("statusCode", QByteArray::number(record.status));
    add("isStreaming", record.isStream ? "true" : "false");
    add("ttfbMs", milliseconds(record.responseHeadUs));
    add("totalDurationMs", milliseconds(record.durationUs));
    add("truncated", record.isTruncated || record.bodiesDropped ? "true" : "false");
    add("request_id", withoutControls(record.requestId, maxIdBytes));
    add("provider", withoutControls(record.provider, maxIdBytes));
    add("outcome", outcomeName(record.outcome));
    if (typeOf(record) == ObservationType::Span) // where it is no model of a generation
        add("model", modelOf(record));
    add("errorCode", withoutControls(record.errorCode, maxIdBytes));
    add("response_id", withoutControls(record.responseId, maxIdBytes));
    add("previous_response_id", withoutControls(record.previousResponseId, maxIdBytes));
    add("finish_reason", withoutControls(finishReasons(record.output), maxIdBytes));
    for (const MetadataEntry& entry : record.attribution.metadata) {
        const QByteArray key = withoutControls(entry.key, maxIdBytes);
        const QByteArray text = metadataText(entry.json);
        if (key.isEmpty() || text.isEmpty())
            continue;
        span->addText("langfuse.trace.metadata." + key, text);
        // Ours keep their meaning when the consumer uses the same word.
        const QByteArray observationKey = "langfuse.observation.metadata." + key;
        if (!span->find(observationKey))
            span->addText(observationKey, text);
    }
}

// Whether the texts of the record are what was said, all of it: no notes, nothing cut, question and answer.
bool isToldInFull(const TraceRecord& record)
{
    return !record.isContentOmitted && !record.bodiesDropped && !record.isTruncated
        && record.withheldTexts == 0 && !record.output.messages.isEmpty();
}

void addUsage(OtlpSpan* span, const TraceRecord& record, const QByteArray& model)
{
    QByteArray details;
    if (record.usage) {
        details = UsageMapping::usageDetails(*record.usage, model);
        span->addText("langfuse.observation.cost_details", UsageMapping::costDetails(*record.usage));
    }
    // A cancelled answer that had begun is charged by the provider: Langfuse may count its text.
    const bool isFree = isCancelled(record) ? record.output.messages.isEmpty() : record.isError();
    if (details.isEmpty() && isFree)
        details = UsageMapping::noUsage();
    if (details.isEmpty() && !isToldInFull(record))
        withholdModel(span);
    span->addText(usageKey, details);
}

void addModelFields(OtlpSpan* span, const TraceRecord& record)
{
    const QByteArray model = modelOf(record);
    span->addText(modelKey, model);
    span->addText("langfuse.observation.model.parameters", modelParameters(record));
    addUsage(span, record, model);
    const Attribution& attribution = record.attribution;
    if (!attribution.promptName.isEmpty() && attribution.promptVersion > 0) {
        span->addText(
            "langfuse.observation.prompt.name", withoutControls(attribution.promptName, maxIdBytes));
        span->addInteger("langfuse.observation.prompt.version", attribution.promptVersion);
    }
    if (record.isStream && record.firstTokenUs >= 0)
        span->addText(
            "langfuse.observation.completion_start_time", isoTime(record.startedAtUs + record.firstTokenUs));
}

} // namespace

void withholdModel(OtlpSpan* span)
{
    const SpanAttribute* model = span->find(modelKey);
    if (!model)
        return;
    const QByteArray name = model->text;
    span->attributes.removeIf([](const SpanAttribute& attribute) { return attribute.key == modelKey; });
    span->addText("langfuse.observation.metadata.model", name);
}

OtlpSpan toSpan(const TraceRecord& record, const OtlpMappingOptions& options, EventMedia* media)
{
    EventMedia none;
    EventMedia* used = media ? media : &none;
    const ObservationType type = typeOf(record);
    const QByteArray model = type == ObservationType::Span ? QByteArray() : modelOf(record);
    OtlpSpan span;
    span.traceId = record.attribution.traceId;
    span.spanId = record.attribution.spanId;
    span.parentSpanId = record.attribution.parentSpanId;
    span.name = model.isEmpty() ? withoutControls(record.path(), maxNameBytes) : model;
    span.startNs = record.startedAtUs * 1000;
    span.endNs = span.startNs + std::max<qint64>(0, record.durationUs) * 1000;

    span.addText("langfuse.observation.type", typeName(type));
    if (isCancelled(record)) {
        span.addText("langfuse.observation.level", "WARNING");
        const QByteArray message = statusMessageOf(record);
        span.addText(
            "langfuse.observation.status_message", message.isEmpty() ? "cancelled by the client" : message);
    } else if (record.isError()) {
        span.isError = true;
        span.statusMessage = statusMessageOf(record);
        span.addText("langfuse.observation.level", "ERROR");
        span.addText("langfuse.observation.status_message", span.statusMessage);
    }
    if (type != ObservationType::Span)
        addModelFields(&span, record);
    addTraceFields(&span, record, options);
    addMetadata(&span, record);
    used->setField("input");
    span.addText(inputKey, toValidUtf8(ObservationText::input(record, used)));
    used->setField("output");
    span.addText(outputKey, toValidUtf8(ObservationText::output(record, used)));
    return span;
}

} // namespace OtlpMapping
