// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/delivery/deliverywindow.h"

#include "gui/delivery/deliverytext.h"
#include "gui/delivery/ledgerview.h"
#include "gui/delivery/tracelist.h"
#include "gui/source/tracesource.h"
#include "gui/style/theme.h"

#include <QEvent>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QVBoxLayout>

namespace {

constexpr int deliveryTickMs = 1000;

QLabel* selectableLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // it holds the words of servers
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

DeliveryWindow::DeliveryWindow(Now now, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_now(std::move(now))
    , m_heading(selectableLabel(QStringLiteral("deliveryHeading"), this))
    , m_detail(selectableLabel(QStringLiteral("deliveryDetail"), this))
    , m_ledger(new LedgerView(this))
    , m_traces(new TraceList(this))
{
    setObjectName(QStringLiteral("deliveryWindow"));
    setWindowTitle(tr("Delivery to Langfuse"));
    resize(900, 620);
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_heading->setFont(large);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(m_heading);
    column->addWidget(m_detail);
    column->addWidget(m_ledger);
    column->addWidget(m_traces, 1);
    m_tick.setInterval(deliveryTickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (isVisible())
            showState();
        else
            m_tick.stop();
    });
    connect(m_traces, &TraceList::callRequested, this, &DeliveryWindow::callRequested);
    m_traces->setFocus();
    showState();
}

DeliveryWindow::~DeliveryWindow() = default;

void DeliveryWindow::setSource(TraceSource* source)
{
    if (m_source)
        m_source->disconnect(this);
    m_source = source;
    m_traces->setSource(source);
    setFacts({});
    if (!source)
        return;
    connect(source, &TraceSource::eventsArrived, this, [this](const QList<SourceEvent>& events) {
        for (const SourceEvent& event : events) {
            if (event.type == "ledger") {
                const QJsonObject ledger = QJsonDocument::fromJson(event.json).object();
                setFacts(DeliveryFacts::fromJson(ledger.value(QLatin1String("telemetry")).toObject()));
            }
        }
    });
    connect(source, &TraceSource::statusChanged, this, [this](const SourceStatus& status) {
        if (status.state == SourceStatus::State::Attached)
            askForTelemetry();
    });
    if (source->status().state == SourceStatus::State::Attached)
        askForTelemetry();
}

void DeliveryWindow::askForTelemetry()
{
    m_source->ask("GET", "/api/health", this, [this](const SourceAnswer& answer) {
        const QJsonObject health = QJsonDocument::fromJson(answer.body).object();
        if (answer.isOk())
            setFacts(DeliveryFacts::fromJson(health.value(QLatin1String("telemetry")).toObject()));
    });
    if (isVisible())
        m_traces->refresh();
}

void DeliveryWindow::setFacts(const DeliveryFacts& facts)
{
    const bool isListOld = facts.rejected != m_facts.rejected || facts.delivered != m_facts.delivered
        || facts.failures != m_facts.failures || facts.pending != m_facts.pending;
    m_facts = facts;
    showState();
    m_ledger->setFacts(facts);
    m_traces->setProjectUrl(facts.projectUrl);
    if (isListOld && isVisible())
        m_traces->refresh();
    Q_EMIT factsChanged(facts);
}

void DeliveryWindow::showState()
{
    m_heading->setText(DeliveryText::heading(m_facts));
    const QString detail = DeliveryText::detail(m_facts, m_now());
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    const theme::Accent accent = m_facts.failures > 0 || !m_facts.lastError.isEmpty() ? theme::Accent::Error
        : m_facts.isEnabled && m_facts.lastSuccessUs > 0                              ? theme::Accent::Ok
                                                                                      : theme::Accent::Muted;
    QPalette coloured = palette();
    coloured.setColor(QPalette::WindowText, theme::accent(accent, palette()));
    if (m_heading->palette() != coloured)
        m_heading->setPalette(coloured);
}

void DeliveryWindow::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_tick.start();
    showState();
    m_traces->refresh();
}

void DeliveryWindow::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showState();
}
