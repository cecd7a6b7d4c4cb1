// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FilterBar: the line, the buttons and the chips that say which calls the list shows. While what is typed is
// no filter, the last one that was stays in force. Main thread, owned by the window.

#include "gui/filter/activefilter.h"
#include "gui/filter/filtercompletion.h"
#include "gui/model/callfilter.h"

#include <QTimer>
#include <QWidget>

class FilterChips;
class FilterLine;
class QAction;
class QHBoxLayout;
class QToolButton;
class SavedFilters;

class FilterBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterBar)

public:
    /// `saved` must outlive this.
    explicit FilterBar(SavedFilters* saved, QWidget* parent = nullptr);
    ~FilterBar() override;

    [[nodiscard]] FilterLine* line() const { return m_line; }
    [[nodiscard]] const ActiveFilter& active() const { return m_active; }
    /// The expression in force.
    [[nodiscard]] const QString& expression() const { return m_expression; }
    void setSeenValues(const FilterCompletion::SeenValues& values);

    /// Replaces line and chips, in force at once. False: it is no filter; the line shows why.
    bool setFilter(const QString& expression);
    void add(const FilterChip& chip);
    void choose(const FilterChip& chip);
    void remove(const QString& term);
    void clear();
    void clearHighlight();
    [[nodiscard]] bool hasHighlight() const { return !m_highlight.isEmpty(); }
    /// Dims what does not match; false: it is no filter.
    bool setHighlight(const QString& expression);

Q_SIGNALS:
    void filterChanged(const CallFilter& filter);
    /// Empty: nothing is dimmed.
    void highlightChanged(const CallFilter& highlight);
    void activeChanged();
    void left();

private:
    void addQuickButton(const QString& title, const QString& toolTip, const QString& term);
    void takeTyping();
    void apply();
    void applyChips();
    void toggleSaved();
    void showSaved();
    void showStateOfButtons();

    SavedFilters* m_saved;
    FilterLine* m_line;
    FilterChips* m_chips;
    QHBoxLayout* m_row;
    QAction* m_star;
    QAction* m_clear;
    QList<QToolButton*> m_quickButtons;
    QTimer m_typing;
    ActiveFilter m_active;
    QString m_expression;
    QString m_highlight;
};
