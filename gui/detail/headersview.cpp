// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/headersview.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

HeadersView::HeadersView(QWidget* parent)
    : QWidget(parent)
    , m_filter(new QLineEdit(this))
    , m_tree(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("headers"));
    setFocusProxy(m_tree);
    m_filter->setObjectName(QStringLiteral("headerFilter"));
    m_filter->setPlaceholderText(tr("Name or value contains …"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_tree->setObjectName(QStringLiteral("headerTree"));
    m_tree->setAccessibleName(tr("Headers"));
    m_tree->setHeaderLabels({tr("Name"), tr("Value"), QString()});
    m_tree->setAlternatingRowColors(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_tree->header()->resizeSection(0, fontMetrics().averageCharWidth() * 38);
    auto* copyAction = new QAction(tr("Copy"), m_tree);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    m_tree->addAction(copyAction);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(copyAction, &QAction::triggered, this, &HeadersView::copyCurrent);
    connect(m_filter, &QLineEdit::textChanged, this, &HeadersView::applyFilter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_filter);
    column->addWidget(m_tree, 1);
}

HeadersView::~HeadersView() = default;

void HeadersView::showCall(const QJsonObject& call)
{
    m_tree->clear();
    const QJsonObject request = call.value(QLatin1String("request")).toObject();
    const QJsonObject response = call.value(QLatin1String("response")).toObject();
    addHead(tr("Request"),
        request.value(QLatin1String("method")).toString() + u' '
            + request.value(QLatin1String("upstream")).toString()
            + request.value(QLatin1String("target")).toString(),
        request.value(QLatin1String("headers")));
    const QJsonValue status = response.value(QLatin1String("status"));
    addHead(tr("Response"), status.isDouble() ? QString::number(status.toInt()) : tr("none came"),
        response.value(QLatin1String("headers")));
    applyFilter();
}

void HeadersView::addHead(const QString& title, const QString& line, const QJsonValue& headers)
{
    auto* head = new QTreeWidgetItem(m_tree, {title, line});
    QFont bold = m_tree->font();
    bold.setBold(true);
    head->setFont(0, bold);
    for (const QJsonValue& header : headers.toArray()) {
        const QString value = header[1].toString();
        auto* item = new QTreeWidgetItem(head, {header[0].toString(), value});
        item->setToolTip(1, value);
        if (value.contains(QLatin1String("***")))
            item->setText(2, tr("masked"));
    }
    head->setExpanded(true);
}

void HeadersView::applyFilter()
{
    const QString text = m_filter->text();
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem* head = m_tree->topLevelItem(i);
        for (int k = 0; k < head->childCount(); ++k) {
            QTreeWidgetItem* item = head->child(k);
            item->setHidden(!item->text(0).contains(text, Qt::CaseInsensitive)
                && !item->text(1).contains(text, Qt::CaseInsensitive));
        }
    }
}

void HeadersView::copyCurrent()
{
    if (const QTreeWidgetItem* item = m_tree->currentItem(); item && item->parent())
        QGuiApplication::clipboard()->setText(item->text(0) + QStringLiteral(": ") + item->text(1));
}
