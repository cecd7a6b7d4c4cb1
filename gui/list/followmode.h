// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FollowMode: whether the list shows the newest call as calls come. On: it scrolls to the end when rows were
// added. Off: the view does not move, and a pill over its lower edge tells how many have come since.
//
//   turns it off: scrolling up by more than 5 pixels from the end, selecting a call that is not the last
//   turns it on: the End key, a click on the pill, scrolling to the end, setOn()
//   not to be had: while the list is in another order than that of arrival
//
// It never changes the selection. Owned by the table; main thread.

#include <QObject>

class CallTable;
class PlaceKeeper;
class QPushButton;
class RequestListModel;

class FollowMode final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FollowMode)

public:
    FollowMode(CallTable* table, RequestListModel* model, PlaceKeeper* places);
    ~FollowMode() override;

    void setOn(bool isOn);
    [[nodiscard]] bool isOn() const { return m_isOn; }
    /// The list is in the order of arrival.
    [[nodiscard]] bool isAvailable() const { return m_isAvailable; }
    /// Rows that have come while it was off.
    [[nodiscard]] int newCalls() const { return m_newCalls; }

Q_SIGNALS:
    void changed(bool isOn);
    void availabilityChanged(bool isAvailable);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takeRows(int first, int last);
    void takeUserScroll();
    void takeCurrent();
    void takeOrder();
    void goToEnd();
    void setNewCalls(int count);
    void placePill();

    CallTable* m_table;
    RequestListModel* m_model;
    PlaceKeeper* m_places;
    QPushButton* m_pill;
    bool m_isOn = true;
    bool m_isAvailable = true;
    int m_newCalls = 0;
};
