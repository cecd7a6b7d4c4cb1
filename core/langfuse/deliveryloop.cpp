// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/deliveryloop.h"

#include "base/logging.h"
#include "langfuse/otlpencoder.h"

#include <algorithm>
#include <utility>

namespace {

using std::chrono::milliseconds;

LangfuseClient::Options clientOptions(const LangfuseOptions& options, const QByteArray& version)
{
    return {.baseUrl = options.baseUrl,
        .publicKey = options.publicKey,
        .secretKey = options.secretKey,
        .version = version,
        .timeout = options.requestTimeout};
}

} // namespace

DeliveryLoop::DeliveryLoop(const LangfuseOptions& options, const QByteArray& version, RetryPolicy policy,
    PendingSource* source, const Clock* clock, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_version(version)
    , m_policy(std::move(policy))
    , m_planner({.environment = options.environment, .release = options.release},
          {.spans = options.maxBatchSpans, .bytes = options.maxBatchBytes})
    , m_source(source)
    , m_clock(clock)
    , m_client(clientOptions(options, version))
{
    m_status.isEnabled
        = options.baseUrl.isValid() && !options.publicKey.isEmpty() && !options.secretKey.isEmpty();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DeliveryLoop::step);
    connect(&m_client, &LangfuseClient::answered, this, &DeliveryLoop::takeAnswer);
}

// What is on its way waits in the source again.
DeliveryLoop::~DeliveryLoop()
{
    if (m_isSending)
        m_source->setDelivering(rowsOf(m_work.last()), false);
}

void DeliveryLoop::start()
{
    m_isStarted = m_status.isEnabled;
    if (m_isStarted)
        wakeIn(milliseconds(0));
}

void DeliveryLoop::flush()
{
    m_isFlushing = true;
    if (!m_isSending)
        wakeIn(milliseconds(0));
}

void DeliveryLoop::noticePending()
{
    m_hasNews = true;
    if (m_isStarted && !m_isSending && !m_timer.isActive())
        wakeIn(m_options.batchDelay);
}

void DeliveryLoop::wakeIn(milliseconds delay)
{
    m_timer.start(delay);
}

void DeliveryLoop::step()
{
    if (m_isSending)
        return;
    if (!m_isStarted) {
        endFlush();
        return;
    }
    if (!settleMarks())
        return;
    if (m_work.isEmpty()) {
        if (const auto loaded = loadBatch(); !loaded) {
            noteStoreError(loaded.error());
            return;
        }
    }
    if (m_work.isEmpty())
        endFlush();
    else
        send();
}

bool DeliveryLoop::settleMarks()
{
    while (!m_marks.isEmpty()) {
        const Mark& mark = m_marks.first();
        const Result<void> done = mark.isRejected ? m_source->markRejected(mark.rows.first(), mark.reason)
                                                  : m_source->markDelivered(mark.rows);
        if (!done) {
            noteStoreError(done.error());
            return false;
        }
        m_marks.removeFirst();
    }
    return true;
}

// In small pages: a record holds its bodies, and a batch of large ones is full after a few.
Result<void> DeliveryLoop::loadBatch()
{
    constexpr qsizetype pageSize = 16;
    qint64 row = 0;
    m_hasNews = false;
    m_hasMore = false;
    while (!m_planner.isFull()) {
        const auto page = m_source->pending(pageSize, row);
        if (!page) {
            (void)m_planner.take(); // they are still pending, and will be loaded again
            return page.error();
        }
        for (const PendingTrace& trace : *page) {
            row = trace.row;
            if (!m_planner.add(trace.row, trace.record))
                break;
        }
        if (page->isEmpty())
            break;
    }
    m_hasMore = m_planner.isFull();
    if (!m_planner.isEmpty())
        m_work.append(m_planner.take());
    return {};
}

void DeliveryLoop::send()
{
    QList<QByteArray> spans;
    for (const BatchItem& item : std::as_const(m_work.last()))
        spans.append(item.encoded);
    m_isSending = true;
    m_source->setDelivering(rowsOf(m_work.last()), true);
    m_client.post(OtlpEncoder::encodeRequest(spans, m_version));
}

void DeliveryLoop::takeAnswer(const DeliveryAnswer& answer)
{
    m_isSending = false;
    const TraceBatch batch = m_work.takeLast();
    m_source->setDelivering(rowsOf(batch), false);
    const qint64 nowMs = std::chrono::duration_cast<milliseconds>(m_clock->wall()).count();
    const DeliveryDecision decision
        = m_policy.decide(answer, {.traces = batch.size(), .bytes = requestBytes(batch), .nowMs = nowMs});
    switch (decision.kind) {
    case DeliveryDecision::Kind::Delivered:
        takeDelivered(batch);
        break;
    case DeliveryDecision::Kind::RetryLater:
        takeFailure(batch, decision);
        break;
    case DeliveryDecision::Kind::Split:
        split(batch, decision);
        break;
    case DeliveryDecision::Kind::Shrink:
        shrink(batch.first());
        break;
    case DeliveryDecision::Kind::Reject:
        reject(batch.first(), decision.message);
        break;
    }
}

void DeliveryLoop::takeDelivered(const TraceBatch& batch)
{
    m_rejectedInARow = 0;
    m_marks.append({.rows = rowsOf(batch)});
    DeliveryStatus status = m_status;
    if (status.consecutiveFailures > 0)
        qCInfo(logTelemetry, "Langfuse accepts traces again");
    status.lastError.clear();
    status.consecutiveFailures = 0;
    status.nextAttemptAtUs = 0;
    status.lastSuccessAtUs = m_clock->wall().count();
    setStatus(status);
    if (!settleMarks())
        return;
    if (m_isFlushing || m_hasMore || !m_work.isEmpty())
        wakeIn(milliseconds(0));
    else if (m_hasNews)
        wakeIn(m_options.batchDelay);
}

void DeliveryLoop::takeFailure(const TraceBatch& batch, const DeliveryDecision& decision)
{
    if (const auto noted = m_source->noteAttempt(rowsOf(batch), decision.message); !noted)
        qCWarning(logTelemetry, "An attempt could not be noted: %ls", qUtf16Printable(noted.error().message));
    m_work.append(batch);
    DeliveryStatus status = m_status;
    if (status.lastError != decision.message)
        qCWarning(logTelemetry, "%s; the traces wait in the store", decision.message.constData());
    status.lastError = decision.message;
    ++status.consecutiveFailures;
    pause(status, decision.delay);
}

void DeliveryLoop::split(const TraceBatch& batch, const DeliveryDecision& decision)
{
    if (decision.isTooLarge)
        m_planner.lowerByteLimit(requestBytes(batch) / 2);
    const qsizetype half = batch.size() / 2;
    m_work.append(batch.sliced(half));
    m_work.append(batch.first(half));
    wakeIn(milliseconds(0));
}

void DeliveryLoop::shrink(const BatchItem& item)
{
    const qsizetype bytes = std::max<qsizetype>(
        RetryPolicy::minShrunkBytes - 2 * OtlpEncoder::maxFrameBytes, item.encoded.size() / 4);
    m_work.append(TraceBatch{shrunkItem(item, bytes)});
    wakeIn(milliseconds(0));
}

void DeliveryLoop::reject(const BatchItem& item, const QByteArray& reason)
{
    // One poisoned trace is bad luck; many in a row may be a server that understands nothing. Then go slowly,
    // so that an operator can see it before the whole outbox is refused.
    constexpr int maxRejectedInARow = 5;
    constexpr milliseconds cautiousDelay(30000);
    m_marks.append({.rows = {item.row}, .isRejected = true, .reason = reason});
    qCWarning(logTelemetry, "Langfuse refused trace %s for good: %s", item.span.traceId.constData(),
        reason.constData());
    ++m_rejectedInARow;
    DeliveryStatus status = m_status;
    status.lastError = reason;
    setStatus(status);
    if (!settleMarks())
        return;
    if (m_rejectedInARow < maxRejectedInARow)
        wakeIn(milliseconds(0));
    else
        pause(status, cautiousDelay);
}

void DeliveryLoop::noteStoreError(const Error& error)
{
    constexpr milliseconds storeRetryDelay(1000);
    const QByteArray message = "The trace store failed: " + error.message.toUtf8();
    DeliveryStatus status = m_status;
    if (status.lastError != message)
        qCWarning(logTelemetry, "%s", message.constData());
    status.lastError = message;
    pause(status, storeRetryDelay);
}

// Ends a flush too: what has failed once is left to the store.
void DeliveryLoop::pause(DeliveryStatus status, milliseconds delay)
{
    status.nextAttemptAtUs = (m_clock->wall() + delay).count();
    setStatus(status);
    wakeIn(delay);
    endFlush();
}

void DeliveryLoop::setStatus(const DeliveryStatus& status)
{
    if (status == m_status)
        return;
    m_status = status;
    Q_EMIT statusChanged(m_status);
}

void DeliveryLoop::endFlush()
{
    if (std::exchange(m_isFlushing, false))
        Q_EMIT flushed();
}
