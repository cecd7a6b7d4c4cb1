// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/list/calldelegate.h"

#include "gui/list/callglyphs.h"
#include "gui/model/calltext.h"
#include "gui/model/requestlistmodel.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace {

using Columns = RequestColumns;

constexpr int cellMargin = 4;
constexpr int markWidth = 3;
constexpr double goodCacheShare = 80;
constexpr double leastBarWidth = 2;

QPalette::ColorGroup colorGroup(const QStyleOptionViewItem& option)
{
    if (!(option.state & QStyle::State_Enabled))
        return QPalette::Disabled;
    return option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
}

bool isSelected(const QStyleOptionViewItem& option)
{
    return option.state & QStyle::State_Selected;
}

} // namespace

CallDelegate::CallDelegate(const RequestListModel* model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

CallDelegate::~CallDelegate() = default;

QColor CallDelegate::selectedText(const QStyleOptionViewItem& option)
{
    return option.palette.color(colorGroup(option), QPalette::HighlightedText);
}

QRectF CallDelegate::timelineArea(const QStyleOptionViewItem& option)
{
    return QRectF(option.rect).adjusted(cellMargin, 0, -cellMargin, 0);
}

QSize CallDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    return {option.fontMetrics.horizontalAdvance(text) + 2 * cellMargin + 2, 22};
}

QColor CallDelegate::textColor(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (isSelected(option))
        return selectedText(option);
    const QPalette& palette = option.palette;
    const CallFacts& call = m_model->callAt(index.row());
    if (index.data(RequestListModel::DimmedRole).toBool())
        return theme::secondaryText(palette);
    switch (index.column()) {
    case Columns::Number:
    case Columns::Session:
        return theme::secondaryText(palette);
    case Columns::Model:
    case Columns::Request:
    case Columns::Status:
        return call.isError() ? theme::accent(theme::Accent::Error, palette) : palette.color(QPalette::Text);
    case Columns::Cached: {
        if (m_cacheMisses.contains(call.id))
            return theme::accent(theme::Accent::Warn, palette);
        if (call.cachedPercent().value_or(0) >= goodCacheShare)
            return theme::accent(theme::Accent::Ok, palette);
        break;
    }
    default:
        break;
    }
    const bool isNothing = index.data(Qt::DisplayRole).toString() == CallText::nothing();
    return isNothing ? theme::secondaryText(palette) : palette.color(QPalette::Text);
}

void CallDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    const CallFacts& call = m_model->callAt(index.row());
    switch (index.column()) {
    case Columns::State:
        callglyphs::paint(painter, option.rect, call.state,
            isSelected(option) ? selectedText(option)
                               : theme::accent(callglyphs::accent(call.state), option.palette));
        return;
    case Columns::Delivery:
        callglyphs::paint(painter, option.rect, call.delivery,
            isSelected(option) ? selectedText(option)
                               : theme::accent(callglyphs::accent(call.delivery), option.palette));
        return;
    case Columns::Provider:
        paintChip(painter, option, call);
        return;
    case Columns::Timeline:
        paintTimeline(painter, option, call, m_scale);
        return;
    case Columns::Number:
        if (call.mark > 0)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(markWidth, option.rect.height())),
                callglyphs::markColor(call.mark, option.palette));
        break;
    default:
        break;
    }
    paintText(painter, option, index);
}

void CallDelegate::paintText(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const CallFacts& call = m_model->callAt(index.row());
    const QRect rect = option.rect.adjusted(cellMargin, 0, -cellMargin, 0);
    const bool isMiddleCut = index.column() == Columns::Model || index.column() == Columns::Id;
    const bool isEstimate
        = index.column() == Columns::Output && call.isOpen() && call.outputEstimate.has_value();
    QFont font = option.font;
    font.setItalic(isEstimate);
    painter->save();
    painter->setFont(font);
    painter->setPen(textColor(option, index));
    painter->drawText(rect, int(option.displayAlignment) | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(
            option.text, isMiddleCut ? Qt::ElideMiddle : Qt::ElideRight, rect.width()));
    painter->restore();
}

void CallDelegate::paintChip(
    QPainter* painter, const QStyleOptionViewItem& option, const CallFacts& call) const
{
    const QString mark = CallText::providerMark(call.provider);
    if (mark.isEmpty())
        return;
    QFont font = option.font;
    font.setBold(true);
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.85);
    const QFontMetrics metrics(font);
    const int width = std::min(option.rect.width() - 4, std::max(metrics.horizontalAdvance(mark) + 10, 34));
    const int height = std::min(option.rect.height() - 4, metrics.height() + 2);
    QRectF chip(0, 0, width, height);
    chip.moveCenter(QRectF(option.rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme::providerColor(call.provider));
    painter->drawRoundedRect(chip, 3, 3);
    painter->setFont(font);
    painter->setPen(Qt::white);
    painter->drawText(chip, Qt::AlignCenter, mark);
    painter->restore();
}

void CallDelegate::paintTimeline(
    QPainter* painter, const QStyleOptionViewItem& option, const CallFacts& call, const TimelineScale& scale)
{
    const QRectF area = timelineArea(option);
    const TimelineScale::Bar bar = scale.bar(call);
    const double left = area.left() + bar.start * area.width();
    const double middle = area.left() + bar.firstToken * area.width();
    const double right = std::max(area.left() + bar.end * area.width(), left + leastBarWidth);
    const double height = std::min(10.0, area.height() - 8);
    const double top = area.center().y() - height / 2;
    const QColor ground = isSelected(option) ? option.palette.color(colorGroup(option), QPalette::Highlight)
                                             : option.palette.color(QPalette::Base);
    QColor color = call.isError() ? theme::accent(theme::Accent::Error, option.palette)
                                  : theme::providerLineColor(call.provider, option.palette);
    if (isSelected(option))
        color = selectedText(option);
    painter->save();
    if (middle - left >= 1) // else it would not be seen
        painter->fillRect(QRectF(left, top, middle - left, height), theme::blended(ground, color, 0.4));
    if (right > middle)
        painter->fillRect(QRectF(middle, top, right - middle, height), color);
    if (call.isOpen() && area.right() - right > 3) {
        painter->setPen(QPen(color, 2, Qt::DotLine));
        painter->drawLine(QPointF(right + 3, area.center().y()), QPointF(area.right(), area.center().y()));
    }
    painter->restore();
}
