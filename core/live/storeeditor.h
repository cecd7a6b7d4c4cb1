// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreEditor: what users do to stored traces through the API: delete them, have rejected ones delivered
// again. What was captured before is stored first, the query thread finds the rows, and they are changed a
// little at a time, so that what else the telemetry thread does goes on meanwhile. Lives on the telemetry
// thread, where the store is written; owned by the Engine.
//
//   edit -> TelemetryPipeline::drain, TraceStore::flush -> QueryRunner -> TraceStore::deleteTraces ... ->
//   answered

#include "base/result.h"
#include "langfuse/langfusedelivery.h"
#include "live/apianswer.h"
#include "live/queryrunner.h"

#include <QList>
#include <QObject>
#include <QTimer>

class TelemetryPipeline;
class TraceStore;

class StoreEditor final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoreEditor)

public:
    enum class Action {
        Delete, // {"apiVersion":1,"deleted":2,"delivering":0}; `delivering`: spared, an answer is awaited
        Retry, // {"apiVersion":1,"retried":2}
    };

    /// `store` must outlive this.
    explicit StoreEditor(TraceStore* store);
    ~StoreEditor() override;

    /// Before the first edit(). Both must live until detach(), or as long as this.
    void attach(TelemetryPipeline* pipeline, QueryRunner* queries);
    /// No question is asked any more.
    void detach();

    /// From any thread: for the traces that fit when it is their turn, those of calls that have ended before
    /// this included. Rows that are gone by then are left out. answered() follows with that number, unless
    /// `isGone` before the rows are known: then nothing is changed.
    void edit(quint64 number, Action action, const TraceFilter& filter, const QueryRunner::Ticket& isGone);

Q_SIGNALS:
    /// Once for each edit(): what it came to; 503 when the store cannot be written or read.
    void answered(quint64 number, const ApiAnswer& answer);
    /// What has been changed, as far as it has come.
    void tracesChanged(const QList<DeliveryChange>& changes);

private:
    struct Job
    {
        quint64 number = 0;
        Action action = Action::Delete;
        QList<qint64> rows;
        qsizetype handled = 0; // of them
        qsizetype changed = 0;
        qsizetype busy = 0;
    };

    void find(quint64 number, Action action, const TraceFilter& filter, const QueryRunner::Ticket& isGone);
    void change(quint64 number, Action action, const QList<qint64>& rows);
    void step();
    void tell(Action action, const QList<QByteArray>& ids);
    [[nodiscard]] static ApiAnswer answerOf(const Job& job);

    TraceStore* m_store;
    TelemetryPipeline* m_pipeline = nullptr;
    QueryRunner* m_queries = nullptr;
    QList<Job> m_jobs; // the first one is being done
    QTimer m_timer;
};
