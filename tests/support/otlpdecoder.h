// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OtlpDecoder: reads an ExportTraceServiceRequest back, strictly, for FakeLangfuse and the encoder's test.
// Written against the proto files, not against our encoder. Pure; any thread.

#include "base/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>

/// One received span. Ids are hex. Attribute values: text as it is, bool `true`/`false`, numbers in decimal,
/// lists joined by '\n'.
struct LangfuseSpan
{
    QByteArray traceId;
    QByteArray spanId;
    QByteArray parentSpanId;
    QByteArray name;
    qint64 startNs = 0;
    qint64 endNs = 0;
    int kind = 0;
    int statusCode = 0;
    QByteArray statusMessage;
    QHash<QByteArray, QByteArray> attributes;
    QByteArray scopeName;
    QByteArray scopeVersion;
};

/// BadRequest as Langfuse says it: bad protobuf, and trace or span ids that are missing or of a wrong length
/// (16 and 8 bytes).
[[nodiscard]] Result<QList<LangfuseSpan>> decodeOtlpRequest(const QByteArray& body);
