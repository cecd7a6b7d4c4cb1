// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreBatch: what TraceStore has queued for the next transaction, and what the transaction came to. Values;
// telemetry thread.

#include "store/contentpacker.h"
#include "store/ledger.h"
#include "store/tracesummary.h"
#include "trace/searchtext.h"

/// A trace on its way into the database.
struct StoredTrace
{
    TraceSummary summary;
    SearchText search;
    PackedContent content;

    [[nodiscard]] qsizetype bytes() const; // in memory
    /// About what it takes in the database, its words included.
    [[nodiscard]] qsizetype storedBytes() const { return content.bytes() + search.bytes(); }
    [[nodiscard]] Tally tally() const { return {1, summary.capturedBytes}; }
};

/// The end of a pending row's way.
struct Settlement
{
    qint64 row = 0;
    DeliveryState state = DeliveryState::Delivered; // or Rejected
    QByteArray reason;
};

/// A delivery that did not work and will be tried again.
struct FailedAttempt
{
    qint64 row = 0;
    QByteArray lastError;
};

/// All that is written in one transaction.
struct StoreBatch
{
    QList<StoredTrace> traces;
    QList<Settlement> settlements;
    QList<FailedAttempt> attempts;
    TallyByReason dropped;

    [[nodiscard]] bool isEmpty() const;
    /// What the batch will change if no id is a repeat and settlements are left aside.
    [[nodiscard]] Ledger expectedChange() const;
};

/// What a written batch came to.
struct StoreBatchResult
{
    Ledger change;
    bool hasNewPending = false;
};
