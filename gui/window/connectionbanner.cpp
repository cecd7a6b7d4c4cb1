// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/connectionbanner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace {

using SourceState = SourceStatus::State;

constexpr int tickMs = 500;
constexpr int edgeWidth = 3;

QString withDetail(const QString& text, const QString& detail)
{
    return detail.isEmpty() ? text : QStringLiteral("%1 — %2").arg(text, detail);
}

} // namespace

ConnectionBanner::ConnectionBanner(Clock clock, QWidget* parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_text(new QLabel(this))
    , m_retry(new QPushButton(tr("Retry now"), this))
    , m_record(new QPushButton(tr("Record"), this))
    , m_load(new QPushButton(tr("Load"), this))
{
    setObjectName(QStringLiteral("connectionBanner"));
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text->setTextFormat(Qt::PlainText);
    m_retry->setObjectName(QStringLiteral("retryNow"));
    m_record->setObjectName(QStringLiteral("recordAgain"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 3, 6, 3);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_retry);
    layout->addWidget(m_record);
    layout->addWidget(m_load);
    m_load->setObjectName(QStringLiteral("loadGap"));
    connect(m_load, &QPushButton::clicked, this, &ConnectionBanner::loadRequested);
    m_second.setInterval(tickMs);
    connect(&m_second, &QTimer::timeout, this, &ConnectionBanner::showState);
    connect(m_retry, &QPushButton::clicked, this, &ConnectionBanner::retryRequested);
    connect(m_record, &QPushButton::clicked, this, &ConnectionBanner::recordRequested);
    hide();
}

ConnectionBanner::~ConnectionBanner() = default;

void ConnectionBanner::setStatus(const SourceStatus& status, bool isRemote)
{
    m_statusAtMs = m_clock();
    if (status.state == SourceState::Lost && m_status.state != SourceState::Lost)
        m_lostAtMs = m_statusAtMs;
    m_status = status;
    m_isRemote = isRemote;
    showState();
}

void ConnectionBanner::setRecording(bool isRecording)
{
    m_isRecording = isRecording;
    showState();
}

void ConnectionBanner::setGap(qint64 calls)
{
    m_gap = calls;
    showState();
}

QString ConnectionBanner::text() const
{
    return m_text->text();
}

QString ConnectionBanner::words(theme::Accent* accent) const
{
    const QString host = m_status.url.toDisplayString(QUrl::RemovePath | QUrl::RemoveQuery);
    switch (m_status.state) {
    case SourceState::Connecting:
        *accent = m_status.attempt > 0 ? theme::Accent::Warn : theme::Accent::Live;
        if (m_status.attempt > 0)
            return withDetail(
                tr("Connecting to %1, attempt %2").arg(host).arg(m_status.attempt + 1), m_status.detail);
        return host.isEmpty() ? tr("Starting…") : tr("Connecting to %1…").arg(host);
    case SourceState::Lost: {
        *accent = theme::Accent::Warn;
        const qint64 now = m_clock();
        const qint64 ago = std::max<qint64>(0, now - m_lostAtMs) / 1000;
        const qint64 left = m_status.retryIn.count() - (now - m_statusAtMs);
        const QString lost = tr("Connection to %1 lost %2 s ago").arg(host).arg(ago);
        const QString next = left > 0 ? tr("retrying in %1 s").arg((left + 999) / 1000) : tr("retrying…");
        return withDetail(QStringLiteral("%1, %2").arg(lost, next), m_status.detail);
    }
    case SourceState::Incompatible:
        *accent = theme::Accent::Error;
        return withDetail(tr("%1 cannot be shown").arg(host), m_status.detail);
    case SourceState::Refused:
        *accent = theme::Accent::Error;
        return host.isEmpty() ? m_status.detail : withDetail(tr("%1 refuses").arg(host), m_status.detail);
    case SourceState::Stopped:
        *accent = theme::Accent::Muted;
        return tr("Stopped");
    case SourceState::Attached:
        break;
    }
    if (m_gap > 0) {
        *accent = theme::Accent::Warn;
        return tr("%n request(s) came while the connection was lost", nullptr, int(m_gap));
    }
    if (!m_isRecording) {
        *accent = theme::Accent::Warn;
        return tr("Recording is off: calls are forwarded and delivered as before, but not shown here");
    }
    return {};
}

void ConnectionBanner::showState()
{
    const QString text = words(&m_accent);
    m_text->setText(text);
    m_text->setToolTip(text);
    m_retry->setVisible(m_status.state == SourceState::Lost
        || (m_status.state == SourceState::Connecting && m_status.attempt > 0));
    const bool isAttached = m_status.state == SourceState::Attached;
    m_load->setVisible(isAttached && m_gap > 0);
    m_record->setVisible(isAttached && m_gap == 0 && !m_isRecording);
    setVisible(!text.isEmpty());
    if (m_status.state == SourceState::Lost)
        m_second.start();
    else
        m_second.stop();
    update();
}

void ConnectionBanner::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor accent = theme::accent(m_accent, palette());
    painter.fillRect(rect(), theme::tinted(accent, palette()));
    painter.fillRect(QRect(0, 0, edgeWidth, height()), accent);
}
