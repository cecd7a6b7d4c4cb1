// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/mainwindow.h"

#include "gui/connect/connectpage.h"
#include "gui/filter/callsidebar.h"
#include "gui/filter/filterbar.h"
#include "gui/filter/filterline.h"
#include "gui/filter/savedfilters.h"
#include "gui/list/calltable.h"
#include "gui/list/followmode.h"
#include "gui/list/overviewstrip.h"
#include "gui/model/callfeed.h"
#include "gui/session/stopwatchbar.h"
#include "gui/source/tracesource.h"
#include "gui/style/theme.h"
#include "gui/window/bodysearch.h"
#include "gui/window/connectionbanner.h"
#include "gui/window/listcommands.h"
#include "gui/window/listnotice.h"
#include "gui/window/sessioncommands.h"
#include "gui/window/sourcechooser.h"
#include "gui/window/sourcedialogs.h"
#include "gui/window/statuspanel.h"
#include "gui/window/windowactions.h"
#include "gui/window/windowmemory.h"

#include <QDateTime>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace {

constexpr int openCallTickMs = 100;
constexpr int remoteLineHeight = 2;

qint64 systemMicroseconds()
{
    return QDateTime::currentMSecsSinceEpoch() * 1000;
}

} // namespace

MainWindow::MainWindow(const Clock& clock, QWidget* parent)
    : QMainWindow(parent)
    , m_clock(clock ? clock : systemMicroseconds)
    , m_actions(new WindowActions(this))
    , m_sources(new SourceSwitch(&m_model, this))
    , m_saved(new SavedFilters(this))
    , m_search(new BodySearch(this))
    , m_highlightSearch(new BodySearch(this))
    , m_chooser(new SourceChooser(this))
    , m_dialogs(new SourceDialogs(this, m_sources, m_chooser))
    , m_banner(new ConnectionBanner([now = m_clock] { return now() / 1000; }, this))
    , m_filterBar(new FilterBar(m_saved, this))
    , m_sidebar(new CallSidebar(m_saved, this))
    , m_overview(new OverviewStrip(&m_model, this))
    , m_table(new CallTable(&m_model, this))
    , m_commands(new ListCommands(m_table, &m_model, m_sources, m_actions))
    , m_notice(new ListNotice(m_table->viewport()))
    , m_connect(new ConnectPage(this))
    , m_status(new StatusPanel(statusBar()))
    , m_stopwatch(new StopwatchBar(&m_model, m_clock, this))
    , m_remoteLine(new QWidget(this))
    , m_side(new QSplitter(Qt::Horizontal, this))
    , m_main(new QSplitter(Qt::Vertical, this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Langfuse Proxy"));
    setAcceptDrops(true);
    resize(1280, 800);
    makeToolBar();
    makePanes();
    connectSources();
    connectFilter();
    connectSearch();
    connectList();
    connectView();
    connectHelp();
    m_table->setFocus();
    m_tick.setInterval(openCallTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] { m_model.tick(m_clock()); });
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &MainWindow::refresh);
    refresh();
}

MainWindow::~MainWindow()
{
    // They look at the model, and at this window's other members.
    delete m_sources;
    delete takeCentralWidget();
}

void MainWindow::makeToolBar()
{
    m_toolBar = addToolBar(tr("Tool bar"));
    m_toolBar->setObjectName(QStringLiteral("toolBar"));
    m_toolBar->setMovable(false);
    m_toolBar->setIconSize(QSize(16, 16));
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_toolBar->addWidget(m_chooser);
    m_toolBar->addSeparator();
    m_toolBar->addAction(m_actions->record);
    m_toolBar->addAction(m_actions->follow);
    auto* clear = new QToolButton(m_toolBar);
    clear->setObjectName(QStringLiteral("clearButton"));
    clear->setDefaultAction(m_actions->clearAll);
    clear->setMenu(m_actions->clearMenu);
    clear->setPopupMode(QToolButton::MenuButtonPopup);
    clear->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->addWidget(clear);
    m_toolBar->addSeparator(); // its arrow would seem to be the next button's
    auto* space = new QWidget(m_toolBar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_toolsEnd = m_toolBar->addWidget(space);
    m_delivery = new QToolButton(m_toolBar);
    m_delivery->setObjectName(QStringLiteral("deliveryLabel"));
    m_delivery->setAutoRaise(true);
    m_delivery->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_delivery->setIcon(theme::icon(QStringLiteral("delivery")));
    m_delivery->setToolTip(tr("How the delivery to Langfuse goes"));
    m_toolBar->addWidget(m_delivery)->setVisible(true);
    connect(m_delivery, &QToolButton::clicked, this, &MainWindow::deliveryRequested);
    m_delivery->hide();
}

void MainWindow::makePanes()
{
    m_side->setObjectName(QStringLiteral("sideSplitter"));
    m_main->setObjectName(QStringLiteral("mainSplitter"));
    m_main->setChildrenCollapsible(false);
    auto* listPane = new QWidget(this);
    auto* listLayout = new QVBoxLayout(listPane);
    listLayout->setContentsMargins(0, 0, 0, 0);
    listLayout->setSpacing(0);
    listLayout->addWidget(m_overview);
    listLayout->addWidget(m_table, 1);
    auto* pages = new QStackedWidget(this);
    pages->addWidget(listPane);
    m_sessions = new SessionCommands(pages, m_table, &m_model, m_filterBar, m_actions);
    m_main->addWidget(pages);
    m_stack->setObjectName(QStringLiteral("pages"));
    m_stack->addWidget(m_main);
    m_stack->addWidget(m_connect);
    m_side->addWidget(m_sidebar);
    m_side->addWidget(m_stack);
    m_side->setCollapsible(1, false);
    m_side->setStretchFactor(1, 1);
    m_side->setSizes({190, 1090});
    m_sidebar->setFrameShape(QFrame::NoFrame);
    m_table->setFrameShape(QFrame::NoFrame);
    m_remoteLine->setObjectName(QStringLiteral("remoteLine"));
    m_remoteLine->setFixedHeight(remoteLineHeight);
    m_remoteLine->setAutoFillBackground(true);
    m_remoteLine->hide();
    auto* center = new QWidget(this);
    auto* layout = new QVBoxLayout(center);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_remoteLine);
    layout->addWidget(m_banner);
    layout->addWidget(m_filterBar);
    layout->addWidget(m_stopwatch);
    layout->addWidget(m_side, 1);
    setCentralWidget(center);
    setTabOrder(m_filterBar, m_sidebar);
    setTabOrder(m_sidebar, m_table);
}

void MainWindow::setDetail(QWidget* detail)
{
    delete m_detail;
    m_detail = detail;
    if (!detail)
        return;
    m_main->addWidget(detail);
    m_main->setSizes({45, 55});
    (void)windowmemory::restoreSplitter(
        m_actions->detailBeside->isChecked() ? QStringLiteral("main-beside") : QStringLiteral("main-below"),
        m_main);
    detail->setVisible(!m_table->currentId().isEmpty());
}

void MainWindow::addTool(QAction* action)
{
    m_toolBar->insertAction(m_toolsEnd, action);
}

void MainWindow::setSource(std::unique_ptr<TraceSource> source)
{
    m_sources->setOwn(std::move(source));
}

void MainWindow::connectSources()
{
    connect(m_sources, &SourceSwitch::aboutToChange, this, [this] {
        m_connect->setSource(nullptr);
        searchIn(nullptr);
    });
    connect(m_sources, &SourceSwitch::sourceChanged, this, [this] {
        m_connect->setSource(m_sources->source());
        searchIn(m_sources->source());
        m_status->setDelivery({});
        m_delivery->hide();
        m_table->follow()->setOn(true);
    });
    connect(m_sources, &SourceSwitch::statusChanged, this, &MainWindow::takeStatus);
    connect(m_sources, &SourceSwitch::loaded, this, [this](const QString& error) {
        if (!error.isEmpty())
            statusBar()->showMessage(tr("The stored calls cannot be read: %1").arg(error), 10'000);
        showWhatFits();
    });
    connect(m_sources, &SourceSwitch::telemetryChanged, this, [this](const QJsonObject& telemetry) {
        m_status->setDelivery(telemetry);
        m_connect->setTelemetry(telemetry);
        m_delivery->setText(StatusPanel::deliveryWords(telemetry));
        m_delivery->setVisible(!m_delivery->text().isEmpty());
    });
    connect(m_chooser, &SourceChooser::attachRequested, this, &MainWindow::attachRequested);
    connect(m_chooser, &SourceChooser::openRequested, this, &MainWindow::openRequested);
    connect(m_actions->attach, &QAction::triggered, this, &MainWindow::attachRequested);
    connect(m_actions->open, &QAction::triggered, this, &MainWindow::openRequested);
    connect(m_connect, &ConnectPage::attachRequested, this, &MainWindow::attachRequested);
    connect(m_connect, &ConnectPage::openRequested, this, &MainWindow::openRequested);
    connect(m_connect, &ConnectPage::settingsRequested, this, &MainWindow::settingsRequested);
    connect(m_actions->connectClient, &QAction::toggled, this, [this](bool isAsked) {
        m_isConnectAsked = isAsked;
        showWhatFits();
    });
    const auto record = [this](bool isOn) {
        m_sources->setRecording(isOn);
        m_actions->record->setIcon(isOn ? theme::icon(QStringLiteral("record"), theme::Accent::Error)
                                        : theme::icon(QStringLiteral("record-off")));
        m_banner->setRecording(isOn);
        if (m_sources->source())
            m_status->setSource(m_sources->source()->status(), isFile(), isOn);
        showWhatFits();
    };
    connect(m_actions->record, &QAction::toggled, this, record);
    record(true);
    const auto recordAgain = [this] { m_actions->record->setChecked(true); };
    const auto retry = [this] {
        if (m_sources->source())
            m_sources->source()->retryNow();
    };
    connect(m_banner, &ConnectionBanner::recordRequested, this, recordAgain);
    connect(m_banner, &ConnectionBanner::retryRequested, this, retry);
    connect(m_banner, &ConnectionBanner::loadRequested, m_sources, &SourceSwitch::loadGap);
    connect(m_sources, &SourceSwitch::gapFound, m_banner, &ConnectionBanner::setGap);
    connect(m_notice, &ListNotice::recordRequested, this, recordAgain);
    connect(m_notice, &ListNotice::retryRequested, this, retry);
}

void MainWindow::takeStatus(const SourceStatus& status)
{
    const SourceEntry& entry = m_sources->entry();
    const bool isRemote = entry.kind == SourceEntry::Kind::Remote;
    m_banner->setStatus(status, isRemote);
    m_status->setSource(status, isFile(), m_actions->record->isChecked());
    const QUrl ownUrl = m_sources->own() ? m_sources->own()->status().url : QUrl();
    m_chooser->setShown(entry, ownUrl, m_sources->hasOwn());
    m_actions->record->setEnabled(!isFile());
    QString title = tr("Langfuse Proxy");
    if (isFile())
        title = tr("%1 — Langfuse Proxy").arg(entry.where.section(u'/', -1));
    else if (isRemote)
        title = tr("%1 — Langfuse Proxy").arg(status.url.authority());
    setWindowTitle(title);
    m_remoteLine->setVisible(isRemote);
    QPalette colored = palette();
    colored.setColor(QPalette::Window, theme::accent(theme::Accent::Warn, palette()));
    m_remoteLine->setPalette(colored);
    showWhatFits();
}

void MainWindow::connectFilter()
{
    connect(m_filterBar, &FilterBar::filterChanged, this, [this](const CallFilter& filter) {
        m_filter = filter;
        m_model.setFilter(filter.test());
        m_search->start(m_sources->source(), filter);
        refreshSoon();
        refreshCounts();
    });
    connect(m_filterBar, &FilterBar::highlightChanged, this, [this](const CallFilter& highlight) {
        m_highlight = highlight;
        m_model.setHighlight(highlight.test());
        m_highlightSearch->start(m_sources->source(), highlight);
    });
    connect(m_filterBar, &FilterBar::activeChanged, this,
        [this] { m_sidebar->setActive(m_filterBar->active(), m_filterBar->expression()); });
    connect(m_filterBar, &FilterBar::left, this, [this] { m_table->setFocus(); });
    connect(m_sidebar, &CallSidebar::chosen, m_filterBar, &FilterBar::choose);
    connect(m_sidebar, &CallSidebar::added, m_filterBar, &FilterBar::add);
    connect(m_sidebar, &CallSidebar::sessionOpened, m_sessions, &SessionCommands::show);
    connect(m_sidebar, &CallSidebar::allChosen, m_filterBar, &FilterBar::clear);
    connect(m_sidebar, &CallSidebar::savedFilterChosen, m_filterBar, &FilterBar::setFilter);
    connect(m_commands, &ListCommands::chipChosen, m_filterBar, &FilterBar::add);
    connect(m_overview, &OverviewStrip::rangeChosen, this, &MainWindow::takeRange);
    connect(m_notice, &ListNotice::clearFilterRequested, m_filterBar, &FilterBar::clear);
    connect(m_actions->findCalls, &QAction::triggered, this, [this] {
        m_filterBar->line()->setFocus(Qt::ShortcutFocusReason);
        m_filterBar->line()->selectAll();
    });
    connect(m_actions->searchBodies, &QAction::triggered, this, [this] {
        m_filterBar->line()->setFocus(Qt::ShortcutFocusReason);
        m_filterBar->line()->setText(QStringLiteral("body:\"\""));
        m_filterBar->line()->setCursorPosition(6);
    });
    connect(m_actions->escape, &QAction::triggered, this, &MainWindow::takeEscape);
}

void MainWindow::connectList()
{
    connect(&m_model, &RequestListModel::callsChanged, this, [this] {
        if (m_model.openCalls() > 0 && !m_tick.isActive())
            m_tick.start();
        else if (m_model.openCalls() == 0)
            m_tick.stop();
        refreshSoon();
    });
    connect(m_table, &CallTable::currentCallChanged, this, [this](const QByteArray& id) {
        if (m_detail)
            m_detail->setVisible(!id.isEmpty());
        refreshCounts();
        Q_EMIT callSelected(id);
    });
    connect(m_table, &CallTable::selectionChangedByCalls, this, &MainWindow::refreshCounts);
    connect(m_table, &CallTable::callOpened, this, &MainWindow::callOpened);
    FollowMode* follow = m_table->follow();
    connect(m_actions->follow, &QAction::toggled, follow, &FollowMode::setOn);
    connect(follow, &FollowMode::changed, m_actions->follow, &QAction::setChecked);
    const auto showAvailability = [this](bool isAvailable) {
        m_actions->follow->setEnabled(isAvailable);
        m_actions->follow->setToolTip(isAvailable
                ? tr("Keep the newest call in sight (End)")
                : tr("Only while the list is sorted by # upwards can the newest call be followed"));
    };
    connect(follow, &FollowMode::availabilityChanged, this, showAvailability);
    showAvailability(true);
}
