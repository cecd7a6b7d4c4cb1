// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BatchPlanner: pending traces -> batches below Langfuse's limits, by count and by uncompressed bytes. A
// trace too large for a batch of its own is shrunk, never dropped. Pure; owned by the DeliveryLoop, telemetry
// thread.

#include "langfuse/ingestionroute.h"
#include "langfuse/otlpmapping.h"

#include <QList>

#include <memory>

/// One trace on its way: its row in the store, the span, and the span's encoding.
struct BatchItem
{
    qint64 row = 0;
    OtlpSpan span;
    QByteArray encoded; // for the planner's route
    QList<FoundMedia> media = {}; // to be uploaded first; until then the span has notes in their places
    std::shared_ptr<const TraceRecord> record = {}; // to be mapped again then; null without media

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
        qsizetype mediaBytes = 16 * 1024 * 1024; // held in memory until they are uploaded
    };

    /// `findsMedia`: media are looked for, to be uploaded.
    BatchPlanner(OtlpMappingOptions options, const Limits& limits, bool findsMedia = false);

    /// For which way into Langfuse batches are made from now on; OTLP until it is called.
    void setRoute(IngestionRoute route) { m_route = route; }
    /// Adds the trace to the batch in the making. False when it does not fit any more: send what is there,
    /// then offer it again. The first trace always fits.
    [[nodiscard]] bool add(qint64 row, const TraceRecord& record);
    [[nodiscard]] bool isEmpty() const { return m_batch.isEmpty(); }
    /// No further trace would be taken.
    [[nodiscard]] bool isFull() const;
    /// How much of a batch there is, by count or by bytes: 0 to 1.
    [[nodiscard]] double share() const;
    /// What was collected; begins anew.
    [[nodiscard]] TraceBatch take();

    /// Maps the traces with media again, with references to what is stored, and forgets their media.
    void resolveMedia(TraceBatch* batch, const StoredMedia& stored) const;

    /// The same trace in about a quarter of its size, but not smaller than is tried at all.
    [[nodiscard]] BatchItem shrunk(const BatchItem& item) const;

    /// Later batches have at most that many bytes (a server in between refused a larger one).
    void lowerByteLimit(qsizetype bytes);
    [[nodiscard]] qsizetype byteLimit() const { return m_limits.bytes; }

private:
    void encode(BatchItem* item) const;
    [[nodiscard]] BatchItem shrunkTo(const BatchItem& item, qsizetype maxBytes) const;

    OtlpMappingOptions m_options;
    Limits m_limits;
    bool m_findsMedia;
    IngestionRoute m_route = IngestionRoute::Otlp;
    TraceBatch m_batch;
    qsizetype m_bytes = 0;
    qsizetype m_mediaBytes = 0;
    bool m_isFull = false;
};

[[nodiscard]] bool hasMedia(const TraceBatch& batch);
/// Bytes of the request that the batch makes.
[[nodiscard]] qsizetype requestBytes(const TraceBatch& batch);
[[nodiscard]] QList<qint64> rowsOf(const TraceBatch& batch);
