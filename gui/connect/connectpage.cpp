// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/connect/connectpage.h"

#include "gui/connect/clientsnippets.h"
#include "gui/source/tracesource.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTimer>

namespace {

constexpr int columnWidth = 760;
constexpr int linesOfSnippet = 9;
constexpr int buttonRoom = 16;
constexpr double headingScale = 1.6;
constexpr int copiedMs = 1500;

/// What paths are put behind: QUrl keeps the slash of a root.
QByteArray addressOf(const QUrl& url)
{
    QByteArray address = url.toEncoded(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
    if (address.endsWith('/'))
        address.chop(1);
    return address;
}

QLabel* centredLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    return label;
}

QPlainTextEdit* snippetBox(const QString& title, QWidget* parent)
{
    auto* box = new QPlainTextEdit(parent);
    box->setReadOnly(true);
    box->setLineWrapMode(QPlainTextEdit::NoWrap);
    box->setFrameShape(QFrame::NoFrame);
    box->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->setTabChangesFocus(true);
    box->setAccessibleName(title);
    box->document()->setDocumentMargin(8);
    return box;
}

} // namespace

ConnectPage::ConnectPage(QWidget* parent)
    : QWidget(parent)
    , m_heading(centredLabel(QStringLiteral("connectHeading"), this))
    , m_detail(centredLabel(QStringLiteral("connectDetail"), this))
    , m_tabs(new QTabWidget(this))
    , m_copy(new QPushButton(tr("&Copy"), this))
    , m_test(new QPushButton(tr("Send &test request"), this))
    , m_retry(new QPushButton(tr("Retry &now"), this))
    , m_result(centredLabel(QStringLiteral("testResult"), this))
    , m_keys(centredLabel(QStringLiteral("keysNote"), this))
    , m_delivery(centredLabel(QStringLiteral("deliveryNote"), this))
{
    setObjectName(QStringLiteral("connectPage"));
    m_tabs->setObjectName(QStringLiteral("snippets"));
    m_tabs->setAccessibleName(tr("How clients reach the proxy"));
    m_tabs->setCornerWidget(m_copy);
    m_tabs->setMinimumHeight(fontMetrics().lineSpacing() * (linesOfSnippet + 4));
    auto* middle = new QWidget(this);
    middle->setMaximumWidth(columnWidth);
    auto* column = new QVBoxLayout(middle);
    column->setSpacing(10);
    column->addWidget(m_heading);
    column->addWidget(m_detail);
    column->addWidget(m_tabs);
    makeButtons(column);
    column->addWidget(m_result);
    column->addWidget(m_keys);
    column->addWidget(m_delivery);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(middle, 100);
    row->addStretch(1);
    auto* all = new QVBoxLayout(this);
    all->addStretch(1);
    all->addLayout(row);
    all->addStretch(1);
    connect(m_delivery, &QLabel::linkActivated, this, &ConnectPage::settingsRequested);
    enlargeHeading();
    setSource(nullptr);
}

ConnectPage::~ConnectPage() = default;

void ConnectPage::makeButtons(QBoxLayout* column)
{
    auto* open = new QPushButton(tr("&Open a file…"), this);
    auto* attach = new QPushButton(tr("&Attach to a proxy…"), this);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    m_copy->setObjectName(QStringLiteral("copySnippet"));
    const QList<QPair<QPushButton*, QString>> buttons{{m_test, QStringLiteral("sendTest")},
        {m_retry, QStringLiteral("retrySource")}, {open, QStringLiteral("openFile")},
        {attach, QStringLiteral("attachRemote")}};
    for (const auto& [button, name] : buttons) {
        button->setObjectName(name);
        button->setAutoDefault(true);
        button->setMinimumWidth(button->sizeHint().width() + buttonRoom);
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    connect(m_copy, &QPushButton::clicked, this, &ConnectPage::copy);
    connect(m_test, &QPushButton::clicked, this, &ConnectPage::test);
    connect(m_retry, &QPushButton::clicked, this, [this] {
        if (m_source)
            m_source->retryNow();
    });
    connect(open, &QPushButton::clicked, this, &ConnectPage::openRequested);
    connect(attach, &QPushButton::clicked, this, &ConnectPage::attachRequested);
}

void ConnectPage::setSource(TraceSource* source)
{
    if (m_source)
        m_source->disconnect(this);
    m_source = source;
    m_openTests = 0;
    m_isDeliveryKnown = false;
    showResult({});
    if (source) {
        connect(source, &TraceSource::statusChanged, this, &ConnectPage::setStatus);
        connect(source, &TraceSource::testCallEnded, this, [this](const QString& problem) {
            m_openTests = std::max(0, m_openTests - 1);
            m_test->setEnabled(m_openTests == 0);
            showResult(problem.isEmpty() ? tr("The test request came through.") : problem);
        });
    }
    SourceStatus none;
    none.state = SourceStatus::State::Stopped;
    setStatus(source ? source->status() : none);
}

void ConnectPage::setStatus(const SourceStatus& status)
{
    using State = SourceStatus::State;
    const QString address = QString::fromUtf8(addressOf(status.url));
    const bool isAttached = status.state == State::Attached;
    const bool isOwn = m_source && m_source->canTest();
    QString heading;
    QString detail = status.detail;
    switch (status.state) {
    case State::Connecting:
        heading = address.isEmpty() ? tr("Connecting…") : tr("Connecting to %1…").arg(address);
        break;
    case State::Attached:
        heading = isOwn         ? tr("Listening on %1").arg(address)
            : address.isEmpty() ? tr("There are no requests in this file")
                                : tr("Attached to %1").arg(address);
        if (!address.isEmpty())
            detail = tr("Point a client at the proxy: its requests appear here as they start.");
        break;
    case State::Lost:
        heading = tr("The connection to %1 is lost").arg(address);
        break;
    case State::Incompatible:
        heading = tr("What answers there is no proxy that this program understands");
        break;
    case State::Refused:
        heading = tr("This source cannot be used");
        break;
    case State::Stopped:
        heading = tr("Nothing is open");
        break;
    }
    m_heading->setText(heading);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_test->setVisible(isOwn);
    m_test->setEnabled(m_openTests == 0);
    showResult(m_result->text());
    m_retry->setVisible(status.state == State::Lost);
    const bool hasClients = isAttached && !address.isEmpty();
    m_tabs->setVisible(hasClients);
    m_keys->setVisible(hasClients);
    m_keys->setText(status.wantsKey
            ? tr("This proxy wants its own key (PROXY_API_KEY): give it to clients as their API key.")
            : tr("API keys pass through to the provider; on disk they are redacted."));
    if (hasClients)
        setSnippets(status);
    setDelivery();
}

void ConnectPage::setSnippets(const SourceStatus& status)
{
    const QByteArray url = addressOf(status.url);
    if (url == m_url)
        return;
    m_url = url;
    const int current = std::max(0, m_tabs->currentIndex());
    while (m_tabs->count() > 0) {
        QWidget* box = m_tabs->widget(0);
        m_tabs->removeTab(0);
        delete box;
    }
    for (const ClientSnippet& snippet : clientSnippets(url, qgetenv("NO_PROXY"))) {
        QPlainTextEdit* box = snippetBox(snippet.title, m_tabs);
        box->setObjectName(QStringLiteral("snippet-") + QString::fromLatin1(snippet.id));
        box->setPlainText(snippet.text);
        m_tabs->addTab(box, snippet.title);
    }
    m_tabs->setCurrentIndex(current);
}

void ConnectPage::setTelemetry(const QJsonObject& telemetry)
{
    m_isDeliveryKnown = telemetry.contains(QLatin1String("delivery"));
    m_hasDelivery = telemetry.value(QLatin1String("delivery")).toString() == QLatin1String("enabled");
    setDelivery();
}

void ConnectPage::setDelivery()
{
    const bool isOwn = m_source && m_source->canTest();
    m_delivery->setVisible(m_isDeliveryKnown && !m_tabs->isHidden());
    if (m_hasDelivery)
        m_delivery->setText(tr("Traces are delivered to Langfuse."));
    else
        m_delivery->setText(isOwn
                ? tr("Delivery to Langfuse is off: traces stay on this machine. %1")
                      .arg(QStringLiteral("<a href=\"settings\">%1</a>").arg(tr("Configure…")))
                : tr("Delivery to Langfuse is off there."));
}

void ConnectPage::showResult(const QString& text)
{
    m_result->setText(text);
    m_result->setVisible(!text.isEmpty());
}

QString ConnectPage::currentSnippet() const
{
    const auto* box = qobject_cast<QPlainTextEdit*>(m_tabs->currentWidget());
    return box ? box->toPlainText() : QString();
}

void ConnectPage::copy()
{
    QGuiApplication::clipboard()->setText(currentSnippet());
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(copiedMs, m_copy, [this] { m_copy->setText(tr("&Copy")); });
}

void ConnectPage::test()
{
    if (!m_source || !m_source->canTest())
        return;
    ++m_openTests;
    m_test->setEnabled(false);
    showResult(tr("The test request is on its way…"));
    m_source->sendTestCall();
}

void ConnectPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        enlargeHeading();
}

void ConnectPage::enlargeHeading()
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * headingScale);
    large.setBold(true);
    m_heading->setFont(large);
}
