// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SummaryStrip: one call in one line above its tabs: what went wrong first, then what it was, how long it
// took, what it used and where its delivery stands. What does not fit goes from the right; the tool tip has
// it all. Main thread.

#include "gui/model/callfacts.h"

#include <QLabel>

class SummaryStrip final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SummaryStrip)

public:
    explicit SummaryStrip(QWidget* parent = nullptr);
    ~SummaryStrip() override;

    /// `number`: "#23", may be empty. `problem`: what else is wrong with it, for instance with the cache.
    void showCall(const CallFacts& facts, const QString& number, const QString& problem);
    void clearCall();

    struct Chip
    {
        QString html;
        QString plain; // the same, for measuring and screen readers
    };
    [[nodiscard]] const QList<Chip>& chips() const { return m_chips; }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void fit();

    CallFacts m_facts;
    QString m_number;
    QString m_problem;
    QList<Chip> m_chips;
};
