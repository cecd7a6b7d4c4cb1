// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// WindowActions: what the main window can do, each an action with its key, its icon and a place in a menu.
// Whoever makes something new possible adds it to a menu or the tool bar here. Owned by the window; main
// thread.

#include <QKeySequence>
#include <QObject>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;
class QMenuBar;

class WindowActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WindowActions)

public:
    explicit WindowActions(QMainWindow* window);
    ~WindowActions() override;

    // Menus, in the order of the bar.
    QMenu* fileMenu = nullptr;
    QMenu* editMenu = nullptr;
    QMenu* callsMenu = nullptr;
    QMenu* viewMenu = nullptr;
    QMenu* helpMenu = nullptr;

    QAction* open = nullptr;
    QAction* attach = nullptr;
    QAction* quit = nullptr;

    QAction* findCalls = nullptr; // to the filter line
    QAction* searchBodies = nullptr;
    QAction* copyRow = nullptr;
    QAction* copyId = nullptr;
    QAction* mark = nullptr;
    QAction* note = nullptr;
    QAction* escape = nullptr; // in no menu

    QAction* record = nullptr;
    QAction* follow = nullptr;
    QAction* showSession = nullptr; // of the current call
    QAction* previousInSession = nullptr;
    QAction* nextInSession = nullptr;
    QAction* stopwatch = nullptr; // on: it runs
    QAction* clearAll = nullptr;
    QAction* clearShown = nullptr;
    QAction* clearHidden = nullptr;
    QAction* clearFinished = nullptr;
    QAction* clearUnmarked = nullptr;
    QMenu* clearMenu = nullptr;

    QAction* showSidebar = nullptr;
    QAction* detailBeside = nullptr;
    QAction* alignTimeline = nullptr;
    QAction* resetColumns = nullptr;
    QMenu* themeMenu = nullptr;
    QActionGroup* themes = nullptr; // each action's data is the word of a theme::Preference

    QAction* connectClient = nullptr; // shows how, also when there are calls
    QAction* shortcuts = nullptr;
    QAction* about = nullptr;

private:
    void makeFile();
    void makeEdit();
    void makeCalls();
    void makeView();
    void makeHelp();
    QAction* add(QMenu* menu, const QString& name, const QString& text, const QString& icon = {},
        const QList<QKeySequence>& keys = {});

    QMainWindow* m_window;
};
