// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SessionPage: a session in the place of the list: its sums in a line, and its tree. Follows what happens in
// the list's model. Owned by the window; main thread.

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class RequestListModel;
class SessionView;

class SessionPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionPage)

public:
    /// `model` must outlive this.
    explicit SessionPage(const RequestListModel* model, QWidget* parent = nullptr);
    ~SessionPage() override;

    /// Empty: none, and nothing is followed any more.
    void setSession(const QString& session);
    [[nodiscard]] const QString& session() const { return m_session; }
    [[nodiscard]] SessionView* view() const { return m_view; }
    /// "3 turns · 14 calls · Σ in 612k (91% cached) · out 9.4k · $2.41 · 2m 05s"
    [[nodiscard]] QString totals() const;
    /// A button at the end of the line.
    void addTool(QAction* action);

Q_SIGNALS:
    /// Back to the list, or the session has no calls any more.
    void left();

private:
    void refresh();
    void refreshSoon();

    const RequestListModel* m_model;
    SessionView* m_view;
    QHBoxLayout* m_head;
    QLabel* m_title;
    QLabel* m_totals;
    QTimer m_refresh;
    QString m_session;
};
