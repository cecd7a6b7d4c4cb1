// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BatchPlanner: pending traces -> batches below Langfuse's limits, by count and by uncompressed bytes. A
// trace too large for a batch of its own is shrunk, never dropped. Pure; owned by the DeliveryLoop, telemetry
// thread.

#include "langfuse/ingestionroute.h"
#include "langfuse/otlpmapping.h"

#include <QList>

/// One trace on its way: its row in the store, the span, and the span's encoding.
struct BatchItem
{
    qint64 row = 0;
    OtlpSpan span;
    QByteArray encoded; // for the planner's route

    bool operator==(const BatchItem&) const = default;
};

using TraceBatch = QList<BatchItem>;

class BatchPlanner final
{
public:
    struct Limits
    {
        qsizetype spans = 256;
        qsizetype bytes = 3 * 1024 * 1024;
    };

    BatchPlanner(OtlpMappingOptions options, const Limits& limits);

    /// For which way into Langfuse batches are made from now on; OTLP until it is called.
    void setRoute(IngestionRoute route) { m_route = route; }
    /// Adds the trace to the batch in the making. False when it does not fit any more: send what is there,
    /// then offer it again. The first trace always fits.
    [[nodiscard]] bool add(qint64 row, const TraceRecord& record);
    [[nodiscard]] bool isEmpty() const { return m_batch.isEmpty(); }
    /// No further trace would be taken.
    [[nodiscard]] bool isFull() const { return m_isFull || m_batch.size() >= m_limits.spans; }
    /// How much of a batch there is, by count or by bytes: 0 to 1.
    [[nodiscard]] double share() const;
    /// What was collected; begins anew.
    [[nodiscard]] TraceBatch take();

    /// Later batches have at most that many bytes (a server in between refused a larger one).
    void lowerByteLimit(qsizetype bytes);
    [[nodiscard]] qsizetype byteLimit() const { return m_limits.bytes; }

private:
    OtlpMappingOptions m_options;
    Limits m_limits;
    IngestionRoute m_route = IngestionRoute::Otlp;
    TraceBatch m_batch;
    qsizetype m_bytes = 0;
    bool m_isFull = false;
};

/// Bytes of the request that the batch makes.
[[nodiscard]] qsizetype requestBytes(const TraceBatch& batch);
[[nodiscard]] QList<qint64> rowsOf(const TraceBatch& batch);
/// The same trace in at most that many bytes.
[[nodiscard]] BatchItem shrunkItem(const BatchItem& item, IngestionRoute route, qsizetype maxBytes);
