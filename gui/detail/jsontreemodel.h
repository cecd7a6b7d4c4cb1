// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonTreeModel: a JSON value as a tree of names and values. Members are made when somebody opens what holds
// them, and long lists in pages of 200, so that the size of a body costs nothing. Main thread.

#include <QAbstractItemModel>
#include <QJsonValue>

#include <memory>
#include <vector>

class JsonTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JsonTreeModel)

public:
    enum Role { PathRole = Qt::UserRole }; // "messages[3].content"

    explicit JsonTreeModel(QObject* parent = nullptr);
    ~JsonTreeModel() override;

    void setValue(const QJsonValue& value);
    /// Makes what is on the way; invalid: there is no such thing.
    [[nodiscard]] QModelIndex find(const QString& path);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static constexpr qsizetype pageSize = 200;

private:
    struct Node
    {
        QString name;
        QString path;
        QJsonValue value;
        Node* parent = nullptr;
        int row = 0;
        qsizetype first = 0; // of a page: its members
        qsizetype last = -1; // behind; -1: all
        bool isMade = false; // its children are
        std::vector<std::unique_ptr<Node>> children;
    };

    [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
    [[nodiscard]] static qsizetype memberCount(const Node& node);
    static void makeChildren(Node* node);
    static void addChild(Node* node, const QString& name, const QString& path, const QJsonValue& value);
    [[nodiscard]] static QString valueText(const Node& node);

    std::unique_ptr<Node> m_root;
};
