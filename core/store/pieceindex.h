// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PieceIndex: where chunks that were stored lately can be found, by their hash. In memory and bounded: what
// it has forgotten is stored once more. It starts empty with the process. Owned by the ContentPacker,
// telemetry thread.

#include <QByteArray>
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

/// The first 16 bytes of a chunk's hash.
struct ChunkKey
{
    quint64 high = 0;
    quint64 low = 0;

    bool operator==(const ChunkKey&) const = default;
};

[[nodiscard]] inline size_t qHash(const ChunkKey& key, size_t seed = 0) noexcept
{
    return size_t(key.high) ^ seed; // it is a hash already
}

class PieceIndex final
{
public:
    explicit PieceIndex(qsizetype maxChunks = 100'000)
        : m_maxChunks(maxChunks)
    {
    }

    [[nodiscard]] std::optional<PieceRange> find(const ChunkKey& key) const;
    /// A chunk that stands in several pieces is found in the last one.
    void insert(const ChunkKey& key, const PieceRange& range);
    /// The piece has been deleted.
    void forget(qint64 piece);
    void clear();
    [[nodiscard]] qsizetype size() const { return m_ranges.size(); }

private:
    qsizetype m_maxChunks;
    QHash<ChunkKey, PieceRange> m_ranges;
    std::map<qint64, QList<ChunkKey>> m_keys; // of each piece, oldest piece first
};
