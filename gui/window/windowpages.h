// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// WindowPages: what the main window opens beside itself, and what people do with calls: usage, delivery,
// settings, export, copying as code, comparing, sending again. Main thread; owned by main(), goes before the
// window.

#include "config/configloader.h"
#include "gui/delivery/deliveryalarm.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

class DeliveryWindow;
class MainWindow;
class QAction;
class QMenu;
class QJsonObject;
class SettingsDialog;
class TraceSource;
class UsagePage;

class WindowPages final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WindowPages)

public:
    /// `inputs`: what the proxy of our own runs with; `savedFile`: where the dialog of settings writes.
    WindowPages(MainWindow* window, const SettingInputs& inputs, QString savedFile);
    ~WindowPages() override;

    [[nodiscard]] UsagePage* usage() const { return m_usage; }
    [[nodiscard]] DeliveryWindow* delivery() const { return m_delivery; }
    /// Opens it; `key`: the setting in front, because of `problem`.
    void editSettings(const QByteArray& key = {}, const QString& problem = {});

Q_SIGNALS:
    /// Told on the desktop, since somebody wants to know and does not look.
    void noticed(const QString& title, const QString& text);

private:
    void makeActions();
    QAction* add(QMenu* menu, const char* name, const QString& text, const char* icon, const QString& keys,
        const std::function<void()>& act);
    void connectSources();
    void connectAlarm();
    void connectFailures();
    void takeEnd(const QByteArray& id);
    [[nodiscard]] bool isWatched() const;
    [[nodiscard]] TraceSource* source() const;
    void enableActions();
    void exportCalls();
    void replay(bool isAtOnce);
    /// The two that are selected; of one the call before it in its session. Empty: there are none to compare.
    [[nodiscard]] QList<QByteArray> comparable() const;
    void compare();
    /// Of the current call, whose trace it is given.
    void copyAs(const std::function<QString(const QJsonObject& call)>& form);
    void showCall(const QByteArray& id);

    MainWindow* m_window;
    SettingInputs m_inputs;
    QString m_savedFile;
    UsagePage* m_usage; // the window's, as the next
    DeliveryWindow* m_delivery;
    QPointer<SettingsDialog> m_settings;
    DeliveryAlarm m_alarm;
    QTimer m_alarmTick;
    QAction* m_notify = nullptr;
    qint64 m_failureToldAtUs = 0; // 0: none yet
    QAction* m_compare = nullptr;
    QList<QAction*> m_onCurrent; // act on the current call
    QList<QAction*> m_onProxy; // and through a proxy
};
