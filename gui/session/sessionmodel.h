// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SessionModel: a SessionTree for a view. Owned by the view; main thread.

#include "gui/session/sessiontree.h"

#include <QAbstractItemModel>

class SessionModel final : public QAbstractItemModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionModel)

public:
    enum Column { What, Model, Context, Input, Cached, Output, Cost, Duration, Timeline, Count };

    explicit SessionModel(QObject* parent = nullptr);
    ~SessionModel() override;

    /// The same nodes with other values are a change; others are a reset.
    void setTree(SessionTree tree);
    [[nodiscard]] const SessionTree& tree() const { return m_tree; }
    [[nodiscard]] const SessionNode& node(const QModelIndex& index) const;
    /// Of a place in the tree; invalid for that of the session itself.
    [[nodiscard]] QModelIndex indexOf(int place, int column = What) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const SessionNode& node, int column) const;
    [[nodiscard]] QString toolTip(const SessionNode& node, int column) const;
    [[nodiscard]] QString spoken(const SessionNode& node, int column) const;

    SessionTree m_tree;
};
