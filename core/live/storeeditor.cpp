// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/storeeditor.h"

#include "store/tracestore.h"

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

void StoreEditor::edit(quint64 number, Action action, const QList<qint64>& rows)
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
            Q_EMIT answered(
                number, ApiAnswer::error(503, "store_unavailable", edit.error().message.toUtf8()));
        } else {
            job.handled += edit->handled;
            job.changed += edit->changed;
            job.busy += edit->busy;
        }
    }
    if (!m_jobs.isEmpty() && m_jobs.first().handled >= m_jobs.first().rows.size()) {
        const Job done = m_jobs.takeFirst();
        Q_EMIT answered(done.number, answerOf(done));
    }
    if (!m_jobs.isEmpty())
        m_timer.start(editPause);
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
