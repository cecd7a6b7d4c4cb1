// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OverviewStrip: over the list, the time that its calls span: bars for how many were open at once, and below
// a line of bars for what they cost. Dragging asks for a part of the time. Main thread, owned by the window.

#include "gui/model/loadhistogram.h"

#include <QWidget>

class OverviewStrip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OverviewStrip)

public:
    /// `model` must outlive this.
    explicit OverviewStrip(const RequestListModel* model, QWidget* parent = nullptr);
    ~OverviewStrip() override;

    /// The calls have changed.
    void refresh();
    [[nodiscard]] const LoadHistogram& load() const { return m_load; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// Microseconds since 1970 UTC.
    void rangeChosen(qint64 fromUs, qint64 toUs);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] qint64 momentAt(int x) const;

    const RequestListModel* m_model;
    LoadHistogram m_load;
    int m_pressedX = -1; // no button is down
    int m_draggedX = -1;
};
