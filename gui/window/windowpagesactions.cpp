// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What people do with calls, by menu and by key.

#include "gui/action/calldocument.h"
#include "gui/action/codesnippet.h"
#include "gui/action/comparedialog.h"
#include "gui/action/exportdialog.h"
#include "gui/action/listcsv.h"
#include "gui/action/replaydialog.h"
#include "gui/list/calltable.h"
#include "gui/session/sessionneighbour.h"
#include "gui/source/tracesource.h"
#include "gui/style/theme.h"
#include "gui/usage/usagepage.h"
#include "gui/window/mainwindow.h"
#include "gui/window/sourceswitch.h"
#include "gui/window/windowactions.h"
#include "gui/window/windowpages.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QStatusBar>

#include <algorithm>

namespace {

constexpr int copiedMessageMs = 5000;

/// As they stand from left to right.
QList<int> shownColumns(const CallTable& table)
{
    QList<int> columns;
    const QHeaderView* header = table.horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        if (const int column = header->logicalIndex(place); !header->isSectionHidden(column))
            columns.append(column);
    }
    return columns;
}

} // namespace

QAction* WindowPages::add(QMenu* menu, const char* name, const QString& text, const char* icon,
    const QString& keys, const std::function<void()>& act)
{
    auto* action = new QAction(theme::icon(QLatin1String(icon)), text, m_window);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(QKeySequence(keys));
    m_window->addAction(action);
    menu->addAction(action);
    connect(action, &QAction::triggered, this, act);
    return action;
}

void WindowPages::makeActions()
{
    const WindowActions* actions = m_window->actions();
    auto* replayAction = add(actions->callsMenu, "replayCall", tr("Send &again"), "replay",
        QStringLiteral("Ctrl+R"), [this] { replay(true); });
    auto* editAction = add(actions->callsMenu, "editAndSend", tr("&Edit and send…"), "edit",
        QStringLiteral("Ctrl+Shift+R"), [this] { replay(false); });
    m_onProxy = {replayAction, editAction};
    m_compare = add(actions->callsMenu, "compareCalls", tr("&Compare"), "compare",
        QStringLiteral("Ctrl+Shift+D"), [this] { compare(); });
    m_compare->setToolTip(tr("Compare two calls, or one with the call before it in its session"));
    auto* exportAction = add(actions->callsMenu, "exportCalls", tr("E&xport…"), "export",
        QStringLiteral("Ctrl+Shift+E"), [this] { exportCalls(); });
    m_window->addTool(replayAction);
    m_window->addTool(m_compare);
    m_window->addTool(exportAction);
    replayAction->setIconText(tr("Send again"));
    exportAction->setIconText(tr("Export"));

    QMenu* copyMenu = actions->editMenu->addMenu(tr("Copy the call &as"));
    const auto copyAction = [&](const char* name, const QString& text, const QString& keys,
                                const std::function<QString(const QJsonObject& call)>& form) {
        m_onCurrent.append(add(copyMenu, name, text, "copy", keys, [this, form] { copyAs(form); }));
    };
    copyAction("copyAsCurl", tr("&cURL"), QStringLiteral("Ctrl+Shift+C"),
        [](const QJsonObject& call) { return codeSnippet(call, SnippetLanguage::Curl); });
    copyAction("copyAsPython", tr("&Python"), {},
        [](const QJsonObject& call) { return codeSnippet(call, SnippetLanguage::Python); });
    copyAction("copyAsTypeScript", tr("&TypeScript"), {},
        [](const QJsonObject& call) { return codeSnippet(call, SnippetLanguage::TypeScript); });
    copyAction("copyAsMarkdown", tr("&Markdown"), {},
        [](const QJsonObject& call) { return QString::fromUtf8(CallDocument::markdown(call)); });

    actions->viewMenu->addSeparator();
    add(actions->viewMenu, "showUsage", tr("&Usage…"), "usage", QStringLiteral("Ctrl+Shift+U"), [this] {
        m_usage->show();
        m_usage->raise();
        m_usage->activateWindow();
    });
    add(actions->viewMenu, "showDelivery", tr("De&livery to Langfuse…"), "delivery", {},
        [this] { Q_EMIT m_window->deliveryRequested(); });
    m_notify = add(
        actions->viewMenu, "notifyDelivery", tr("&Notify when delivery or a call fails"), "", {}, [] {});
    m_notify->setCheckable(true);

    auto* settings = add(actions->fileMenu, "editSettings", tr("&Settings…"), "settings",
        QStringLiteral("Ctrl+,"), [this] { editSettings(); });
    settings->setMenuRole(QAction::PreferencesRole);
    actions->fileMenu->removeAction(settings);
    actions->fileMenu->insertAction(actions->quit, settings);
}

void WindowPages::enableActions()
{
    const bool hasCurrent = source() && !m_window->list()->currentId().isEmpty();
    const bool hasProxy = source() && !source()->status().url.isEmpty() && !source()->status().isReadOnly;
    for (QAction* action : std::as_const(m_onCurrent))
        action->setEnabled(hasCurrent);
    m_compare->setEnabled(!comparable().isEmpty());
    for (QAction* action : std::as_const(m_onProxy))
        action->setEnabled(hasCurrent && hasProxy);
}

QList<QByteArray> WindowPages::comparable() const
{
    QList<QByteArray> ids = m_window->list()->selectedIds();
    const RequestListModel* model = m_window->model();
    const auto startOf = [model](const QByteArray& id) {
        const CallFacts* call = model->find(id);
        return call ? call->startedAtUs : 0;
    };
    if (!source() || ids.isEmpty() || ids.size() > 2)
        return {};
    if (ids.size() == 1) {
        const CallFacts* before = sessionNeighbour(*model, ids.first(), -1);
        if (!before)
            return {};
        ids.prepend(before->id);
    }
    std::sort(ids.begin(), ids.end(),
        [&](const QByteArray& a, const QByteArray& b) { return startOf(a) < startOf(b); });
    return ids;
}

void WindowPages::compare()
{
    const QList<QByteArray> ids = comparable();
    if (ids.isEmpty())
        return;
    auto* dialog = new CompareDialog({source(), ids.first()}, {source(), ids.last()}, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void WindowPages::exportCalls()
{
    if (!source())
        return;
    const CallTable* table = m_window->list();
    const QAbstractItemModel& model = *table->model();
    const QList<QByteArray> selected = table->selectedIds();
    ExportChoice choice;
    QList<int> shownRows;
    QList<int> selectedRows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QByteArray id = model.index(row, 0).data(RequestListModel::IdRole).toByteArray();
        choice.shown.append(id);
        shownRows.append(row);
        if (selected.contains(id)) {
            choice.selected.append(id);
            selectedRows.append(row);
        }
    }
    const QList<int> columns = shownColumns(*table);
    choice.selectedCsv = listCsv(model, selectedRows, columns);
    choice.shownCsv = listCsv(model, shownRows, columns);
    auto* dialog = new ExportDialog(source(), choice, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_window->sources(), &SourceSwitch::aboutToChange, dialog, &QDialog::reject);
    dialog->open();
}

void WindowPages::replay(bool isAtOnce)
{
    const QByteArray id = m_window->list()->currentId();
    if (!source() || id.isEmpty())
        return;
    auto* dialog = new ReplayDialog(source(), id, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (isAtOnce)
        dialog->sendUnchanged();
    connect(dialog, &ReplayDialog::callRequested, this, &WindowPages::showCall);
    connect(m_window->sources(), &SourceSwitch::aboutToChange, dialog, &QDialog::reject);
    dialog->show(); // beside the list, which goes on
}

void WindowPages::copyAs(const std::function<QString(const QJsonObject& call)>& form)
{
    const QByteArray id = m_window->list()->currentId();
    if (!source() || id.isEmpty())
        return;
    source()->ask("GET", "/api/traces/" + id, this, [this, form](const SourceAnswer& answer) {
        if (answer.isOk())
            QGuiApplication::clipboard()->setText(form(QJsonDocument::fromJson(answer.body).object()));
        m_window->statusBar()->showMessage(
            answer.isOk() ? tr("Copied") : TraceSource::errorText(answer.body), copiedMessageMs);
    });
}
