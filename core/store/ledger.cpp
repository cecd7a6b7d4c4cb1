// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/ledger.h"

#include <algorithm>

namespace {

constexpr qsizetype longestWord = 40;

Tally sumOf(const TallyByReason& tallies)
{
    Tally sum;
    for (const Tally& tally : tallies)
        sum += tally;
    return sum;
}

void addAll(TallyByReason* tallies, const TallyByReason& others)
{
    for (auto it = others.begin(); it != others.end(); ++it)
        addTally(tallies, it.key(), it.value());
}

} // namespace

Tally& Tally::operator+=(const Tally& other)
{
    traces += other.traces;
    bytes += other.bytes;
    return *this;
}

Tally& Tally::operator-=(const Tally& other)
{
    traces -= other.traces;
    bytes -= other.bytes;
    return *this;
}

Tally Ledger::rejected() const
{
    return sumOf(rejectedBy);
}

Tally Ledger::dropped() const
{
    return sumOf(droppedBy);
}

bool Ledger::addsUp() const
{
    Tally sum = rejected();
    for (const Tally& tally : {pending, delivering, delivered, disabled, dropped()})
        sum += tally;
    return sum == captured;
}

Ledger& Ledger::operator+=(const Ledger& change)
{
    captured += change.captured;
    pending += change.pending;
    delivering += change.delivering;
    delivered += change.delivered;
    disabled += change.disabled;
    addAll(&rejectedBy, change.rejectedBy);
    addAll(&droppedBy, change.droppedBy);
    addAll(&evictedBy, change.evictedBy);
    return *this;
}

void addTally(TallyByReason* tallies, const QByteArray& reason, const Tally& tally)
{
    if (tally == Tally())
        return;
    Tally& entry = (*tallies)[reason];
    entry += tally;
    if (entry == Tally())
        tallies->remove(reason);
}

QByteArray reasonWord(const QByteArray& reason)
{
    const qsizetype end = reason.indexOf(':');
    const QByteArray word = end < 0 ? reason : reason.first(end);
    const bool isWord = !word.isEmpty() && word.size() <= longestWord
        && std::all_of(word.begin(), word.end(),
            [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    return isWord ? word : QByteArray("other");
}
