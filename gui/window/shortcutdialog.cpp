// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/shortcutdialog.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace {

QString withoutMnemonic(QString text)
{
    text.remove(u'&');
    text.remove(u'…');
    return text;
}

} // namespace

ShortcutDialog::ShortcutDialog(QWidget* window)
    : QDialog(window)
{
    setObjectName(QStringLiteral("shortcutDialog"));
    setWindowTitle(tr("Keys"));
    resize(460, 520);
    auto* list = new QTreeWidget(this);
    list->setObjectName(QStringLiteral("shortcutList"));
    list->setHeaderLabels({tr("Keys"), tr("What they do")});
    list->setRootIsDecorated(false);
    list->setAlternatingRowColors(true);
    list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    for (const QAction* action : window->actions()) {
        if (!action->shortcuts().isEmpty())
            new QTreeWidgetItem(list,
                {QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText),
                    withoutMnemonic(action->text())});
    }
    // Of the list and the filter line, while they have the keys.
    const QList<QPair<QString, QString>> others{{tr("J, Down"), tr("Next call")},
        {tr("K, Up"), tr("Previous call")}, {tr("Home"), tr("First call")},
        {tr("End"), tr("Newest call, and follow")}, {tr("Return"), tr("To the detail of the call")},
        {tr("Ctrl+Return"), tr("In the filter: dim instead of hiding")},
        {tr("Ctrl+Space"), tr("In the filter: suggestions")},
        {tr("Up, Down"), tr("In the filter: earlier ones")}};
    for (const auto& [keys, text] : others)
        new QTreeWidgetItem(list, {keys, text});
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(list);
    layout->addWidget(buttons);
}

ShortcutDialog::~ShortcutDialog() = default;
