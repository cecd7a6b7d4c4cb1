// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/listnotice.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace {

constexpr int noticeWidth = 480;

} // namespace

ListNotice::ListNotice(QWidget* viewport)
    : QWidget(viewport)
    , m_title(new QLabel(this))
    , m_more(new QLabel(this))
    , m_button(new QPushButton(this))
{
    setObjectName(QStringLiteral("listNotice"));
    m_title->setObjectName(QStringLiteral("noticeTitle"));
    m_more->setObjectName(QStringLiteral("noticeText"));
    m_button->setObjectName(QStringLiteral("noticeButton"));
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.3);
    m_title->setFont(font);
    for (QLabel* label : {m_title, m_more}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_more);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_action == Action::ClearFilter)
            Q_EMIT clearFilterRequested();
        else if (m_action == Action::Retry)
            Q_EMIT retryRequested();
        else if (m_action == Action::Record)
            Q_EMIT recordRequested();
    });
    viewport->installEventFilter(this);
    hide();
}

ListNotice::~ListNotice() = default;

QString ListNotice::title() const
{
    return isVisibleTo(parentWidget()) ? m_title->text() : QString();
}

void ListNotice::setFacts(const Facts& facts, bool hasRows)
{
    using State = SourceStatus::State;
    setVisible(!hasRows);
    if (hasRows)
        return;
    const QString address = facts.status.url.toDisplayString();
    if (facts.isFiltered && facts.calls > 0) {
        say(tr("No call matches"), tr("0 of %1 calls match the filter.").arg(QLocale().toString(facts.calls)),
            Action::ClearFilter);
    } else if (facts.status.state == State::Refused || facts.status.state == State::Incompatible) {
        say(facts.isFile                               ? tr("The file cannot be opened")
                : facts.status.state == State::Refused ? tr("No connection")
                                                       : tr("This cannot be shown"),
            facts.status.detail);
    } else if (facts.status.state == State::Lost) {
        say(tr("Connection lost"), facts.status.detail, Action::Retry);
    } else if (facts.status.state == State::Stopped) {
        say(tr("Stopped"), {});
    } else if (facts.status.state == State::Connecting) {
        say(tr("Connecting…"), address);
    } else if (facts.isLoading) {
        say(tr("Loading…"), {});
    } else if (facts.isFile) {
        say(tr("This file holds no calls"), facts.status.detail);
    } else if (!facts.isRecording) {
        say(tr("Recording is off"), tr("Calls are forwarded and delivered as before, but not shown."),
            Action::Record);
    } else {
        say(tr("No calls yet"), tr("Point a client at %1 and its calls appear here.").arg(address));
    }
}

void ListNotice::say(const QString& title, const QString& more, Action action)
{
    m_title->setText(title);
    m_more->setText(more);
    m_more->setVisible(!more.isEmpty());
    m_action = action;
    m_button->setVisible(action != Action::None);
    m_button->setText(action == Action::ClearFilter ? tr("Clear filter")
            : action == Action::Retry               ? tr("Retry now")
                                                    : tr("Record"));
    place();
}

void ListNotice::place()
{
    const QWidget* viewport = parentWidget();
    const int width = std::min(noticeWidth, viewport->width());
    const int height = std::max(sizeHint().height(), layout()->heightForWidth(width));
    setGeometry(
        (viewport->width() - width) / 2, std::max(0, (viewport->height() - height) / 2), width, height);
    raise();
}

bool ListNotice::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}
