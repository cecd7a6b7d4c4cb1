// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CaptureSegment: what the tee copied, on its way from the engine thread to the telemetry thread. A small
// call is one segment; a long stream is many. Values only; the chunks share their bytes with the response
// path.

#include "base/headerlist.h"
#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>

#include <optional>

/// Bytes as they arrived, with the time since the call started (nanoseconds).
struct TimedChunk
{
    QByteArray bytes;
    qint64 atNs = 0;
};

/// Known when the call starts. Headers and target are already free of credentials (see trace/redactor.h).
struct CallStart
{
    qint64 startedAtUs = 0; // microseconds since 1970 UTC
    QByteArray requestId; // the consumer's X-Request-Id, else a new UUID
    QByteArray provider; // openai, anthropic, gemini
    QByteArray method;
    QByteArray target; // path and query, `key=` masked
    QByteArray upstreamOrigin; // scheme://host:port
    HeaderList requestHeaders; // as the consumer sent them, x-langfuse-* included, credentials masked
    QList<Secret> credentials; // seen on this call or put in by us: masked wherever its texts repeat them,
                               // never stored
};

/// Known when the response head has arrived.
struct CallResponse
{
    int status = 0;
    QByteArray reason;
    HeaderList headers; // as the upstream sent them, set-cookie values masked
    qint64 atNs = 0; // since the call started
};

enum class CallOutcome {
    Completed, // the whole response reached the consumer, whatever its status
    ClientCancelled, // the consumer left first
    UpstreamFailed, // unreachable, TLS, broken off, malformed
    TimedOut,
    Rejected, // refused by us (auth gate, too large)
};

struct CallEnd
{
    CallOutcome outcome = CallOutcome::Completed;
    Error error; // with UpstreamFailed, TimedOut, Rejected
    qint64 atNs = 0;
    qint64 requestSentNs = -1; // the last byte of the request left, -1 unknown
    qint64 requestBytes = 0; // body, on the wire
    qint64 responseBytes = 0; // body, on the wire
    // What the proxy itself took; -1 unknown. Request: from its last byte to the kernel having taken it for
    // an upstream connection that was open already. Response: from the upstream's head to its being sent on.
    qint64 addedToRequestNs = -1;
    qint64 addedToResponseNs = -1;
};

struct CaptureSegment
{
    quint64 call = 0; // number of the call, unique in the process
    std::optional<CallStart> start; // in the first segment
    QList<QByteArray> requestBody;
    std::optional<CallResponse> response;
    QList<TimedChunk> responseBody;
    std::optional<CallEnd> end; // in the last segment
    bool bodiesDropped = false; // over the bound: missing are answer bytes before, request bytes after these
};

Q_DECLARE_METATYPE(CaptureSegment)
