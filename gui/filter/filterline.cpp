// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/filter/filterline.h"

#include "gui/style/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>

namespace {

constexpr int wholeTermRole = Qt::UserRole + 1;
constexpr int insertedRole = Qt::UserRole + 2;

} // namespace

FilterLine::FilterLine(QWidget* parent)
    : QLineEdit(parent)
    , m_completer(new QCompleter(this))
    , m_suggestions(new QStandardItemModel(this))
{
    setObjectName(QStringLiteral("filterLine"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(
        tr("Filter:  model:opus  status:>=400  ttft:>2s  cost:>$0.10  tool:bash  \"text\"   (Ctrl+F)"));
    addAction(theme::icon(QStringLiteral("filter")), QLineEdit::LeadingPosition)->setText(tr("Filter"));
    m_completer->setModel(m_suggestions);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setObjectName(QStringLiteral("filterSuggestions"));
    connect(m_completer, QOverload<const QModelIndex&>::of(&QCompleter::activated), this,
        [this](const QModelIndex& index) {
            const bool isWhole = index.data(wholeTermRole).toBool();
            take(index.data(insertedRole).toString() + (isWhole ? QStringLiteral(" ") : QString()));
            if (!isWhole)
                QMetaObject::invokeMethod(
                    this, [this] { suggest(true); }, Qt::QueuedConnection);
        });
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_historyAt = m_history.size();
        suggest(false);
    });
}

FilterLine::~FilterLine() = default;

void FilterLine::setHistory(const QStringList& history)
{
    m_history = history;
    m_historyAt = m_history.size();
}

void FilterLine::setError(const QString& message)
{
    const bool hasError = !message.isEmpty();
    setToolTip(message);
    setAccessibleDescription(message);
    if (std::exchange(m_hasError, hasError) != hasError)
        update();
}

void FilterLine::suggest(bool isAsked)
{
    const FilterCompletion completion(text(), cursorPosition(), m_seen);
    const bool isWanted = isAsked || !completion.word().isEmpty();
    const QList<FilterCompletion::Suggestion>& found = completion.suggestions();
    if (!isWanted || found.isEmpty() || !hasFocus()) {
        m_completer->popup()->hide();
        return;
    }
    m_suggestions->clear();
    for (const FilterCompletion::Suggestion& suggestion : found) {
        const QString shown = suggestion.meaning.isEmpty()
            ? suggestion.text
            : tr("%1    %2", "a suggestion and what it means").arg(suggestion.text, suggestion.meaning);
        auto* item = new QStandardItem(shown);
        item->setData(suggestion.text, insertedRole);
        item->setData(suggestion.isWhole, wholeTermRole);
        m_suggestions->appendRow(item);
    }
    QRect place = cursorRect();
    const QAbstractItemView* popup = m_completer->popup();
    place.setWidth(popup->sizeHintForColumn(0) + popup->verticalScrollBar()->sizeHint().width() + 12);
    m_completer->complete(place);
}

void FilterLine::take(const QString& suggestion)
{
    const FilterCompletion completion(text(), cursorPosition(), m_seen);
    QString changed = text();
    qsizetype length = completion.wordLength();
    const qsizetype end = completion.wordStart() + length;
    if (suggestion.endsWith(u' ') && end < changed.size() && changed[end] == u' ')
        ++length;
    changed.replace(completion.wordStart(), length, suggestion);
    setText(changed);
    setCursorPosition(int(completion.wordStart() + suggestion.size()));
}

void FilterLine::browse(int step)
{
    if (m_historyAt == m_history.size())
        m_typed = text();
    const qsizetype place = std::clamp<qsizetype>(m_historyAt + step, 0, m_history.size());
    if (place == m_historyAt)
        return;
    m_historyAt = place;
    setText(place < m_history.size() ? m_history[place] : m_typed);
}

void FilterLine::keyPressEvent(QKeyEvent* event)
{
    const bool isPopupOpen = m_completer->popup()->isVisible();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isPopupOpen && m_completer->popup()->currentIndex().isValid()) {
            event->ignore(); // the completer takes it
            return;
        }
        m_completer->popup()->hide();
        if (event->modifiers() & Qt::ControlModifier)
            Q_EMIT highlightAsked();
        else
            Q_EMIT applied();
        return;
    case Qt::Key_Escape:
        if (isPopupOpen) {
            m_completer->popup()->hide();
            return;
        }
        if (text().isEmpty())
            Q_EMIT left();
        clear();
        return;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (isPopupOpen) {
            event->ignore();
            return;
        }
        browse(event->key() == Qt::Key_Up ? -1 : 1);
        return;
    case Qt::Key_Space:
        if (event->modifiers() & Qt::ControlModifier) {
            suggest(true);
            return;
        }
        break;
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterLine::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (!m_hasError)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme::accent(theme::Accent::Error, palette()), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 2, 2);
}

void FilterLine::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        m_completer->popup()->hide();
}
