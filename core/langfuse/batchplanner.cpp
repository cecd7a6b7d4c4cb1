// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/batchplanner.h"

#include "langfuse/spanshrinker.h"

#include <algorithm>
#include <utility>

BatchPlanner::BatchPlanner(OtlpMappingOptions options, const Limits& limits)
    : m_options(std::move(options))
    , m_limits(limits)
{
}

bool BatchPlanner::add(qint64 row, const TraceRecord& record)
{
    if (isFull())
        return false;
    BatchItem item;
    item.row = row;
    item.span = OtlpMapping::toSpan(record, m_options);
    item.encoded = IngestionRoutes::encodeTrace(m_route, item.span);
    constexpr qsizetype frameBytes = IngestionRoutes::maxFrameBytes + 16;
    if (item.encoded.size() > m_limits.bytes - frameBytes)
        item = shrunkItem(item, m_route, m_limits.bytes - frameBytes);
    const qsizetype bytes = IngestionRoutes::sizeInRequest(item.encoded);
    if (!m_batch.isEmpty() && IngestionRoutes::maxFrameBytes + m_bytes + bytes > m_limits.bytes) {
        m_isFull = true;
        return false;
    }
    m_bytes += bytes;
    m_batch.append(std::move(item));
    return true;
}

double BatchPlanner::share() const
{
    return std::max(
        double(m_batch.size()) / double(m_limits.spans), double(m_bytes) / double(m_limits.bytes));
}

TraceBatch BatchPlanner::take()
{
    m_bytes = 0;
    m_isFull = false;
    return std::exchange(m_batch, {});
}

void BatchPlanner::lowerByteLimit(qsizetype bytes)
{
    constexpr qsizetype minBytes = 64 * 1024;
    m_limits.bytes = std::max(minBytes, std::min(bytes, m_limits.bytes));
}

qsizetype requestBytes(const TraceBatch& batch)
{
    qsizetype bytes = IngestionRoutes::maxFrameBytes;
    for (const BatchItem& item : batch)
        bytes += IngestionRoutes::sizeInRequest(item.encoded);
    return bytes;
}

QList<qint64> rowsOf(const TraceBatch& batch)
{
    QList<qint64> rows;
    rows.reserve(batch.size());
    for (const BatchItem& item : batch)
        rows.append(item.row);
    return rows;
}

BatchItem shrunkItem(const BatchItem& item, IngestionRoute route, qsizetype maxBytes)
{
    constexpr int maxTries = 4;
    BatchItem shrunk = item;
    qsizetype bytes = maxBytes;
    // The shrinker counts as OTLP does; JSON escapes, and a trace that is told twice, need more.
    for (int i = 0; i < maxTries; ++i) {
        shrunk.span = SpanShrinker::shrink(item.span, bytes);
        shrunk.encoded = IngestionRoutes::encodeTrace(route, shrunk.span);
        if (shrunk.encoded.size() <= maxBytes)
            break;
        bytes = bytes * maxBytes / shrunk.encoded.size() - 1024;
    }
    return shrunk;
}
