// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// EventsModel: the events of a streamed answer: when each came, how long after the one before, its type, size
// and data. Times are those of the piece of the answer that completed the event. Main thread.

#include <QAbstractTableModel>
#include <QJsonObject>
#include <QList>

#include <optional>
#include <vector>

class EventsModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventsModel)

public:
    enum Column { Number, At, Gap, Type, Bytes, Data, ColumnCount };
    enum Role { LongGapRole = Qt::UserRole, PayloadRole }; // bool; QByteArray

    explicit EventsModel(QObject* parent = nullptr);
    ~EventsModel() override;

    /// `call`: of GET /api/traces/{id}.
    void setCall(const QJsonObject& call);
    /// Shows events whose type or data contains it; case does not matter.
    void setFilter(const QString& text);
    /// Shows events of that type; empty: of all.
    void setType(const QString& type);
    /// How many there are of each type, in the order in which they first came. Shown or not.
    [[nodiscard]] QList<std::pair<QString, int>> types() const;
    /// Shown or not.
    [[nodiscard]] qsizetype allEvents() const { return qsizetype(m_events.size()); }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Event
    {
        std::optional<double> atMs;
        std::optional<double> gapMs;
        QString type;
        QByteArray data;
    };

    void readEvents(const QByteArray& body, const QJsonObject& timings);
    void applyFilter();

    std::vector<Event> m_events;
    std::vector<int> m_shown;
    QString m_filter;
    QString m_type;
};
