// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/viewertray.h"

#include "gui/delivery/deliverywindow.h"
#include "gui/style/theme.h"
#include "gui/window/mainwindow.h"
#include "gui/window/windowactions.h"
#include "gui/window/windowpages.h"

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QMenu>
#include <QPainter>
#include <QSettings>

namespace {

constexpr const char* trayKey = "tray/enabled";
constexpr int trayPixels = 64;

/// The program's icon with a sign at its lower right: a disc while it records, a triangle when delivery
/// fails.
QPixmap trayPicture(ViewerTray::State state)
{
    QPixmap picture = QIcon(QStringLiteral(":/icons/app.svg")).pixmap(trayPixels);
    if (state == ViewerTray::State::Idle)
        return picture;
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Qt::white, 3));
    const QRectF sign(34, 34, 27, 27);
    if (state == ViewerTray::State::Recording) {
        painter.setBrush(QColor(0xb3261e)); // as the accents of theme, on a ground of their own
        painter.drawEllipse(sign);
    } else {
        painter.setBrush(QColor(0xa15c00));
        painter.drawPolygon(
            QPolygonF{{sign.bottomLeft(), sign.bottomRight(), QPointF(sign.center().x(), sign.top())}});
    }
    return picture;
}

} // namespace

ViewerTray::ViewerTray(MainWindow* window, WindowPages* pages, bool isAvailable)
    : m_window(window)
    , m_pages(pages)
    , m_action(new QAction(tr("Icon in the t&ray"), window))
    , m_isAvailable(isAvailable)
{
    m_action->setObjectName(QStringLiteral("showTray"));
    m_action->setCheckable(true);
    m_action->setEnabled(isAvailable);
    m_action->setToolTip(isAvailable
            ? tr("Closing the window leaves the proxy running; the icon brings the window back")
            : tr("This desktop has no tray"));
    window->actions()->viewMenu->addAction(m_action);
    auto* menu = new QMenu(window);
    connect(menu->addAction(tr("&Show")), &QAction::triggered, this, &ViewerTray::showWindow);
    menu->addAction(window->actions()->record);
    menu->addAction(window->actions()->quit);
    m_icon.setContextMenu(menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            showWindow();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &ViewerTray::showWindow);
    connect(m_action, &QAction::toggled, this, [this](bool isWanted) {
        QSettings().setValue(QLatin1String(trayKey), isWanted);
        setOn(isWanted);
    });
    connect(window->actions()->record, &QAction::toggled, this, &ViewerTray::showState);
    connect(pages->delivery(), &DeliveryWindow::factsChanged, this, &ViewerTray::showState);
    window->installEventFilter(this);
    showState();
    m_action->setChecked(isAvailable && QSettings().value(QLatin1String(trayKey), false).toBool());
}

ViewerTray::~ViewerTray()
{
    delete m_action; // the menu goes on without it
}

void ViewerTray::setOn(bool isOn)
{
    m_isOn = isOn && m_isAvailable;
    m_icon.setVisible(m_isOn);
    if (!m_isOn && !m_window->isVisible() && !m_window->isMinimized())
        showWindow();
}

void ViewerTray::retire()
{
    m_isOn = false;
    m_icon.hide();
}

void ViewerTray::showState()
{
    const bool isFailing = m_pages->delivery()->facts().failures > 0;
    const bool isRecording = m_window->actions()->record->isChecked();
    m_state = isFailing ? State::Failing : isRecording ? State::Recording : State::Idle;
    m_icon.setIcon(trayPicture(m_state));
    const QString recording = isRecording ? tr("recording") : tr("not recording");
    m_icon.setToolTip(isFailing ? tr("Langfuse Proxy: %1, delivery to Langfuse fails").arg(recording)
                                : tr("Langfuse Proxy: %1").arg(recording));
}

void ViewerTray::showWindow()
{
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

/// A close by the system's end of the session is one.
bool ViewerTray::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_window || event->type() != QEvent::Close || !m_isOn || qApp->isSavingSession())
        return QObject::eventFilter(watched, event);
    event->ignore();
    m_window->hide();
    return true;
}
