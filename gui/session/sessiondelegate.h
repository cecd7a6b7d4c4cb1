// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SessionDelegate: paints the rows of a session: the state of a call before its text, and bars over the whole
// time of the session. Owned by the view; main thread.

#include <QStyledItemDelegate>

class SessionModel;

class SessionDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionDelegate)

public:
    explicit SessionDelegate(const SessionModel* model, QObject* parent = nullptr);
    ~SessionDelegate() override;

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintText(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintTimeline(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;

    const SessionModel* m_model;
};
