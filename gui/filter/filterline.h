// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FilterLine: the line in which a filter is typed: completes fields and values, goes through its history with
// Up and Down, and shows by a red frame that the text is no filter. Main thread, owned by the FilterBar.

#include "gui/filter/filtercompletion.h"

#include <QLineEdit>

class QCompleter;
class QStandardItemModel;

class FilterLine final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterLine)

public:
    explicit FilterLine(QWidget* parent = nullptr);
    ~FilterLine() override;

    void setSeenValues(const FilterCompletion::SeenValues& values) { m_seen = values; }
    /// The newest last.
    void setHistory(const QStringList& history);
    /// Empty: what is typed is a filter.
    void setError(const QString& message);
    [[nodiscard]] QCompleter* suggestions() const { return m_completer; }

Q_SIGNALS:
    /// Return.
    void applied();
    /// Ctrl+Return: dim what does not match instead of hiding it.
    void highlightAsked();
    /// Escape, when there is nothing to take back.
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void suggest(bool isAsked);
    void take(const QString& suggestion);
    void browse(int step);

    QCompleter* m_completer;
    QStandardItemModel* m_suggestions;
    FilterCompletion::SeenValues m_seen;
    QStringList m_history;
    qsizetype m_historyAt = 0; // its size: what is being typed
    QString m_typed;
    bool m_hasError = false;
};
