// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/timingpicture.h"

#include "gui/model/calltext.h"
#include "gui/style/theme.h"

#include <QJsonArray>
#include <QPainter>

#include <algorithm>

namespace {

constexpr int rateParts = 120;
constexpr int barHeight = 22;
constexpr int rateHeight = 44;
constexpr int pictureMargin = 8;

QColor phaseColour(CallPhase::Kind kind, const QPalette& palette)
{
    const QColor base = palette.color(QPalette::Base);
    switch (kind) {
    case CallPhase::Kind::Sending:
        return theme::blended(base, theme::accent(theme::Accent::Muted, palette), 0.6);
    case CallPhase::Kind::Waiting:
        return theme::blended(base, theme::accent(theme::Accent::Warn, palette), 0.45);
    case CallPhase::Kind::Thinking:
        return theme::blended(base, theme::accent(theme::Accent::Live, palette), 0.4);
    case CallPhase::Kind::Streaming:
        break;
    }
    return theme::blended(base, theme::accent(theme::Accent::Ok, palette), 0.6);
}

} // namespace

TimingPicture::TimingPicture(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("timingPicture"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

TimingPicture::~TimingPicture() = default;

QString TimingPicture::title(CallPhase::Kind kind)
{
    switch (kind) {
    case CallPhase::Kind::Sending:
        return tr("Request sent");
    case CallPhase::Kind::Waiting:
        return tr("Wait for the answer's head");
    case CallPhase::Kind::Thinking:
        return tr("Wait for the first token");
    case CallPhase::Kind::Streaming:
        break;
    }
    return tr("Answer");
}

QList<CallPhase> TimingPicture::phases(const QJsonObject& timings)
{
    QList<CallPhase> phases;
    double from = 0;
    const std::pair<CallPhase::Kind, const char*> ends[]
        = {{CallPhase::Kind::Sending, "requestSentMs"}, {CallPhase::Kind::Waiting, "firstByteMs"},
            {CallPhase::Kind::Thinking, "firstTokenMs"}, {CallPhase::Kind::Streaming, "durationMs"}};
    for (const auto& [kind, key] : ends) {
        const QJsonValue end = timings.value(QLatin1String(key));
        if (!end.isDouble() || end.toDouble() < from)
            continue;
        phases.append({kind, from, end.toDouble()});
        from = end.toDouble();
    }
    return phases;
}

void TimingPicture::setTimings(const QJsonObject& timings)
{
    m_phases = phases(timings);
    m_totalMs = m_phases.isEmpty() ? 0 : m_phases.last().toMs;
    m_rate.clear();
    const QJsonArray arrivals = timings.value(QLatin1String("arrivals")).toArray();
    if (m_totalMs > 0 && arrivals.size() > 1) {
        m_rate.fill(0, rateParts);
        for (const QJsonValue& arrival : arrivals) {
            const auto part = int(arrival[QLatin1String("atMs")].toDouble() / m_totalMs * rateParts);
            m_rate[std::clamp(part, 0, rateParts - 1)] += arrival[QLatin1String("bytes")].toDouble();
        }
    }
    QStringList spoken;
    for (const CallPhase& phase : std::as_const(m_phases))
        spoken.append(
            title(phase.kind) + u' ' + CallText::duration(qint64((phase.toMs - phase.fromMs) * 1000)));
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    update();
}

QSize TimingPicture::sizeHint() const
{
    return {400, 2 * pictureMargin + barHeight + 8 + rateHeight + fontMetrics().height()};
}

void TimingPicture::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_totalMs <= 0)
        return;
    const QRectF area = QRectF(rect()).adjusted(pictureMargin, pictureMargin, -pictureMargin, -pictureMargin);
    for (const CallPhase& phase : m_phases) {
        const double left = area.left() + area.width() * phase.fromMs / m_totalMs;
        const double right = area.left() + area.width() * phase.toMs / m_totalMs;
        const QRectF bar(left, area.top(), std::max(1.0, right - left), barHeight);
        painter.fillRect(bar, phaseColour(phase.kind, palette()));
        const QString text = CallText::duration(qint64((phase.toMs - phase.fromMs) * 1000));
        if (fontMetrics().horizontalAdvance(text) + 8 < bar.width()) {
            painter.setPen(palette().color(QPalette::Text));
            painter.drawText(bar, Qt::AlignCenter, text);
        }
    }
    if (!m_rate.isEmpty())
        paintRate(&painter, QRectF(area.left(), area.top() + barHeight + 8, area.width(), rateHeight));
}

void TimingPicture::paintRate(QPainter* painter, const QRectF& area) const
{
    const double most = *std::max_element(m_rate.begin(), m_rate.end());
    const double width = area.width() / rateParts;
    const QColor colour = phaseColour(CallPhase::Kind::Streaming, palette());
    for (int i = 0; i < rateParts && most > 0; ++i) {
        const double height = area.height() * m_rate[i] / most;
        painter->fillRect(
            QRectF(area.left() + i * width, area.bottom() - height, std::max(1.0, width - 1), height),
            colour);
    }
    painter->setPen(theme::secondaryText(palette()));
    painter->drawText(QRectF(area.left(), area.bottom(), area.width(), fontMetrics().height()), Qt::AlignLeft,
        tr("bytes of the answer over time"));
}
