// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BarChart: stacked bars with their values on hover and by keyboard (arrows, Home, End, Escape). Copies
// itself as a picture and as CSV. Main thread.

#include "gui/usage/chartaxis.h"

#include <QWidget>

#include <functional>

struct BarSeries
{
    QString name;
    QList<double> values; // one for each place, none negative
};

/// Where a bar stands.
struct BarPlace
{
    QString name; // "10:15 – 10:30"
    QString tick; // below it; empty: none
    QByteArray key; // in CSV
    bool isLeast = false; // the values are known to be at least that
};

struct BarData
{
    QList<BarPlace> places;
    QList<BarSeries> series; // the first at the bottom
    QByteArray keyName; // of the places, in CSV
    std::function<QString(double)> text; // a value for people
    bool isWhole = false; // the values are numbers of things
};

class BarChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BarChart)

public:
    /// Series beyond that share a colour: who fills it sums them up before.
    static constexpr int colours = 8;

    explicit BarChart(const QString& title, QWidget* parent = nullptr);
    ~BarChart() override;

    void setTitle(const QString& title);
    void setBars(const BarData& bars);
    [[nodiscard]] const BarData& bars() const { return m_bars; }
    /// Which place is read out; -1: none.
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int place);
    /// The values of that place, a line each, the sum last when there are several.
    [[nodiscard]] QStringList readout(int place) const;
    /// From the top of the plot to its bottom.
    [[nodiscard]] QRectF placeRect(int place) const;
    /// RFC 4180, a line for each place, values with all their digits.
    [[nodiscard]] QByteArray csv() const;
    /// That many of the colours have 3:1 and more to white and to black paper.
    [[nodiscard]] static QColor colour(int series);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(int place);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    [[nodiscard]] double sum(int place) const;
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] qreal legendHeight() const;
    [[nodiscard]] ChartAxis axis() const;
    void paintAxes(QPainter* painter) const;
    void paintTicks(QPainter* painter) const;
    void paintBars(QPainter* painter) const;
    /// Only measures without a painter; gives the height.
    qreal paintLegend(QPainter* painter) const;
    void paintReadout(QPainter* painter) const;

    QString m_title;
    BarData m_bars;
    int m_current = -1;
};
