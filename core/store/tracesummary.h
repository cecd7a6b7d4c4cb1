// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TraceSummary: one row of the table of traces: what lists and filters need of a call, so that nobody has to
// unpack its record, and where its delivery stands. Written by the StoreQueue, read by the StoreReader. A
// value; all text is UTF-8. Rows of a store that an older version wrote do not know everything.

#include "store/deliverystate.h"
#include "trace/tracerecord.h"

/// The token counts of one call as lists show them: sums of Usage's buckets. Absent means unknown.
struct TokenCounts
{
    std::optional<qint64> input; // uncached, of every kind
    std::optional<qint64> cached; // read from the provider's prompt cache
    std::optional<qint64> cacheWrite;
    std::optional<qint64> output; // without reasoning, of every kind
    std::optional<qint64> reasoning;
    std::optional<qint64> total;

    bool operator==(const TokenCounts&) const = default;
};

struct TraceSummary
{
    qint64 row = 0; // its place in the store: later ones are larger
    QByteArray id;
    QByteArray requestId;
    qint64 startedAtUs = 0; // microseconds since 1970 UTC
    QByteArray provider;
    QByteArray method; // empty: unknown
    QByteArray path;
    QByteArray name; // the consumer's name for the trace; empty: none
    QByteArray requestModel;
    QByteArray model; // as answered, else as asked for
    int status = 0; // 0: no response
    CallOutcome outcome = CallOutcome::Completed;
    QByteArray errorCode;
    QByteArray errorMessage; // one line; the record may know more
    QByteArray session;
    QByteArray user;
    QList<QByteArray> tags;
    QByteArray finishReason; // of the first choice
    QByteArray preview; // what is new in the request, see CallPreview
    QList<QByteArray> tools; // that the answer calls
    bool isStream = false;
    qint64 firstByteUs = -1; // these three: microseconds since the start, -1 unknown
    qint64 firstTokenUs = -1;
    qint64 durationUs = -1;
    TokenCounts tokens;
    std::optional<qint64> picodollars;
    qint64 capturedBytes = 0; // as in Tally

    DeliveryState state = DeliveryState::Pending;
    int attempts = 0; // of delivery, without success
    QByteArray lastError; // of the last one
    QByteArray reason; // why it was rejected or disabled

    bool operator==(const TraceSummary&) const = default;
};

/// All but the row and the delivery.
[[nodiscard]] TraceSummary summaryOf(const TraceRecord& record);
