// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// EventsView: the events of a streamed answer in a grid, the data of the current one below. Main thread,
// owned by the DetailPane.

#include <QJsonObject>
#include <QWidget>

class EventsModel;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTableView;

class EventsView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventsView)

public:
    explicit EventsView(QWidget* parent = nullptr);
    ~EventsView() override;

    void showCall(const QJsonObject& call);
    [[nodiscard]] qsizetype events() const;

private:
    void listTypes();
    void filter();
    void showCurrent();

    EventsModel* m_model;
    QLineEdit* m_filter;
    QComboBox* m_types;
    QLabel* m_count;
    QTableView* m_grid;
    QPlainTextEdit* m_payload;
};
