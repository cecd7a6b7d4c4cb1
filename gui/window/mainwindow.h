// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// MainWindow: the window of the viewer. Main thread; owned by main().

#include "gui/model/requestlistmodel.h"

#include <QMainWindow>

#include <memory>

class CallFeed;
class QTableView;
class TraceSource;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Shows that source from now on, and starts it.
    void setSource(std::unique_ptr<TraceSource> source);

private:
    RequestListModel m_model;
    QTableView* m_list;
    std::unique_ptr<TraceSource> m_source;
    std::unique_ptr<CallFeed> m_feed;
};
