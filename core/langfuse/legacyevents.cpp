// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/legacyevents.h"

#include "langfuse/isotime.h"
#include "langfuse/jsonwriter.h"
#include "langfuse/otlpmapping.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace LegacyEvents {

namespace {

constexpr char observationMetadata[] = "langfuse.observation.metadata.";
constexpr char traceMetadata[] = "langfuse.trace.metadata.";

// A span that nests in a trace which Langfuse has already does not speak for that trace.
bool isRoot(const OtlpSpan& span)
{
    return span.parentSpanId.isEmpty() || span.find("langfuse.internal.is_app_root");
}

bool isGeneration(const OtlpSpan& span)
{
    const SpanAttribute* type = span.find("langfuse.observation.type");
    return type && (type->text == "generation" || type->text == "embedding");
}

void writeString(JsonWriter* out, const char* key, const QByteArray& text)
{
    if (text.isEmpty())
        return;
    out->key(key);
    out->string(text);
}

void writeString(JsonWriter* out, const char* key, const OtlpSpan& span, const char* attribute)
{
    if (const SpanAttribute* found = span.find(attribute))
        writeString(out, key, found->text);
}

void writeJson(JsonWriter* out, const char* key, const OtlpSpan& span, const char* attribute)
{
    const SpanAttribute* found = span.find(attribute);
    if (!found || found->text.isEmpty())
        return;
    out->key(key);
    out->rawOrString(found->text);
}

void writeMetadata(JsonWriter* out, const OtlpSpan& span, QByteArrayView prefix)
{
    bool isOpen = false;
    for (const SpanAttribute& attribute : span.attributes) {
        if (!attribute.key.startsWith(prefix))
            continue;
        if (!isOpen) {
            out->key("metadata");
            out->beginObject();
            isOpen = true;
        }
        out->key(attribute.key.sliced(prefix.size()));
        out->string(attribute.text);
    }
    if (isOpen)
        out->endObject();
}

void writeTags(JsonWriter* out, const OtlpSpan& span)
{
    const SpanAttribute* tags = span.find("langfuse.trace.tags");
    if (!tags)
        return;
    out->key("tags");
    out->beginArray();
    for (const QByteArray& tag : tags->list)
        out->string(tag);
    out->endArray();
}

// For servers that know no usageDetails: their three numbers, which newer ones leave aside.
void writeUsage(JsonWriter* out, const OtlpSpan& span)
{
    const SpanAttribute* details = span.find("langfuse.observation.usage_details");
    if (!details)
        return;
    const QJsonObject buckets = QJsonDocument::fromJson(details->text).object();
    qint64 input = 0;
    qint64 output = 0;
    for (auto it = buckets.begin(); it != buckets.end(); ++it) {
        if (it.key().startsWith(QLatin1String("input")))
            input += it.value().toInteger();
        else if (it.key().startsWith(QLatin1String("output")))
            output += it.value().toInteger();
    }
    out->key("usage");
    out->raw("{\"input\":" + QByteArray::number(input) + ",\"output\":" + QByteArray::number(output)
        + ",\"total\":" + QByteArray::number(buckets[QLatin1String("total")].toInteger())
        + ",\"unit\":\"TOKENS\"}");
    out->key("usageDetails");
    out->raw(details->text);
}

void writePrompt(JsonWriter* out, const OtlpSpan& span)
{
    const SpanAttribute* name = span.find("langfuse.observation.prompt.name");
    const SpanAttribute* version = span.find("langfuse.observation.prompt.version");
    if (!name || !version)
        return; // one without the other refuses the event
    writeString(out, "promptName", name->text);
    out->key("promptVersion");
    out->raw(QByteArray::number(version->number));
}

void beginEvent(JsonWriter* out, const QByteArray& id, const char* type, const OtlpSpan& span)
{
    out->beginObject();
    writeString(out, "id", id);
    writeString(out, "timestamp", isoTime(span.endNs / 1000));
    writeString(out, "type", type);
    out->key("body");
    out->beginObject();
}

void endEvent(JsonWriter* out)
{
    out->endObject();
    out->endObject();
}

void writeTraceEvent(JsonWriter* out, const OtlpSpan& span)
{
    beginEvent(out, traceEventId(span.spanId), "trace-create", span);
    writeString(out, "id", span.traceId);
    if (isRoot(span)) {
        writeString(out, "timestamp", isoTime(span.startNs / 1000));
        writeJson(out, "input", span, OtlpMapping::inputKey);
        writeJson(out, "output", span, OtlpMapping::outputKey);
    }
    writeString(out, "name", span, "langfuse.trace.name");
    writeString(out, "sessionId", span, "langfuse.session.id");
    writeString(out, "userId", span, "langfuse.user.id");
    writeString(out, "environment", span, "langfuse.environment");
    writeString(out, "release", span, "langfuse.release");
    writeString(out, "version", span, "langfuse.version");
    writeTags(out, span);
    writeMetadata(out, span, traceMetadata);
    endEvent(out);
}

void writeObservationEvent(JsonWriter* out, const OtlpSpan& span)
{
    const bool hasModel = isGeneration(span);
    beginEvent(out, observationEventId(span.spanId), hasModel ? "generation-create" : "span-create", span);
    writeString(out, "id", span.spanId);
    writeString(out, "traceId", span.traceId);
    if (!isRoot(span))
        writeString(out, "parentObservationId", span.parentSpanId);
    writeString(out, "name", span.name);
    writeString(out, "startTime", isoTime(span.startNs / 1000));
    writeString(out, "endTime", isoTime(span.endNs / 1000));
    writeString(out, "environment", span, "langfuse.environment");
    writeString(out, "version", span, "langfuse.version");
    writeString(out, "level", span, "langfuse.observation.level");
    writeString(out, "statusMessage", span, "langfuse.observation.status_message");
    if (hasModel) {
        writeString(out, "completionStartTime", span, "langfuse.observation.completion_start_time");
        writeString(out, "model", span, "langfuse.observation.model.name");
        writeJson(out, "modelParameters", span, "langfuse.observation.model.parameters");
        writeUsage(out, span);
        writeJson(out, "costDetails", span, "langfuse.observation.cost_details");
        writePrompt(out, span);
    }
    writeMetadata(out, span, observationMetadata);
    writeJson(out, "input", span, OtlpMapping::inputKey);
    writeJson(out, "output", span, OtlpMapping::outputKey);
    endEvent(out);
}

} // namespace

QByteArray encode(const OtlpSpan& span)
{
    JsonWriter out;
    writeTraceEvent(&out, span);
    writeObservationEvent(&out, span);
    return out.json();
}

QByteArray traceEventId(const QByteArray& spanId)
{
    return spanId + "-trace";
}

QByteArray observationEventId(const QByteArray& spanId)
{
    return spanId + "-observation";
}

QByteArray encodeRequest(const QList<QByteArray>& encoded, const QByteArray& version)
{
    JsonWriter out;
    out.beginObject();
    out.key("batch");
    out.beginArray();
    for (const QByteArray& events : encoded)
        out.raw(events);
    out.endArray();
    out.key("metadata");
    out.beginObject();
    writeString(&out, "sdk_name", "langfuse-proxy");
    writeString(&out, "sdk_version", version);
    out.endObject();
    out.endObject();
    return out.json();
}

} // namespace LegacyEvents
