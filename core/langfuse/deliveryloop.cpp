// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/deliveryloop.h"

#include "base/logging.h"
#include "langfuse/legacyevents.h"
#include "langfuse/otlpencoder.h"

#include <algorithm>
#include <utility>

using std::chrono::milliseconds;

DeliveryLoop::DeliveryLoop(const LangfuseOptions& options, const QByteArray& version, RetryPolicy policy,
    const Surroundings& surroundings, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_version(version)
    , m_policy(std::move(policy))
    , m_surroundings(surroundings)
    , m_planner({.environment = options.environment, .release = options.release},
          {.spans = options.maxBatchSpans, .bytes = options.maxBatchBytes}, options.uploadsMedia)
    , m_route(options.ingestion)
    , m_reader(surroundings.source, &m_planner)
    , m_settlements(surroundings.source)
    , m_client(options, version)
    , m_uploader(&m_client, surroundings.clock, {.retryDelay = options.mediaRetryDelay})
    , m_report(options.isComplete())
{
    if (m_route.route())
        m_planner.setRoute(*m_route.route());
    connect(m_surroundings.alarm, &Alarm::rang, this, &DeliveryLoop::step);
    connect(&m_report, &DeliveryReport::changed, this, &DeliveryLoop::statusChanged);
}

// What is on its way waits in the source again.
DeliveryLoop::~DeliveryLoop()
{
    if (m_isSending)
        m_surroundings.source->setDelivering(rowsOf(m_work.top()), false);
}

void DeliveryLoop::start()
{
    m_isStarted = status().isEnabled;
    if (m_isStarted)
        wakeIn(milliseconds(0));
}

void DeliveryLoop::flush()
{
    m_isFlushing = true;
    if (!m_isBusy)
        wakeIn(milliseconds(0));
}

void DeliveryLoop::noticePending()
{
    m_hasNews = true;
    if (m_isStarted && !m_isBusy && !m_isPausing)
        wakeForNews();
}

void DeliveryLoop::wakeIn(milliseconds delay)
{
    m_surroundings.alarm->set(delay);
}

// A full batch has no company to wait for.
void DeliveryLoop::wakeForNews()
{
    if (m_surroundings.source->pendingCount() >= m_options.maxBatchSpans)
        wakeIn(milliseconds(0));
    else if (!m_surroundings.alarm->isSet())
        wakeIn(m_options.batchDelay);
}

void DeliveryLoop::goOn()
{
    if (m_isFlushing || m_reader.hasMore() || !m_work.isEmpty())
        wakeIn(milliseconds(0));
    else if (m_hasNews)
        wakeForNews();
}

void DeliveryLoop::step()
{
    if (m_isBusy)
        return;
    m_isPausing = false;
    if (!m_isStarted) {
        endFlush();
        return;
    }
    if (!settle())
        return;
    if (m_work.isEmpty()) {
        m_hasNews = false;
        if (m_surroundings.source->pendingCount() == 0) {
            endFlush();
            return;
        }
    }
    if (!m_route.route()) {
        askForRoute();
        return;
    }
    if (m_work.isEmpty()) {
        const auto batch = m_reader.read();
        if (!batch) {
            noteStoreError(batch.error());
            return;
        }
        if (batch->isEmpty()) {
            endFlush();
            return;
        }
        m_work.push(*batch);
    }
    if (hasMedia(m_work.top()))
        uploadMedia();
    else
        send();
}

// What waits for another try may have been deleted meanwhile, and counted so.
bool DeliveryLoop::settle()
{
    auto settled = m_settlements.settle();
    if (settled)
        settled = m_work.forgetDeleted(m_surroundings.source);
    if (!settled)
        noteStoreError(settled.error());
    return bool(settled);
}

void DeliveryLoop::askForRoute()
{
    m_isBusy = true;
    m_client.send({.method = "GET", .path = "/api/public/health"},
        [this](const DeliveryAnswer& answer) { takeHealth(answer); });
}

void DeliveryLoop::takeHealth(const DeliveryAnswer& answer)
{
    m_isBusy = false;
    if (m_route.takeHealth(answer)) {
        takeRoute();
        return;
    }
    const DeliveryDecision decision = m_policy.decide(answer, {.nowMs = nowUs() / 1000});
    m_report.noteFailure(decision.message);
    pause(decision.delay);
}

// What was made for another route is made anew: its rows are still pending.
void DeliveryLoop::takeRoute()
{
    const bool isLegacy = m_route.route() == IngestionRoute::Legacy;
    qCInfo(logTelemetry, "Traces go to Langfuse by %s", isLegacy ? LegacyEvents::path : OtlpEncoder::path);
    m_planner.setRoute(*m_route.route());
    m_work.clear();
    wakeIn(milliseconds(0));
}

void DeliveryLoop::uploadMedia()
{
    QList<MediaJob> jobs;
    for (const BatchItem& item : std::as_const(m_work.top())) {
        for (const FoundMedia& media : item.media)
            jobs.append({item.span.traceId, item.span.spanId, media});
    }
    m_isBusy = true;
    m_uploader.upload(jobs, [this](const MediaUploads& uploads) { takeUploads(uploads); });
}

void DeliveryLoop::takeUploads(const MediaUploads& uploads)
{
    m_isBusy = false;
    if (uploads.trouble) {
        const TraceBatch batch = m_work.take();
        takeFailure(batch, m_policy.decide(*uploads.trouble, {.nowMs = nowUs() / 1000}));
        return;
    }
    m_planner.resolveMedia(&m_work.top(), uploads.stored);
    step();
}

void DeliveryLoop::send()
{
    QList<QByteArray> encoded;
    for (const BatchItem& item : std::as_const(m_work.top()))
        encoded.append(item.encoded);
    m_isBusy = true;
    m_isSending = true;
    m_surroundings.source->setDelivering(rowsOf(m_work.top()), true);
    m_client.send(IngestionRoutes::request(
                      *m_route.route(), encoded, {.version = m_version, .publicKey = m_options.publicKey}),
        [this](const DeliveryAnswer& answer) { takeAnswer(answer); });
}

void DeliveryLoop::takeAnswer(const DeliveryAnswer& answer)
{
    m_isBusy = false;
    m_isSending = false;
    const TraceBatch batch = m_work.take();
    m_surroundings.source->setDelivering(rowsOf(batch), false);
    const bool isLegacy = m_route.route() == IngestionRoute::Legacy;
    if (answer.status == 404 && m_route.giveUpRoute())
        takeRoute();
    else if (isLegacy && answer.status / 100 == 2)
        takeVerdict(batch, LegacyVerdict::of(batch, answer.body, &m_undecided));
    else
        takeDecision(batch,
            m_policy.decide(
                answer, {.traces = batch.size(), .bytes = requestBytes(batch), .nowMs = nowUs() / 1000}));
}

void DeliveryLoop::takeDecision(const TraceBatch& batch, const DeliveryDecision& decision)
{
    switch (decision.kind) {
    case DeliveryDecision::Kind::Delivered:
        takeDelivered(rowsOf(batch));
        goOnWithCare();
        break;
    case DeliveryDecision::Kind::RetryLater:
        takeFailure(batch, decision);
        break;
    case DeliveryDecision::Kind::Split:
        if (decision.isTooLarge)
            m_planner.lowerByteLimit(requestBytes(batch) / 2);
        m_work.pushHalves(batch);
        wakeIn(milliseconds(0));
        break;
    case DeliveryDecision::Kind::Shrink:
        m_work.push({m_planner.shrunk(batch.first())});
        wakeIn(milliseconds(0));
        break;
    case DeliveryDecision::Kind::Reject:
        reject(batch.first(), decision.message);
        goOnWithCare();
        break;
    }
}

void DeliveryLoop::takeVerdict(const TraceBatch& batch, const LegacyVerdict& verdict)
{
    if (!verdict.isUnderstood) {
        takeFailure(batch, m_policy.undecided(verdict.message));
        return;
    }
    if (verdict.isClosed && m_route.giveUpRoute()) {
        takeRoute();
        return;
    }
    if (verdict.isClosed) {
        takeFailure(batch,
            m_policy.waitForOperator("Langfuse takes no traces by " + QByteArray(LegacyEvents::path)
                + ": set LANGFUSE_INGESTION=auto"));
        return;
    }
    for (const LegacyVerdict::Rejection& rejection : verdict.rejected)
        reject(rejection.item, rejection.reason);
    if (!verdict.delivered.isEmpty())
        takeDelivered(verdict.delivered);
    if (verdict.undecided.isEmpty()) {
        m_policy.confirm();
        goOnWithCare();
    } else { // they are read again, with what has come meanwhile
        waitAfter(verdict.undecided, m_policy.undecided(verdict.message));
    }
}

void DeliveryLoop::takeDelivered(const QList<qint64>& rows)
{
    m_rejectedInARow = 0;
    m_route.confirm();
    m_settlements.addDelivered(rows);
    m_report.noteSuccess(nowUs());
}

void DeliveryLoop::takeFailure(const TraceBatch& batch, const DeliveryDecision& decision)
{
    if (decision.isRefusal)
        m_work.pushWithScout(batch);
    else
        m_work.push(batch);
    waitAfter(rowsOf(batch), decision);
}

void DeliveryLoop::waitAfter(const QList<qint64>& failedRows, const DeliveryDecision& decision)
{
    if (const auto noted = m_surroundings.source->noteAttempt(failedRows, decision.message); !noted)
        qCWarning(logTelemetry, "An attempt could not be noted: %ls", qUtf16Printable(noted.error().message));
    m_report.noteFailure(decision.message);
    pause(decision.delay);
}

void DeliveryLoop::reject(const BatchItem& item, const QByteArray& reason)
{
    m_settlements.addRejected(item.row, reason);
    m_report.noteRejection(item.span.traceId, reason);
    ++m_rejectedInARow;
}

// One poisoned trace is bad luck; many in a row may be a server that understands nothing. Then go slowly, so
// that an operator can see it before the whole outbox is refused.
void DeliveryLoop::goOnWithCare()
{
    constexpr int maxRejectedInARow = 5;
    constexpr milliseconds cautiousDelay(30000);
    if (!settle())
        return;
    if (m_rejectedInARow < maxRejectedInARow)
        goOn();
    else
        pause(cautiousDelay);
}

void DeliveryLoop::noteStoreError(const Error& error)
{
    constexpr milliseconds storeRetryDelay(1000);
    m_report.noteStoreError(error);
    pause(storeRetryDelay);
}

// Ends a flush too: what has failed once is left to the store.
void DeliveryLoop::pause(milliseconds delay)
{
    m_report.noteNextAttempt(nowUs() + std::chrono::microseconds(delay).count());
    m_isPausing = true;
    wakeIn(delay);
    endFlush();
}

void DeliveryLoop::endFlush()
{
    if (std::exchange(m_isFlushing, false))
        Q_EMIT flushed();
}

qint64 DeliveryLoop::nowUs() const
{
    return m_surroundings.clock->wall().count();
}
