// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UsagePage: tokens, cost and calls over time by model, and how long calls took. Asks the source when it is
// shown, and again a little after calls have ended. Main thread, owned by the window.

#include "gui/usage/usagedata.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

class BarChart;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QTableWidget;
class TraceSource;

class UsagePage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UsagePage)

public:
    /// Microseconds since 1970 UTC.
    using Now = std::function<qint64()>;

    explicit UsagePage(Now now, QWidget* parent = nullptr);
    ~UsagePage() override;

    /// Asks that one from now on; null: none. It may go before this does.
    void setSource(TraceSource* source);
    /// Asks again now.
    void refresh();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Tile
    {
        QLabel* value = nullptr;
        QLabel* caption = nullptr;
    };

    QHBoxLayout* makeHead();
    QHBoxLayout* makeTiles();
    void makeTable();
    void setUsage(const UsageData& usage);
    void showCharts();
    void showTiles();
    void showTable();
    void applyColours();

    Now m_now;
    QPointer<TraceSource> m_source;
    quint64 m_ticket = 0; // of the question that waits; 0: none
    UsageData m_data;
    QTimer m_soon;
    QComboBox* m_window;
    QComboBox* m_measure;
    QLabel* m_message;
    QList<Tile> m_tiles;
    BarChart* m_overTime;
    BarChart* m_firstTokens;
    BarChart* m_durations;
    QTableWidget* m_table;
};
