// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ArrivalTimes: when the bytes of an answer came, in bounded space: at most maxEntries entries, each for the
// same number of chunks. When they are full, every two become one, so a long stream is told evenly, only more
// coarsely. A value; filled by the RecordBuilder on the telemetry thread.

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

struct Arrival
{
    qint64 atUs = 0; // of the first of its chunks, since the call started
    qint64 bytes = 0; // of all of them, on the wire

    bool operator==(const Arrival&) const = default;
};

class ArrivalTimes final
{
public:
    static constexpr qsizetype maxEntries = 256;

    void add(qint64 atUs, qint64 bytes);
    [[nodiscard]] const QList<Arrival>& entries() const { return m_entries; }
    [[nodiscard]] qint64 chunksPerEntry() const { return m_chunksPerEntry; }

    /// LEB128 numbers: chunksPerEntry, then for each entry the microseconds since the one before it, and its
    /// bytes. Some 3 bytes an entry. Empty when there is none.
    [[nodiscard]] QByteArray encode() const;
    /// As far as the bytes can be read.
    [[nodiscard]] static ArrivalTimes decode(QByteArrayView encoded);

    bool operator==(const ArrivalTimes&) const = default;

private:
    QList<Arrival> m_entries;
    qint64 m_chunksPerEntry = 1;
    qint64 m_chunksInLast = 0;
};
