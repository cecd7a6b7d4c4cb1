// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/conversation/findbar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QShortcut>
#include <QTextEdit>

FindBar::FindBar(QTextEdit* view, const QString& placeholder, QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_result(new QLabel(this))
{
    setView(view);
    build(placeholder);
}

FindBar::FindBar(QPlainTextEdit* view, const QString& placeholder, QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_result(new QLabel(this))
{
    setView(view);
    build(placeholder);
}

FindBar::~FindBar() = default;

/// Qt's two text views have no base with these.
template <typename View>
void FindBar::setView(View* view)
{
    m_view = view;
    m_findIn
        = [view](const QString& text, QTextDocument::FindFlags flags) { return view->find(text, flags); };
    m_cursor = [view] { return view->textCursor(); };
    m_setCursor = [view](const QTextCursor& cursor) { view->setTextCursor(cursor); };
}

void FindBar::build(const QString& placeholder)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 0, 4, 2);
    m_text->setObjectName(QStringLiteral("findText"));
    m_text->setPlaceholderText(placeholder);
    m_text->setAccessibleName(placeholder);
    m_text->setClearButtonEnabled(true);
    m_result->setObjectName(QStringLiteral("findResult"));
    row->addWidget(m_text, 1);
    row->addWidget(m_result);
    connect(m_text, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_text, &QLineEdit::textEdited, this, [this] {
        QTextCursor cursor = m_cursor(); // the longer word may stand where the shorter one does
        cursor.setPosition(cursor.selectionStart());
        m_setCursor(cursor);
        find(false);
    });
    const auto addShortcut = [this](QKeySequence::StandardKey key, const std::function<void()>& act) {
        auto* shortcut = new QShortcut(key, parentWidget());
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    addShortcut(QKeySequence::Find, [this] { open(); });
    addShortcut(QKeySequence::FindNext, [this] { find(false); });
    addShortcut(QKeySequence::FindPrevious, [this] { find(true); });
    parentWidget()->installEventFilter(this);
    hide();
}

void FindBar::open()
{
    Q_EMIT opened();
    show();
    m_text->setFocus();
    m_text->selectAll();
}

void FindBar::find(bool isBackward)
{
    const QString text = m_text->text();
    if (text.isEmpty()) {
        m_result->clear();
        return;
    }
    const QTextDocument::FindFlags flags
        = isBackward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (m_findIn(text, flags)) {
        m_result->clear();
        return;
    }
    QTextCursor cursor = m_cursor();
    cursor.movePosition(isBackward ? QTextCursor::End : QTextCursor::Start);
    m_setCursor(cursor);
    m_result->setText(!m_findIn(text, flags) ? tr("Not found")
            : isBackward                     ? tr("From the end")
                                             : tr("From the start"));
}

/// Keys that nobody in the parent wanted arrive there.
bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    const bool isEscape
        = event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape;
    if (!isEscape || !isVisible())
        return QWidget::eventFilter(watched, event);
    hide();
    m_view->setFocus();
    return true;
}
