// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/session/stopwatchbar.h"

#include "gui/model/calltext.h"
#include "gui/model/calltotals.h"
#include "gui/model/requestlistmodel.h"
#include "gui/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace {

constexpr int stopwatchTickMs = 500;
constexpr int stopwatchEdge = 3;

} // namespace

StopwatchBar::StopwatchBar(const RequestListModel* model, Clock clock, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_clock(std::move(clock))
    , m_text(new QLabel(this))
    , m_toggle(new QPushButton(this))
{
    setObjectName(QStringLiteral("stopwatchBar"));
    m_text->setObjectName(QStringLiteral("stopwatchText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_toggle->setObjectName(QStringLiteral("stopwatchToggle"));
    auto* close = new QToolButton(this);
    close->setObjectName(QStringLiteral("stopwatchClose"));
    close->setIcon(theme::icon(QStringLiteral("close")));
    close->setAutoRaise(true);
    close->setToolTip(tr("Put the stopwatch away"));
    close->setAccessibleName(close->toolTip());
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 3, 6, 3);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_toggle);
    layout->addWidget(close);
    m_second.setInterval(stopwatchTickMs);
    connect(&m_second, &QTimer::timeout, this, &StopwatchBar::announce);
    // A call that began in between may end later.
    connect(model, &RequestListModel::callsChanged, this, [this] {
        if (!m_second.isActive() && isVisibleTo(parentWidget()))
            announce();
    });
    connect(m_toggle, &QPushButton::clicked, this, [this] { isRunning() ? stop() : start(); });
    connect(close, &QToolButton::clicked, this, [this] {
        stop();
        hide();
    });
    hide();
}

StopwatchBar::~StopwatchBar() = default;

void StopwatchBar::start()
{
    m_fromUs = m_clock();
    m_second.start();
    m_toggle->setText(tr("Stop"));
    announce();
    setVisible(true);
    Q_EMIT runningChanged(true);
}

void StopwatchBar::stop()
{
    if (!isRunning())
        return;
    announce();
    m_second.stop();
    m_toggle->setText(tr("Start again"));
    update();
    Q_EMIT runningChanged(false);
}

QString StopwatchBar::text() const
{
    return m_text->text();
}

void StopwatchBar::announce()
{
    if (isRunning())
        m_toUs = m_clock();
    CallTotals totals;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const CallFacts& call = m_model->callAt(row);
        if (call.startedAtUs >= m_fromUs && call.startedAtUs <= m_toUs)
            totals.add(call);
    }
    QStringList parts{tr("Stopwatch %1").arg(CallText::duration(m_toUs - m_fromUs)),
        tr("%n call(s)", nullptr, int(totals.calls))};
    if (totals.openCalls > 0)
        parts.append(tr("%n open", nullptr, int(totals.openCalls)));
    parts.append(totals.text());
    m_text->setText(parts.join(QStringLiteral(" · ")));
    m_text->setToolTip(m_text->text());
}

void StopwatchBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor accent = theme::accent(isRunning() ? theme::Accent::Live : theme::Accent::Muted, palette());
    painter.fillRect(rect(), theme::tinted(accent, palette()));
    painter.fillRect(QRect(0, 0, stopwatchEdge, height()), accent);
}
