// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/hexview.h"

#include <QEvent>
#include <QFontDatabase>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace {

constexpr qsizetype bytesPerLine = 16;
constexpr int hexMargin = 6;

} // namespace

HexView::HexView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("hexView"));
    setAccessibleName(tr("Bytes"));
    setFrameShape(QFrame::NoFrame);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    viewport()->setBackgroundRole(QPalette::Base);
}

HexView::~HexView() = default;

void HexView::setBytes(const QByteArray& bytes)
{
    m_bytes = bytes;
    verticalScrollBar()->setValue(0);
    fitScrollBars();
    viewport()->update();
}

qsizetype HexView::lines() const
{
    return (m_bytes.size() + bytesPerLine - 1) / bytesPerLine;
}

void HexView::fitScrollBars()
{
    const int lineHeight = fontMetrics().height();
    const int shown = std::max(1, (viewport()->height() - 2 * hexMargin) / lineHeight);
    verticalScrollBar()->setRange(0, int(std::max<qsizetype>(0, lines() - shown)));
    verticalScrollBar()->setPageStep(shown);
    const int width = fontMetrics().horizontalAdvance(line(QByteArray(bytesPerLine, 'a'), 0)) + 2 * hexMargin;
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

QString HexView::line(const QByteArray& bytes, qsizetype number)
{
    const QByteArray shown = bytes.mid(number * bytesPerLine, bytesPerLine);
    QByteArray text = QByteArray::number(number * bytesPerLine, 16).rightJustified(8, '0') + "  ";
    QByteArray readable;
    for (qsizetype i = 0; i < bytesPerLine; ++i) {
        if (i < shown.size()) {
            const char c = shown.at(i);
            text += QByteArray(1, c).toHex() + ' ';
            readable += c >= 0x20 && c < 0x7f ? c : '.';
        } else {
            text += "   ";
        }
        if (i == bytesPerLine / 2 - 1)
            text += ' ';
    }
    return QString::fromLatin1(text + ' ' + readable);
}

void HexView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::Text));
    const QFontMetrics metrics = fontMetrics();
    int y = hexMargin + metrics.ascent();
    for (qsizetype i = verticalScrollBar()->value();
         i < lines() && y < viewport()->height() + metrics.height(); ++i) {
        painter.drawText(hexMargin - horizontalScrollBar()->value(), y, line(m_bytes, i));
        y += metrics.height();
    }
}

void HexView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    fitScrollBars();
}

void HexView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitScrollBars();
}
