// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/statuspanel.h"

#include "gui/style/theme.h"

#include <QApplication>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QStatusBar>

namespace {

qint64 tally(const QJsonObject& telemetry, const char* key)
{
    return telemetry.value(QLatin1String(key)).toInteger();
}

/// The text with a dot of that colour before it.
QString dotted(const QString& text, theme::Accent accent)
{
    return QStringLiteral("<span style=\"color:%1\">●</span> %2")
        .arg(theme::accent(accent, QApplication::palette()).name(), text.toHtmlEscaped());
}

/// A text that is cut with an ellipsis where its room ends.
class ElidedLabel final : public QLabel
{
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.drawText(contentsRect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()));
    }
};

} // namespace

StatusPanel::StatusPanel(QStatusBar* bar)
    : QObject(bar)
    , m_bar(bar)
{
    m_source = addLabel(QStringLiteral("statusSource"));
    m_counts = addLabel(QStringLiteral("statusCounts"), true);
    m_live = addLabel(QStringLiteral("statusLive"));
    m_totals = addLabel(QStringLiteral("statusTotals"));
    m_delivery = addLabel(QStringLiteral("statusDelivery"));
    m_source->setTextFormat(Qt::RichText);
    m_delivery->setTextFormat(Qt::RichText);
}

StatusPanel::~StatusPanel() = default;

QLabel* StatusPanel::addLabel(const QString& name, bool isWide)
{
    QLabel* label = isWide ? new ElidedLabel(m_bar) : new QLabel(m_bar);
    label->setObjectName(name);
    label->setContentsMargins(6, 0, 6, 0);
    label->setTextFormat(Qt::PlainText);
    if (isWide)
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // it gives way first
    m_bar->addWidget(label, isWide ? 1 : 0);
    return label;
}

void StatusPanel::setSource(const SourceStatus& status, bool isFile, bool isRecording)
{
    using State = SourceStatus::State;
    if (isFile) {
        m_source->setText(QFileInfo(status.detail).fileName().toHtmlEscaped());
        m_source->setToolTip(status.detail);
        return;
    }
    const QString host
        = status.url.host() + (status.url.port() > 0 ? u':' + QString::number(status.url.port()) : QString());
    QString text;
    theme::Accent accent = theme::Accent::Warn;
    switch (status.state) {
    case State::Attached:
        text = isRecording ? tr("Recording %1").arg(host) : tr("Recording is off");
        accent = isRecording ? theme::Accent::Error : theme::Accent::Muted;
        break;
    case State::Connecting:
        text = tr("Connecting %1").arg(host);
        break;
    case State::Lost:
        text = tr("Lost %1").arg(host);
        break;
    case State::Incompatible:
    case State::Refused:
        text = tr("Not connected");
        accent = theme::Accent::Error;
        break;
    case State::Stopped:
        text = tr("Stopped");
        accent = theme::Accent::Muted;
        break;
    }
    m_source->setText(dotted(text, accent));
    m_source->setToolTip(status.url.toDisplayString());
}

void StatusPanel::setCounts(qsizetype shown, qsizetype all, qsizetype selected, qsizetype dropped)
{
    const QLocale locale;
    QString text = tr("%1 of %2").arg(locale.toString(shown), locale.toString(all));
    if (selected > 0)
        text = tr("%1 · %2 selected").arg(text, locale.toString(selected));
    if (dropped > 0)
        text = tr("%1 · dropped the %2 oldest").arg(text, locale.toString(dropped));
    m_counts->setText(text);
    m_counts->setToolTip(text);
}

void StatusPanel::setTotals(const CallTotals& totals, bool ofSelection, qsizetype live, double callsPerSecond)
{
    m_live->setText(callsPerSecond > 0
            ? tr("%1 live · %2 calls/s").arg(live).arg(QLocale().toString(callsPerSecond, 'f', 1))
            : tr("%1 live").arg(live));
    m_totals->setText(totals.text());
    m_totals->setToolTip(ofSelection ? tr("Of the selected calls") : tr("Of all calls that are shown"));
}

void StatusPanel::setDelivery(const QJsonObject& telemetry)
{
    const QString words = deliveryWords(telemetry);
    if (words.isEmpty()) {
        m_delivery->clear();
        return;
    }
    const bool isOff = telemetry.value(QLatin1String("delivery")).toString() != QLatin1String("enabled");
    const bool hasError = !telemetry.value(QLatin1String("lastError")).toString().isEmpty();
    const qint64 waiting = tally(telemetry, "pending") + tally(telemetry, "delivering");
    const theme::Accent accent = isOff                                  ? theme::Accent::Muted
        : tally(telemetry, "rejected") > 0 || (hasError && waiting > 0) ? theme::Accent::Error
        : waiting > 0                                                   ? theme::Accent::Warn
                                                                        : theme::Accent::Ok;
    const qint64 rejected = tally(telemetry, "rejected");
    QString brief = isOff ? tr("Langfuse off")
        : waiting > 0     ? tr("Langfuse: %1 queued").arg(waiting)
                          : tr("Langfuse");
    if (!isOff && rejected > 0)
        brief = tr("%1 · %2 failed").arg(brief).arg(rejected);
    m_delivery->setText(dotted(brief, accent));
    m_delivery->setToolTip(
        words + (hasError ? u'\n' + telemetry.value(QLatin1String("lastError")).toString() : QString()));
}

QString StatusPanel::deliveryWords(const QJsonObject& telemetry)
{
    if (telemetry.isEmpty())
        return {};
    if (telemetry.value(QLatin1String("delivery")).toString() != QLatin1String("enabled"))
        return tr("Langfuse: off");
    const QLocale locale;
    QStringList parts{tr("%1 accepted").arg(locale.toString(tally(telemetry, "delivered")))};
    if (const qint64 waiting = tally(telemetry, "pending") + tally(telemetry, "delivering"); waiting > 0)
        parts.append(tr("%1 queued").arg(locale.toString(waiting)));
    if (const qint64 rejected = tally(telemetry, "rejected"); rejected > 0)
        parts.append(tr("%1 failed").arg(locale.toString(rejected)));
    if (const qint64 dropped = tally(telemetry, "dropped"); dropped > 0)
        parts.append(tr("%1 dropped").arg(locale.toString(dropped)));
    return tr("Langfuse: %1").arg(parts.join(QStringLiteral(" · ")));
}
