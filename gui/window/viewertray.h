// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ViewerTray: an icon in the tray, if wanted: it says whether calls are recorded and delivery fails, a click
// shows the window, and closing the window only hides it. Off at first, and never where there is no tray: a
// window that is hidden could not be found again. Main thread; owned by main(), goes before the window.

#include <QObject>
#include <QSystemTrayIcon>

class MainWindow;
class QAction;
class WindowPages;

class ViewerTray final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ViewerTray)

public:
    enum class State { Idle, Recording, Failing };

    /// Both must outlive this.
    ViewerTray(
        MainWindow* window, WindowPages* pages, bool isAvailable = QSystemTrayIcon::isSystemTrayAvailable());
    ~ViewerTray() override;

    [[nodiscard]] bool isOn() const { return m_isOn; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString toolTip() const { return m_icon.toolTip(); }
    /// The program ends: windows close as if there were no tray.
    void retire();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setOn(bool isOn);
    void showState();
    void showWindow();

    MainWindow* m_window;
    WindowPages* m_pages;
    QAction* m_action;
    QSystemTrayIcon m_icon;
    State m_state = State::Idle;
    bool m_isAvailable;
    bool m_isOn = false;
};
