// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FilterChips: the row below the filter line: a chip for each term that a click has made, with a cross that
// takes it away, and the whole filter in words, or what is wrong with it. Hidden while there is nothing to
// say. Main thread, owned by the FilterBar.

#include "gui/filter/activefilter.h"

#include <QWidget>

class QHBoxLayout;
class QToolButton;

class FilterChips final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilterChips)

public:
    explicit FilterChips(QWidget* parent = nullptr);
    ~FilterChips() override;

    void setChips(const QList<FilterChip>& chips);
    void setWords(const QString& words);
    /// Comes over the words while it is not empty.
    void setError(const QString& message);
    /// As it is shown.
    [[nodiscard]] QString words() const { return m_error.isEmpty() ? m_words : m_error; }
    [[nodiscard]] bool hasError() const { return !m_error.isEmpty(); }

Q_SIGNALS:
    void removed(const QString& term);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showWhatThereIs();

    QHBoxLayout* m_layout;
    QList<FilterChip> m_shown;
    QList<QToolButton*> m_buttons;
    QString m_words;
    QString m_error;
};
