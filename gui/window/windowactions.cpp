// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/windowactions.h"

#include "gui/style/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

WindowActions::WindowActions(QMainWindow* window)
    : QObject(window)
    , m_window(window)
{
    makeFile();
    makeEdit();
    makeCalls();
    makeView();
    makeHelp();
}

WindowActions::~WindowActions() = default;

QAction* WindowActions::add(QMenu* menu, const QString& name, const QString& text, const QString& icon,
    const QList<QKeySequence>& keys)
{
    auto* action = new QAction(text, m_window);
    action->setObjectName(name);
    if (!icon.isEmpty())
        action->setIcon(theme::icon(icon));
    action->setShortcuts(keys);
    m_window->addAction(action); // its keys work also when the menu bar is hidden
    if (menu)
        menu->addAction(action);
    return action;
}

void WindowActions::makeFile()
{
    fileMenu = m_window->menuBar()->addMenu(tr("&File"));
    open = add(fileMenu, QStringLiteral("open"), tr("&Open a store or a HAR…"), QStringLiteral("open"),
        {QKeySequence::Open});
    attach = add(fileMenu, QStringLiteral("attach"), tr("&Attach to a proxy…"), QStringLiteral("attach"),
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    fileMenu->addSeparator();
    quit = add(fileMenu, QStringLiteral("quit"), tr("&Quit"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    quit->setMenuRole(QAction::QuitRole);
}

void WindowActions::makeEdit()
{
    editMenu = m_window->menuBar()->addMenu(tr("&Edit"));
    findCalls = add(
        editMenu, QStringLiteral("findCalls"), tr("&Filter"), QStringLiteral("filter"), {QKeySequence::Find});
    searchBodies = add(editMenu, QStringLiteral("searchBodies"), tr("&Search in bodies"),
        QStringLiteral("search"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)});
    editMenu->addSeparator();
    copyRow = add(editMenu, QStringLiteral("copyRow"), tr("&Copy the row"), QStringLiteral("copy"),
        {QKeySequence::Copy});
    copyId = add(editMenu, QStringLiteral("copyId"), tr("Copy the &id"));
    editMenu->addSeparator();
    mark = add(editMenu, QStringLiteral("mark"), tr("&Mark"), QStringLiteral("mark"),
        {QKeySequence(Qt::CTRL | Qt::Key_M)});
    mark->setToolTip(tr("Mark the selected calls; again: the next colour"));
    note = add(editMenu, QStringLiteral("note"), tr("&Note…"), QStringLiteral("note"),
        {QKeySequence(Qt::CTRL | Qt::Key_Semicolon)});
    escape = add(nullptr, QStringLiteral("escape"), tr("Clear highlight, filter, then selection"), {},
        {QKeySequence(Qt::Key_Escape)});
}

void WindowActions::makeCalls()
{
    callsMenu = m_window->menuBar()->addMenu(tr("&Calls"));
    record
        = add(callsMenu, QStringLiteral("record"), tr("&Record"), {}, {QKeySequence(Qt::CTRL | Qt::Key_E)});
    record->setCheckable(true);
    record->setChecked(true);
    follow = add(callsMenu, QStringLiteral("follow"), tr("&Follow"), QStringLiteral("follow"),
        {QKeySequence(Qt::CTRL | Qt::Key_End)});
    follow->setCheckable(true);
    follow->setChecked(true);
    stopwatch = add(callsMenu, QStringLiteral("stopwatch"), tr("Stop&watch"), QStringLiteral("stopwatch"),
        {QKeySequence(Qt::CTRL | Qt::Key_T)});
    stopwatch->setCheckable(true);
    stopwatch->setToolTip(tr("Sum up what happens from now until it is stopped (Ctrl+T)"));
    callsMenu->addSeparator();
    showSession = add(callsMenu, QStringLiteral("showSession"), tr("&Show the session"),
        QStringLiteral("session"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    previousInSession = add(callsMenu, QStringLiteral("previousInSession"), tr("&Previous in the session"),
        QStringLiteral("up"), {QKeySequence(Qt::ALT | Qt::Key_Left)});
    nextInSession = add(callsMenu, QStringLiteral("nextInSession"), tr("&Next in the session"),
        QStringLiteral("down"), {QKeySequence(Qt::ALT | Qt::Key_Right)});
    callsMenu->addSeparator();
    clearMenu = callsMenu->addMenu(theme::icon(QStringLiteral("clear")), tr("&Clear"));
    clearAll = add(clearMenu, QStringLiteral("clearAll"), tr("&All calls"), QStringLiteral("clear"),
        {QKeySequence(Qt::CTRL | Qt::Key_L)});
    clearShown = add(clearMenu, QStringLiteral("clearShown"), tr("Calls that are &shown"));
    clearHidden = add(clearMenu, QStringLiteral("clearHidden"), tr("Calls that the filter &hides"));
    clearFinished = add(clearMenu, QStringLiteral("clearFinished"), tr("&Finished calls"));
    clearUnmarked = add(clearMenu, QStringLiteral("clearUnmarked"), tr("All but the &marked ones"));
    clearAll->setIconText(tr("Clear"));
    clearAll->setToolTip(tr("Take all calls off the list (Ctrl+L); what is stored stays stored"));
}

void WindowActions::makeView()
{
    viewMenu = m_window->menuBar()->addMenu(tr("&View"));
    showSidebar = add(viewMenu, QStringLiteral("showSidebar"), tr("&Sidebar"), QStringLiteral("sidebar"),
        {QKeySequence(Qt::CTRL | Qt::Key_B)});
    showSidebar->setCheckable(true);
    showSidebar->setChecked(true);
    detailBeside = add(viewMenu, QStringLiteral("detailBeside"), tr("&Detail beside the list"),
        QStringLiteral("layout-beside"), {QKeySequence(Qt::CTRL | Qt::Key_Backslash)});
    detailBeside->setCheckable(true);
    viewMenu->addSeparator();
    alignTimeline = add(viewMenu, QStringLiteral("alignTimeline"), tr("&Align the timeline's bars"));
    alignTimeline->setCheckable(true);
    resetColumns = add(viewMenu, QStringLiteral("resetColumnsAction"), tr("&Reset columns"));
    viewMenu->addSeparator();
    themeMenu = viewMenu->addMenu(tr("&Theme"));
    themes = new QActionGroup(this);
    const QList<QPair<theme::Preference, QString>> preferences{
        {theme::Preference::System, tr("As the &system")}, {theme::Preference::Light, tr("&Light")},
        {theme::Preference::Dark, tr("&Dark")}};
    for (const auto& [preference, title] : preferences) {
        QAction* action = add(themeMenu, QStringLiteral("theme:") + theme::word(preference), title);
        action->setCheckable(true);
        action->setData(theme::word(preference));
        themes->addAction(action);
    }
}

void WindowActions::makeHelp()
{
    helpMenu = m_window->menuBar()->addMenu(tr("&Help"));
    connectClient
        = add(helpMenu, QStringLiteral("connectClient"), tr("&Connect a client"), QStringLiteral("proxy"));
    connectClient->setCheckable(true);
    shortcuts = add(helpMenu, QStringLiteral("shortcuts"), tr("&Keys"), QStringLiteral("keyboard"),
        {QKeySequence(Qt::Key_F1), QKeySequence(Qt::CTRL | Qt::Key_Slash)});
    about = add(helpMenu, QStringLiteral("about"), tr("&About"), QStringLiteral("info"));
    about->setMenuRole(QAction::AboutRole);
}
