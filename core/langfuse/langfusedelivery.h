// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LangfuseDelivery: takes pending traces from the store, sends them to Langfuse over OTLP in batches, and
// marks what became of each. Lives on the telemetry thread; owned by the Engine. Nothing here is waited for
// by a request.

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "config/config.h"
#include "store/deliverystate.h"

#include <QByteArray>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

class TraceStore;

struct LangfuseOptions
{
    QUrl baseUrl; // e.g. https://cloud.langfuse.com, may carry a path prefix
    QByteArray publicKey;
    Secret secretKey;
    QByteArray environment; // empty: Langfuse's default
    QByteArray release;
    IngestionMode ingestion = IngestionMode::Auto;
    bool uploadsMedia = true;
    std::chrono::milliseconds mediaRetryDelay{1000}; // after the first failure; then twice that
    std::chrono::milliseconds requestTimeout{20000};
    std::chrono::milliseconds batchDelay{250}; // a lone trace waits at most this long for company
    qsizetype maxBatchSpans = 256; // so many do not wait
    qsizetype maxBatchBytes = 3 * 1024 * 1024; // uncompressed

    [[nodiscard]] bool isComplete() const
    {
        return baseUrl.isValid() && !publicKey.isEmpty() && !secretKey.isEmpty();
    }
};

struct DeliveryStatus
{
    bool isEnabled = false;
    QByteArray lastError; // of the last failed attempt, in words; empty after a success
    qint64 lastSuccessAtUs = 0; // microseconds since 1970, 0 never
    int consecutiveFailures = 0;
    qint64 nextAttemptAtUs = 0; // while it waits after a failure; 0: it does not
    QByteArray
        projectUrl; // of the project's pages, for people; traces are below it: /traces/ID; empty: not known

    bool operator==(const DeliveryStatus&) const = default;
};

/// A step of one trace on its way to Langfuse, or off it.
struct DeliveryChange
{
    QByteArray id; // of its record
    DeliveryState state = DeliveryState::Pending;
    int attempts = 0; // without success, this one included
    QByteArray reason; // Langfuse's words: of the failed attempt, or of the rejection
    bool isDeleted = false; // by a user: it is gone

    bool operator==(const DeliveryChange&) const = default;
};

class LangfuseDelivery final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LangfuseDelivery)

public:
    /// The store must outlive this. `clock` too.
    LangfuseDelivery(
        const LangfuseOptions& options, TraceStore* store, const Clock* clock, QObject* parent = nullptr);
    ~LangfuseDelivery() override;

    /// Begins with what is pending in the store.
    void start();
    /// Sends what is pending now, without waiting for batchDelay or a backoff to run out; flushed() follows
    /// when nothing is left, or a batch has failed.
    void flush();
    [[nodiscard]] DeliveryStatus status() const;

Q_SIGNALS:
    void flushed();
    void statusChanged(const DeliveryStatus& status);
    /// Langfuse has answered for these traces.
    void tracesChanged(const QList<DeliveryChange>& changes);

private:
    class Private;
    std::unique_ptr<Private> d;
};

Q_DECLARE_METATYPE(DeliveryStatus)
Q_DECLARE_METATYPE(DeliveryChange)
