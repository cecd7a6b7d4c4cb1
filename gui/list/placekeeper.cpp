// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/list/placekeeper.h"

#include "gui/list/calltable.h"
#include "gui/model/requestlistmodel.h"

#include <QItemSelectionModel>
#include <QScrollBar>

#include <algorithm>

PlaceKeeper::PlaceKeeper(CallTable* table, RequestListModel* model)
    : QObject(table)
    , m_table(table)
    , m_model(model)
{
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &PlaceKeeper::save);
    connect(model, &QAbstractItemModel::modelReset, this, &PlaceKeeper::restore);
}

PlaceKeeper::~PlaceKeeper() = default;

void PlaceKeeper::save()
{
    m_isRestoring = true;
    const QItemSelectionModel* selection = m_table->selectionModel();
    const QModelIndex current = selection->currentIndex();
    m_selectedIds.clear();
    for (const QItemSelectionRange& range : selection->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            m_selectedIds.append(m_model->callAt(row).id);
    }
    m_anchors.clear();
    if (current.isValid() && selection->hasSelection()) {
        m_currentId = m_model->callAt(current.row()).id;
        m_currentColumn = current.column();
    } else if (m_model->rowOf(m_currentId) >= 0) {
        m_currentId.clear(); // the keys only rest there, nobody has chosen it
    } // else it stays: hidden now, it may be shown by the next filter
    const int first = m_table->rowAt(0);
    if (first < 0)
        return;
    const int height = m_table->viewport()->height();
    for (int row = first; row < m_model->rowCount(); ++row) {
        const int y = m_table->rowViewportPosition(row);
        if (y >= height)
            break;
        const Anchor anchor{m_model->callAt(row).id, y};
        if (row == current.row() && y >= 0)
            m_anchors.prepend(anchor);
        else
            m_anchors.append(anchor);
    }
}

void PlaceKeeper::restore()
{
    m_table->layOutNow();
    restoreSelection();
    restorePlace();
    m_isRestoring = false;
    Q_EMIT restored();
}

void PlaceKeeper::restoreSelection()
{
    std::vector<int> rows;
    for (const QByteArray& id : std::exchange(m_selectedIds, {})) {
        if (const int row = m_model->rowOf(id); row >= 0)
            rows.push_back(row);
    }
    const int currentRow = m_currentId.isEmpty() ? -1 : m_model->rowOf(m_currentId);
    if (rows.empty() && currentRow >= 0)
        rows.push_back(currentRow);
    std::sort(rows.begin(), rows.end());
    QItemSelection selection;
    for (std::size_t i = 0; i < rows.size();) {
        std::size_t end = i + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1)
            ++end;
        selection.append(QItemSelectionRange(
            m_model->index(rows[i], 0), m_model->index(rows[end - 1], RequestColumns::Count - 1)));
        i = end;
    }
    QItemSelectionModel* model = m_table->selectionModel();
    model->select(selection, QItemSelectionModel::ClearAndSelect);
    if (currentRow >= 0)
        model->setCurrentIndex(m_model->index(currentRow, m_currentColumn), QItemSelectionModel::NoUpdate);
}

void PlaceKeeper::restorePlace()
{
    for (const Anchor& anchor : std::exchange(m_anchors, {})) {
        const int row = m_model->rowOf(anchor.id);
        if (row < 0)
            continue;
        m_table->verticalScrollBar()->setValue(row * m_table->rowPixels() - anchor.y);
        return;
    }
    if (const QModelIndex current = m_table->selectionModel()->currentIndex(); current.isValid())
        m_table->scrollTo(m_model->index(current.row(), 0), QAbstractItemView::PositionAtCenter);
}
