// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/otlpencoder.h"

#include <protozero/pbf_writer.hpp>

#include <string>

namespace OtlpEncoder {

namespace {

// Field numbers of opentelemetry/proto/{collector/trace/v1/trace_service,trace/v1/trace,common/v1/common,
// resource/v1/resource}.proto
enum : protozero::pbf_tag_type {
    requestResourceSpans = 1,
    resourceSpansResource = 1,
    resourceSpansScopeSpans = 2,
    scopeSpansScope = 1,
    scopeSpansSpans = 2,
    scopeName = 1,
    scopeVersion = 2,
    spanTraceId = 1,
    spanSpanId = 2,
    spanParentSpanId = 4,
    spanName = 5,
    spanKind = 6,
    spanStartTime = 7,
    spanEndTime = 8,
    spanAttributes = 9,
    spanStatus = 15,
    statusMessage = 2,
    statusCode = 3,
    keyValueKey = 1,
    keyValueValue = 2,
    anyValueString = 1,
    anyValueBool = 2,
    anyValueInt = 3,
    anyValueArray = 5,
    arrayValueValues = 1,
};

void addBytes(protozero::pbf_writer* out, protozero::pbf_tag_type tag, QByteArrayView bytes)
{
    out->add_bytes(tag, bytes.data(), static_cast<size_t>(bytes.size()));
}

void addValue(protozero::pbf_writer* keyValue, const SpanAttribute& attribute)
{
    protozero::pbf_writer value(*keyValue, keyValueValue);
    switch (attribute.kind) {
    case SpanAttribute::Kind::Text:
        addBytes(&value, anyValueString, attribute.text);
        break;
    case SpanAttribute::Kind::Bool:
        value.add_bool(anyValueBool, attribute.isTrue);
        break;
    case SpanAttribute::Kind::Integer:
        value.add_int64(anyValueInt, attribute.number);
        break;
    case SpanAttribute::Kind::TextList: {
        protozero::pbf_writer array(value, anyValueArray);
        for (const QByteArray& text : attribute.list) {
            protozero::pbf_writer item(array, arrayValueValues);
            addBytes(&item, anyValueString, text);
        }
        break;
    }
    }
}

qsizetype varintSize(qsizetype number)
{
    qsizetype bytes = 1;
    for (; number >= 0x80; number >>= 7)
        ++bytes;
    return bytes;
}

} // namespace

QByteArray encodeSpan(const OtlpSpan& span)
{
    std::string bytes;
    protozero::pbf_writer out(bytes);
    addBytes(&out, spanTraceId, QByteArray::fromHex(span.traceId));
    addBytes(&out, spanSpanId, QByteArray::fromHex(span.spanId));
    if (!span.parentSpanId.isEmpty())
        addBytes(&out, spanParentSpanId, QByteArray::fromHex(span.parentSpanId));
    addBytes(&out, spanName, span.name);
    out.add_enum(spanKind, spanKindClient);
    out.add_fixed64(spanStartTime, static_cast<quint64>(span.startNs));
    out.add_fixed64(spanEndTime, static_cast<quint64>(span.endNs));
    for (const SpanAttribute& attribute : span.attributes) {
        protozero::pbf_writer keyValue(out, spanAttributes);
        addBytes(&keyValue, keyValueKey, attribute.key);
        addValue(&keyValue, attribute);
    }
    if (span.isError) {
        protozero::pbf_writer status(out, spanStatus);
        addBytes(&status, statusMessage, span.statusMessage);
        status.add_enum(statusCode, statusCodeError);
    }
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

qsizetype sizeInRequest(const QByteArray& encodedSpan)
{
    return 1 + varintSize(encodedSpan.size()) + encodedSpan.size();
}

QByteArray encodeRequest(const QList<QByteArray>& encodedSpans, QByteArrayView version)
{
    qsizetype size = maxFrameBytes;
    for (const QByteArray& span : encodedSpans)
        size += sizeInRequest(span);
    std::string bytes;
    bytes.reserve(static_cast<size_t>(size));
    protozero::pbf_writer request(bytes);
    {
        protozero::pbf_writer resourceSpans(request, requestResourceSpans);
        resourceSpans.add_message(resourceSpansResource, "", 0);
        protozero::pbf_writer scopeSpans(resourceSpans, resourceSpansScopeSpans);
        {
            protozero::pbf_writer scope(scopeSpans, scopeSpansScope);
            scope.add_string(scopeName, otlpScope);
            addBytes(&scope, scopeVersion, version);
        }
        for (const QByteArray& span : encodedSpans)
            addBytes(&scopeSpans, scopeSpansSpans, span);
    }
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

} // namespace OtlpEncoder
