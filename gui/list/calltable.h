// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallTable: the list of calls: rows of one height, columns of the user's choice, keys, the menu of its
// header. Which call is current is said by its id, and survives filters and orders. Main thread, owned by the
// window.

#include "gui/list/columnlayout.h"

#include <QTableView>
#include <QTimer>

class CallDelegate;
class FollowMode;
class PlaceKeeper;
class QMenu;
class RequestListModel;

class CallTable final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallTable)

public:
    /// `model` must outlive this.
    explicit CallTable(RequestListModel* model, QWidget* parent = nullptr);
    ~CallTable() override;

    [[nodiscard]] FollowMode* follow() const { return m_follow; }
    [[nodiscard]] CallDelegate* painter() const { return m_delegate; }

    [[nodiscard]] ColumnLayout columns() const;
    void setColumns(const ColumnLayout& layout);
    /// One entry for each column, and "Reset columns".
    [[nodiscard]] QMenu* columnMenu(QWidget* parent);

    /// Empty: none.
    [[nodiscard]] QByteArray currentId() const;
    /// In the order of the list.
    [[nodiscard]] QList<QByteArray> selectedIds() const;
    /// Makes it the current and only selected call, and scrolls there; false: it is not shown.
    bool selectCall(const QByteArray& id);
    /// `steps` down, or up when negative.
    void moveCurrent(int steps);
    /// The selected rows as they are shown, columns separated by tabs.
    [[nodiscard]] QString selectionAsText() const;

    /// Bars of the timeline begin at the left, to compare how long calls took.
    void setTimelineAligned(bool isAligned);
    [[nodiscard]] bool isTimelineAligned() const { return m_isTimelineAligned; }

    [[nodiscard]] int rowPixels() const { return m_rowPixels; }
    /// What Qt would put off: rows and the range of the scroll bar fit the model.
    void layOutNow() { executeDelayedItemsLayout(); }
    void keyboardSearch(const QString&) override { } // letters are keys of ours

Q_SIGNALS:
    /// Empty: none is current.
    void currentCallChanged(const QByteArray& id);
    void selectionChangedByCalls();
    void endRequested();
    /// Enter, or a double click.
    void callOpened(const QByteArray& id);
    void cellMenuRequested(const QModelIndex& cell, const QPoint& globalPosition);
    void timelineAligned(bool isAligned);
    void columnsResetRequested();
    void columnsChanged();

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void connectHeader();
    void takeSortIndicator(int column, Qt::SortOrder order);
    void announceCurrent();
    void fitRequestColumn();
    void takeMetrics();
    void rescaleSoon();
    void rescale();

    RequestListModel* m_model;
    CallDelegate* m_delegate;
    PlaceKeeper* m_places = nullptr;
    FollowMode* m_follow = nullptr;
    QTimer m_rescale;
    QByteArray m_announcedId;
    int m_rowPixels = 22;
    bool m_isTimelineAligned = false;
    bool m_isFitting = false;
    int m_sortedColumn = 0;
    Qt::SortOrder m_sortedOrder = Qt::AscendingOrder;
};
