// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/ledgerlog.h"

#include "base/logging.h"

namespace {

void append(QList<Logging::Field>* fields, const char* name, const Tally& tally)
{
    fields->append({name, QByteArray::number(tally.traces), true});
    fields->append({QByteArray(name) + "_bytes", QByteArray::number(tally.bytes), true});
}

/// `queue_full:3 sampled_out:120`, in traces.
void append(QList<Logging::Field>* fields, const char* name, const TallyByReason& tallies)
{
    QByteArrayList reasons;
    for (auto it = tallies.begin(); it != tallies.end(); ++it)
        reasons.append(it.key() + ':' + QByteArray::number(it.value().traces));
    if (!reasons.isEmpty())
        fields->append(Logging::Field{name, reasons.join(' ')});
}

} // namespace

void logLedger(const Ledger& ledger)
{
    QList<Logging::Field> fields;
    append(&fields, "captured", ledger.captured);
    append(&fields, "delivered", ledger.delivered);
    append(&fields, "pending", ledger.pending);
    append(&fields, "delivering", ledger.delivering);
    append(&fields, "rejected", ledger.rejected());
    append(&fields, "disabled", ledger.disabled);
    append(&fields, "dropped", ledger.dropped());
    append(&fields, "rejected_by", ledger.rejectedBy);
    append(&fields, "dropped_by", ledger.droppedBy);
    append(&fields, "evicted_by", ledger.evictedBy);
    Logging::write(Logging::Level::Info, "telemetry", "stopped", fields);
}
