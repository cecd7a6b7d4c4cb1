// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ListCommands: what is done to calls of the list: copy, mark, note, clear, and the menu of a cell. Owned by
// the window; main thread.

#include "gui/filter/activefilter.h"
#include "gui/model/callfacts.h"

#include <QObject>

#include <functional>

class CallTable;
class QMenu;
class QModelIndex;
class RequestListModel;
class SourceSwitch;
class WindowActions;

class ListCommands final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListCommands)

public:
    /// All must outlive this.
    ListCommands(CallTable* table, RequestListModel* model, SourceSwitch* sources, WindowActions* actions);
    ~ListCommands() override;

    /// Asks first when they are many.
    void clear(const std::function<bool(const CallFacts&)>& isCleared);

Q_SIGNALS:
    /// Show only calls like this cell's, or hide them.
    void chipChosen(const FilterChip& chip);
    /// A cell's menu is about to be shown: whoever can do something with the call adds to it.
    void menuAboutToShow(QMenu* menu, const QByteArray& id);

private:
    void connectActions(WindowActions* actions);
    void showMenu(const QModelIndex& cell, const QPoint& at);
    void clearNow(const std::function<bool(const CallFacts&)>& isCleared);
    void markSelected();
    void noteCurrent();

    CallTable* m_table;
    RequestListModel* m_model;
    SourceSwitch* m_sources;
    WindowActions* m_actions;
};
