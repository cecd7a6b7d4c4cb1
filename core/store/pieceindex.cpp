// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/pieceindex.h"

std::optional<PieceRange> PieceIndex::find(const SipResult& key) const
{
    const auto found = m_ranges.constFind(key);
    return found == m_ranges.cend() ? std::nullopt : std::optional(*found);
}

void PieceIndex::insert(const SipResult& key, const PieceRange& range)
{
    m_ranges.insert(key, range);
    m_keys[range.piece].append(key);
    while (m_ranges.size() > m_maxChunks)
        forget(m_keys.begin()->first);
}

void PieceIndex::forget(qint64 piece)
{
    const auto keys = m_keys.find(piece);
    if (keys == m_keys.end())
        return;
    for (const SipResult& key : keys->second) {
        const auto range = m_ranges.constFind(key);
        if (range != m_ranges.cend() && range->piece == piece)
            m_ranges.erase(range);
    }
    m_keys.erase(keys);
}

void PieceIndex::clear()
{
    m_ranges.clear();
    m_keys.clear();
}
