// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/delivery/ledgerview.h"

#include "gui/delivery/deliverytext.h"
#include "gui/style/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>

namespace {

constexpr int rowsOfLedger = 7;

QTableWidget* ledgerTable(const QString& name, const QStringList& columns, int stretched, QWidget* parent)
{
    auto* table = new QTableWidget(0, int(columns.size()), parent);
    table->setObjectName(name);
    table->setHorizontalHeaderLabels(columns);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 6);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

void setLedgerRow(QTableWidget* table, int row, const QStringList& texts, qsizetype firstNumber)
{
    for (int column = 0; column < texts.size(); ++column) {
        auto* item = new QTableWidgetItem(texts.at(column));
        item->setTextAlignment((column >= firstNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        table->setItem(row, column, item);
    }
}

} // namespace

LedgerView::LedgerView(QWidget* parent)
    : QWidget(parent)
    , m_counts(ledgerTable(
          QStringLiteral("ledgerCounts"), {tr("What became of them"), tr("Traces"), tr("Bytes")}, 0, this))
    , m_reasons(ledgerTable(
          QStringLiteral("ledgerReasons"), {tr("Fate"), tr("Reason"), tr("Traces"), tr("Bytes")}, 1, this))
    , m_noReasons(new QLabel(tr("No trace was refused, given up or deleted."), this))
    , m_balance(new QLabel(this))
{
    setObjectName(QStringLiteral("ledgerView"));
    m_counts->setAccessibleName(tr("Ledger"));
    m_reasons->setAccessibleName(tr("Reasons"));
    m_balance->setObjectName(QStringLiteral("ledgerBalance"));
    m_balance->setWordWrap(true);
    m_balance->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_noReasons->setAlignment(Qt::AlignCenter);
    m_noReasons->setObjectName(QStringLiteral("noReasons"));
    const int rowHeight = m_counts->verticalHeader()->defaultSectionSize();
    const int height = rowHeight * rowsOfLedger + m_counts->horizontalHeader()->sizeHint().height() + 4;
    m_counts->setFixedHeight(height);
    m_reasons->setFixedHeight(height);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_counts, 0, 0);
    grid->addWidget(m_reasons, 0, 1);
    grid->addWidget(m_noReasons, 0, 1);
    grid->addWidget(m_balance, 1, 0, 1, 2);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 3);
    setFacts({});
}

LedgerView::~LedgerView() = default;

void LedgerView::setFacts(const DeliveryFacts& facts)
{
    m_facts = facts;
    showCounts();
    showReasons();
    m_balance->setText(DeliveryText::balance(facts));
    applyColours();
}

void LedgerView::showCounts()
{
    const QLocale locale;
    const QList<QPair<QString, LedgerCount>> rows{
        {tr("Captured"), m_facts.captured},
        {tr("Accepted by Langfuse"), m_facts.delivered},
        {tr("Pending"), m_facts.pending},
        {tr("On the way"), m_facts.delivering},
        {tr("Rejected by Langfuse"), m_facts.rejected},
        {tr("Dropped by the proxy"), m_facts.dropped},
        {tr("Not to be sent"), m_facts.disabled},
    };
    m_counts->setRowCount(int(rows.size()));
    for (int row = 0; row < rows.size(); ++row) {
        const LedgerCount& count = rows.at(row).second;
        setLedgerRow(m_counts, row,
            {rows.at(row).first, locale.toString(count.traces), locale.formattedDataSize(count.bytes)}, 1);
        QFont font = m_counts->font();
        font.setBold(row == 0);
        for (int column = 0; column < 3; ++column)
            m_counts->item(row, column)->setFont(font);
    }
}

void LedgerView::showReasons()
{
    const QLocale locale;
    m_reasons->setRowCount(int(m_facts.reasons.size()));
    for (int row = 0; row < m_facts.reasons.size(); ++row) {
        const LedgerReason& reason = m_facts.reasons.at(row);
        setLedgerRow(m_reasons, row,
            {DeliveryText::kind(reason.kind), DeliveryText::meaning(reason),
                locale.toString(reason.count.traces), locale.formattedDataSize(reason.count.bytes)},
            2);
        m_reasons->item(row, 1)->setToolTip(reason.word);
    }
    m_reasons->setVisible(!m_facts.reasons.isEmpty());
    m_noReasons->setVisible(m_facts.reasons.isEmpty());
}

void LedgerView::applyColours()
{
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, theme::secondaryText(palette()));
    m_noReasons->setPalette(quiet);
    if (m_facts.isKnown && !m_facts.addsUp())
        quiet.setColor(QPalette::WindowText, theme::accent(theme::Accent::Error, palette()));
    m_balance->setPalette(quiet);
    const auto paint = [this](int row, bool isMarked, theme::Accent accent) {
        for (int column = 0; column < 3; ++column)
            m_counts->item(row, column)
                ->setForeground(
                    isMarked ? theme::accent(accent, palette()) : palette().color(QPalette::Text));
    };
    paint(1, m_facts.delivered.traces > 0, theme::Accent::Ok);
    paint(4, m_facts.rejected.traces > 0, theme::Accent::Error);
    paint(5, m_facts.dropped.traces > 0, theme::Accent::Error);
}

void LedgerView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColours();
}
