// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/windowpages.h"

#include "base/clock.h"
#include "gui/delivery/deliverywindow.h"
#include "gui/delivery/desktopnotice.h"
#include "gui/detail/detaillink.h"
#include "gui/list/calltable.h"
#include "gui/model/callfeed.h"
#include "gui/model/calltext.h"
#include "gui/settings/settingsdialog.h"
#include "gui/source/enginesource.h"
#include "gui/usage/usagepage.h"
#include "gui/window/mainwindow.h"
#include "gui/window/sourceswitch.h"

#include <QAction>
#include <QSettings>
#include <QStatusBar>

namespace {

constexpr int alarmTickMs = 10'000;
constexpr int pageMessageMs = 8000;
constexpr qint64 failureQuietUs = 60'000'000;
const char* const notifyKey = "notify/delivery";

qint64 systemNowUs()
{
    return SystemClock().wall().count();
}

} // namespace

WindowPages::WindowPages(MainWindow* window, const SettingInputs& inputs, QString savedFile)
    : m_window(window)
    , m_inputs(inputs)
    , m_savedFile(std::move(savedFile))
    , m_usage(new UsagePage(&systemNowUs, window))
    , m_delivery(new DeliveryWindow(&systemNowUs, window))
{
    m_usage->setWindowFlag(Qt::Window);
    makeActions();
    connectSources();
    connectAlarm();
    connectFailures();
    enableActions();
}

WindowPages::~WindowPages()
{
    m_window->disconnect(this);
}

TraceSource* WindowPages::source() const
{
    return m_window->sources()->source();
}

void WindowPages::connectSources()
{
    SourceSwitch* sources = m_window->sources();
    connect(sources, &SourceSwitch::aboutToChange, this, [this] {
        m_usage->setSource(nullptr);
        m_delivery->setSource(nullptr);
    });
    connect(sources, &SourceSwitch::sourceChanged, this, [this] {
        m_usage->setSource(source());
        m_delivery->setSource(source());
        enableActions();
    });
    connect(sources, &SourceSwitch::statusChanged, this, &WindowPages::enableActions);
    if (source()) {
        m_usage->setSource(source());
        m_delivery->setSource(source());
    }
    connect(m_window, &MainWindow::callSelected, this, &WindowPages::enableActions);
    connect(m_window->list(), &CallTable::selectionChangedByCalls, this, &WindowPages::enableActions);
    connect(m_window, &MainWindow::settingsRequested, this, [this] { editSettings(); });
    connect(m_window, &MainWindow::deliveryRequested, this, [this] {
        m_delivery->show();
        m_delivery->raise();
        m_delivery->activateWindow();
    });
    connect(m_delivery, &DeliveryWindow::callRequested, this, &WindowPages::showCall);
    linkDetail(m_window);
}

void WindowPages::connectAlarm()
{
    const auto look = [this] { m_alarm.look(m_delivery->facts(), systemNowUs(), isWatched()); };
    connect(m_delivery, &DeliveryWindow::factsChanged, this, look);
    connect(&m_alarmTick, &QTimer::timeout, this, look);
    m_alarmTick.start(alarmTickMs);
    connect(&m_alarm, &DeliveryAlarm::raised, this, [this](const QString& title, const QString& text) {
        m_window->statusBar()->showMessage(title, pageMessageMs);
        if (m_notify->isChecked())
            Q_EMIT noticed(title, text);
    });
    connect(this, &WindowPages::noticed, this,
        [this](const QString& title, const QString& text) { showDesktopNotice(m_window, title, text); });
    m_notify->setChecked(QSettings().value(QLatin1String(notifyKey), false).toBool());
    connect(m_notify, &QAction::toggled, this,
        [](bool isOn) { QSettings().setValue(QLatin1String(notifyKey), isOn); });
}

bool WindowPages::isWatched() const
{
    return m_window->isActiveWindow() || m_delivery->isActiveWindow();
}

void WindowPages::connectFailures()
{
    const auto follow = [this] {
        if (const CallFeed* feed = m_window->sources()->feed())
            connect(feed, &CallFeed::ended, this, &WindowPages::takeEnd, Qt::UniqueConnection);
    };
    connect(m_window->sources(), &SourceSwitch::sourceChanged, this, follow);
    follow();
}

/// The first of a minute: where many fail, one says it.
void WindowPages::takeEnd(const QByteArray& id)
{
    const CallFacts* call = m_window->model()->find(id);
    const bool hasFailed
        = call && (call->state == CallFacts::State::UpstreamError || call->state == CallFacts::State::CutOff);
    const qint64 now = systemNowUs();
    if (!hasFailed || !m_notify->isChecked() || isWatched()
        || (m_failureToldAtUs != 0 && now - m_failureToldAtUs < failureQuietUs))
        return;
    m_failureToldAtUs = now;
    Q_EMIT noticed(
        tr("A call has failed"), QStringLiteral("%1: %2").arg(call->model, CallText::outcome(*call)));
}

void WindowPages::editSettings(const QByteArray& key, const QString& problem)
{
    if (!m_settings) {
        m_settings = new SettingsDialog(m_inputs, m_savedFile, m_window);
        m_settings->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_settings, &SettingsDialog::saved, this,
            [this](const SettingInputs& inputs, const LoadedConfig& loaded) {
                m_inputs = inputs;
                if (auto* own = qobject_cast<EngineSource*>(m_window->sources()->own()))
                    own->restart(loaded.config);
            });
        m_settings->open();
    }
    m_settings->raise();
    if (!key.isEmpty())
        m_settings->showSetting(key, problem);
}

void WindowPages::showCall(const QByteArray& id)
{
    if (m_window->list()->selectCall(id)) {
        m_window->raise();
        m_window->activateWindow();
    } else {
        m_window->statusBar()->showMessage(
            tr("That call is not in the list, or the filter hides it."), pageMessageMs);
    }
}
