// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// windowmemory: what the window keeps in the settings from one start to the next: its place, its panes and
// the columns of the list, each for both layouts. What another version has written is left alone. Main
// thread.

#include <QByteArray>
#include <QString>

#include <optional>

class QMainWindow;
class QSplitter;
struct ColumnLayout;

namespace windowmemory {

void saveWindow(const QMainWindow& window);
/// A window whose screen is gone comes to one that is there. False: nothing was saved.
bool restoreWindow(QMainWindow* window);

/// `name`: "side", "main-below", "main-beside".
void saveSplitter(const QString& name, const QSplitter& splitter);
bool restoreSplitter(const QString& name, QSplitter* splitter);

/// `isBeside`: of the list beside the detail.
void saveColumns(const ColumnLayout& columns, bool isBeside);
[[nodiscard]] ColumnLayout columns(const ColumnLayout& first, bool isBeside);
void forgetColumns(bool isBeside);

[[nodiscard]] bool isDetailBeside();
void setDetailBeside(bool isBeside);
[[nodiscard]] bool isSidebarShown();
void setSidebarShown(bool isShown);
/// What was in force when the window closed.
[[nodiscard]] QString filter();
void setFilter(const QString& expression);
/// A word of theme::word().
[[nodiscard]] QString themeWord();
void setThemeWord(const QString& word);

} // namespace windowmemory
