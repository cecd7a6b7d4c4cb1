// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/arrivaltimes.h"

#include "base/leb128.h"

#include <algorithm>

void ArrivalTimes::add(qint64 atUs, qint64 bytes)
{
    if (!m_entries.isEmpty() && m_chunksInLast < m_chunksPerEntry) {
        m_entries.last().bytes += bytes;
        ++m_chunksInLast;
        return;
    }
    if (m_entries.size() == maxEntries) {
        for (qsizetype i = 0; i < maxEntries / 2; ++i)
            m_entries[i] = {m_entries[2 * i].atUs, m_entries[2 * i].bytes + m_entries[2 * i + 1].bytes};
        m_entries.resize(maxEntries / 2);
        m_chunksPerEntry *= 2;
    }
    m_entries.append({atUs, bytes});
    m_chunksInLast = 1;
}

QByteArray ArrivalTimes::encode() const
{
    QByteArray bytes;
    if (m_entries.isEmpty())
        return bytes;
    Leb128::append(&bytes, quint64(m_chunksPerEntry));
    qint64 lastUs = 0;
    for (const Arrival& entry : m_entries) {
        Leb128::append(&bytes, quint64(std::max<qint64>(0, entry.atUs - lastUs)));
        Leb128::append(&bytes, quint64(entry.bytes));
        lastUs = std::max(lastUs, entry.atUs);
    }
    return bytes;
}

ArrivalTimes ArrivalTimes::decode(QByteArrayView encoded)
{
    ArrivalTimes times;
    times.m_chunksPerEntry = qint64(Leb128::take(&encoded).value_or(1));
    qint64 lastUs = 0;
    while (times.m_entries.size() < maxEntries) {
        const auto delta = Leb128::take(&encoded);
        const auto bytes = Leb128::take(&encoded);
        if (!bytes)
            break;
        lastUs += qint64(*delta);
        times.m_entries.append({lastUs, qint64(*bytes)});
    }
    return times;
}
