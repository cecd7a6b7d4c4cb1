// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/otlpdecoder.h"

#include <QStringBuilder>
#include <QUtf8StringView>

#include <protozero/exception.hpp>
#include <protozero/pbf_reader.hpp>

namespace {

using protozero::pbf_reader;

QByteArray bytesOf(pbf_reader& in)
{
    const auto view = in.get_view();
    return QByteArray(view.data(), static_cast<qsizetype>(view.size()));
}

// protozero reports with exceptions; ours is one more, and all end in decodeOtlpRequest().
QByteArray textOf(pbf_reader& in)
{
    const QByteArray text = bytesOf(in);
    if (!QUtf8StringView(text).isValidUtf8())
        throw protozero::exception();
    return text;
}

QByteArray readAnyValue(pbf_reader in)
{
    QByteArray value;
    while (in.next()) {
        switch (in.tag()) {
        case 1:
            value = textOf(in);
            break;
        case 2:
            value = in.get_bool() ? "true" : "false";
            break;
        case 3:
            value = QByteArray::number(static_cast<qint64>(in.get_int64()));
            break;
        case 4:
            value = QByteArray::number(in.get_double());
            break;
        case 5: {
            pbf_reader array = in.get_message();
            QList<QByteArray> items;
            while (array.next(1))
                items.append(readAnyValue(array.get_message()));
            value = items.join('\n');
            break;
        }
        default:
            in.skip();
        }
    }
    return value;
}

void readAttribute(pbf_reader in, LangfuseSpan* span)
{
    QByteArray key;
    QByteArray value;
    while (in.next()) {
        if (in.tag() == 1)
            key = textOf(in);
        else if (in.tag() == 2)
            value = readAnyValue(in.get_message());
        else
            in.skip();
    }
    span->attributes.insert(key, value);
}

void readStatus(pbf_reader in, LangfuseSpan* span)
{
    while (in.next()) {
        if (in.tag() == 2)
            span->statusMessage = textOf(in);
        else if (in.tag() == 3)
            span->statusCode = in.get_enum();
        else
            in.skip();
    }
}

LangfuseSpan readSpan(pbf_reader in)
{
    LangfuseSpan span;
    while (in.next()) {
        switch (in.tag()) {
        case 1:
            span.traceId = bytesOf(in).toHex();
            break;
        case 2:
            span.spanId = bytesOf(in).toHex();
            break;
        case 4:
            span.parentSpanId = bytesOf(in).toHex();
            break;
        case 5:
            span.name = textOf(in);
            break;
        case 6:
            span.kind = in.get_enum();
            break;
        case 7:
            span.startNs = static_cast<qint64>(in.get_fixed64());
            break;
        case 8:
            span.endNs = static_cast<qint64>(in.get_fixed64());
            break;
        case 9:
            readAttribute(in.get_message(), &span);
            break;
        case 15:
            readStatus(in.get_message(), &span);
            break;
        default:
            in.skip();
        }
    }
    return span;
}

void readScopeSpans(pbf_reader in, QList<LangfuseSpan>* spans)
{
    QByteArray name;
    QByteArray version;
    while (in.next()) {
        if (in.tag() == 1) {
            pbf_reader scope = in.get_message();
            while (scope.next()) {
                if (scope.tag() == 1)
                    name = textOf(scope);
                else if (scope.tag() == 2)
                    version = textOf(scope);
                else
                    scope.skip();
            }
        } else if (in.tag() == 2) {
            LangfuseSpan span = readSpan(in.get_message());
            span.scopeName = name;
            span.scopeVersion = version;
            spans->append(span);
        } else {
            in.skip();
        }
    }
}

QList<LangfuseSpan> readRequest(const QByteArray& body)
{
    QList<LangfuseSpan> spans;
    pbf_reader request(body.constData(), static_cast<size_t>(body.size()));
    while (request.next()) {
        if (request.tag() != 1) {
            request.skip();
            continue;
        }
        pbf_reader resourceSpans = request.get_message();
        while (resourceSpans.next()) {
            if (resourceSpans.tag() == 2)
                readScopeSpans(resourceSpans.get_message(), &spans);
            else
                resourceSpans.skip();
        }
    }
    return spans;
}

} // namespace

Result<QList<LangfuseSpan>> decodeOtlpRequest(const QByteArray& body)
{
    try {
        const QList<LangfuseSpan> spans = readRequest(body);
        for (const LangfuseSpan& span : spans) {
            const bool isValid = span.traceId.size() == 32 && span.spanId.size() == 16
                && (span.parentSpanId.isEmpty() || span.parentSpanId.size() == 16);
            if (!isValid)
                return Error{ErrorCode::BadRequest, QStringLiteral("Invalid trace or span id"), {}};
        }
        return spans;
    } catch (const protozero::exception&) {
        return Error{ErrorCode::BadRequest, QStringLiteral("Failed to parse protobuf"), {}};
    }
}
