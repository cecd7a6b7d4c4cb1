// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/langfusedelivery.h"

#include "base/alarm.h"
#include "langfuse/deliveryloop.h"
#include "langfuse/projectfinder.h"
#include "langfuse/storesource.h"

#include <QRandomGenerator>

class LangfuseDelivery::Private
{
public:
    Private(const LangfuseOptions& options, TraceStore* store, const Clock* clock)
        : source(store)
        , loop(options, LANGFUSE_PROXY_VERSION,
              RetryPolicy([] { return QRandomGenerator::global()->generateDouble(); }),
              {.source = &source, .clock = clock, .alarm = &alarm})
        , project(options, LANGFUSE_PROXY_VERSION)
    {
    }

    StoreSource source;
    TimerAlarm alarm;
    DeliveryLoop loop;
    ProjectFinder project;
};

LangfuseDelivery::LangfuseDelivery(
    const LangfuseOptions& options, TraceStore* store, const Clock* clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(options, store, clock))
{
    connect(store, &TraceStore::pendingCommitted, &d->loop, &DeliveryLoop::noticePending);
    connect(&d->source, &StoreSource::changed, this, &LangfuseDelivery::tracesChanged);
    connect(&d->loop, &DeliveryLoop::flushed, this, &LangfuseDelivery::flushed);
    connect(&d->loop, &DeliveryLoop::statusChanged, this, [this] {
        if (d->loop.status().lastSuccessAtUs > 0)
            d->project.find();
        Q_EMIT statusChanged(status());
    });
    connect(&d->project, &ProjectFinder::found, this, [this] { Q_EMIT statusChanged(status()); });
}

LangfuseDelivery::~LangfuseDelivery() = default;

void LangfuseDelivery::start()
{
    d->loop.start();
    if (d->loop.status().isEnabled)
        d->project.find(); // traces of earlier days have pages too
}

void LangfuseDelivery::flush()
{
    d->loop.flush();
}

DeliveryStatus LangfuseDelivery::status() const
{
    DeliveryStatus status = d->loop.status();
    status.projectUrl = d->project.url();
    return status;
}
