// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/listcommands.h"

#include "gui/filter/cellterms.h"
#include "gui/list/callglyphs.h"
#include "gui/list/calltable.h"
#include "gui/model/callfeed.h"
#include "gui/model/requestlistmodel.h"
#include "gui/window/sourceswitch.h"
#include "gui/window/windowactions.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>

#include <algorithm>

namespace {

constexpr qsizetype clearedUnasked = 50;

void copyText(const QString& text)
{
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace

ListCommands::ListCommands(
    CallTable* table, RequestListModel* model, SourceSwitch* sources, WindowActions* actions)
    : QObject(table)
    , m_table(table)
    , m_model(model)
    , m_sources(sources)
    , m_actions(actions)
{
    connectActions(actions);
    connect(table, &CallTable::cellMenuRequested, this, &ListCommands::showMenu);
}

ListCommands::~ListCommands() = default;

void ListCommands::connectActions(WindowActions* actions)
{
    connect(actions->copyRow, &QAction::triggered, this, [this] { copyText(m_table->selectionAsText()); });
    connect(actions->copyId, &QAction::triggered, this,
        [this] { copyText(QString::fromLatin1(m_table->selectedIds().join('\n'))); });
    connect(actions->mark, &QAction::triggered, this, &ListCommands::markSelected);
    connect(actions->note, &QAction::triggered, this, &ListCommands::noteCurrent);
    connect(actions->clearAll, &QAction::triggered, this,
        [this] { clear([](const CallFacts&) { return true; }); });
    connect(actions->clearShown, &QAction::triggered, this,
        [this] { clear([this](const CallFacts& call) { return m_model->rowOf(call.id) >= 0; }); });
    connect(actions->clearHidden, &QAction::triggered, this,
        [this] { clear([this](const CallFacts& call) { return m_model->rowOf(call.id) < 0; }); });
    connect(actions->clearFinished, &QAction::triggered, this,
        [this] { clear([](const CallFacts& call) { return !call.isOpen(); }); });
    connect(actions->clearUnmarked, &QAction::triggered, this,
        [this] { clear([](const CallFacts& call) { return call.mark == 0; }); });
}

void ListCommands::clear(const std::function<bool(const CallFacts&)>& isCleared)
{
    const std::vector<CallFacts>& calls = m_model->allCalls();
    const qsizetype count = std::count_if(calls.begin(), calls.end(), isCleared);
    if (count <= clearedUnasked) {
        clearNow(isCleared);
        return;
    }
    auto* question = new QMessageBox(QMessageBox::Question, tr("Clear"),
        tr("Take %n calls off the list?", nullptr, int(count)), QMessageBox::Cancel, m_table->window());
    question->setObjectName(QStringLiteral("clearQuestion"));
    question->setInformativeText(tr("What the proxy has stored stays stored."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* yes = question->addButton(tr("Clear"), QMessageBox::AcceptRole);
    question->setDefaultButton(yes);
    connect(question, &QMessageBox::accepted, this, [this, isCleared] { clearNow(isCleared); });
    question->open();
}

void ListCommands::clearNow(const std::function<bool(const CallFacts&)>& isCleared)
{
    QSet<QByteArray> ids;
    for (const CallFacts& call : m_model->allCalls()) {
        if (isCleared(call))
            ids.insert(call.id);
    }
    if (ids.isEmpty())
        return;
    if (CallFeed* feed = m_sources->feed())
        feed->forget(ids);
    (void)m_model->removeCalls([&ids](const CallFacts& call) { return ids.contains(call.id); });
}

void ListCommands::markSelected()
{
    const QList<QByteArray> ids = m_table->selectedIds();
    if (ids.isEmpty())
        return;
    const int next = (m_model->find(ids.first())->mark + 1) % (callglyphs::markColors() + 1);
    for (const QByteArray& id : ids)
        m_model->setMark(id, next);
}

void ListCommands::noteCurrent()
{
    const QByteArray id = m_table->currentId();
    const CallFacts* call = m_model->find(id);
    if (!call)
        return;
    auto* dialog = new QInputDialog(m_table->window());
    dialog->setObjectName(QStringLiteral("noteDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Note"));
    dialog->setLabelText(tr("Note for call %1:").arg(call->number));
    dialog->setTextValue(call->note);
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, id](const QString& note) { m_model->setNote(id, note); });
    dialog->open();
}

void ListCommands::showMenu(const QModelIndex& cell, const QPoint& at)
{
    const CallFacts& call = m_model->callAt(cell.row());
    auto* menu = new QMenu(m_table);
    menu->setObjectName(QStringLiteral("cellMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto chip = cellChip(call, cell.column())) {
        connect(menu->addAction(tr("Show &only %1").arg(chip->term)), &QAction::triggered, this,
            [this, chip] { Q_EMIT chipChosen(*chip); });
        FilterChip hidden = *chip;
        hidden.isExcluded = true;
        connect(menu->addAction(tr("&Hide %1").arg(chip->term)), &QAction::triggered, this,
            [this, hidden] { Q_EMIT chipChosen(hidden); });
        menu->addSeparator();
    }
    if (!call.session.isEmpty())
        menu->addAction(m_actions->showSession);
    Q_EMIT menuAboutToShow(menu, call.id);
    const QString text = cell.data(Qt::DisplayRole).toString();
    if (!text.isEmpty())
        connect(menu->addAction(tr("Copy “%1”").arg(text.left(40))), &QAction::triggered, this,
            [text] { copyText(text); });
    menu->addAction(m_actions->copyRow);
    menu->addAction(m_actions->copyId);
    menu->addSeparator();
    menu->addAction(m_actions->mark);
    menu->addAction(m_actions->note);
    menu->popup(at);
}
