// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/requestlistmodel.h"

#include <algorithm>

namespace {

constexpr int resortMs = 1000;
constexpr qsizetype dropShare = 50; // a fiftieth at once, so that it is rare

} // namespace

RequestListModel::RequestListModel(QObject* parent)
    : QAbstractTableModel(parent)
{
    m_resort.setSingleShot(true);
    m_resort.setInterval(resortMs);
    connect(&m_resort, &QTimer::timeout, this, [this] { rebuild(); });
}

RequestListModel::~RequestListModel() = default;

void RequestListModel::update(const QList<CallFacts>& calls)
{
    std::vector<int> added;
    std::vector<int> changed;
    for (const CallFacts& call : calls) {
        if (const auto known = m_byId.constFind(call.id); known != m_byId.constEnd()) {
            CallFacts& old = m_calls[std::size_t(*known)];
            m_openCalls += int(call.isOpen()) - int(old.isOpen());
            const qint64 number = old.number;
            const int mark = old.mark;
            const QString note = old.note;
            old = call;
            old.number = number;
            old.mark = mark;
            old.note = note;
            if (std::size_t(*known) < m_rows.size()) // else it is among the new ones
                changed.push_back(*known);
            continue;
        }
        const int index = int(m_calls.size());
        m_byId.insert(call.id, index);
        m_calls.push_back(call);
        m_calls.back().number = ++m_lastNumber;
        if (m_restore)
            m_restore(&m_calls.back());
        m_openCalls += int(call.isOpen());
        added.push_back(index);
    }
    addCalls(added);
    announceChanged(changed);
    if (qsizetype(m_calls.size()) > m_maxCalls)
        dropOldest();
    if (!calls.isEmpty())
        Q_EMIT callsChanged();
}

void RequestListModel::addCalls(const std::vector<int>& indexes)
{
    m_rows.resize(m_calls.size(), -1);
    std::vector<int> matching;
    std::copy_if(indexes.begin(), indexes.end(), std::back_inserter(matching),
        [this](int index) { return isMatch(m_calls[std::size_t(index)]); });
    if (matching.empty())
        return;
    const bool isAtTop = m_sortColumn == RequestColumns::Number && !isInOrderOfArrival();
    if (isAtTop)
        std::reverse(matching.begin(), matching.end());
    const int first = isAtTop ? 0 : int(m_shown.size());
    beginInsertRows({}, first, first + int(matching.size()) - 1);
    m_shown.insert(m_shown.begin() + first, matching.begin(), matching.end());
    for (std::size_t row = std::size_t(first); row < m_shown.size(); ++row)
        m_rows[std::size_t(m_shown[row])] = int(row);
    endInsertRows();
    if (m_sortColumn != RequestColumns::Number)
        resortLater();
}

/// Calls that match since they have changed. Rare: each gets a signal of its own.
void RequestListModel::showFound(const std::vector<int>& indexes)
{
    for (const int index : indexes) {
        auto place = m_shown.end();
        if (isInOrderOfArrival())
            place = std::lower_bound(m_shown.begin(), m_shown.end(), index);
        const int row = int(place - m_shown.begin());
        beginInsertRows({}, row, row);
        m_shown.insert(place, index);
        for (std::size_t i = std::size_t(row); i < m_shown.size(); ++i)
            m_rows[std::size_t(m_shown[i])] = int(i);
        endInsertRows();
    }
    if (!indexes.empty() && !isInOrderOfArrival())
        resortLater();
}

void RequestListModel::announceChanged(const std::vector<int>& indexes)
{
    std::vector<int> found;
    int first = int(m_shown.size());
    int last = -1;
    for (const int index : indexes) {
        const int row = m_rows[std::size_t(index)];
        if (row >= 0) {
            first = std::min(first, row);
            last = std::max(last, row);
        } else if (isMatch(m_calls[std::size_t(index)])) {
            found.push_back(index);
        }
    }
    if (last >= 0) {
        Q_EMIT dataChanged(index(first, 0), index(last, RequestColumns::Count - 1));
        if (RequestColumns::changesWhileOpen(m_sortColumn))
            resortLater();
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    showFound(found);
}

/// `change`: of the calls themselves. Views look at the old rows until the reset has begun.
void RequestListModel::rebuild(const std::function<void()>& change)
{
    m_resort.stop();
    beginResetModel();
    if (change)
        change();
    m_shown.clear();
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        if (isMatch(m_calls[i]))
            m_shown.push_back(int(i));
    }
    if (m_sortColumn != RequestColumns::Number) {
        const RequestColumns::Order less = RequestColumns::order(m_sortColumn);
        const auto ascending
            = [this, less](int a, int b) { return less(m_calls[std::size_t(a)], m_calls[std::size_t(b)]); };
        if (m_sortOrder == Qt::AscendingOrder)
            std::stable_sort(m_shown.begin(), m_shown.end(), ascending);
        else
            std::stable_sort(
                m_shown.begin(), m_shown.end(), [&ascending](int a, int b) { return ascending(b, a); });
    } else if (m_sortOrder == Qt::DescendingOrder) {
        std::reverse(m_shown.begin(), m_shown.end());
    }
    m_rows.assign(m_calls.size(), -1);
    for (std::size_t row = 0; row < m_shown.size(); ++row)
        m_rows[std::size_t(m_shown[row])] = int(row);
    endResetModel();
}

void RequestListModel::reindex()
{
    m_byId.clear();
    m_openCalls = 0;
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        m_byId.insert(m_calls[i].id, int(i));
        m_openCalls += int(m_calls[i].isOpen());
    }
}

qsizetype RequestListModel::removeCalls(const Filter& isRemoved)
{
    const qsizetype count = std::count_if(m_calls.begin(), m_calls.end(), isRemoved);
    if (count == 0)
        return 0;
    rebuild([this, &isRemoved] {
        m_calls.erase(std::remove_if(m_calls.begin(), m_calls.end(), isRemoved), m_calls.end());
        reindex();
    });
    Q_EMIT callsChanged();
    return count;
}

void RequestListModel::clear()
{
    (void)removeCalls([](const CallFacts&) { return true; });
}

void RequestListModel::dropOldest()
{
    qsizetype excess = qsizetype(m_calls.size()) - m_maxCalls + m_maxCalls / dropShare;
    rebuild([this, &excess] {
        const auto end = std::remove_if(m_calls.begin(), m_calls.end(), [&excess](const CallFacts& call) {
            return excess > 0 && !call.isOpen() && call.mark == 0 && excess-- > 0;
        });
        m_droppedCalls += m_calls.end() - end;
        m_calls.erase(end, m_calls.end());
        reindex();
    });
}

void RequestListModel::setMark(const QByteArray& id, int mark)
{
    if (const auto known = m_byId.constFind(id); known != m_byId.constEnd()) {
        m_calls[std::size_t(*known)].mark = mark;
        announceChanged({*known});
        Q_EMIT annotated(m_calls[std::size_t(*known)]);
    }
}

void RequestListModel::setNote(const QByteArray& id, const QString& note)
{
    if (const auto known = m_byId.constFind(id); known != m_byId.constEnd()) {
        m_calls[std::size_t(*known)].note = note;
        announceChanged({*known});
        Q_EMIT annotated(m_calls[std::size_t(*known)]);
    }
}

void RequestListModel::setFilter(const Filter& filter)
{
    m_filter = filter;
    rebuild();
}

void RequestListModel::setHighlight(const Filter& highlight)
{
    m_highlight = highlight;
    if (!m_shown.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, RequestColumns::Count - 1));
}

void RequestListModel::tick(qint64 nowUs)
{
    if (m_openCalls == 0)
        return;
    std::vector<int> changed;
    // Open calls are among the newest.
    qsizetype left = m_openCalls;
    for (int i = int(m_calls.size()) - 1; i >= 0 && left > 0; --i) {
        CallFacts& call = m_calls[std::size_t(i)];
        if (!call.isOpen())
            continue;
        --left;
        call.durationUs = std::max(call.durationUs.value_or(0), nowUs - call.startedAtUs);
        if (m_rows[std::size_t(i)] >= 0)
            changed.push_back(m_rows[std::size_t(i)]);
    }
    if (changed.empty())
        return;
    const auto [first, last] = std::minmax_element(changed.begin(), changed.end());
    Q_EMIT dataChanged(
        index(*first, RequestColumns::Duration), index(*last, RequestColumns::Duration), {Qt::DisplayRole});
}

const CallFacts& RequestListModel::callAt(int row) const
{
    return m_calls[std::size_t(m_shown[std::size_t(row)])];
}

const CallFacts* RequestListModel::find(const QByteArray& id) const
{
    const auto known = m_byId.constFind(id);
    return known == m_byId.constEnd() ? nullptr : &m_calls[std::size_t(*known)];
}

int RequestListModel::rowOf(const QByteArray& id) const
{
    const auto known = m_byId.constFind(id);
    return known == m_byId.constEnd() ? -1 : m_rows[std::size_t(*known)];
}

int RequestListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int RequestListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(RequestColumns::Count);
}

QVariant RequestListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CallFacts& call = callAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return RequestColumns::text(call, index.column());
    case Qt::ToolTipRole:
        return RequestColumns::toolTip(call, index.column());
    case Qt::AccessibleTextRole:
        return RequestColumns::spoken(call, index.column());
    case Qt::TextAlignmentRole:
        return int(
            (RequestColumns::isNumeric(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IdRole:
        return call.id;
    case DimmedRole:
        return !isMatch(call) || (m_highlight && !m_highlight(call));
    default:
        return {};
    }
}

QVariant RequestListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= RequestColumns::Count)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return RequestColumns::title(section);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return RequestColumns::longTitle(section);
    case Qt::TextAlignmentRole:
        return int((RequestColumns::isNumeric(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

void RequestListModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = std::clamp(column, 0, int(RequestColumns::Count) - 1);
    m_sortOrder = order;
    rebuild();
}

void RequestListModel::resortLater()
{
    if (!m_resort.isActive())
        m_resort.start();
}
