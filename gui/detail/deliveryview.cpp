// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/deliveryview.h"

#include "gui/model/calltext.h"
#include "gui/source/tracesource.h"
#include "gui/style/theme.h"

#include <QClipboard>
#include <QDateTime>
#include <QDesktopServices>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

DeliveryView::DeliveryView(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_retry(new QPushButton(theme::icon(QStringLiteral("retry")), tr("Retry"), this))
    , m_open(new QPushButton(theme::icon(QStringLiteral("external")), tr("Open in Langfuse"), this))
    , m_copy(new QPushButton(theme::icon(QStringLiteral("copy")), tr("Copy payload"), this))
{
    setObjectName(QStringLiteral("delivery"));
    setFocusProxy(m_text);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_text->setObjectName(QStringLiteral("deliveryText"));
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_retry->setObjectName(QStringLiteral("retryDelivery"));
    m_open->setObjectName(QStringLiteral("openInLangfuse"));
    m_copy->setObjectName(QStringLiteral("copyPayload"));
    m_copy->setToolTip(tr("What Langfuse gets of this call, as JSON"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_text);
    auto* row = new QHBoxLayout;
    row->addWidget(m_retry);
    row->addWidget(m_open);
    row->addWidget(m_copy);
    row->addStretch(1);
    column->addLayout(row);
    column->addStretch(1);
    connect(m_retry, &QPushButton::clicked, this, &DeliveryView::retry);
    connect(m_open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(m_page); });
    connect(m_copy, &QPushButton::clicked, this, &DeliveryView::copyPayload);
}

DeliveryView::~DeliveryView() = default;

void DeliveryView::setSource(TraceSource* source)
{
    if (m_source)
        disconnect(m_source, nullptr, this, nullptr);
    m_source = source;
    m_telemetry = {};
    if (source)
        connect(source, &TraceSource::eventsArrived, this, &DeliveryView::takeEvents);
}

void DeliveryView::takeEvents(const QList<SourceEvent>& events)
{
    const QString shown = QString::fromLatin1(m_facts.id);
    for (const SourceEvent& event : events) {
        if (event.type != "ledger" && event.type != "delivery")
            continue;
        const QJsonObject about = QJsonDocument::fromJson(event.json).object();
        if (event.type == "ledger")
            m_telemetry = about.value(QLatin1String("telemetry")).toObject();
        for (const QJsonValue& trace : about.value(QLatin1String("traces")).toArray()) {
            if (trace[QLatin1String("id")].toString() != shown)
                continue;
            m_facts.setDelivery(trace.toObject());
            m_said.clear();
        }
        build();
    }
}

void DeliveryView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        build(); // the colour is written into the text
}

void DeliveryView::showCall(const QJsonObject& call)
{
    m_facts = CallFacts::fromSummary(call);
    m_traceId = call.value(QLatin1String("traceId")).toString();
    m_copy->setText(tr("Copy payload"));
    m_copy->setEnabled(!m_facts.id.isEmpty());
    m_said.clear();
    build();
    askForHealth();
}

void DeliveryView::askForHealth()
{
    if (!m_source || !m_telemetry.isEmpty())
        return;
    m_source->ask("GET", "/api/health", this, [this](const SourceAnswer& answer) {
        if (answer.isOk())
            m_telemetry
                = QJsonDocument::fromJson(answer.body).object().value(QLatin1String("telemetry")).toObject();
        build();
    });
}

void DeliveryView::retry()
{
    if (!m_source)
        return;
    m_retry->setEnabled(false);
    m_source->ask("POST", "/api/telemetry/retry?id=" + m_facts.id.toPercentEncoding(), this,
        [this](const SourceAnswer& answer) {
            const int retried
                = QJsonDocument::fromJson(answer.body).object().value(QLatin1String("retried")).toInt();
            m_said = !answer.isOk() ? TraceSource::errorText(answer.body)
                : retried > 0       ? tr("It waits for delivery again.")
                                    : tr("There was nothing to retry.");
            build();
        });
}

void DeliveryView::copyPayload()
{
    if (!m_source)
        return;
    m_source->ask("GET", "/api/traces/" + m_facts.id.toPercentEncoding() + "/payload", this,
        [this](const SourceAnswer& answer) {
            if (answer.isOk())
                QGuiApplication::clipboard()->setText(
                    QString::fromUtf8(QJsonDocument::fromJson(answer.body).toJson()));
            m_copy->setText(answer.isOk() ? tr("Copied") : TraceSource::errorText(answer.body));
        });
}

void DeliveryView::build()
{
    using Delivery = CallFacts::Delivery;
    const bool isReadOnly = !m_source || m_source->status().isReadOnly;
    const theme::Accent accent = m_facts.delivery == Delivery::Accepted                 ? theme::Accent::Ok
        : m_facts.delivery == Delivery::Failed                                          ? theme::Accent::Error
        : m_facts.delivery == Delivery::Off || m_facts.delivery == Delivery::SampledOut ? theme::Accent::Muted
                                                                                        : theme::Accent::Warn;
    QString html = QStringLiteral("<h3 style=\"color:%1\">%2</h3><table cellpadding=\"3\">")
                       .arg(theme::accent(accent, palette()).name(),
                           CallText::delivery(m_facts.delivery).toHtmlEscaped());
    const auto row = [&html](const QString& title, const QString& value) {
        if (!value.isEmpty())
            html += QStringLiteral("<tr><td>%1</td><td>&nbsp;%2</td></tr>").arg(title, value.toHtmlEscaped());
    };
    row(tr("Failed attempts"), m_facts.attempts > 0 ? QString::number(m_facts.attempts) : QString());
    row(tr("Langfuse answered"), m_facts.deliveryError);
    const QDateTime next = QDateTime::fromString(
        m_telemetry.value(QLatin1String("nextAttemptAt")).toString(), Qt::ISODateWithMs);
    if (m_facts.delivery == Delivery::Queued || m_facts.delivery == Delivery::Retrying) {
        row(tr("Next attempt"),
            next.isValid() ? CallText::moment(next.toMSecsSinceEpoch() * 1000) : tr("soon"));
        row(tr("Last error of any delivery"), m_telemetry.value(QLatin1String("lastError")).toString());
    }
    row(tr("Trace"), m_traceId);
    row(QString(), m_said);
    m_text->setText(html + QStringLiteral("</table>"));
    const QString project = m_telemetry.value(QLatin1String("projectUrl")).toString();
    const QUrl base(project);
    const bool isWeb = base.scheme() == QLatin1String("https") || base.scheme() == QLatin1String("http");
    m_page = isWeb && !m_traceId.isEmpty() ? QUrl(project + QStringLiteral("/traces/") + m_traceId) : QUrl();
    m_open->setEnabled(m_page.isValid() && m_facts.delivery == Delivery::Accepted);
    m_open->setToolTip(m_page.isValid() ? m_page.toString() : tr("The project is not known yet"));
    m_retry->setEnabled(m_facts.delivery == Delivery::Failed && !isReadOnly && m_said.isEmpty());
}
