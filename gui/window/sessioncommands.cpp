// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/sessioncommands.h"

#include "gui/filter/callsidebar.h"
#include "gui/filter/filterbar.h"
#include "gui/list/calltable.h"
#include "gui/model/requestlistmodel.h"
#include "gui/session/sessionneighbour.h"
#include "gui/session/sessionpage.h"
#include "gui/session/sessionview.h"
#include "gui/window/windowactions.h"

#include <QAction>
#include <QStackedWidget>

SessionCommands::SessionCommands(QStackedWidget* pages, CallTable* table, RequestListModel* model,
    FilterBar* filterBar, WindowActions* actions)
    : QObject(pages)
    , m_pages(pages)
    , m_table(table)
    , m_model(model)
    , m_filterBar(filterBar)
    , m_actions(actions)
    , m_page(new SessionPage(model, pages))
{
    m_pages->addWidget(m_page);
    m_page->addTool(actions->stopwatch);
    connectPage();
    connect(actions->showSession, &QAction::triggered, this, &SessionCommands::showOfCurrent);
    connect(actions->previousInSession, &QAction::triggered, this, [this] { move(-1); });
    connect(actions->nextInSession, &QAction::triggered, this, [this] { move(1); });
    enableActions();
}

SessionCommands::~SessionCommands() = default;

void SessionCommands::connectPage()
{
    connect(m_page, &SessionPage::left, this, &SessionCommands::leave);
    connect(m_page->view(), &SessionView::callChosen, m_table, &CallTable::selectCall);
    connect(m_page->view(), &SessionView::callOpened, m_table, &CallTable::callOpened);
    connect(m_table, &CallTable::currentCallChanged, this, [this](const QByteArray& id) {
        if (!m_page->session().isEmpty())
            m_page->view()->selectCall(id);
        enableActions();
    });
    connect(m_filterBar, &FilterBar::activeChanged, this, &SessionCommands::takeFilter);
    connect(m_filterBar, &FilterBar::left, this, [this] {
        if (!m_page->session().isEmpty())
            m_page->setFocus();
    });
}

void SessionCommands::show(const QString& session)
{
    if (session.isEmpty())
        return;
    const FilterChip chip = CallSidebar::sessionChip(session);
    m_page->setSession({}); // the filter that follows is no reason to leave
    if (m_filterBar->active() != ActiveFilter{{}, {chip}}) {
        m_filterBar->clear();
        m_filterBar->choose(chip);
    }
    m_page->setSession(session);
    if (m_page->session().isEmpty()) // it has no calls
        return;
    m_page->view()->selectCall(m_table->currentId());
    m_pages->setCurrentWidget(m_page);
    m_page->setFocus();
}

bool SessionCommands::leave()
{
    if (m_page->session().isEmpty())
        return false;
    const bool hadFocus = m_page->isAncestorOf(m_page->window()->focusWidget());
    m_page->setSession({});
    m_pages->setCurrentIndex(0);
    if (hadFocus)
        m_table->setFocus();
    if (const QByteArray current = m_table->currentId(); !current.isEmpty())
        (void)m_table->selectCall(current); // in sight
    return true;
}

void SessionCommands::takeFilter()
{
    const QString session = m_page->session();
    if (!session.isEmpty() && m_filterBar->active() != ActiveFilter{{}, {CallSidebar::sessionChip(session)}})
        leave();
}

void SessionCommands::showOfCurrent()
{
    if (const CallFacts* call = m_model->find(m_table->currentId()))
        show(call->session);
}

void SessionCommands::move(int direction)
{
    if (const CallFacts* next = sessionNeighbour(*m_model, m_table->currentId(), direction))
        (void)m_table->selectCall(next->id);
}

void SessionCommands::enableActions()
{
    const CallFacts* call = m_model->find(m_table->currentId());
    const bool hasSession = call && !call->session.isEmpty();
    for (QAction* action : {m_actions->showSession, m_actions->previousInSession, m_actions->nextInSession})
        action->setEnabled(hasSession);
}
