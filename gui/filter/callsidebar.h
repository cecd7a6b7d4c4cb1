// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallSidebar: the groups of the calls, and the saved filters. A click asks for a group as a chip of the
// filter, Ctrl adds it to those that are asked for, the middle button leaves it out; Enter and Space do as a
// click. Main thread, owned by the window.

#include "gui/filter/activefilter.h"
#include "gui/model/callgroups.h"

#include <QTreeWidget>

class SavedFilters;

class CallSidebar final : public QTreeWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallSidebar)

public:
    /// `saved` must outlive this.
    explicit CallSidebar(SavedFilters* saved, QWidget* parent = nullptr);
    ~CallSidebar() override;

    /// What a click on a session asks for.
    [[nodiscard]] static FilterChip sessionChip(const QString& session);
    /// Items that stay keep whether they are open and where the view is.
    void setGroups(const CallGroups& groups);
    /// The groups that are asked for are shown in bold.
    void setActive(const ActiveFilter& active, const QString& expression);

Q_SIGNALS:
    void chosen(const FilterChip& chip);
    void added(const FilterChip& chip);
    void allChosen();
    void savedFilterChosen(const QString& expression);
    /// It is to be seen as a whole.
    void sessionOpened(const QString& session);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Entry
    {
        QString key; // of the item, once below its parent
        QString text;
        QString sum;
        QString toolTip;
        FilterChip chip;
        QList<Entry> children;
    };

    void fill(QTreeWidgetItem* parent, const QList<Entry>& entries);
    void fillSaved();
    void activate(QTreeWidgetItem* item, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
    void showSavedMenu(const QPoint& at);
    void paintActive();
    [[nodiscard]] QTreeWidgetItem* addSection(const QString& title, const QString& name);

    SavedFilters* m_saved;
    QTreeWidgetItem* m_all;
    QTreeWidgetItem* m_sessions;
    QTreeWidgetItem* m_providers;
    QTreeWidgetItem* m_models;
    QTreeWidgetItem* m_savedFilters;
    ActiveFilter m_active;
    QString m_expression;
};
