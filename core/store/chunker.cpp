// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/chunker.h"

#include <array>

namespace Chunker {

namespace {

constexpr int boundaryBits = 11; // a boundary every 2^11 bytes on average, behind the smallest size
constexpr qsizetype window = 64; // the hash forgets what is further back

/// 256 numbers without a pattern (splitmix64, https://prng.di.unimi.it/splitmix64.c).
constexpr std::array<quint64, 256> makeGear()
{
    std::array<quint64, 256> gear{};
    quint64 state = 0;
    for (quint64& entry : gear) {
        state += 0x9e3779b97f4a7c15;
        quint64 mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        entry = mixed ^ (mixed >> 31);
    }
    return gear;
}

constexpr std::array<quint64, 256> gear = makeGear();

qsizetype endOfFirst(const uchar* bytes, qsizetype size)
{
    if (size <= smallest)
        return size;
    const qsizetype last = qMin(size, largest);
    quint64 hash = 0;
    qsizetype position = smallest - window;
    for (; position < smallest; ++position)
        hash = (hash << 1) + gear[bytes[position]];
    for (; position < last; ++position) {
        hash = (hash << 1) + gear[bytes[position]];
        if (hash >> (64 - boundaryBits) == 0)
            return position + 1;
    }
    return last;
}

} // namespace

QList<qsizetype> ends(QByteArrayView bytes)
{
    QList<qsizetype> found;
    found.reserve(bytes.size() / 2048 + 1);
    const auto* data = reinterpret_cast<const uchar*>(bytes.data());
    for (qsizetype start = 0; start < bytes.size(); start = found.last())
        found.append(start + endOfFirst(data + start, bytes.size() - start));
    return found;
}

} // namespace Chunker
