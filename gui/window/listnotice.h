// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ListNotice: what stands over the list while it has no rows: why, and what can be done. Main thread, owned
// by the list, whose middle it keeps to.

#include "gui/source/sourceevent.h"

#include <QWidget>

class QLabel;
class QPushButton;

class ListNotice final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListNotice)

public:
    struct Facts
    {
        SourceStatus status;
        bool isFile = false;
        bool isLoading = false;
        bool isRecording = true;
        bool isFiltered = false;
        qsizetype calls = 0; // shown or not

        bool operator==(const Facts&) const = default;
    };

    /// Over `list`'s viewport.
    explicit ListNotice(QWidget* viewport);
    ~ListNotice() override;

    /// `hasRows`: the notice is hidden.
    void setFacts(const Facts& facts, bool hasRows);
    [[nodiscard]] QString title() const;

Q_SIGNALS:
    void clearFilterRequested();
    void retryRequested();
    void recordRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Action { None, ClearFilter, Retry, Record };

    void place();
    void say(const QString& title, const QString& more, Action action = Action::None);

    QLabel* m_title;
    QLabel* m_more;
    QPushButton* m_button;
    Action m_action = Action::None;
};
