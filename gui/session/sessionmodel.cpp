// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/session/sessionmodel.h"

#include "gui/model/calltext.h"
#include "gui/model/requestcolumns.h"

#include <algorithm>

namespace {

using Kind = SessionNode::Kind;

/// Of the list, whose words the cells of a call have.
int listColumn(int column)
{
    switch (column) {
    case SessionModel::Model:
        return RequestColumns::Model;
    case SessionModel::Input:
        return RequestColumns::Input;
    case SessionModel::Cached:
        return RequestColumns::Cached;
    case SessionModel::Output:
        return RequestColumns::Output;
    case SessionModel::Cost:
        return RequestColumns::Cost;
    case SessionModel::Duration:
        return RequestColumns::Duration;
    case SessionModel::Timeline:
        return RequestColumns::Timeline;
    default:
        return RequestColumns::Request;
    }
}

bool isSame(const SessionTree& a, const SessionTree& b)
{
    return a.session == b.session
        && std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
            [](const SessionNode& x, const SessionNode& y) {
                return x.key == y.key && x.parent == y.parent && x.children == y.children;
            });
}

QString nodeDuration(const SessionNode& node)
{
    if (node.kind == Kind::Tool && node.isOpen)
        return QStringLiteral("…");
    return CallText::duration(node.toUs - node.fromUs) + (node.isOpen ? QStringLiteral("…") : QString());
}

QString totalsText(const SessionNode& node, int column)
{
    const CallTotals& totals = node.totals;
    switch (column) {
    case SessionModel::Context:
        return node.contextTokens > 0 ? CallText::count(node.contextTokens) : QString();
    case SessionModel::Input:
        return totals.inputTokens > 0 ? CallText::count(totals.inputTokens) : CallText::nothing();
    case SessionModel::Cached:
        return totals.inputTokens > 0
            ? CallText::percent(100.0 * double(totals.cachedTokens) / double(totals.inputTokens))
            : CallText::nothing();
    case SessionModel::Output:
        return totals.outputTokens > 0 ? CallText::count(totals.outputTokens) : CallText::nothing();
    case SessionModel::Cost:
        return totals.costText();
    case SessionModel::Duration:
        return nodeDuration(node);
    default:
        return {};
    }
}

} // namespace

SessionModel::SessionModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_tree(SessionTree::of({}, {}))
{
}

SessionModel::~SessionModel() = default;

void SessionModel::setTree(SessionTree tree)
{
    if (!isSame(m_tree, tree)) {
        beginResetModel();
        m_tree = std::move(tree);
        endResetModel();
        return;
    }
    m_tree = std::move(tree);
    for (const SessionNode& node : m_tree.nodes) {
        if (!node.children.empty())
            Q_EMIT dataChanged(indexOf(node.children.front()), indexOf(node.children.back(), Timeline));
    }
}

const SessionNode& SessionModel::node(const QModelIndex& index) const
{
    return m_tree.nodes[std::size_t(index.isValid() ? index.internalId() : 0)];
}

QModelIndex SessionModel::indexOf(int place, int column) const
{
    return place <= 0 ? QModelIndex()
                      : createIndex(m_tree.nodes[std::size_t(place)].row, column, quintptr(place));
}

QModelIndex SessionModel::index(int row, int column, const QModelIndex& parent) const
{
    return hasIndex(row, column, parent) ? indexOf(node(parent).children[std::size_t(row)], column)
                                         : QModelIndex();
}

QModelIndex SessionModel::parent(const QModelIndex& index) const
{
    return index.isValid() ? indexOf(node(index).parent) : QModelIndex();
}

int SessionModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : int(node(parent).children.size());
}

int SessionModel::columnCount(const QModelIndex&) const
{
    return int(Count);
}

QString SessionModel::text(const SessionNode& node, int column) const
{
    if (column == What) {
        if (node.kind == Kind::Turn)
            return tr("Turn %1: %2").arg(node.row + 1).arg(node.title);
        return node.kind == Kind::Call ? QStringLiteral("#%1 %2").arg(node.call.number).arg(node.title)
                                       : node.title;
    }
    switch (node.kind) {
    case Kind::Call:
        return column == Context ? QString() : RequestColumns::text(node.call, listColumn(column));
    case Kind::Tool:
        return column == Duration ? nodeDuration(node) : QString();
    default:
        return totalsText(node, column);
    }
}

QString SessionModel::toolTip(const SessionNode& node, int column) const
{
    switch (node.kind) {
    case Kind::Call:
        return RequestColumns::toolTip(node.call, listColumn(column));
    case Kind::Tool:
        return tr("%1\nThe time between the answer that asks for it and the next request. How long each tool "
                  "ran is not told.")
            .arg(node.title);
    default:
        break;
    }
    if (column == Context)
        return tr("The longest prompt of this turn: how full the model's context was");
    return text(node, What) + u'\n' + tr("%n call(s)", nullptr, int(node.totals.calls)) + u'\n'
        + node.totals.text();
}

QString SessionModel::spoken(const SessionNode& node, int column) const
{
    if (column == Timeline) {
        return tr("begins %1 after the session's begin, takes %2")
            .arg(CallText::duration(node.fromUs - m_tree.root().fromUs), nodeDuration(node));
    }
    if (column != What && node.kind == Kind::Call && column != Context)
        return RequestColumns::spoken(node.call, listColumn(column));
    const QString value = text(node, column);
    if (column == What) {
        if (node.kind == Kind::Tool)
            return tr("Tool %1").arg(value);
        return node.kind == Kind::Call ? value + QStringLiteral(", ") + CallText::outcome(node.call) : value;
    }
    return value.isEmpty() ? value
                           : QStringLiteral("%1: %2").arg(
                               headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString(), value);
}

QVariant SessionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SessionNode& shown = node(index);
    switch (role) {
    case Qt::DisplayRole:
        return text(shown, index.column());
    case Qt::ToolTipRole:
        return toolTip(shown, index.column());
    case Qt::AccessibleTextRole:
        return spoken(shown, index.column());
    case Qt::TextAlignmentRole:
        return int((index.column() >= Context && index.column() < Timeline ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant SessionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Count)
        return {};
    const bool isLong = role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
    if (role == Qt::TextAlignmentRole)
        return int(
            (section >= Context && section < Timeline ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && !isLong)
        return {};
    if (section == What)
        return tr("Turn, request, tool");
    if (section == Context)
        return isLong ? tr("Longest prompt of the turn") : tr("Context");
    return isLong ? RequestColumns::longTitle(listColumn(section))
                  : RequestColumns::title(listColumn(section));
}
