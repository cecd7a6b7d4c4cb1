// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the window lies, what it remembers of that, and what it tells about the calls some times a second.

#include "base/version.h"
#include "gui/connect/connectpage.h"
#include "gui/filter/callsidebar.h"
#include "gui/filter/filterbar.h"
#include "gui/filter/filterline.h"
#include "gui/list/calldelegate.h"
#include "gui/list/calltable.h"
#include "gui/list/overviewstrip.h"
#include "gui/model/calltext.h"
#include "gui/model/callfeed.h"
#include "gui/model/callgroups.h"
#include "gui/session/stopwatchbar.h"
#include "gui/source/tracesource.h"
#include "gui/style/theme.h"
#include "gui/window/bodysearch.h"
#include "gui/window/listnotice.h"
#include "gui/window/mainwindow.h"
#include "gui/window/sessioncommands.h"
#include "gui/window/shortcutdialog.h"
#include "gui/window/statuspanel.h"
#include "gui/window/windowactions.h"
#include "gui/window/windowmemory.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDateTime>
#include <QIcon>
#include <QMessageBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>

namespace {

constexpr int refreshMs = 500; // at most so often
constexpr int firstRefreshMs = 30; // after a pause
constexpr int messageMs = 10'000;
constexpr qint64 rateWindowUs = 30'000'000;

QString mainSplitterName(bool isBeside)
{
    return isBeside ? QStringLiteral("main-beside") : QStringLiteral("main-below");
}

/// Calls that have begun in the last half minute, a second.
double callsPerSecond(const std::vector<CallFacts>& calls, qint64 nowUs)
{
    int count = 0;
    for (auto call = calls.rbegin(); call != calls.rend() && call->startedAtUs > nowUs - rateWindowUs; ++call)
        ++count;
    return double(count) * 1e6 / double(rateWindowUs);
}

} // namespace

void MainWindow::takeEscape()
{
    if (m_filterBar->line()->hasFocus() && m_filterBar->line()->text().isEmpty())
        m_table->setFocus();
    else if (m_filterBar->hasHighlight())
        m_filterBar->clearHighlight();
    else if (m_sessions->leave())
        return;
    else if (!m_filterBar->line()->text().isEmpty() || !m_filterBar->active().isEmpty())
        m_filterBar->clear();
    else
        m_table->clearSelection();
}

void MainWindow::connectView()
{
    connect(m_actions->showSidebar, &QAction::toggled, m_sidebar, &QWidget::setVisible);
    m_actions->showSidebar->setChecked(windowmemory::isSidebarShown());
    connect(m_actions->detailBeside, &QAction::toggled, this, &MainWindow::setDetailBeside);
    connect(m_actions->alignTimeline, &QAction::toggled, m_table, &CallTable::setTimelineAligned);
    connect(m_table, &CallTable::timelineAligned, m_actions->alignTimeline, &QAction::setChecked);
    connect(m_actions->resetColumns, &QAction::triggered, this, [this] { restoreColumns(true); });
    connect(m_table, &CallTable::columnsResetRequested, this, [this] { restoreColumns(true); });
    connect(m_actions->themes, &QActionGroup::triggered, this, [this](const QAction* action) {
        windowmemory::setThemeWord(action->data().toString());
        setTheme(action->data().toString());
    });
    connect(m_actions->stopwatch, &QAction::triggered, this,
        [this](bool isOn) { isOn ? m_stopwatch->start() : m_stopwatch->stop(); });
    connect(m_stopwatch, &StopwatchBar::runningChanged, m_actions->stopwatch, &QAction::setChecked);
    connect(m_actions->quit, &QAction::triggered, this, &MainWindow::quitRequested);
    setTheme(windowmemory::themeWord());
}

void MainWindow::connectSearch()
{
    connect(m_search, &BodySearch::found, this, [this] {
        m_model.setFilter(m_filter.test());
        refreshSoon();
        refreshCounts();
    });
    connect(
        m_highlightSearch, &BodySearch::found, this, [this] { m_model.setHighlight(m_highlight.test()); });
    for (BodySearch* search : {m_search, m_highlightSearch}) {
        connect(search, &BodySearch::finished, this, [this](const QString& error) {
            if (!error.isEmpty())
                statusBar()->showMessage(tr("The search has failed: %1").arg(error), messageMs);
        });
    }
}

/// What filter and highlight look up, they look up there.
void MainWindow::searchIn(TraceSource* source)
{
    m_search->start(source, m_filter);
    m_highlightSearch->start(source, m_highlight);
    if (!source)
        return;
    for (BodySearch* search : {m_search, m_highlightSearch})
        connect(m_sources->feed(), &CallFeed::ended, search, &BodySearch::searchNewCalls);
}

void MainWindow::connectHelp()
{
    connect(m_actions->shortcuts, &QAction::triggered, this, [this] {
        auto* dialog = new ShortcutDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_actions->about, &QAction::triggered, this, [this] {
        auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Langfuse Proxy"),
            tr("Langfuse Proxy %1").arg(QLatin1String(versionText)), QMessageBox::Ok, this);
        box->setObjectName(QStringLiteral("aboutBox"));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setIconPixmap(QIcon(QStringLiteral(":/icons/app.svg")).pixmap(64));
        box->setInformativeText(
            tr("Shows the calls that a langfuse-proxy forwards to LLM providers, as they happen.\n"
               "Free software under the GPL, version 3 or later."));
        box->open();
    });
}

void MainWindow::setTheme(const QString& word)
{
    const theme::Preference preference = theme::preferenceOf(word);
    for (QAction* action : m_actions->themes->actions())
        action->setChecked(action->data().toString() == theme::word(preference));
    if (preference != theme::Preference::System || m_isThemed)
        theme::apply(preference);
    m_isThemed = true;
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (m_wasShown)
        return;
    (void)windowmemory::restoreWindow(this);
    (void)windowmemory::restoreSplitter(QStringLiteral("side"), m_side);
    m_actions->detailBeside->setChecked(windowmemory::isDetailBeside());
    if (m_filterBar->expression().isEmpty()) // else somebody asked for another one
        (void)m_filterBar->setFilter(windowmemory::filter());
    m_wasShown = true; // from now on a change of the layout saves the one that is left
    restoreColumns(false);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_wasShown)
        saveLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::saveLayout()
{
    const bool isBeside = m_actions->detailBeside->isChecked();
    windowmemory::saveWindow(*this);
    windowmemory::saveSplitter(QStringLiteral("side"), *m_side);
    if (m_detail)
        windowmemory::saveSplitter(mainSplitterName(isBeside), *m_main);
    windowmemory::saveColumns(m_table->columns(), isBeside);
    windowmemory::setDetailBeside(isBeside);
    windowmemory::setSidebarShown(m_actions->showSidebar->isChecked());
    windowmemory::setFilter(m_filterBar->expression());
}

/// Each layout has columns and sizes of its own.
void MainWindow::setDetailBeside(bool isBeside)
{
    if (m_wasShown) {
        if (m_detail)
            windowmemory::saveSplitter(mainSplitterName(!isBeside), *m_main);
        windowmemory::saveColumns(m_table->columns(), !isBeside);
    }
    m_main->setOrientation(isBeside ? Qt::Horizontal : Qt::Vertical);
    if (m_detail && !windowmemory::restoreSplitter(mainSplitterName(isBeside), m_main)) {
        const int length = isBeside ? m_main->width() : m_main->height();
        m_main->setSizes({length * 45 / 100, length * 55 / 100});
    }
    restoreColumns(false);
}

void MainWindow::restoreColumns(bool areFirst)
{
    const bool isBeside = m_actions->detailBeside->isChecked();
    const ColumnLayout first = ColumnLayout::atFirst(m_table->fontMetrics(), width(), isBeside);
    if (areFirst)
        windowmemory::forgetColumns(isBeside);
    m_table->setColumns(areFirst ? first : windowmemory::columns(first, isBeside));
}

/// The list, or before the first call how to connect; and over an empty list why it is empty.
void MainWindow::showWhatFits()
{
    const TraceSource* source = m_sources->source();
    ListNotice::Facts facts;
    if (source)
        facts.status = source->status();
    facts.isFile = isFile();
    facts.isLoading = m_sources->feed() && m_sources->feed()->isLoading();
    facts.isRecording = m_actions->record->isChecked();
    facts.isFiltered = m_model.isFiltered();
    facts.calls = qsizetype(m_model.allCalls().size());
    const bool isOwnRefused = facts.status.state == SourceStatus::State::Refused
        && m_sources->entry().kind == SourceEntry::Kind::Own;
    const bool isAttached = facts.status.state == SourceStatus::State::Attached;
    const bool wantsConnect = source && facts.calls == 0 && !facts.isFile && facts.isRecording
        && (isOwnRefused || (isAttached && !facts.isLoading));
    m_stack->setCurrentWidget(wantsConnect || m_isConnectAsked ? static_cast<QWidget*>(m_connect) : m_main);
    m_notice->setFacts(facts, m_model.rowCount() > 0);
}

void MainWindow::refreshSoon()
{
    if (m_model.allCalls().empty() || (m_stack->currentWidget() != m_main && !m_isConnectAsked))
        showWhatFits(); // the first call, or the last
    if (!m_refresh.isActive())
        m_refresh.start(
            m_lastRefresh.isValid() && m_lastRefresh.elapsed() < refreshMs ? refreshMs : firstRefreshMs);
}

void MainWindow::refresh()
{
    m_lastRefresh.start();
    const CallGroups groups = CallGroups::of(m_model.allCalls());
    m_sidebar->setGroups(groups);
    m_filterBar->setSeenValues(groups.seenValues);
    m_table->painter()->setCacheMisses(groups.cacheMisses);
    m_overview->refresh();
    showWhatFits();
    refreshCounts();
}

/// A chip of the filter for a part of the time.
void MainWindow::takeRange(qint64 fromUs, qint64 toUs)
{
    const auto moment = [](qint64 microseconds) {
        return QDateTime::fromMSecsSinceEpoch(microseconds / 1000).toString(Qt::ISODateWithMs);
    };
    const QString term
        = QStringLiteral("(%1 %2)").arg(CallFilter::term(QStringLiteral("since"), moment(fromUs)),
            CallFilter::term(QStringLiteral("until"), moment(toUs + 999)));
    m_filterBar->add({FilterChip::Kind::Time, QStringLiteral("time"), term,
        QStringLiteral("%1–%2").arg(CallText::time(fromUs), CallText::time(toUs)), false});
}

void MainWindow::refreshCounts()
{
    const QList<QByteArray> selected = m_table->selectedIds();
    CallTotals totals;
    const bool ofSelection = selected.size() > 1;
    if (ofSelection) {
        for (const QByteArray& id : selected)
            totals.add(*m_model.find(id));
    } else {
        for (int row = 0; row < m_model.rowCount(); ++row)
            totals.add(m_model.callAt(row));
    }
    m_status->setCounts(
        m_model.rowCount(), qsizetype(m_model.allCalls().size()), selected.size(), m_model.droppedCalls());
    m_status->setTotals(
        totals, ofSelection, m_model.openCalls(), callsPerSecond(m_model.allCalls(), m_clock()));
}
