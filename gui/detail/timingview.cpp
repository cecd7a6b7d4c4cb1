// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/timingview.h"

#include "gui/detail/timingpicture.h"
#include "gui/model/callfacts.h"
#include "gui/model/calltext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

TimingView::TimingView(QWidget* parent)
    : QWidget(parent)
    , m_picture(new TimingPicture(this))
    , m_table(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("timing"));
    setFocusProxy(m_table);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_table->setObjectName(QStringLiteral("timingTable"));
    m_table->setAccessibleName(tr("Times"));
    m_table->setHeaderLabels({tr("Phase"), tr("From"), tr("Until"), tr("Lasted")});
    for (int column = 1; column < m_table->columnCount(); ++column)
        m_table->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    m_table->setRootIsDecorated(false);
    m_table->setAlternatingRowColors(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->header()->resizeSection(0, fontMetrics().averageCharWidth() * 40);
    auto* copyButton = new QPushButton(tr("Copy table"), this);
    copyButton->setObjectName(QStringLiteral("copyTiming"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 4);
    column->addWidget(m_picture);
    column->addWidget(m_table, 1);
    column->addWidget(copyButton, 0, Qt::AlignRight);
    connect(
        copyButton, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
}

TimingView::~TimingView() = default;

void TimingView::showCall(const QJsonObject& call)
{
    const QJsonObject timings = call.value(QLatin1String("timings")).toObject();
    m_picture->setTimings(timings);
    m_table->clear();
    const auto add = [this](const QString& name, const QStringList& values) {
        auto* item = new QTreeWidgetItem(m_table, QStringList(name) + values);
        for (int column = 1; column < m_table->columnCount(); ++column)
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    };
    const auto shown = [](double ms) { return CallText::duration(qRound64(ms * 1000)); };
    for (const CallPhase& phase : TimingPicture::phases(timings))
        add(TimingPicture::title(phase.kind),
            {shown(phase.fromMs), shown(phase.toMs), shown(phase.toMs - phase.fromMs)});
    const CallFacts facts = CallFacts::fromSummary(call);
    if (facts.durationUs)
        add(tr("In all"), {QString(), QString(), CallText::duration(*facts.durationUs)});
    if (const auto rate = facts.tokensPerSecond())
        add(tr("Tokens per second, after the first"),
            {QString(), QString(), QLocale().toString(*rate, 'f', 1)});
    const QJsonArray arrivals = timings.value(QLatin1String("arrivals")).toArray();
    if (!arrivals.isEmpty()) {
        double longest = 0;
        for (qsizetype i = 1; i < arrivals.size(); ++i)
            longest = std::max(longest,
                arrivals.at(i)[QLatin1String("atMs")].toDouble()
                    - arrivals.at(i - 1)[QLatin1String("atMs")].toDouble());
        add(tr("Pieces of the answer"), {QString(), QString(), QLocale().toString(arrivals.size())});
        add(tr("Longest pause between them"), {QString(), QString(), shown(longest)});
    }
}

QString TimingView::text() const
{
    QStringList lines;
    for (int row = 0; row < m_table->topLevelItemCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < m_table->columnCount(); ++column)
            cells.append(m_table->topLevelItem(row)->text(column));
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n') + u'\n';
}
