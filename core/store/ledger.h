// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Ledger: what became of every trace that was ever captured, in traces and in bytes. Kept by the TraceStore
// across restarts; shown by /api/health, by viewers and in the log at exit. A value; also used for a change
// to one.
//
//     captured = pending + delivering + delivered + rejected + disabled + dropped

#include <QByteArray>
#include <QMap>
#include <QMetaType>

/// A number of traces and their bytes. The bytes of a trace are those of its request and response bodies as
/// they passed on the wire, whatever of them is stored.
struct Tally
{
    qint64 traces = 0;
    qint64 bytes = 0;

    Tally& operator+=(const Tally& other);
    Tally& operator-=(const Tally& other);
    bool operator==(const Tally&) const = default;
};

/// By a machine word: `queue_full`, `rejected_400`. No entry is all zero.
using TallyByReason = QMap<QByteArray, Tally>;

struct Ledger
{
    Tally captured; // calls that ended and were counted here, dropped ones included
    Tally pending; // wait for delivery
    Tally delivering; // in a batch whose answer is awaited; pending again when it never comes
    Tally delivered;
    Tally disabled; // captured while no Langfuse was configured
    TallyByReason rejectedBy; // refused by Langfuse for good
    TallyByReason droppedBy; // given up by the proxy
    /// Rows that retention has deleted after their end was counted above. Not part of the sum.
    TallyByReason evictedBy;
    qint64 oldestPendingStartedAtUs = 0; // of the committed one that waits longest; 0: none

    [[nodiscard]] Tally rejected() const;
    [[nodiscard]] Tally dropped() const;
    /// The equation above holds, in traces and in bytes.
    [[nodiscard]] bool addsUp() const;

    /// Adds a change; oldestPendingStartedAtUs stays.
    Ledger& operator+=(const Ledger& change);
    bool operator==(const Ledger&) const = default;
};

/// Adds to the entry of that reason.
void addTally(TallyByReason* tallies, const QByteArray& reason, const Tally& tally);
/// The word that a reason is counted under: what stands before the first colon (`rejected_400: bad id` ->
/// `rejected_400`); `other` when that is no word of lower-case letters, digits and `_`.
[[nodiscard]] QByteArray reasonWord(const QByteArray& reason);

Q_DECLARE_METATYPE(Ledger)
