// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/viewerend.h"

#include "gui/source/tracesource.h"
#include "gui/window/mainwindow.h"

#include <QApplication>

#include <cstdlib>

namespace {

constexpr int endedBySecondSignal = 1;

} // namespace

ViewerEnd::ViewerEnd(MainWindow* window, QObject* parent)
    : QObject(parent)
    , m_window(window)
{
    QGuiApplication::setQuitOnLastWindowClosed(false);
    connect(qApp, &QGuiApplication::lastWindowClosed, this, &ViewerEnd::begin);
    connect(window, &MainWindow::quitRequested, this, &ViewerEnd::begin);
    connect(&m_signals, &UnixSignals::terminationRequested, this, &ViewerEnd::takeSignal);
}

ViewerEnd::~ViewerEnd() = default;

void ViewerEnd::takeSignal()
{
    if (m_hasBegun)
        std::_Exit(endedBySecondSignal); // at once, as asked; the store is a database and stays whole
    begin();
}

void ViewerEnd::begin()
{
    if (std::exchange(m_hasBegun, true))
        return;
    Q_EMIT begun();
    m_window->close(); // also when the tray hides it: it keeps how it lay
    QApplication::closeAllWindows();
    TraceSource* own = m_window->sources()->own();
    if (!own || own->status().state == SourceStatus::State::Stopped) {
        QCoreApplication::quit();
        return;
    }
    connect(own, &TraceSource::statusChanged, this, [](const SourceStatus& status) {
        if (status.state == SourceStatus::State::Stopped)
            QCoreApplication::quit();
    });
    own->stop();
}
