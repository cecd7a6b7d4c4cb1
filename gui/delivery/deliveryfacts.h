// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryFacts: `telemetry` of /api/health and of the ledger's events as values: what became of every trace,
// and how it stands with Langfuse. Pure.

#include <QList>
#include <QString>

class QJsonObject;

struct LedgerCount
{
    qint64 traces = 0;
    qint64 bytes = 0;

    bool operator==(const LedgerCount&) const = default;
};

/// Why traces were refused, given up or deleted.
struct LedgerReason
{
    enum class Kind { Rejected, Dropped, Evicted };

    Kind kind = Kind::Rejected;
    QString word; // rejected_400, queue_full
    LedgerCount count;
};

struct DeliveryFacts
{
    LedgerCount captured;
    LedgerCount delivered;
    LedgerCount pending;
    LedgerCount delivering;
    LedgerCount rejected;
    LedgerCount dropped;
    LedgerCount disabled;
    QList<LedgerReason> reasons;
    bool isKnown = false;
    bool isEnabled = false;
    QString lastError; // of the last attempt, in words; empty: it went well
    qint64 lastSuccessUs = 0; // since 1970 UTC; 0: never, since the proxy runs
    int failures = 0; // in a row
    qint64 nextAttemptUs = 0; // 0: it does not wait after a failure
    qint64 oldestPendingAgeMs = -1; // -1: nothing waits
    QString projectUrl; // empty: not known

    /// captured is the sum of the others, in traces and in bytes.
    [[nodiscard]] bool addsUp() const;
    [[nodiscard]] static DeliveryFacts fromJson(const QJsonObject& telemetry);
};
