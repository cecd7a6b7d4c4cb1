// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SessionCommands: a session in the place of the list, the way back, and from one call of a session to the
// next. The session that is shown is the filter: another filter brings the list back, and the list's current
// call is that of the session's page. Owned by the window; main thread.

#include <QObject>

class CallTable;
class FilterBar;
class QStackedWidget;
class RequestListModel;
class SessionPage;
class WindowActions;

class SessionCommands final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionCommands)

public:
    /// All must outlive this. `pages`: has the list; gets the session's page.
    SessionCommands(QStackedWidget* pages, CallTable* table, RequestListModel* model, FilterBar* filterBar,
        WindowActions* actions);
    ~SessionCommands() override;

    void show(const QString& session);
    /// False: no session is shown.
    bool leave();
    [[nodiscard]] SessionPage* page() const { return m_page; }

private:
    void connectPage();
    void showOfCurrent();
    void move(int direction);
    void takeFilter();
    void enableActions();

    QStackedWidget* m_pages;
    CallTable* m_table;
    RequestListModel* m_model;
    FilterBar* m_filterBar;
    WindowActions* m_actions;
    SessionPage* m_page;
};
