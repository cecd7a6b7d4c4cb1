// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FindBar: finds words in a text view. Opened by Ctrl+F anywhere in its parent, closed by Escape; F3 and
// Shift+F3 go on. Hidden until then. Main thread.

#include <QTextCursor>
#include <QTextDocument>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTextEdit;

class FindBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FindBar)

public:
    /// `view` is in `parent` and outlives this. `placeholder`: what is searched: "Find in this body".
    FindBar(QTextEdit* view, const QString& placeholder, QWidget* parent);
    FindBar(QPlainTextEdit* view, const QString& placeholder, QWidget* parent);
    ~FindBar() override;

    void open();

Q_SIGNALS:
    /// Somebody wants to find something: the text should be in sight.
    void opened();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    template <typename View>
    void setView(View* view);
    void build(const QString& placeholder);
    void find(bool isBackward);

    QWidget* m_view = nullptr;
    std::function<bool(const QString&, QTextDocument::FindFlags)> m_findIn;
    std::function<QTextCursor()> m_cursor;
    std::function<void(const QTextCursor&)> m_setCursor;
    QLineEdit* m_text;
    QLabel* m_result;
};
