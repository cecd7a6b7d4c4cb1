// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/windowmemory.h"

#include "gui/list/columnlayout.h"

#include <QGuiApplication>
#include <QMainWindow>
#include <QScreen>
#include <QSettings>
#include <QSplitter>

namespace {

constexpr int stateVersion = 1; // of tool bars: another number ignores what was saved

QString columnsKey(bool isBeside)
{
    return isBeside ? QStringLiteral("list/columns-beside") : QStringLiteral("list/columns-below");
}

QString splitterKey(const QString& name)
{
    return QStringLiteral("split/") + name;
}

} // namespace

void windowmemory::saveWindow(const QMainWindow& window)
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), window.saveGeometry());
    settings.setValue(QStringLiteral("window/state"), window.saveState(stateVersion));
}

bool windowmemory::restoreWindow(QMainWindow* window)
{
    const QSettings settings;
    const QByteArray geometry = settings.value(QStringLiteral("window/geometry")).toByteArray();
    if (geometry.isEmpty() || !window->restoreGeometry(geometry))
        return false;
    window->restoreState(settings.value(QStringLiteral("window/state")).toByteArray(), stateVersion);
    if (!QGuiApplication::screenAt(window->geometry().topLeft())) { // its screen is gone
        const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
        window->setGeometry(QRect(screen.topLeft(), window->size().boundedTo(screen.size())));
    }
    return true;
}

void windowmemory::saveSplitter(const QString& name, const QSplitter& splitter)
{
    QSettings().setValue(splitterKey(name), splitter.saveState());
}

bool windowmemory::restoreSplitter(const QString& name, QSplitter* splitter)
{
    const Qt::Orientation orientation = splitter->orientation();
    const bool isRestored = splitter->restoreState(QSettings().value(splitterKey(name)).toByteArray());
    splitter->setOrientation(orientation);
    return isRestored;
}

void windowmemory::saveColumns(const ColumnLayout& columns, bool isBeside)
{
    QSettings().setValue(columnsKey(isBeside), columns.toJson());
}

ColumnLayout windowmemory::columns(const ColumnLayout& first, bool isBeside)
{
    return ColumnLayout::fromJson(QSettings().value(columnsKey(isBeside)).toByteArray(), first)
        .value_or(first);
}

void windowmemory::forgetColumns(bool isBeside)
{
    QSettings().remove(columnsKey(isBeside));
}

bool windowmemory::isDetailBeside()
{
    return QSettings().value(QStringLiteral("layout/orientation")).toString() == QLatin1String("beside");
}

void windowmemory::setDetailBeside(bool isBeside)
{
    QSettings().setValue(
        QStringLiteral("layout/orientation"), isBeside ? QStringLiteral("beside") : QStringLiteral("below"));
}

bool windowmemory::isSidebarShown()
{
    return QSettings().value(QStringLiteral("window/sidebar"), true).toBool();
}

void windowmemory::setSidebarShown(bool isShown)
{
    QSettings().setValue(QStringLiteral("window/sidebar"), isShown);
}

QString windowmemory::filter()
{
    return QSettings().value(QStringLiteral("filter/last")).toString();
}

void windowmemory::setFilter(const QString& expression)
{
    QSettings().setValue(QStringLiteral("filter/last"), expression);
}

QString windowmemory::themeWord()
{
    return QSettings().value(QStringLiteral("theme")).toString();
}

void windowmemory::setThemeWord(const QString& word)
{
    QSettings().setValue(QStringLiteral("theme"), word);
}
