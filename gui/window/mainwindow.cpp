// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/mainwindow.h"

#include "gui/model/callfeed.h"
#include "gui/source/tracesource.h"

#include <QStatusBar>
#include <QTableView>

namespace {

constexpr qsizetype mostKeptCalls = 10'000;

}

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent)
    , m_list(new QTableView(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Langfuse Proxy"));
    resize(1280, 800);
    m_list->setObjectName(QStringLiteral("callList"));
    m_list->setModel(&m_model);
    setCentralWidget(m_list);
}

MainWindow::~MainWindow() = default;

void MainWindow::setSource(std::unique_ptr<TraceSource> source)
{
    m_feed.reset();
    m_source = std::move(source);
    m_model.clear();
    m_feed = std::make_unique<CallFeed>(m_source.get(), &m_model, mostKeptCalls);
    connect(m_source.get(), &TraceSource::statusChanged, this, [this](const SourceStatus& status) {
        statusBar()->showMessage(status.detail.isEmpty() ? status.url.toString() : status.detail);
    });
    m_source->start();
}
