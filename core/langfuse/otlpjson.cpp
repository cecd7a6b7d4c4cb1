// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/otlpjson.h"

#include "langfuse/jsonwriter.h"

namespace {

void writeOtlpText(JsonWriter* out, QByteArrayView name, const QByteArray& text)
{
    out->key(name);
    out->string(text);
}

void writeTextValue(JsonWriter* out, const QByteArray& text)
{
    out->beginObject();
    writeOtlpText(out, "stringValue", text);
    out->endObject();
}

void writeOtlpValue(JsonWriter* out, const SpanAttribute& attribute)
{
    switch (attribute.kind) {
    case SpanAttribute::Kind::Text:
        return writeTextValue(out, attribute.text);
    case SpanAttribute::Kind::Bool:
        out->beginObject();
        out->key("boolValue");
        out->raw(attribute.isTrue ? "true" : "false");
        return out->endObject();
    case SpanAttribute::Kind::Integer:
        out->beginObject();
        writeOtlpText(out, "intValue", QByteArray::number(attribute.number));
        return out->endObject();
    case SpanAttribute::Kind::TextList:
        out->beginObject();
        out->key("arrayValue");
        out->beginObject();
        out->key("values");
        out->beginArray();
        for (const QByteArray& text : attribute.list)
            writeTextValue(out, text);
        out->endArray();
        out->endObject();
        return out->endObject();
    }
}

void writeOtlpSpan(JsonWriter* out, const OtlpSpan& span)
{
    out->beginObject();
    writeOtlpText(out, "traceId", span.traceId);
    writeOtlpText(out, "spanId", span.spanId);
    if (!span.parentSpanId.isEmpty())
        writeOtlpText(out, "parentSpanId", span.parentSpanId);
    writeOtlpText(out, "name", span.name);
    out->key("kind");
    out->raw(QByteArray::number(spanKindClient));
    writeOtlpText(out, "startTimeUnixNano", QByteArray::number(span.startNs));
    writeOtlpText(out, "endTimeUnixNano", QByteArray::number(span.endNs));
    out->key("attributes");
    out->beginArray();
    for (const SpanAttribute& attribute : span.attributes) {
        out->beginObject();
        writeOtlpText(out, "key", attribute.key);
        out->key("value");
        writeOtlpValue(out, attribute);
        out->endObject();
    }
    out->endArray();
    if (span.isError) {
        out->key("status");
        out->beginObject();
        writeOtlpText(out, "message", span.statusMessage);
        out->key("code");
        out->raw(QByteArray::number(statusCodeError));
        out->endObject();
    }
    out->endObject();
}

} // namespace

namespace OtlpJson {

QByteArray encodeRequest(const OtlpSpan& span, const QByteArray& version)
{
    JsonWriter out;
    out.beginObject();
    out.key("resourceSpans");
    out.beginArray();
    out.beginObject();
    out.key("resource");
    out.raw("{}");
    out.key("scopeSpans");
    out.beginArray();
    out.beginObject();
    out.key("scope");
    out.beginObject();
    writeOtlpText(&out, "name", otlpScope);
    writeOtlpText(&out, "version", version);
    out.endObject();
    out.key("spans");
    out.beginArray();
    writeOtlpSpan(&out, span);
    out.endArray();
    out.endObject();
    out.endArray();
    out.endObject();
    out.endArray();
    out.endObject();
    return out.json();
}

} // namespace OtlpJson
