// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/list/followmode.h"

#include "gui/list/calltable.h"
#include "gui/list/placekeeper.h"
#include "gui/model/requestlistmodel.h"

#include <QEvent>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QScrollBar>

namespace {

constexpr int endTolerance = 5; // pixels
constexpr int pillDistance = 8; // from the lower edge

} // namespace

FollowMode::FollowMode(CallTable* table, RequestListModel* model, PlaceKeeper* places)
    : QObject(table)
    , m_table(table)
    , m_model(model)
    , m_places(places)
    , m_pill(new QPushButton(table->viewport()))
{
    m_pill->setObjectName(QStringLiteral("newCallsPill"));
    m_pill->setFocusPolicy(Qt::NoFocus);
    m_pill->setCursor(Qt::ArrowCursor);
    m_pill->hide();
    connect(m_pill, &QPushButton::clicked, this, [this] { setOn(true); });
    connect(table, &CallTable::endRequested, this, [this] { setOn(true); });
    connect(table->verticalScrollBar(), &QAbstractSlider::actionTriggered, this, &FollowMode::takeUserScroll);
    connect(table, &CallTable::currentCallChanged, this, &FollowMode::takeCurrent);
    connect(model, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex&, int first, int last) { takeRows(first, last); });
    connect(places, &PlaceKeeper::restored, this, &FollowMode::takeOrder);
    table->viewport()->installEventFilter(this);
}

FollowMode::~FollowMode() = default;

bool FollowMode::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) {
        placePill();
        if (m_isOn)
            goToEnd();
    }
    return QObject::eventFilter(watched, event);
}

void FollowMode::setOn(bool isOn)
{
    isOn = isOn && m_isAvailable;
    if (isOn) {
        setNewCalls(0);
        goToEnd();
    }
    if (std::exchange(m_isOn, isOn) != isOn)
        Q_EMIT changed(isOn);
}

void FollowMode::takeRows(int first, int last)
{
    const int count = last - first + 1;
    if (m_isOn) {
        goToEnd();
        return;
    }
    setNewCalls(m_newCalls + count);
    QScrollBar* bar = m_table->verticalScrollBar();
    // Above what is on the screen: the newest first, or a call that matches since it has changed.
    if (bar->value() > 0 && first * m_table->rowPixels() <= bar->value()) {
        m_table->layOutNow();
        bar->setValue(bar->value() + count * m_table->rowPixels());
    }
}

/// Of the mouse, the wheel and the keys: the bar's position is where it is about to go.
void FollowMode::takeUserScroll()
{
    const QScrollBar* bar = m_table->verticalScrollBar();
    const int left = bar->maximum() - bar->sliderPosition();
    if (m_isOn && left > endTolerance)
        setOn(false);
    else if (!m_isOn && left <= 0 && m_isAvailable)
        setOn(true);
}

void FollowMode::takeCurrent()
{
    const QModelIndex current = m_table->selectionModel()->currentIndex();
    if (m_places->isRestoring() || !current.isValid())
        return;
    const bool isLast = current.row() == m_model->rowCount() - 1;
    if (m_isOn && !isLast)
        setOn(false);
    else if (!m_isOn && isLast && m_isAvailable)
        setNewCalls(0); // the newest is what is looked at
}

void FollowMode::takeOrder()
{
    const bool isAvailable = m_model->isInOrderOfArrival();
    if (std::exchange(m_isAvailable, isAvailable) != isAvailable) {
        if (!isAvailable)
            setOn(false);
        Q_EMIT availabilityChanged(isAvailable);
    }
    if (m_isOn)
        goToEnd();
    if (m_model->rowCount() == 0)
        setNewCalls(0);
}

void FollowMode::goToEnd()
{
    m_table->layOutNow();
    m_table->verticalScrollBar()->setValue(m_table->verticalScrollBar()->maximum());
}

void FollowMode::setNewCalls(int count)
{
    m_newCalls = count;
    m_pill->setVisible(count > 0);
    if (count == 0)
        return;
    m_pill->setText(m_isAvailable ? tr("▼ %n new", nullptr, count) : tr("%n new", nullptr, count));
    m_pill->setToolTip(m_isAvailable ? tr("Go to the newest call and follow (End)")
                                     : tr("Come since; sorted in by the order of the list"));
    placePill();
}

void FollowMode::placePill()
{
    m_pill->adjustSize();
    const QWidget* viewport = m_table->viewport();
    m_pill->move(
        (viewport->width() - m_pill->width()) / 2, viewport->height() - m_pill->height() - pillDistance);
    m_pill->raise();
}
