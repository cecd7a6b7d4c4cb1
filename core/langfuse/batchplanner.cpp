// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/batchplanner.h"

#include "langfuse/otlpencoder.h"
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
    item.encoded = OtlpEncoder::encodeSpan(item.span);
    constexpr qsizetype frameBytes = OtlpEncoder::maxFrameBytes + 16;
    if (item.encoded.size() > m_limits.bytes - frameBytes)
        item = shrunkItem(item, m_limits.bytes - frameBytes);
    const qsizetype bytes = OtlpEncoder::sizeInRequest(item.encoded);
    if (!m_batch.isEmpty() && OtlpEncoder::maxFrameBytes + m_bytes + bytes > m_limits.bytes) {
        m_isFull = true;
        return false;
    }
    m_bytes += bytes;
    m_batch.append(std::move(item));
    return true;
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
    qsizetype bytes = OtlpEncoder::maxFrameBytes;
    for (const BatchItem& item : batch)
        bytes += OtlpEncoder::sizeInRequest(item.encoded);
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

BatchItem shrunkItem(const BatchItem& item, qsizetype maxBytes)
{
    BatchItem shrunk;
    shrunk.row = item.row;
    shrunk.span = SpanShrinker::shrink(item.span, maxBytes);
    shrunk.encoded = OtlpEncoder::encodeSpan(shrunk.span);
    return shrunk;
}
