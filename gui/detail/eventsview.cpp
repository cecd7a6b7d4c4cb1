// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/eventsview.h"

#include "gui/detail/eventsmodel.h"
#include "gui/detail/prettyjson.h"
#include "gui/style/theme.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace {

/// Pauses in the colour of warnings.
class GapDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (!index.data(EventsModel::LongGapRole).toBool())
            return;
        option->font.setBold(true);
        option->palette.setColor(QPalette::Text, theme::accent(theme::Accent::Warn, option->palette));
    }
};

} // namespace

EventsView::EventsView(QWidget* parent)
    : QWidget(parent)
    , m_model(new EventsModel(this))
    , m_filter(new QLineEdit(this))
    , m_types(new QComboBox(this))
    , m_count(new QLabel(this))
    , m_grid(new QTableView(this))
    , m_payload(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("events"));
    setFocusProxy(m_grid);
    m_filter->setObjectName(QStringLiteral("eventFilter"));
    m_filter->setPlaceholderText(tr("Type or data contains …"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_types->setObjectName(QStringLiteral("eventTypes"));
    m_types->setAccessibleName(tr("Type of the events"));
    m_types->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_count->setObjectName(QStringLiteral("eventCount"));
    m_grid->setObjectName(QStringLiteral("eventGrid"));
    m_grid->setAccessibleName(tr("Events"));
    m_grid->setModel(m_model);
    m_grid->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_grid->setSelectionMode(QAbstractItemView::SingleSelection);
    m_grid->setAlternatingRowColors(true);
    m_grid->setShowGrid(false);
    m_grid->setWordWrap(false);
    m_grid->setFrameShape(QFrame::NoFrame);
    m_grid->setItemDelegateForColumn(EventsModel::Gap, new GapDelegate(this));
    m_grid->verticalHeader()->hide();
    m_grid->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_grid->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 5);
    m_grid->horizontalHeader()->setStretchLastSection(true);
    const int characters[] = {5, 10, 10, 28, 9};
    for (int column = 0; column < EventsModel::Data; ++column)
        m_grid->horizontalHeader()->resizeSection(
            column, fontMetrics().horizontalAdvance(QString(characters[column], u'0')) + 20);
    m_payload->setObjectName(QStringLiteral("eventPayload"));
    m_payload->setReadOnly(true);
    m_payload->setFrameShape(QFrame::NoFrame);
    m_payload->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(4, 2, 4, 2);
    row->addWidget(m_filter, 1);
    row->addWidget(m_types);
    row->addWidget(m_count);
    column->addLayout(row);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_grid);
    splitter->addWidget(m_payload);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    column->addWidget(splitter, 1);
    connect(m_filter, &QLineEdit::textChanged, this, &EventsView::filter);
    connect(m_types, &QComboBox::activated, this, &EventsView::filter);
    connect(m_grid->selectionModel(), &QItemSelectionModel::currentChanged, this, &EventsView::showCurrent);
}

EventsView::~EventsView() = default;

void EventsView::showCall(const QJsonObject& call)
{
    m_model->setCall(call);
    listTypes();
    filter();
}

/// A type that the call before had as well stays chosen.
void EventsView::listTypes()
{
    const QString chosen = m_types->currentData().toString();
    m_types->clear();
    m_types->addItem(tr("All types"));
    for (const auto& [type, count] : m_model->types())
        m_types->addItem(QStringLiteral("%1 (%2)").arg(type).arg(count), type);
    m_types->setCurrentIndex(std::max(0, m_types->findData(chosen)));
    m_types->setEnabled(m_types->count() > 2);
}

void EventsView::filter()
{
    m_model->setType(m_types->currentData().toString());
    m_model->setFilter(m_filter->text());
    m_grid->selectRow(0);
    showCurrent();
}

qsizetype EventsView::events() const
{
    return m_model->allEvents();
}

void EventsView::showCurrent()
{
    m_count->setText(m_model->allEvents() == 0
            ? tr("This answer was no stream of events")
            : tr("%1 of %2").arg(m_model->rowCount()).arg(m_model->allEvents()));
    const QByteArray payload = m_grid->currentIndex().data(EventsModel::PayloadRole).toByteArray();
    m_payload->setPlainText(
        withBrokenLines(payload.startsWith('{') ? prettyJson(payload) : QString::fromUtf8(payload)));
}
