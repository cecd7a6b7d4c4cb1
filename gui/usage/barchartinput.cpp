// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What people do with a BarChart.

#include "gui/usage/barchart.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>

#include <cmath>

bool BarChart::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut
        || event->type() == QEvent::PaletteChange)
        update();
    return QWidget::event(event);
}

void BarChart::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF first = placeRect(0);
    const QPointF at = event->position();
    const bool isInside = at.x() >= first.left() && at.y() >= first.top() && first.width() > 0;
    setCurrent(isInside ? int(std::floor((at.x() - first.left()) / first.width())) : -1);
}

void BarChart::leaveEvent(QEvent*)
{
    if (!hasFocus())
        setCurrent(-1);
}

void BarChart::keyPressEvent(QKeyEvent* event)
{
    const int last = int(m_bars.places.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        setCurrent(m_current < 0 ? last : std::max(0, m_current - 1));
        return;
    case Qt::Key_Right:
        setCurrent(std::min(last, m_current + 1));
        return;
    case Qt::Key_Home:
        setCurrent(0);
        return;
    case Qt::Key_End:
        setCurrent(last);
        return;
    case Qt::Key_Escape:
        if (m_current < 0)
            break;
        setCurrent(-1);
        return;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void BarChart::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(
        tr("Copy as &picture"), this, [this] { QGuiApplication::clipboard()->setPixmap(grab()); });
    menu->addAction(tr("Copy as &CSV"), this,
        [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(csv())); });
    menu->popup(event->globalPos());
}
