// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SessionView: a session as a tree over time. New calls keep what is collapsed, the current row and the place
// that is looked at; who looks at the end goes on seeing it. Owned by the page; main thread.

#include "gui/session/sessiontree.h"

#include <QSet>
#include <QTreeView>

class SessionModel;

class SessionView final : public QTreeView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionView)

public:
    explicit SessionView(QWidget* parent = nullptr);
    ~SessionView() override;

    void setTree(SessionTree tree);
    /// Makes it the current row and shows it; nothing when it is that already, or is not there.
    void selectCall(const QByteArray& id);

Q_SIGNALS:
    /// A call, or a tool that it asks for, is current.
    void callChosen(const QByteArray& id);
    /// Enter, or a double click.
    void callOpened(const QByteArray& id);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Empty: a turn or an agent.
    [[nodiscard]] QByteArray callAt(const QModelIndex& index) const;
    [[nodiscard]] int placeOf(const QString& key) const;
    void open(const QModelIndex& index);
    void restore(const QString& currentKey);
    void fitColumns();

    SessionModel* m_model;
    QSet<QString> m_collapsed; // keys
    bool m_isRestoring = false;
};
