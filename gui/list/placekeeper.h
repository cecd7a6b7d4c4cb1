// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PlaceKeeper: keeps selection, current call and place of the list when its model is made anew by a filter or
// an order: by the calls' ids, since rows change. A current call that a filter hides comes back with the
// filter that shows it. Owned by the table; main thread.

#include <QByteArray>
#include <QList>
#include <QObject>

class CallTable;
class RequestListModel;

class PlaceKeeper final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PlaceKeeper)

public:
    /// Both must outlive this; the table has the model already.
    PlaceKeeper(CallTable* table, RequestListModel* model);
    ~PlaceKeeper() override;

    /// Between the model's two signals, and while it puts things back.
    [[nodiscard]] bool isRestoring() const { return m_isRestoring; }

Q_SIGNALS:
    /// Selection, current call and place are as far as possible what they were.
    void restored();

private:
    struct Anchor // a call that was on the screen
    {
        QByteArray id;
        int y = 0; // of its upper edge, in the viewport
    };

    void save();
    void restore();
    void restoreSelection();
    void restorePlace();

    CallTable* m_table;
    RequestListModel* m_model;
    bool m_isRestoring = false;
    QByteArray m_currentId;
    int m_currentColumn = 0;
    QList<QByteArray> m_selectedIds;
    QList<Anchor> m_anchors; // the best first
};
