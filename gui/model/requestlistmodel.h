// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RequestListModel: the list of calls, with its own filter and order: 100,000 rows are filtered in
// milliseconds, where a QSortFilterProxyModel takes seconds (measured on Qt 6.4.2). Holds what a row shows
// and no bodies. A new filter or order is a model reset: the view keeps selection and place by the calls'
// ids. Main thread.

#include "gui/model/callfacts.h"
#include "gui/model/requestcolumns.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>

#include <functional>
#include <vector>

class RequestListModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestListModel)

public:
    using Filter = std::function<bool(const CallFacts& call)>;

    enum Role {
        IdRole = Qt::UserRole, // QByteArray
        DimmedRole, // bool: no longer what the filter asks for, or not what the highlight does
    };

    explicit RequestListModel(QObject* parent = nullptr);
    ~RequestListModel() override;

    /// Calls that are new, which get the next numbers, or that have changed (by id), whose numbers, marks and
    /// notes stay. One signal for all new rows, one for all changed ones.
    void update(const QList<CallFacts>& calls);
    /// Takes away those for which it is true; gives how many.
    qsizetype removeCalls(const Filter& isRemoved);
    void clear();
    /// `restore` gives a call that is new the mark and the note that were kept of it.
    void setRestored(const std::function<void(CallFacts* call)>& restore) { m_restore = restore; }
    void setMark(const QByteArray& id, int mark);
    void setNote(const QByteArray& id, const QString& note);

    /// Shows the calls for which it is true; an empty one shows all.
    void setFilter(const Filter& filter);
    /// Dims the calls for which it is not true; an empty one dims none.
    void setHighlight(const Filter& highlight);
    /// Beyond, the oldest that are neither open nor marked are dropped, and counted.
    void setMaxCalls(qsizetype most) { m_maxCalls = most; }
    /// The time up to which open calls have lasted, microseconds since 1970.
    void tick(qint64 nowUs);

    [[nodiscard]] const CallFacts& callAt(int row) const;
    /// Nothing: there is none, shown or not.
    [[nodiscard]] const CallFacts* find(const QByteArray& id) const;
    /// -1: not shown.
    [[nodiscard]] int rowOf(const QByteArray& id) const;
    /// Shown or not, in the order of their numbers.
    [[nodiscard]] const std::vector<CallFacts>& allCalls() const { return m_calls; }
    [[nodiscard]] qsizetype openCalls() const { return m_openCalls; }
    [[nodiscard]] qsizetype droppedCalls() const { return m_droppedCalls; }
    /// In the order in which calls come: what following them needs.
    [[nodiscard]] bool isInOrderOfArrival() const
    {
        return m_sortColumn == RequestColumns::Number && m_sortOrder == Qt::AscendingOrder;
    }
    [[nodiscard]] bool isFiltered() const { return bool(m_filter); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    /// Calls came, changed or went: totals and groups are to be made anew.
    void callsChanged();
    /// Somebody has marked it or noted something, or taken that away.
    void annotated(const CallFacts& call);

private:
    void addCalls(const std::vector<int>& indexes);
    void showFound(const std::vector<int>& indexes);
    void announceChanged(const std::vector<int>& indexes);
    void rebuild(const std::function<void()>& change = {});
    void reindex();
    void dropOldest();
    void resortLater();
    [[nodiscard]] bool isMatch(const CallFacts& call) const { return !m_filter || m_filter(call); }

    std::vector<CallFacts> m_calls; // by number
    QHash<QByteArray, int> m_byId; // index in m_calls
    std::vector<int> m_shown; // indexes in m_calls, in the order shown
    std::vector<int> m_rows; // by index in m_calls: the row; -1: not shown
    Filter m_filter;
    Filter m_highlight;
    std::function<void(CallFacts* call)> m_restore;
    QTimer m_resort; // at most once a second
    int m_sortColumn = RequestColumns::Number;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    qint64 m_lastNumber = 0;
    qsizetype m_maxCalls = 50'000;
    qsizetype m_droppedCalls = 0;
    qsizetype m_openCalls = 0;
};
