// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/list/calltable.h"

#include "gui/list/calldelegate.h"
#include "gui/list/followmode.h"
#include "gui/list/placekeeper.h"
#include "gui/model/requestlistmodel.h"

#include <QAction>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace {

using Columns = RequestColumns;

constexpr int leastRowPixels = 22;
constexpr int leastRequestPixels = 160;
constexpr int rescaleMs = 100;
constexpr int leastColumnPixels = 20;

} // namespace

CallTable::CallTable(RequestListModel* model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_delegate(new CallDelegate(model, this))
{
    setObjectName(QStringLiteral("callList"));
    setAccessibleName(tr("Calls"));
    setModel(model);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    takeMetrics();
    m_rescale.setSingleShot(true);
    m_rescale.setInterval(rescaleMs);
    connect(&m_rescale, &QTimer::timeout, this, &CallTable::rescale);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { m_rescale.start(); });
    connect(model, &QAbstractItemModel::rowsInserted, this, &CallTable::rescaleSoon);
    connect(model, &QAbstractItemModel::dataChanged, this, &CallTable::rescaleSoon);
    connect(this, &QTableView::customContextMenuRequested, this, [this](const QPoint& at) {
        if (const QModelIndex cell = indexAt(at); cell.isValid())
            Q_EMIT cellMenuRequested(cell, viewport()->mapToGlobal(at));
    });
    connect(this, &QTableView::doubleClicked, this,
        [this](const QModelIndex& cell) { Q_EMIT callOpened(m_model->callAt(cell.row()).id); });
    connectHeader();
    m_places = new PlaceKeeper(this, model);
    m_follow = new FollowMode(this, model, m_places);
    connect(m_places, &PlaceKeeper::restored, this, [this] {
        announceCurrent();
        rescaleSoon();
    });
    setColumns(ColumnLayout::atFirst(fontMetrics(), 0, false));
}

CallTable::~CallTable() = default;

void CallTable::connectHeader()
{
    QHeaderView* header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(leastColumnPixels);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(Columns::Number, Qt::AscendingOrder);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, [this, header](const QPoint& at) {
        QMenu* menu = columnMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(header->mapToGlobal(at));
    });
    connect(header, &QHeaderView::sortIndicatorChanged, this, &CallTable::takeSortIndicator);
    connect(header, &QHeaderView::sectionMoved, this, &CallTable::columnsChanged);
    connect(header, &QHeaderView::sectionResized, this, [this](int column) {
        if (column != Columns::Request)
            fitRequestColumn();
        Q_EMIT columnsChanged();
    });
}

/// A click on the timeline's title does not sort: the order is that of the time.
void CallTable::takeSortIndicator(int column, Qt::SortOrder order)
{
    if (column == Columns::Timeline) {
        horizontalHeader()->setSortIndicator(m_sortedColumn, m_sortedOrder);
        setTimelineAligned(!m_isTimelineAligned);
        return;
    }
    if (column < 0) {
        column = Columns::Number;
        order = Qt::AscendingOrder;
    }
    if (column == m_sortedColumn && order == m_sortedOrder)
        return;
    m_sortedColumn = column;
    m_sortedOrder = order;
    m_model->sort(column, order);
    Q_EMIT columnsChanged();
}

ColumnLayout CallTable::columns() const
{
    return ColumnLayout::of(*horizontalHeader());
}

void CallTable::setColumns(const ColumnLayout& layout)
{
    m_isFitting = true;
    layout.applyTo(horizontalHeader());
    m_isFitting = false;
    fitRequestColumn();
}

QMenu* CallTable::columnMenu(QWidget* parent)
{
    auto* menu = new QMenu(tr("&Columns"), parent);
    menu->setObjectName(QStringLiteral("columnMenu"));
    QHeaderView* header = horizontalHeader();
    for (int column = 0; column < Columns::Count; ++column) {
        QAction* action = menu->addAction(Columns::longTitle(column));
        action->setObjectName(QStringLiteral("column%1").arg(column));
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(column != Columns::Request); // something must be left to click
        connect(action, &QAction::toggled, this, [this, header, column](bool isShown) {
            header->setSectionHidden(column, !isShown);
            fitRequestColumn();
            Q_EMIT columnsChanged();
        });
    }
    menu->addSeparator();
    QAction* reset = menu->addAction(tr("&Reset columns"));
    reset->setObjectName(QStringLiteral("resetColumns"));
    connect(reset, &QAction::triggered, this, &CallTable::columnsResetRequested);
    return menu;
}

QByteArray CallTable::currentId() const
{
    const QModelIndex current = selectionModel()->currentIndex();
    const bool isThere = current.isValid() && selectionModel()->hasSelection();
    return isThere ? m_model->callAt(current.row()).id : QByteArray();
}

QList<QByteArray> CallTable::selectedIds() const
{
    QList<int> rows;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.append(row);
    }
    std::sort(rows.begin(), rows.end());
    QList<QByteArray> ids;
    ids.reserve(rows.size());
    for (const int row : rows)
        ids.append(m_model->callAt(row).id);
    return ids;
}

bool CallTable::selectCall(const QByteArray& id)
{
    const int row = m_model->rowOf(id);
    if (row < 0)
        return false;
    const QModelIndex index = m_model->index(row, 0);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    layOutNow();
    scrollTo(index);
    return true;
}

void CallTable::moveCurrent(int steps)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    const QModelIndex current = selectionModel()->currentIndex();
    // The keyboard gives a list that it enters a current row, which is nobody's choice yet.
    const int taken = currentId().isEmpty() ? 0 : steps;
    const int row = current.isValid() ? std::clamp(current.row() + taken, 0, rows - 1)
        : steps > 0                   ? 0
                                      : rows - 1;
    selectCall(m_model->callAt(row).id);
}

QString CallTable::selectionAsText() const
{
    QStringList lines;
    for (const QByteArray& id : selectedIds()) {
        const CallFacts& call = *m_model->find(id);
        QStringList cells;
        for (int place = 0; place < horizontalHeader()->count(); ++place) {
            const int column = horizontalHeader()->logicalIndex(place);
            if (horizontalHeader()->isSectionHidden(column) || column == Columns::Timeline)
                continue;
            QString cell = Columns::text(call, column);
            if (column == Columns::State || column == Columns::Delivery)
                cell = Columns::toolTip(call, column).section(u'\n', 0, 0);
            cells.append(cell.replace(u'\t', u' ').replace(u'\n', u' '));
        }
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

void CallTable::setTimelineAligned(bool isAligned)
{
    if (std::exchange(m_isTimelineAligned, isAligned) == isAligned)
        return;
    rescale();
    Q_EMIT timelineAligned(isAligned);
}

void CallTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (m_places && !m_places->isRestoring())
        announceCurrent();
}

void CallTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (!m_places || m_places->isRestoring())
        return;
    announceCurrent();
    Q_EMIT selectionChangedByCalls();
}

void CallTable::announceCurrent()
{
    const QByteArray id = currentId();
    if (std::exchange(m_announcedId, id) != id)
        Q_EMIT currentCallChanged(id);
}

void CallTable::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    const bool isEnd = event->key() == Qt::Key_End && !(event->modifiers() & Qt::ShiftModifier);
    const bool isFirst = isPlain && currentId().isEmpty();
    if ((isPlain && event->key() == Qt::Key_J) || (isFirst && event->key() == Qt::Key_Down)) {
        moveCurrent(1);
    } else if ((isPlain && event->key() == Qt::Key_K) || (isFirst && event->key() == Qt::Key_Up)) {
        moveCurrent(-1);
    } else if (isEnd) {
        Q_EMIT endRequested();
    } else if (isPlain && event->key() == Qt::Key_Home) {
        moveCurrent(-m_model->rowCount());
    } else if (isPlain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        if (const QByteArray id = currentId(); !id.isEmpty())
            Q_EMIT callOpened(id);
    } else {
        QTableView::keyPressEvent(event);
        return;
    }
    event->accept();
}

void CallTable::resizeEvent(QResizeEvent* event)
{
    const QModelIndex current = selectionModel()->currentIndex();
    const int lower = current.isValid() ? rowViewportPosition(current.row()) + m_rowPixels : 0;
    QTableView::resizeEvent(event);
    fitRequestColumn();
    // The detail opens below: the call that it is about shall not be covered by it.
    const int room = viewport()->height();
    if (current.isValid() && lower > room && lower <= event->oldSize().height() + m_rowPixels)
        scrollTo(current.siblingAtColumn(0));
    rescaleSoon();
}

void CallTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        takeMetrics();
}

/// It takes what the others leave, but not less than can be read.
void CallTable::fitRequestColumn()
{
    if (m_isFitting)
        return;
    m_isFitting = true;
    const QHeaderView* header = horizontalHeader();
    const int others = header->length() - header->sectionSize(Columns::Request);
    horizontalHeader()->resizeSection(
        Columns::Request, std::max(viewport()->width() - others, leastRequestPixels));
    m_isFitting = false;
}

void CallTable::takeMetrics()
{
    m_rowPixels = std::max(leastRowPixels, fontMetrics().height() + 6);
    verticalHeader()->setMinimumSectionSize(m_rowPixels);
    verticalHeader()->setDefaultSectionSize(m_rowPixels);
}

void CallTable::rescaleSoon()
{
    if (!m_rescale.isActive())
        m_rescale.start();
}

void CallTable::rescale()
{
    const int first = rowAt(0);
    const int last = rowAt(viewport()->height() - 1);
    const TimelineScale scale
        = TimelineScale::of(*m_model, first, last < 0 ? m_model->rowCount() - 1 : last, m_isTimelineAligned);
    if (first < 0 || scale == m_delegate->scale())
        return;
    m_delegate->setScale(scale);
    const QHeaderView* header = horizontalHeader();
    if (!header->isSectionHidden(Columns::Timeline))
        viewport()->update(header->sectionViewportPosition(Columns::Timeline), 0,
            header->sectionSize(Columns::Timeline), viewport()->height());
}
