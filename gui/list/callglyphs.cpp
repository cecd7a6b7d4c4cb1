// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/list/callglyphs.h"

#include <QPainter>
#include <QPainterPath>
#include <QPalette>

#include <algorithm>
#include <array>

namespace {

using GlyphState = CallFacts::State;
using GlyphDelivery = CallFacts::Delivery;

constexpr std::array<std::pair<QRgb, QRgb>, 5> marks{{// on light, on dark
    {0xffb3261e, 0xffff8a80}, {0xffb06000, 0xffffd166}, {0xff19763a, 0xff6fcf97}, {0xff1a5fd0, 0xff80b3ff},
    {0xff6a4bb5, 0xffc3a6ff}}};

/// A square in the middle of the cell, as large as a letter is high.
QRectF glyphBox(const QRectF& rect)
{
    const double side = std::min({rect.height() - 8, rect.width() - 4, 14.0});
    return {rect.center().x() - side / 2, rect.center().y() - side / 2, side, side};
}

QPointF inBox(const QRectF& box, double x, double y)
{
    return {box.x() + box.width() * x, box.y() + box.height() * y};
}

void paintCross(QPainter* painter, const QRectF& box, double inset)
{
    painter->drawLine(inBox(box, inset, inset), inBox(box, 1 - inset, 1 - inset));
    painter->drawLine(inBox(box, 1 - inset, inset), inBox(box, inset, 1 - inset));
}

} // namespace

theme::Accent callglyphs::accent(GlyphState state)
{
    switch (state) {
    case GlyphState::Pending:
    case GlyphState::Streaming:
        return theme::Accent::Live;
    case GlyphState::Done:
        return theme::Accent::Ok;
    case GlyphState::Cancelled:
        return theme::Accent::Muted;
    default:
        return theme::Accent::Error;
    }
}

theme::Accent callglyphs::accent(GlyphDelivery delivery)
{
    switch (delivery) {
    case GlyphDelivery::Accepted:
        return theme::Accent::Ok;
    case GlyphDelivery::Failed:
        return theme::Accent::Error;
    case GlyphDelivery::Queued:
    case GlyphDelivery::Retrying:
        return theme::Accent::Warn;
    default:
        return theme::Accent::Muted;
    }
}

void callglyphs::paint(QPainter* painter, const QRectF& rect, GlyphState state, const QColor& color)
{
    const QRectF box = glyphBox(rect);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, box.width() / 7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->setBrush(Qt::NoBrush);
    switch (state) {
    case GlyphState::Pending: { // an hourglass
        QPolygonF glass{inBox(box, .2, .08), inBox(box, .8, .08), inBox(box, .2, .92), inBox(box, .8, .92)};
        painter->setPen(QPen(color, box.width() / 9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolygon(glass);
        break;
    }
    case GlyphState::Streaming: // running
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawPolygon(QPolygonF{inBox(box, .2, .05), inBox(box, .92, .5), inBox(box, .2, .95)});
        break;
    case GlyphState::Done:
        painter->drawPolyline(QPolygonF{inBox(box, .08, .55), inBox(box, .38, .85), inBox(box, .94, .18)});
        break;
    case GlyphState::Cancelled: // stopped by hand
        painter->drawEllipse(box.adjusted(1, 1, -1, -1));
        painter->drawLine(inBox(box, .25, .75), inBox(box, .75, .25));
        break;
    case GlyphState::UpstreamError:
        paintCross(painter, box, .12);
        break;
    case GlyphState::ProxyError: // at the door
        painter->setPen(QPen(color, box.width() / 9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawRect(box.adjusted(.5, .5, -.5, -.5));
        paintCross(painter, box, .28);
        break;
    case GlyphState::CutOff: // an arrow that ends at a wall
        painter->drawLine(inBox(box, 0, .5), inBox(box, .55, .5));
        painter->drawLine(inBox(box, .8, .1), inBox(box, .8, .9));
        painter->drawPolyline(QPolygonF{inBox(box, .3, .22), inBox(box, .58, .5), inBox(box, .3, .78)});
        break;
    }
    painter->restore();
}

void callglyphs::paint(QPainter* painter, const QRectF& rect, GlyphDelivery delivery, const QColor& color)
{
    const QRectF box = glyphBox(rect);
    const QRectF dot(box.center().x() - 4.5, box.center().y() - 4.5, 9, 9);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.5));
    painter->setBrush(Qt::NoBrush);
    switch (delivery) {
    case GlyphDelivery::Accepted:
        painter->setBrush(color);
        painter->drawEllipse(dot);
        break;
    case GlyphDelivery::Queued:
        painter->drawEllipse(dot);
        break;
    case GlyphDelivery::Retrying: {
        painter->drawEllipse(dot);
        painter->setBrush(color);
        painter->setPen(Qt::NoPen);
        painter->drawPie(dot, 90 * 16, 180 * 16);
        break;
    }
    case GlyphDelivery::Failed:
        painter->setPen(QPen(color, 2.2, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(inBox(box, .5, .05), inBox(box, .5, .58));
        painter->drawPoint(inBox(box, .5, .92));
        break;
    case GlyphDelivery::SampledOut:
        painter->setPen(QPen(color, 1.5, Qt::DotLine));
        painter->drawEllipse(dot);
        break;
    case GlyphDelivery::Off:
        painter->drawLine(
            QPointF(dot.left() + 1, dot.center().y()), QPointF(dot.right() - 1, dot.center().y()));
        break;
    }
    painter->restore();
}

QColor callglyphs::markColor(int mark, const QPalette& palette)
{
    const auto& [light, dark] = marks[std::size_t(std::max(mark - 1, 0)) % marks.size()];
    return theme::isDark(palette) ? dark : light;
}

int callglyphs::markColors()
{
    return int(marks.size());
}
