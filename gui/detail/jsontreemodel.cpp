// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/jsontreemodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>

namespace {

constexpr qsizetype longestValue = 300; // characters

}

JsonTreeModel::JsonTreeModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setValue(const QJsonValue& value)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_root->value = value;
    makeChildren(m_root.get());
    endResetModel();
}

JsonTreeModel::Node* JsonTreeModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

qsizetype JsonTreeModel::memberCount(const Node& node)
{
    if (node.last >= 0)
        return node.last - node.first;
    return node.value.isArray() ? node.value.toArray().size() : node.value.toObject().size();
}

void JsonTreeModel::addChild(Node* node, const QString& name, const QString& path, const QJsonValue& value)
{
    auto child = std::make_unique<Node>();
    child->name = name;
    child->path = path;
    child->value = value;
    child->parent = node;
    child->row = int(node->children.size());
    node->children.push_back(std::move(child));
}

void JsonTreeModel::makeChildren(Node* node)
{
    node->isMade = true;
    const qsizetype count = memberCount(*node);
    if (node->value.isArray()) {
        const QJsonArray array = node->value.toArray();
        if (node->last < 0 && count > pageSize) {
            for (qsizetype first = 0; first < count; first += pageSize) {
                const qsizetype last = std::min(first + pageSize, count);
                addChild(node, QStringLiteral("[%1…%2]").arg(first).arg(last - 1), node->path, node->value);
                node->children.back()->first = first;
                node->children.back()->last = last;
            }
            return;
        }
        for (qsizetype i = node->first; i < node->first + count; ++i) {
            const QString name = QStringLiteral("[%1]").arg(i);
            addChild(node, name, node->path + name, array.at(i));
        }
        return;
    }
    const QJsonObject object = node->value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        addChild(node, it.key(), node->path.isEmpty() ? it.key() : node->path + u'.' + it.key(), it.value());
}

QModelIndex JsonTreeModel::find(const QString& path)
{
    QModelIndex at;
    for (bool isDeeper = true; isDeeper;) {
        isDeeper = false;
        if (canFetchMore(at))
            fetchMore(at);
        for (int row = 0; row < rowCount(at) && !isDeeper; ++row) {
            const QModelIndex child = index(row, 0, at);
            const Node* node = nodeOf(child);
            if (node->last >= 0) { // a page: does it hold the place that is next in the path?
                const QString rest = path.mid(node->path.size() + 1);
                const qsizetype place = rest.left(rest.indexOf(u']')).toLongLong();
                isDeeper = path.startsWith(node->path + u'[') && place >= node->first && place < node->last;
            } else {
                if (node->path == path)
                    return child;
                isDeeper = path.startsWith(node->path + u'.') || path.startsWith(node->path + u'[');
            }
            if (isDeeper)
                at = child;
        }
    }
    return {};
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    if (row < 0 || column < 0 || column > 1 || row >= int(node->children.size()))
        return {};
    return createIndex(row, column, node->children[std::size_t(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex& child) const
{
    Node* parent = child.isValid() ? nodeOf(child)->parent : nullptr;
    return !parent || parent == m_root.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int JsonTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : int(nodeOf(parent)->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex&) const
{
    return 2;
}

bool JsonTreeModel::hasChildren(const QModelIndex& parent) const
{
    return parent.column() <= 0 && memberCount(*nodeOf(parent)) > 0;
}

bool JsonTreeModel::canFetchMore(const QModelIndex& parent) const
{
    return parent.column() <= 0 && !nodeOf(parent)->isMade && hasChildren(parent);
}

void JsonTreeModel::fetchMore(const QModelIndex& parent)
{
    Node* node = nodeOf(parent);
    if (node->isMade)
        return;
    const qsizetype members = memberCount(*node);
    const bool isPaged = node->value.isArray() && node->last < 0 && members > pageSize;
    const qsizetype rows = isPaged ? (members + pageSize - 1) / pageSize : members;
    beginInsertRows(parent, 0, int(rows) - 1);
    makeChildren(node);
    endInsertRows();
}

QString JsonTreeModel::valueText(const Node& node)
{
    if (node.last >= 0)
        return {};
    switch (node.value.type()) {
    case QJsonValue::Array:
        return tr("%n item(s)", nullptr, int(memberCount(node)));
    case QJsonValue::Object:
        return tr("%n member(s)", nullptr, int(memberCount(node)));
    case QJsonValue::String: {
        const QString text = node.value.toString();
        if (text.size() <= longestValue)
            return text;
        return tr("%1…(%2 in all)")
            .arg(text.left(longestValue), QLocale().formattedDataSize(text.toUtf8().size()));
    }
    default:
        break;
    }
    const QByteArray json = QJsonDocument(QJsonArray{node.value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.sliced(1, json.size() - 2));
}

QVariant JsonTreeModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Node* node = nodeOf(index);
    if (role == PathRole)
        return node->path;
    if (role == Qt::DisplayRole)
        return index.column() == 0 ? node->name : valueText(*node);
    if (role == Qt::ToolTipRole && node->value.isString())
        return node->value.toString().left(longestValue * 4);
    return {};
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Name") : tr("Value");
}
