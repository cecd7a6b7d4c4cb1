// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/style/tintediconengine.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

TintedIconEngine::TintedIconEngine(std::shared_ptr<QSvgRenderer> drawing, std::optional<theme::Accent> accent)
    : m_drawing(std::move(drawing))
    , m_accent(accent)
{
}

TintedIconEngine::~TintedIconEngine() = default;

QColor TintedIconEngine::color(QIcon::Mode mode) const
{
    const QPalette palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Disabled:
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    case QIcon::Selected:
        return palette.color(QPalette::HighlightedText);
    default:
        return m_accent ? theme::accent(*m_accent, palette) : palette.color(QPalette::ButtonText);
    }
}

void TintedIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state)
{
    const qreal scale = painter->device()->devicePixelRatioF();
    QPixmap drawn = pixmap((QSizeF(rect.size()) * scale).toSize(), mode, state);
    drawn.setDevicePixelRatio(scale);
    painter->drawPixmap(rect.topLeft(), drawn);
}

QPixmap TintedIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State)
{
    QPixmap drawn(size);
    drawn.fill(Qt::transparent);
    if (size.isEmpty())
        return drawn;
    const QSizeF fitted = m_drawing->defaultSize().scaled(size, Qt::KeepAspectRatio);
    QPainter painter(&drawn);
    m_drawing->render(&painter,
        QRectF(QPointF((size.width() - fitted.width()) / 2, (size.height() - fitted.height()) / 2), fitted));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(drawn.rect(), color(mode));
    return drawn;
}

QIconEngine* TintedIconEngine::clone() const
{
    return new TintedIconEngine(m_drawing, m_accent);
}
