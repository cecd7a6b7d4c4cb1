// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/list/overviewstrip.h"

#include "gui/model/calltext.h"
#include "gui/style/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace {

constexpr int stripHeight = 36;
constexpr int bucketWidth = 4;
constexpr int costHeight = 10; // of the lower bars
constexpr int gap = 2;
constexpr int leastDrag = 4; // pixels; less is a click

} // namespace

OverviewStrip::OverviewStrip(const RequestListModel* model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("overview"));
    setAccessibleName(tr("Calls over time"));
    setFixedHeight(stripHeight);
    setCursor(Qt::CrossCursor);
}

OverviewStrip::~OverviewStrip() = default;

QSize OverviewStrip::sizeHint() const
{
    return {200, stripHeight};
}

void OverviewStrip::refresh()
{
    LoadHistogram load = LoadHistogram::of(*m_model, std::max(1, width() / bucketWidth));
    if (load == m_load)
        return;
    m_load = std::move(load);
    update();
}

qint64 OverviewStrip::momentAt(int x) const
{
    return m_load.momentAt(double(x) / std::max(1, width()));
}

void OverviewStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(theme::blended(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.15));
    painter.drawLine(0, height() - 1, width(), height() - 1);
    if (m_load.buckets.empty())
        return;
    const QColor calls = theme::accent(theme::Accent::Live, palette());
    const QColor cost = theme::accent(theme::Accent::Warn, palette());
    const double step = double(width()) / double(m_load.buckets.size());
    const int callsBottom = height() - costHeight - gap - 1;
    const double callsRoom = callsBottom - gap;
    const int mostCalls = std::max(1, m_load.mostCalls());
    const double mostCost = m_load.mostCost();
    for (std::size_t i = 0; i < m_load.buckets.size(); ++i) {
        const LoadHistogram::Bucket& bucket = m_load.buckets[i];
        const double x = double(i) * step;
        const double barWidth = std::max(1.0, step - 1);
        if (bucket.calls > 0) {
            const double barHeight = std::max(2.0, callsRoom * bucket.calls / mostCalls);
            painter.fillRect(QRectF(x, callsBottom - barHeight, barWidth, barHeight), calls);
        }
        if (bucket.costUsd > 0) {
            const double barHeight = std::max(1.0, std::sqrt(bucket.costUsd / mostCost) * (costHeight - 1));
            painter.fillRect(QRectF(x, height() - 1 - barHeight, barWidth, barHeight), cost);
        }
    }
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.8);
    painter.setFont(small);
    const QString most
        = tr("%1 at once · %2", "the most calls at the same time, and the highest cost of a bar")
              .arg(m_load.mostCalls())
              .arg(CallText::cost(mostCost));
    const QRect label(width() - painter.fontMetrics().horizontalAdvance(most) - 10, 1,
        painter.fontMetrics().horizontalAdvance(most) + 8, painter.fontMetrics().height());
    QColor ground = palette().color(QPalette::Base);
    ground.setAlphaF(0.8F);
    painter.fillRect(label, ground);
    painter.setPen(theme::secondaryText(palette()));
    painter.drawText(label, Qt::AlignCenter, most);
    if (m_pressedX >= 0 && std::abs(m_draggedX - m_pressedX) >= leastDrag) {
        QColor chosen = palette().color(QPalette::Highlight);
        chosen.setAlphaF(0.35F);
        const int left = std::min(m_pressedX, m_draggedX);
        painter.fillRect(QRect(left, 0, std::abs(m_draggedX - m_pressedX), height()), chosen);
    }
}

void OverviewStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    refresh();
}

void OverviewStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_load.buckets.empty())
        return;
    m_pressedX = event->position().toPoint().x();
    m_draggedX = m_pressedX;
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event)
{
    if (m_pressedX < 0)
        return;
    m_draggedX = std::clamp(event->position().toPoint().x(), 0, width());
    update();
}

void OverviewStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_pressedX < 0 || event->button() != Qt::LeftButton)
        return;
    const int from = std::min(m_pressedX, m_draggedX);
    const int to = std::max(m_pressedX, m_draggedX);
    m_pressedX = -1;
    update();
    if (to - from >= leastDrag)
        Q_EMIT rangeChosen(momentAt(from), momentAt(to));
}

bool OverviewStrip::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_load.buckets.empty())
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const std::size_t place = std::min(m_load.buckets.size() - 1,
        std::size_t(std::max(0, help->x())) * m_load.buckets.size() / std::size_t(std::max(1, width())));
    const LoadHistogram::Bucket& bucket = m_load.buckets[place];
    QToolTip::showText(help->globalPos(),
        tr("%1\n%n calls at once\n%2 spent\nDrag to see only a part of the time", nullptr, bucket.calls)
            .arg(CallText::moment(momentAt(help->x())), CallText::cost(bucket.costUsd)),
        this);
    return true;
}
