// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreEditor: what users do to stored traces through the API: delete them, have rejected ones delivered
// again. A little at a time, so that what else the telemetry thread does goes on meanwhile. Lives on the
// telemetry thread, where the store is written; owned by the Engine.

#include "base/result.h"
#include "live/apianswer.h"

#include <QList>
#include <QObject>
#include <QTimer>

class TraceStore;
struct RowEdit;

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

    /// From any thread. Rows that are gone by then are left out. answered() follows with that number.
    void edit(quint64 number, Action action, const QList<qint64>& rows);

Q_SIGNALS:
    /// Once for each edit(): what it came to, or 503 when the store cannot be written.
    void answered(quint64 number, const ApiAnswer& answer);

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

    void step();
    [[nodiscard]] static ApiAnswer answerOf(const Job& job);

    TraceStore* m_store;
    QList<Job> m_jobs; // the first one is being done
    QTimer m_timer;
};
