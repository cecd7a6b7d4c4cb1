// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/usage/barchart.h"

#include "base/csv.h"
#include "gui/style/theme.h"
#include "gui/usage/chartaxis.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace {

constexpr qreal chartPadding = 10;
constexpr qreal chipSize = 9;
constexpr qreal mostBarWidth = 48;

QColor blended(const QColor& over, const QColor& under, double share)
{
    const auto mix = [share](int a, int b) { return int(std::lround(a * share + b * (1 - share))); };
    return {mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue())};
}

} // namespace

BarChart::BarChart(const QString& title, QWidget* parent)
    : QWidget(parent)
{
    setTitle(title);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

BarChart::~BarChart() = default;

QColor BarChart::colour(int series)
{
    static const std::array<QColor, colours> all{QColor(0x3b7dd8), QColor(0xc8691c), QColor(0x2f8f4e),
        QColor(0x9a5bc2), QColor(0x1f8a94), QColor(0xcf4a4a), QColor(0xc2529a), QColor(0x7d8590)};
    return all[std::size_t(std::clamp(series, 0, colours - 1))];
}

void BarChart::setTitle(const QString& title)
{
    m_title = title;
    setAccessibleName(title);
    update();
}

void BarChart::setBars(const BarData& bars)
{
    m_bars = bars;
    m_current = m_current < m_bars.places.size() ? m_current : -1;
    setAccessibleDescription(readout(m_current).join(QStringLiteral("; ")));
    update();
}

void BarChart::setCurrent(int place)
{
    place = place < 0 || place >= m_bars.places.size() ? -1 : place;
    if (place == m_current)
        return;
    m_current = place;
    setAccessibleDescription(readout(place).join(QStringLiteral("; ")));
    update();
    Q_EMIT currentChanged(place);
}

double BarChart::sum(int place) const
{
    double all = 0;
    for (const BarSeries& series : m_bars.series)
        all += series.values.value(place);
    return all;
}

QStringList BarChart::readout(int place) const
{
    if (place < 0 || place >= m_bars.places.size())
        return {};
    const BarPlace& at = m_bars.places.at(place);
    const auto text = [this, &at](double value) {
        const QString number = m_bars.text ? m_bars.text(value) : QString::number(value);
        return at.isLeast ? QStringLiteral("≥ ") + number : number;
    };
    QStringList lines{at.name};
    int shown = 0;
    for (auto series = m_bars.series.crbegin(); series != m_bars.series.crend(); ++series) {
        if (series->values.value(place) <= 0)
            continue;
        const QString number = m_bars.text ? m_bars.text(series->values.value(place)) : QString();
        lines.append(m_bars.series.size() > 1 ? tr("%1: %2").arg(series->name, number) : text(sum(place)));
        ++shown;
    }
    if (shown > 1 || (shown == 1 && at.isLeast && m_bars.series.size() > 1))
        lines.append(tr("together: %1").arg(text(sum(place))));
    if (shown == 0)
        lines.append(text(0));
    return lines;
}

QByteArray BarChart::csv() const
{
    QByteArray out = m_bars.keyName;
    for (const BarSeries& series : m_bars.series)
        out += ',' + Csv::field(series.name);
    out += "\r\n";
    for (qsizetype place = 0; place < m_bars.places.size(); ++place) {
        out += m_bars.places.at(place).key;
        for (const BarSeries& series : m_bars.series)
            out += ',' + QByteArray::number(series.values.value(place), 'g', 15);
        out += "\r\n";
    }
    return out;
}

QSize BarChart::sizeHint() const
{
    return {600, 240};
}

QSize BarChart::minimumSizeHint() const
{
    return {260, 160};
}

ChartAxis BarChart::axis() const
{
    double most = 0;
    for (qsizetype place = 0; place < m_bars.places.size(); ++place)
        most = std::max(most, sum(int(place)));
    const int steps = std::clamp(height() / 55, 2, 5);
    return ChartAxis::upTo(most, steps, m_bars.isWhole);
}

QRectF BarChart::plot() const
{
    const ChartAxis scale = axis();
    const QFontMetricsF metrics(font());
    qreal labels = 0;
    for (int step = 0; step <= scale.steps; ++step)
        labels = std::max(
            labels, metrics.horizontalAdvance(m_bars.text ? m_bars.text(scale.step * step) : QString()));
    const qreal top = chartPadding + metrics.height() + 8 + legendHeight();
    return QRectF(rect()).adjusted(
        chartPadding + labels + 6, top, -chartPadding, -(chartPadding + metrics.height() + 4));
}

qreal BarChart::legendHeight() const
{
    return paintLegend(nullptr);
}

QRectF BarChart::placeRect(int place) const
{
    const QRectF area = plot();
    const qreal width = area.width() / std::max<qreal>(1, qreal(m_bars.places.size()));
    return {area.left() + width * place, area.top(), width, area.height()};
}

qreal BarChart::paintLegend(QPainter* painter) const
{
    if (m_bars.series.size() < 2)
        return 0;
    const QFontMetricsF metrics(font());
    const qreal line = metrics.height() + 2;
    qreal x = chartPadding;
    qreal y = chartPadding + metrics.height() + 6;
    const qreal first = y;
    for (qsizetype i = 0; i < m_bars.series.size(); ++i) {
        const QString name
            = metrics.elidedText(m_bars.series.at(i).name, Qt::ElideMiddle, width() - 2 * chartPadding - 20);
        const qreal wide = chipSize + 5 + metrics.horizontalAdvance(name) + 14;
        if (x > chartPadding && x + wide > width() - chartPadding) {
            x = chartPadding;
            y += line;
        }
        if (painter) {
            painter->fillRect(QRectF(x, y + (line - chipSize) / 2, chipSize, chipSize), colour(int(i)));
            painter->setPen(palette().color(QPalette::Text));
            painter->drawText(QPointF(x + chipSize + 5, y + metrics.ascent() + 1), name);
        }
        x += wide;
    }
    return y - first + line + 4;
}

void BarChart::paintAxes(QPainter* painter) const
{
    const ChartAxis scale = axis();
    const QRectF area = plot();
    const QColor grid = blended(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.13);
    const qreal half = QFontMetricsF(font()).height() / 2;
    for (int step = 0; step <= scale.steps; ++step) {
        const qreal y = std::round(area.bottom() - area.height() * step / scale.steps) + 0.5;
        painter->setPen(grid);
        painter->drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter->setPen(theme::secondaryText(palette()));
        painter->drawText(QRectF(0, y - half, area.left() - 6, 2 * half), Qt::AlignRight | Qt::AlignVCenter,
            m_bars.text ? m_bars.text(scale.step * step) : QString());
    }
}

/// Those that do not touch the one before.
void BarChart::paintTicks(QPainter* painter) const
{
    const QFontMetricsF metrics(font());
    const QRectF area = plot();
    qreal taken = -1;
    painter->setPen(theme::secondaryText(palette()));
    for (qsizetype place = 0; place < m_bars.places.size(); ++place) {
        const QString& tick = m_bars.places.at(place).tick;
        if (tick.isEmpty())
            continue;
        const qreal wide = metrics.horizontalAdvance(tick);
        const qreal x = std::min(placeRect(int(place)).center().x() - wide / 2, width() - 2 - wide);
        if (x < taken)
            continue;
        painter->drawText(QPointF(x, area.bottom() + 4 + metrics.ascent()), tick);
        taken = x + wide + 10;
    }
}

void BarChart::paintBars(QPainter* painter) const
{
    const QRectF area = plot();
    const double top = axis().top();
    for (qsizetype place = 0; place < m_bars.places.size(); ++place) {
        const QRectF slot = placeRect(int(place));
        const qreal wide = std::clamp(slot.width() * 0.8, 1.0, mostBarWidth);
        const qreal left = slot.center().x() - wide / 2;
        qreal bottom = area.bottom();
        for (qsizetype i = 0; i < m_bars.series.size(); ++i) {
            const qreal high = area.height() * m_bars.series.at(i).values.value(place) / top;
            if (high <= 0)
                continue;
            painter->fillRect(QRectF(left, bottom - high, wide, high), colour(int(i)));
            bottom -= high;
        }
    }
}

void BarChart::paintReadout(QPainter* painter) const
{
    const QStringList lines = readout(m_current);
    if (lines.isEmpty())
        return;
    const QFontMetricsF metrics(font());
    qreal wide = 0;
    for (const QString& line : lines)
        wide = std::max(wide, metrics.horizontalAdvance(line) * (line == lines.first() ? 1.1 : 1.0));
    const QRectF slot = placeRect(m_current);
    QRectF box(slot.right() + 8, plot().top(), wide + 18, metrics.height() * qreal(lines.size()) + 12);
    if (box.right() > width() - 2)
        box.moveRight(slot.left() - 8);
    box.moveLeft(std::max<qreal>(2, box.left()));
    if (box.bottom() > height() - 2)
        box.moveBottom(std::max<qreal>(height() - 2, box.height() + 2));
    painter->setPen(blended(palette().color(QPalette::Text), palette().color(QPalette::Base), 0.4));
    painter->setBrush(palette().color(QPalette::ToolTipBase));
    painter->drawRoundedRect(box, 4, 4);
    painter->setPen(palette().color(QPalette::ToolTipText));
    QFont bold = font();
    bold.setBold(true);
    qreal y = box.top() + 6 + metrics.ascent();
    for (const QString& line : lines) {
        painter->setFont(line == lines.first() ? bold : font());
        painter->drawText(QPointF(box.left() + 9, y), line);
        y += metrics.height();
    }
}

void BarChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const QFontMetricsF metrics(font());
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QPointF(chartPadding, chartPadding + metrics.ascent()), m_title);
    painter.setFont(font());
    bool isEmpty = true;
    for (qsizetype place = 0; place < m_bars.places.size() && isEmpty; ++place)
        isEmpty = sum(int(place)) <= 0;
    if (isEmpty) {
        painter.setPen(theme::secondaryText(palette()));
        painter.drawText(rect(), Qt::AlignCenter, tr("Nothing in this time"));
    } else {
        if (m_current >= 0) {
            const QColor mark = palette().color(QPalette::Highlight);
            painter.fillRect(placeRect(m_current), blended(mark, palette().color(QPalette::Base), 0.18));
        }
        paintAxes(&painter);
        paintTicks(&painter);
        paintLegend(&painter);
        painter.setRenderHint(QPainter::Antialiasing, false);
        paintBars(&painter);
        painter.setRenderHint(QPainter::Antialiasing);
        paintReadout(&painter);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}
