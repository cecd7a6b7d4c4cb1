// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/detaillink.h"

#include "gui/detail/detailpane.h"
#include "gui/window/mainwindow.h"

DetailPane* linkDetail(MainWindow* window)
{
    SourceSwitch* sources = window->sources();
    auto* pane = new DetailPane(sources->source(), window->model(), window);
    window->setDetail(pane);
    QObject::connect(window, &MainWindow::callSelected, pane, &DetailPane::showCall);
    QObject::connect(window, &MainWindow::callOpened, pane, [pane] { pane->setFocus(); });
    QObject::connect(sources, &SourceSwitch::aboutToChange, pane, [pane] { pane->setSource(nullptr); });
    QObject::connect(
        sources, &SourceSwitch::sourceChanged, pane, [pane, sources] { pane->setSource(sources->source()); });
    return pane;
}
