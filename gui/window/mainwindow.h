// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// MainWindow: the window of the viewer: which calls are there, which of them are shown, and the one that is
// looked at. Puts the parts together; each does its own work. Main thread; owned by main().
//
//   tool bar     source, record, follow, clear ...                           delivery
//   banner       what keeps calls from coming
//   filter bar   line, buttons, chips
//   sidebar │ list, or a session, over (or beside) detail; before the first call: how to connect
//   status bar

#include "gui/model/callfilter.h"
#include "gui/model/requestlistmodel.h"
#include "gui/window/sourceswitch.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>

#include <functional>
#include <memory>

class BodySearch;
class CallSidebar;
class CallTable;
class ConnectPage;
class ConnectionBanner;
class FilterBar;
class ListCommands;
class ListNotice;
class OverviewStrip;
class QSplitter;
class QToolBar;
class QStackedWidget;
class QToolButton;
class SavedFilters;
class SessionCommands;
class SourceChooser;
class SourceDialogs;
class StatusPanel;
class StopwatchBar;
class TraceSource;
class WindowActions;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    /// Microseconds since 1970 UTC.
    using Clock = std::function<qint64()>;

    /// Without a clock: the system's.
    explicit MainWindow(const Clock& clock = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// The proxy of our own, or what stands for it: starts and shows it.
    void setSource(std::unique_ptr<TraceSource> source);

    [[nodiscard]] SourceSwitch* sources() const { return m_sources; }
    [[nodiscard]] WindowActions* actions() const { return m_actions; }
    [[nodiscard]] FilterBar* filterBar() const { return m_filterBar; }
    [[nodiscard]] CallTable* list() const { return m_table; }
    [[nodiscard]] RequestListModel* model() { return &m_model; }
    [[nodiscard]] ListCommands* commands() const { return m_commands; }
    [[nodiscard]] SessionCommands* sessions() const { return m_sessions; }

    /// The pane of the current call: hidden while there is none. Owned by the window from now on.
    void setDetail(QWidget* detail);
    /// A button on the tool bar, before the delivery.
    void addTool(QAction* action);
    void setTheme(const QString& word);

Q_SIGNALS:
    /// Empty: none is current.
    void callSelected(const QByteArray& id);
    /// Enter or a double click: the keys shall go to the detail.
    void callOpened(const QByteArray& id);
    void deliveryRequested();
    void attachRequested();
    void openRequested();
    void settingsRequested();
    /// By the menu: the program shall end, whatever closing the window does.
    void quitRequested();

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void makeToolBar();
    void makePanes();
    void connectSources();
    void connectFilter();
    void connectList();
    void connectSearch();
    void searchIn(TraceSource* source);
    void connectView();
    void connectHelp();
    void takeStatus(const SourceStatus& status);
    void takeEscape();
    void takeRange(qint64 fromUs, qint64 toUs);
    void setDetailBeside(bool isBeside);
    void saveLayout();
    void restoreColumns(bool areFirst);
    void showWhatFits();
    void refreshSoon();
    void refresh();
    void refreshCounts();
    [[nodiscard]] bool isFile() const { return m_sources->entry().kind == SourceEntry::Kind::File; }

    Clock m_clock;
    RequestListModel m_model;
    CallFilter m_filter; // in force
    CallFilter m_highlight;
    WindowActions* m_actions;
    SourceSwitch* m_sources;
    SavedFilters* m_saved;
    BodySearch* m_search; // of the filter
    BodySearch* m_highlightSearch;
    SourceChooser* m_chooser;
    SourceDialogs* m_dialogs;
    ConnectionBanner* m_banner;
    FilterBar* m_filterBar;
    CallSidebar* m_sidebar;
    OverviewStrip* m_overview;
    CallTable* m_table;
    ListCommands* m_commands;
    ListNotice* m_notice;
    ConnectPage* m_connect;
    StatusPanel* m_status;
    StopwatchBar* m_stopwatch;
    QWidget* m_remoteLine;
    QSplitter* m_side;
    QSplitter* m_main;
    QStackedWidget* m_stack;
    SessionCommands* m_sessions = nullptr;
    QWidget* m_detail = nullptr;
    QToolBar* m_toolBar = nullptr;
    QAction* m_toolsEnd = nullptr; // tools come before it
    QToolButton* m_delivery = nullptr;
    QTimer m_tick; // of open calls
    QTimer m_refresh;
    QElapsedTimer m_lastRefresh;
    bool m_wasShown = false;
    bool m_isThemed = false;
    bool m_isConnectAsked = false; // by the menu, though there are calls
};
