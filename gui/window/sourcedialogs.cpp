// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/sourcedialogs.h"

#include "gui/window/attachdialog.h"
#include "gui/window/mainwindow.h"
#include "gui/window/sourcechooser.h"
#include "gui/window/sourceswitch.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QStatusBar>

namespace {

constexpr int sourceMessageMs = 10'000;

/// The first local file that is dragged; empty: there is none.
QString draggedFile(const QMimeData* data)
{
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile())
            return url.toLocalFile();
    }
    return {};
}

} // namespace

SourceDialogs::SourceDialogs(MainWindow* window, SourceSwitch* sources, SourceChooser* chooser)
    : QObject(window)
    , m_window(window)
    , m_sources(sources)
    , m_chooser(chooser)
{
    connect(window, &MainWindow::attachRequested, this, &SourceDialogs::askForProxy);
    connect(window, &MainWindow::openRequested, this, &SourceDialogs::askForFile);
    connect(chooser, &SourceChooser::chosen, this, &SourceDialogs::show);
    window->installEventFilter(this);
}

SourceDialogs::~SourceDialogs() = default;

void SourceDialogs::show(const SourceEntry& entry)
{
    switch (entry.kind) {
    case SourceEntry::Kind::Own:
        m_sources->showOwn();
        break;
    case SourceEntry::Kind::File:
        m_sources->openFile(entry.where);
        break;
    case SourceEntry::Kind::Remote:
        m_sources->attach(QUrl(entry.where), m_tokens.token(QUrl(entry.where)), entry.isReadOnly);
        break;
    }
}

void SourceDialogs::askForProxy()
{
    QStringList recent;
    for (const SourceEntry& entry : m_chooser->recent()) {
        if (entry.kind == SourceEntry::Kind::Remote)
            recent.append(entry.where);
    }
    auto* dialog = new AttachDialog(&m_tokens, recent, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const Secret token = dialog->token();
        const auto kept = m_tokens.setToken(dialog->url(), dialog->isTokenKept() ? token : Secret());
        if (!kept)
            m_window->statusBar()->showMessage(
                tr("The token is not kept: %1 (%2)").arg(kept.error().message, kept.error().subject),
                sourceMessageMs);
        m_sources->attach(dialog->url(), token, dialog->isReadOnly());
    });
    dialog->open();
}

void SourceDialogs::askForFile()
{
    auto* dialog = new QFileDialog(m_window, tr("Open a store or a HAR"));
    dialog->setObjectName(QStringLiteral("openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Stores and HAR (*.db *.sqlite *.sqlite3 *.har)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, m_sources, &SourceSwitch::openFile);
    dialog->open();
}

bool SourceDialogs::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::DragEnter) {
        auto* drag = static_cast<QDragEnterEvent*>(event);
        if (!draggedFile(drag->mimeData()).isEmpty())
            drag->acceptProposedAction();
        return true;
    }
    if (event->type() == QEvent::Drop) {
        auto* drop = static_cast<QDropEvent*>(event);
        if (const QString file = draggedFile(drop->mimeData()); !file.isEmpty()) {
            drop->acceptProposedAction();
            m_sources->openFile(file);
        }
        return true;
    }
    return QObject::eventFilter(watched, event);
}
