// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/storeeditor.h"

#include "live/storeviews.h"
#include "store/tracestore.h"
#include "trace/telemetrypipeline.h"

namespace {

constexpr std::chrono::milliseconds editPause(5); // after some 20 ms of work

} // namespace

StoreEditor::StoreEditor(TraceStore* store)
    : m_store(store)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &StoreEditor::step);
}

StoreEditor::~StoreEditor() = default;

void StoreEditor::attach(TelemetryPipeline* pipeline, QueryRunner* queries)
{
    m_pipeline = pipeline;
    m_queries = queries;
}

void StoreEditor::detach()
{
    m_pipeline = nullptr;
    m_queries = nullptr;
}

void StoreEditor::edit(
    quint64 number, Action action, const TraceFilter& filter, const QueryRunner::Ticket& isGone)
{
    QMetaObject::invokeMethod(
        this, [this, number, action, filter, isGone] { find(number, action, filter, isGone); },
        Qt::QueuedConnection);
}

void StoreEditor::find(
    quint64 number, Action action, const TraceFilter& filter, const QueryRunner::Ticket& isGone)
{
    if (!m_queries || *isGone)
        return;
    m_pipeline->drain();
    if (const auto flushed = m_store->flush(); !flushed) {
        Q_EMIT answered(number, StoreViews::unreadable(flushed.error()));
        return;
    }
    const bool isTaken = m_queries->ask(number, isGone,
        [this, action, filter](StoreReader* store, quint64 asked) -> std::optional<ApiAnswer> {
            const auto rows = store->rows(filter);
            if (!rows)
                return StoreViews::unreadable(rows.error());
            change(asked, action, *rows);
            return std::nullopt;
        });
    if (!isTaken)
        Q_EMIT answered(number, QueryRunner::refusal());
}

/// From the thread that has found the rows.
void StoreEditor::change(quint64 number, Action action, const QList<qint64>& rows)
{
    QMetaObject::invokeMethod(
        this,
        [this, number, action, rows] {
            m_jobs.append({number, action, rows});
            if (!m_timer.isActive())
                m_timer.start(0);
        },
        Qt::QueuedConnection);
}

void StoreEditor::step()
{
    Job& job = m_jobs.first();
    if (job.handled < job.rows.size()) {
        const QList<qint64> rest = job.rows.mid(job.handled);
        const auto edit
            = job.action == Action::Delete ? m_store->deleteTraces(rest) : m_store->retryRejected(rest);
        if (!edit) {
            const quint64 number = m_jobs.takeFirst().number;
            Q_EMIT answered(number, StoreViews::unreadable(edit.error()));
        } else {
            job.handled += edit->handled;
            job.changed += edit->changed.size();
            job.busy += edit->busy;
            tell(job.action, edit->changed);
        }
    }
    if (!m_jobs.isEmpty() && m_jobs.first().handled >= m_jobs.first().rows.size()) {
        const Job done = m_jobs.takeFirst();
        Q_EMIT answered(done.number, answerOf(done));
    }
    if (!m_jobs.isEmpty())
        m_timer.start(editPause);
}

void StoreEditor::tell(Action action, const QList<QByteArray>& ids)
{
    QList<DeliveryChange> changes;
    for (const QByteArray& id : ids) {
        changes.append(DeliveryChange{.id = id,
            .state = DeliveryState::Pending,
            .attempts = 0,
            .reason = {},
            .isDeleted = action == Action::Delete});
    }
    if (!changes.isEmpty())
        Q_EMIT tracesChanged(changes);
}

ApiAnswer StoreEditor::answerOf(const Job& job)
{
    ApiAnswer answer;
    answer.body = "{\"apiVersion\":" + QByteArray::number(apiVersion)
        + (job.action == Action::Delete ? ",\"deleted\":" : ",\"retried\":")
        + QByteArray::number(job.changed);
    if (job.action == Action::Delete)
        answer.body += ",\"delivering\":" + QByteArray::number(job.busy);
    answer.body += '}';
    return answer;
}
