// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/filter/filterchips.h"

#include "gui/style/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace {

constexpr int chipSpacing = 4;
constexpr int longestChip = 42; // characters

QString shortened(const QString& text)
{
    return text.size() > longestChip ? text.left(longestChip - 1) + QChar(u'…') : text;
}

} // namespace

FilterChips::FilterChips(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("filterChips"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(chipSpacing);
    m_layout->addStretch(1);
    setMinimumHeight(fontMetrics().height() + 6);
    hide();
}

FilterChips::~FilterChips() = default;

void FilterChips::setChips(const QList<FilterChip>& chips)
{
    if (chips == m_shown)
        return;
    m_shown = chips;
    for (QToolButton* button : std::exchange(m_buttons, {})) {
        button->hide();
        button->deleteLater(); // it may be the one that was clicked
    }
    for (const FilterChip& chip : chips) {
        if (chip.kind == FilterChip::Kind::Quick)
            continue;
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("chip:") + chip.term);
        const QString shown = shortened(chip.shown());
        button->setText(chip.isExcluded ? tr("not %1", "a chip of the filter").arg(shown) : shown);
        button->setIcon(theme::icon(QStringLiteral("close")));
        button->setIconSize(QSize(9, 9));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setToolTip(tr("%1 — click to remove").arg(chip.term));
        button->setAccessibleName(tr("Remove the filter %1").arg(chip.shown()));
        connect(button, &QToolButton::clicked, this, [this, term = chip.term] { Q_EMIT removed(term); });
        m_layout->insertWidget(int(m_buttons.size()), button);
        m_buttons.append(button);
        button->show();
    }
    showWhatThereIs();
}

void FilterChips::setWords(const QString& words)
{
    m_words = words;
    showWhatThereIs();
}

void FilterChips::setError(const QString& message)
{
    m_error = message;
    showWhatThereIs();
}

void FilterChips::showWhatThereIs()
{
    setToolTip(words());
    setAccessibleName(words());
    setVisible(!m_buttons.isEmpty() || !words().isEmpty());
    update();
}

/// The words stand right of the chips, cut where the room ends.
void FilterChips::paintEvent(QPaintEvent*)
{
    int left = 6;
    for (const QToolButton* button : m_buttons)
        left = std::max(left, button->geometry().right() + 8);
    const QRect room(left, 0, width() - left - 4, height());
    if (words().isEmpty() || room.width() <= 0)
        return;
    QPainter painter(this);
    painter.setPen(
        m_error.isEmpty() ? theme::secondaryText(palette()) : theme::accent(theme::Accent::Error, palette()));
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        fontMetrics().elidedText(words(), Qt::ElideRight, room.width()));
}
