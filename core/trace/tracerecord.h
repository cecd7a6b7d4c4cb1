// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TraceRecord: everything known about one finished call. The value that the store keeps, the viewers show and
// the Langfuse mapping reads. Holds no credential. All text is UTF-8 bytes.

#include "trace/capture.h"
#include "trace/cost.h"
#include "wire/dialect.h"

/// One entry of the consumer's own metadata: key, and its value as JSON text.
struct MetadataEntry
{
    QByteArray key;
    QByteArray json;

    bool operator==(const MetadataEntry&) const = default;
};

/// Who and what a call belongs to: from headers, W3C trace context and baggage.
struct Attribution
{
    QByteArray traceId; // 32 lower-case hex
    QByteArray spanId; // 16 lower-case hex, ours
    QByteArray parentSpanId; // 16 lower-case hex from `traceparent`; empty for a root
    bool isAppRoot
        = true; // false when the caller is itself traced to Langfuse and this span nests in its trace
    QByteArray sessionId;
    QByteArray userId;
    QByteArray traceName; // empty: the path
    QByteArray environment; // from baggage; empty: as configured
    QByteArray version;
    QByteArray promptName; // a prompt of Langfuse's prompt management; only with a version
    qint64 promptVersion = 0; // 1 and up; 0: no prompt
    QList<QByteArray> tags; // the consumer's, then the modality tags; no repeats
    QList<MetadataEntry> metadata;

    bool operator==(const Attribution&) const = default;
};

struct TraceRecord
{
    QByteArray id; // UUID, the key in the store
    QByteArray requestId;
    Attribution attribution;

    QByteArray provider;
    QByteArray dialect; // Dialect::name(), empty when the call was not understood
    QByteArray method;
    QByteArray target; // path and query, credentials masked
    QByteArray upstreamOrigin;
    int status = 0; // 0: no response
    CallOutcome outcome = CallOutcome::Completed;
    QByteArray errorCode; // machine word: timeout, connection_error, cancelled, incomplete, the provider's
                          // error type ...; empty: no error
    QByteArray errorMessage;

    qint64 startedAtUs = 0; // microseconds since 1970 UTC
    qint64 requestSentUs = -1; // the next four: microseconds since the start, -1 unknown
    qint64 responseHeadUs = -1; // time to first byte
    qint64 firstTokenUs = -1; // streams only
    qint64 durationUs = -1;
    QByteArray arrivals; // when the answer's bytes came, see ArrivalTimes

    QByteArray requestModel;
    QByteArray responseModel;
    QByteArray responseId; // the provider's id of the answer
    QByteArray previousResponseId; // of the answer that the request continued; empty when it named none
    bool isStream = false; // the response was a stream
    QList<ModelParameter> parameters;
    Conversation input;
    QByteArray verbatimInput;
    Conversation output;
    std::optional<Usage> usage;
    QByteArray serviceTier;
    std::optional<Cost> cost; // absent: unknown, never zero

    HeaderList requestHeaders;
    HeaderList responseHeaders;
    QByteArray requestBody; // as on the wire (content-encoded), at most TELEMETRY_MAX_BODY_BYTES
    QByteArray responseBody; // same
    QByteArray requestText; // decoded text for routes without a dialect, same bound; empty when binary
    QByteArray responseText;
    qint64 requestBytes = 0; // whole body on the wire
    qint64 responseBytes = 0;
    bool isTruncated = false; // something above was cut to its bound
    bool bodiesDropped = false; // cut under pressure
    bool isContentOmitted = false; // TELEMETRY_CONTENT=metadata: no text of the call is in here
    qint64 withheldTexts = 0; // texts that could not be searched for what REDACT_* names, and were left out

    [[nodiscard]] QByteArray path() const { return target.split('?').first(); }
    [[nodiscard]] QByteArray model() const { return responseModel.isEmpty() ? requestModel : responseModel; }
    [[nodiscard]] bool isError() const { return !errorCode.isEmpty() || status >= 400; }

    bool operator==(const TraceRecord&) const = default;
};

Q_DECLARE_METATYPE(TraceRecord)
