// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PieceIndex: where chunks that were stored lately can be found, by their hash under a secret key. In memory
// and bounded: what it has forgotten is stored once more. It starts empty with the process. Owned by the
// ContentPacker, telemetry thread.

#include "store/siphash.h"

#include <QHash>
#include <QList>

#include <map>
#include <optional>

/// Bytes of a stored piece.
struct PieceRange
{
    qint64 piece = 0;
    qsizetype offset = 0;
    qsizetype length = 0;

    bool operator==(const PieceRange&) const = default;
};

[[nodiscard]] inline size_t qHash(const SipResult& hash, size_t seed = 0) noexcept
{
    return size_t(hash.low) ^ seed;
}

class PieceIndex final
{
public:
    explicit PieceIndex(qsizetype maxChunks = 100'000)
        : m_maxChunks(maxChunks)
    {
    }

    [[nodiscard]] std::optional<PieceRange> find(const SipResult& key) const;
    /// A chunk that stands in several pieces is found in the last one.
    void insert(const SipResult& key, const PieceRange& range);
    /// The piece has been deleted.
    void forget(qint64 piece);
    void clear();
    [[nodiscard]] qsizetype size() const { return m_ranges.size(); }

private:
    qsizetype m_maxChunks;
    QHash<SipResult, PieceRange> m_ranges;
    std::map<qint64, QList<SipResult>> m_keys; // of each piece, oldest piece first
};
