// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/langfusedelivery.h"

#include "base/alarm.h"
#include "langfuse/deliveryloop.h"
#include "store/tracestore.h"

#include <QRandomGenerator>

namespace {

class StoreSource final : public PendingSource
{
public:
    explicit StoreSource(TraceStore* store)
        : m_store(store)
    {
    }

    Result<QList<PendingTrace>> pending(qsizetype maxCount, qint64 afterRow) override
    {
        return m_store->pending(maxCount, afterRow);
    }
    Result<QSet<qint64>> stillPending(const QList<qint64>& rows) override
    {
        return m_store->stillPending(rows);
    }
    void setDelivering(const QList<qint64>& rows, bool isDelivering) override
    {
        m_store->setDelivering(rows, isDelivering);
    }
    Result<qint64> newestRow() override { return m_store->newestRow(); }
    qint64 pendingCount() const override { return m_store->ledger().pending.traces; }
    Result<void> markDelivered(const QList<qint64>& rows) override { return m_store->markDelivered(rows); }
    Result<void> markRejected(qint64 row, const QByteArray& reason) override
    {
        return m_store->markRejected(row, reason);
    }
    Result<void> noteAttempt(const QList<qint64>& rows, const QByteArray& lastError) override
    {
        return m_store->noteAttempt(rows, lastError);
    }

private:
    TraceStore* m_store;
};

} // namespace

class LangfuseDelivery::Private
{
public:
    Private(const LangfuseOptions& options, TraceStore* store, const Clock* clock)
        : source(store)
        , loop(options, LANGFUSE_PROXY_VERSION,
              RetryPolicy([] { return QRandomGenerator::global()->generateDouble(); }),
              {.source = &source, .clock = clock, .alarm = &alarm})
    {
    }

    StoreSource source;
    TimerAlarm alarm;
    DeliveryLoop loop;
};

LangfuseDelivery::LangfuseDelivery(
    const LangfuseOptions& options, TraceStore* store, const Clock* clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(options, store, clock))
{
    connect(store, &TraceStore::pendingCommitted, &d->loop, &DeliveryLoop::noticePending);
    connect(&d->loop, &DeliveryLoop::flushed, this, &LangfuseDelivery::flushed);
    connect(&d->loop, &DeliveryLoop::statusChanged, this, &LangfuseDelivery::statusChanged);
}

LangfuseDelivery::~LangfuseDelivery() = default;

void LangfuseDelivery::start()
{
    d->loop.start();
}

void LangfuseDelivery::flush()
{
    d->loop.flush();
}

DeliveryStatus LangfuseDelivery::status() const
{
    return d->loop.status();
}
