// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RowEditor: what users do to traces that are stored: delete them, have rejected ones delivered again. A
// little at a time, each time all of it or nothing, and the ledger with it. Owned by StoreDatabase, telemetry
// thread.

#include "store/traceremover.h"
#include "store/tracestore.h"

#include <QSet>

#include <functional>

class RowEditor final
{
public:
    /// All must outlive this.
    RowEditor(StoreConnection* connection, StoreStatements* statements, TraceRemover* remover)
        : m_connection(connection)
        , m_statements(statements)
        , m_remover(remover)
    {
    }

    /// As TraceStore::deleteTraces(); rows `inUse` are spared. StoreFailed with SQLite's words, as below.
    [[nodiscard]] Result<RowEdit> remove(
        const QList<qint64>& rows, const QSet<qint64>& inUse, Removal* removal);
    /// As TraceStore::retryRejected().
    [[nodiscard]] Result<RowEdit> unreject(const QList<qint64>& rows, Ledger* change);
    /// As TraceStore::rowsOf().
    [[nodiscard]] Result<QList<qint64>> rowsOf(const QList<QByteArray>& ids);

private:
    struct RowState
    {
        DeliveryState state = DeliveryState::Pending;
        qint64 capturedBytes = 0;
        QByteArray reason;
        QByteArray id;
    };
    [[nodiscard]] Result<std::optional<RowState>> stateOf(qint64 row);
    /// The change is written with what `editRow` does to the rows that are there; true: it has changed one.
    [[nodiscard]] Result<RowEdit> edit(const QList<qint64>& rows, const Ledger* change,
        const std::function<Result<bool>(qint64 row, const RowState& state)>& editRow);

    StoreConnection* m_connection;
    StoreStatements* m_statements;
    TraceRemover* m_remover;
};
