// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/batchstack.h"

#include <algorithm>

Result<void> BatchStack::forgetDeleted(PendingSource* source)
{
    while (!isEmpty()) {
        const auto pending = source->stillPending(rowsOf(top()));
        if (!pending)
            return pending.error();
        top().removeIf([&pending](const BatchItem& item) { return !pending->contains(item.row); });
        if (!top().isEmpty())
            break;
        m_batches.removeLast();
    }
    return {};
}

void BatchStack::pushHalves(const TraceBatch& batch)
{
    const qsizetype half = batch.size() / 2;
    push(batch.sliced(half));
    push(batch.first(half));
}

void BatchStack::pushWithScout(TraceBatch batch)
{
    const auto smallest = std::min_element(batch.begin(), batch.end(),
        [](const BatchItem& a, const BatchItem& b) { return a.encoded.size() < b.encoded.size(); });
    const TraceBatch scout = {*smallest};
    batch.erase(smallest);
    if (!batch.isEmpty())
        push(batch);
    push(scout);
}
