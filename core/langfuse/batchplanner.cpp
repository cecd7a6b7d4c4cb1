// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/batchplanner.h"

#include "langfuse/retrypolicy.h"
#include "langfuse/spanshrinker.h"

#include <algorithm>
#include <utility>

BatchPlanner::BatchPlanner(OtlpMappingOptions options, const Limits& limits, bool findsMedia)
    : m_options(std::move(options))
    , m_limits(limits)
    , m_findsMedia(findsMedia)
{
}

bool BatchPlanner::add(qint64 row, const TraceRecord& record)
{
    if (isFull())
        return false;
    BatchItem item;
    item.row = row;
    EventMedia media = m_findsMedia ? EventMedia(StoredMedia()) : EventMedia();
    item.span = OtlpMapping::toSpan(record, m_options, &media);
    encode(&item);
    const qsizetype bytes = IngestionRoutes::sizeInRequest(item.encoded);
    if (!m_batch.isEmpty() && IngestionRoutes::maxFrameBytes + m_bytes + bytes > m_limits.bytes) {
        m_isFull = true;
        return false;
    }
    item.media = media.found();
    if (!item.media.isEmpty())
        item.record = std::make_shared<const TraceRecord>(record);
    for (const FoundMedia& found : std::as_const(item.media))
        m_mediaBytes += found.bytes.size();
    m_bytes += bytes;
    m_batch.append(std::move(item));
    return true;
}

void BatchPlanner::encode(BatchItem* item) const
{
    constexpr qsizetype frameBytes = IngestionRoutes::maxFrameBytes + 16;
    item->encoded = IngestionRoutes::encodeTrace(m_route, item->span);
    if (item->encoded.size() > m_limits.bytes - frameBytes)
        *item = shrunkTo(*item, m_limits.bytes - frameBytes);
}

BatchItem BatchPlanner::shrunk(const BatchItem& item) const
{
    constexpr qsizetype leastBytes = RetryPolicy::minShrunkBytes - 2 * IngestionRoutes::maxFrameBytes;
    return shrunkTo(item, std::max(leastBytes, item.encoded.size() / 4));
}

BatchItem BatchPlanner::shrunkTo(const BatchItem& item, qsizetype maxBytes) const
{
    constexpr int maxTries = 4;
    BatchItem shrunk = item;
    qsizetype bytes = maxBytes;
    // The shrinker counts as OTLP does; JSON escapes, and a trace that is told twice, need more.
    for (int i = 0; i < maxTries; ++i) {
        shrunk.span = SpanShrinker::shrink(item.span, bytes);
        shrunk.encoded = IngestionRoutes::encodeTrace(m_route, shrunk.span);
        if (shrunk.encoded.size() <= maxBytes)
            break;
        bytes = bytes * maxBytes / shrunk.encoded.size() - 1024;
    }
    return shrunk;
}

bool BatchPlanner::isFull() const
{
    return m_isFull || m_batch.size() >= m_limits.spans || m_mediaBytes >= m_limits.mediaBytes;
}

void BatchPlanner::resolveMedia(TraceBatch* batch, const StoredMedia& stored) const
{
    for (BatchItem& item : *batch) {
        const bool hasStored = std::any_of(item.media.cbegin(), item.media.cend(),
            [&stored](const FoundMedia& media) { return stored.contains(media.sha256); });
        if (hasStored) { // else the notes stay
            EventMedia media(stored, item.media);
            item.span = OtlpMapping::toSpan(*item.record, m_options, &media);
            encode(&item);
        }
        item.media.clear();
        item.record.reset();
    }
}

double BatchPlanner::share() const
{
    return std::max(
        double(m_batch.size()) / double(m_limits.spans), double(m_bytes) / double(m_limits.bytes));
}

TraceBatch BatchPlanner::take()
{
    m_bytes = 0;
    m_mediaBytes = 0;
    m_isFull = false;
    return std::exchange(m_batch, {});
}

void BatchPlanner::lowerByteLimit(qsizetype bytes)
{
    constexpr qsizetype minBytes = 64 * 1024;
    m_limits.bytes = std::max(minBytes, std::min(bytes, m_limits.bytes));
}

bool hasMedia(const TraceBatch& batch)
{
    return std::any_of(
        batch.cbegin(), batch.cend(), [](const BatchItem& item) { return !item.media.isEmpty(); });
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
