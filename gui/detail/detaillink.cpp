// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/detaillink.h"

#include "gui/detail/detailpane.h"
#include "gui/list/calltable.h"
#include "gui/window/mainwindow.h"
#include "gui/window/windowactions.h"

#include <QAction>
#include <QMenu>

namespace {

/// Of the window: in the menu, and in the list of keys.
QAction* keyAction(MainWindow* window, QMenu* menu, const QString& name, const QString& text,
    const QList<QKeySequence>& keys)
{
    auto* action = new QAction(text, window);
    action->setObjectName(name);
    action->setShortcuts(keys);
    window->addAction(action);
    menu->addAction(action);
    return action;
}

/// Ctrl+1 to Ctrl+8 show a tab of the call that is selected, Ctrl+[ and ] go between list and detail.
void addDetailKeys(MainWindow* window, DetailPane* pane)
{
    QMenu* menu = window->actions()->viewMenu->addMenu(DetailPane::tr("De&tail"));
    menu->setObjectName(QStringLiteral("detailMenu"));
    menu->setEnabled(false);
    QList<QAction*> actions;
    for (int tab = 0; tab < DetailPane::TabCount; ++tab) {
        QList<QKeySequence> keys{QKeySequence(QKeyCombination(Qt::CTRL, Qt::Key(Qt::Key_1 + tab)))};
        if (tab == DetailPane::Diff)
            keys.append(QKeySequence(Qt::CTRL | Qt::Key_D));
        QAction* action = keyAction(window, menu, QStringLiteral("showTab%1").arg(tab + 1),
            DetailPane::titleOf(DetailPane::Tab(tab)), keys);
        QObject::connect(
            action, &QAction::triggered, pane, [pane, tab] { pane->setTab(DetailPane::Tab(tab)); });
        actions.append(action);
    }
    menu->addSeparator();
    QAction* toDetail = keyAction(window, menu, QStringLiteral("toDetail"), DetailPane::tr("To the &detail"),
        {QKeySequence(Qt::CTRL | Qt::Key_BracketRight)});
    QObject::connect(toDetail, &QAction::triggered, pane, [pane] { pane->setFocus(); });
    QAction* toList = keyAction(window, menu, QStringLiteral("toList"), DetailPane::tr("To the &list"),
        {QKeySequence(Qt::CTRL | Qt::Key_BracketLeft)});
    QObject::connect(toList, &QAction::triggered, window, [window] { window->list()->setFocus(); });
    actions += {toDetail, toList};
    const auto enable = [menu, actions](const QByteArray& id) {
        menu->setEnabled(!id.isEmpty());
        for (QAction* action : actions)
            action->setEnabled(!id.isEmpty());
    };
    enable({});
    QObject::connect(window, &MainWindow::callSelected, menu, enable);
}

} // namespace

DetailPane* linkDetail(MainWindow* window)
{
    SourceSwitch* sources = window->sources();
    auto* pane = new DetailPane(sources->source(), window->model(), window);
    window->setDetail(pane);
    addDetailKeys(window, pane);
    QObject::connect(window, &MainWindow::callSelected, pane, &DetailPane::showCall);
    QObject::connect(window, &MainWindow::callOpened, pane, [pane] { pane->setFocus(); });
    QObject::connect(sources, &SourceSwitch::aboutToChange, pane, [pane] { pane->setSource(nullptr); });
    QObject::connect(
        sources, &SourceSwitch::sourceChanged, pane, [pane, sources] { pane->setSource(sources->source()); });
    return pane;
}
