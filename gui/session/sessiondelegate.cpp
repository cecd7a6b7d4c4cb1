// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/session/sessiondelegate.h"

#include "gui/list/calldelegate.h"
#include "gui/list/callglyphs.h"
#include "gui/list/timelinescale.h"
#include "gui/model/calltext.h"
#include "gui/session/sessionmodel.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace {

using Kind = SessionNode::Kind;

constexpr int leastRowHeight = 22; // as in the list
constexpr int textMargin = 4;
constexpr int glyphWidth = 18;
constexpr double spanHeight = 2;
constexpr double toolHeight = 4;
constexpr double leastWidth = 2;

bool isOnSelection(const QStyleOptionViewItem& option)
{
    return option.state & QStyle::State_Selected;
}

} // namespace

SessionDelegate::SessionDelegate(const SessionModel* model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

SessionDelegate::~SessionDelegate() = default;

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QSize plain = QStyledItemDelegate::sizeHint(option, index);
    return {plain.width(), std::max(leastRowHeight, option.fontMetrics.height() + 6)};
}

void SessionDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    if (index.column() == SessionModel::Timeline)
        paintTimeline(painter, option, index);
    else
        paintText(painter, option, index);
}

void SessionDelegate::paintText(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const SessionNode& node = m_model->node(index);
    const bool isSelected = isOnSelection(option);
    QColor color = option.palette.color(QPalette::Text);
    if (isSelected)
        color = CallDelegate::selectedText(option);
    else if (node.kind == Kind::Call && node.call.isError() && index.column() <= SessionModel::Model)
        color = theme::accent(theme::Accent::Error, option.palette);
    else if (node.kind == Kind::Tool || option.text == CallText::nothing())
        color = theme::secondaryText(option.palette);
    QRect rect = option.rect.adjusted(textMargin, 0, -textMargin, 0);
    if (index.column() == SessionModel::What && node.kind == Kind::Call) {
        const QRect glyph(rect.left() - textMargin, rect.top(), glyphWidth, rect.height());
        callglyphs::paint(painter, glyph, node.call.state,
            isSelected ? color : theme::accent(callglyphs::accent(node.call.state), option.palette));
        rect.setLeft(glyph.right() + 1);
    }
    QFont font = option.font;
    font.setBold(node.kind == Kind::Turn && index.column() == SessionModel::What);
    painter->save();
    painter->setFont(font);
    painter->setPen(color);
    painter->drawText(rect, int(option.displayAlignment) | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(option.text,
            index.column() == SessionModel::Model ? Qt::ElideMiddle : Qt::ElideRight, rect.width()));
    painter->restore();
}

/// A call as in the list; a turn or an agent as a line over all that is in it; a tool as a thin bar.
void SessionDelegate::paintTimeline(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const SessionNode& node = m_model->node(index);
    const SessionNode& root = m_model->tree().root();
    TimelineScale scale;
    scale.fromUs = root.fromUs;
    scale.spanUs = std::max<qint64>(root.toUs - root.fromUs, 1);
    if (node.kind == Kind::Call) {
        CallDelegate::paintTimeline(painter, option, node.call, scale);
        return;
    }
    const QRectF area = CallDelegate::timelineArea(option);
    const auto place = [&](qint64 atUs) {
        return area.left() + area.width() * double(atUs - scale.fromUs) / double(scale.spanUs);
    };
    const double left = place(node.fromUs);
    const double right = std::max(place(node.toUs), left + leastWidth);
    const QColor color
        = isOnSelection(option) ? CallDelegate::selectedText(option) : theme::secondaryText(option.palette);
    const double middle = area.center().y();
    const double height = node.kind == Kind::Tool ? toolHeight : spanHeight;
    painter->fillRect(QRectF(left, middle - height / 2, right - left, height), color);
    if (node.kind != Kind::Tool) { // ends that say from where to where
        for (const double end : {left, right - spanHeight})
            painter->fillRect(QRectF(end, middle - 2 * spanHeight, spanHeight, 4 * spanHeight), color);
    }
}
