// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/delivery/tracelist.h"

#include "gui/model/calltext.h"
#include "gui/source/tracesource.h"

#include <QComboBox>
#include <QDateTime>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QUrl>

#include <algorithm>

namespace {

constexpr int idRole = Qt::UserRole;
constexpr int mostTraces = 500;

} // namespace

TraceList::TraceList(QWidget* parent)
    : QWidget(parent)
    , m_which(new QComboBox(this))
    , m_table(new QTableWidget(0, 5, this))
    , m_message(new QLabel(this))
    , m_retry(new QPushButton(tr("&Retry selected"), this))
    , m_retryAll(new QPushButton(tr("Retry &all"), this))
    , m_open(new QPushButton(tr("&Open in Langfuse"), this))
{
    setObjectName(QStringLiteral("traceList"));
    setFocusProxy(m_which);
    makeTable();
    m_message->setObjectName(QStringLiteral("traceListMessage"));
    m_message->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(makeButtons());
    column->addWidget(m_table, 1);
    column->addWidget(m_message);
    enableButtons();
}

TraceList::~TraceList() = default;

void TraceList::makeTable()
{
    m_table->setObjectName(QStringLiteral("traces"));
    m_table->setAccessibleName(tr("Traces"));
    m_table->setHorizontalHeaderLabels(
        {tr("Time"), tr("Model"), tr("Session"), tr("Attempts"), tr("What Langfuse said")});
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setColumnWidth(0, fontMetrics().horizontalAdvance(CallText::moment(0)) + 16);
    m_table->setColumnWidth(1, 150);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &TraceList::enableButtons);
    connect(m_table, &QTableWidget::itemActivated, this, [this](const QTableWidgetItem* item) {
        Q_EMIT callRequested(m_table->item(item->row(), 0)->data(idRole).toByteArray());
    });
}

QHBoxLayout* TraceList::makeButtons()
{
    m_which->setObjectName(QStringLiteral("whichTraces"));
    m_which->setAccessibleName(tr("Which traces"));
    m_which->addItem(tr("Rejected"), QByteArray("rejected"));
    m_which->addItem(tr("Waiting"), QByteArray("pending"));
    m_which->addItem(tr("Accepted"), QByteArray("delivered"));
    m_retry->setObjectName(QStringLiteral("retrySelected"));
    m_retryAll->setObjectName(QStringLiteral("retryAll"));
    m_open->setObjectName(QStringLiteral("openInLangfuse"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_which);
    row->addStretch(1);
    for (QPushButton* button : {m_retry, m_retryAll, m_open}) {
        button->setAutoDefault(false);
        button->setMinimumWidth(button->sizeHint().width() + 16);
        row->addWidget(button);
    }
    connect(m_which, &QComboBox::currentIndexChanged, this, [this] {
        m_message->clear();
        refresh();
    });
    connect(m_retry, &QPushButton::clicked, this, [this] { retry(selectedIds()); });
    connect(m_retryAll, &QPushButton::clicked, this, [this] { retry({}); });
    connect(m_open, &QPushButton::clicked, this, &TraceList::openInLangfuse);
    return row;
}

void TraceList::setSource(TraceSource* source)
{
    if (m_source)
        m_source->drop(m_ticket);
    m_source = source;
    m_ticket = 0;
    m_table->setRowCount(0);
    m_message->clear();
    enableButtons();
}

void TraceList::setProjectUrl(const QString& url)
{
    m_projectUrl = url;
    enableButtons();
}

void TraceList::refresh()
{
    if (!m_source)
        return;
    m_source->drop(m_ticket);
    const QByteArray target = "/api/traces?limit=" + QByteArray::number(mostTraces)
        + "&delivery=" + m_which->currentData().toByteArray();
    m_ticket = m_source->ask("GET", target, this, [this](const SourceAnswer& answer) { takeList(answer); });
}

void TraceList::takeList(const SourceAnswer& answer)
{
    m_ticket = 0;
    if (!answer.isOk()) {
        m_message->setText(TraceSource::errorText(answer.body));
        return;
    }
    const QJsonObject page = QJsonDocument::fromJson(answer.body).object();
    const QJsonArray calls = page.value(QLatin1String("traces")).toArray();
    const QList<QByteArray> selected = selectedIds();
    m_table->clearSelection();
    m_table->setRowCount(int(calls.size()));
    m_table->setSelectionMode(QAbstractItemView::MultiSelection);
    for (int row = 0; row < calls.size(); ++row) {
        setRow(row, calls.at(row).toObject());
        if (selected.contains(m_table->item(row, 0)->data(idRole).toByteArray()))
            m_table->selectRow(row);
    }
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    enableButtons();
}

void TraceList::setRow(int row, const QJsonObject& call)
{
    const QJsonObject delivery = call.value(QLatin1String("delivery")).toObject();
    const qint64 startedUs
        = QDateTime::fromString(call.value(QLatin1String("startedAt")).toString(), Qt::ISODateWithMs)
              .toMSecsSinceEpoch()
        * 1000;
    const QString reason = delivery.value(QLatin1String("reason")).toString();
    const QString said = reason.isEmpty() ? delivery.value(QLatin1String("lastError")).toString() : reason;
    const QStringList texts{CallText::moment(startedUs), call.value(QLatin1String("model")).toString(),
        call.value(QLatin1String("session")).toString(),
        QString::number(delivery.value(QLatin1String("attempts")).toInt()), said};
    for (int column = 0; column < texts.size(); ++column) {
        auto* item = new QTableWidgetItem(texts.at(column));
        item->setToolTip(texts.at(column));
        if (column == 3)
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, column, item);
    }
    m_table->item(row, 0)->setData(idRole, call.value(QLatin1String("id")).toString().toLatin1());
}

QList<QByteArray> TraceList::selectedIds() const
{
    QList<QByteArray> ids;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        if (const QTableWidgetItem* item = m_table->item(index.row(), 0))
            ids.append(item->data(idRole).toByteArray());
    }
    return ids;
}

/// None: all that are rejected.
void TraceList::retry(const QList<QByteArray>& ids)
{
    if (!m_source)
        return;
    QByteArray target = "/api/telemetry/retry";
    for (const QByteArray& id : ids)
        target += (target.contains('?') ? "&id=" : "?id=") + id;
    m_source->ask("POST", target, this, [this](const SourceAnswer& answer) {
        const int retried
            = QJsonDocument::fromJson(answer.body).object().value(QLatin1String("retried")).toInt();
        m_message->setText(answer.isOk() ? tr("%n trace(s) wait for delivery again.", nullptr, retried)
                                         : TraceSource::errorText(answer.body));
        refresh();
    });
}

/// The list knows calls; Langfuse knows traces, which can hold several.
void TraceList::openInLangfuse()
{
    const QList<QByteArray> ids = selectedIds();
    if (!m_source || ids.isEmpty())
        return;
    m_source->ask("GET", "/api/traces/" + ids.first(), this, [this](const SourceAnswer& answer) {
        const QJsonObject detail = QJsonDocument::fromJson(answer.body).object();
        const QString trace = detail.value(QLatin1String("traceId")).toString();
        if (trace.isEmpty())
            m_message->setText(TraceSource::errorText(answer.body));
        else
            QDesktopServices::openUrl(QUrl(m_projectUrl + QStringLiteral("/traces/") + trace));
    });
}

void TraceList::enableButtons()
{
    const bool canEdit = m_source && !m_source->status().isReadOnly;
    const QByteArray which = m_which->currentData().toByteArray();
    const qsizetype selected = selectedIds().size();
    m_retry->setEnabled(canEdit && which == "rejected" && selected > 0);
    m_retryAll->setEnabled(canEdit && which == "rejected" && m_table->rowCount() > 0);
    m_open->setEnabled(m_source && which == "delivered" && selected == 1 && !m_projectUrl.isEmpty());
    m_open->setToolTip(
        m_projectUrl.isEmpty() ? tr("Langfuse has not said yet which project this is") : QString());
}
