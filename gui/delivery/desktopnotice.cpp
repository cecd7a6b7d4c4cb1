// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/delivery/desktopnotice.h"

#include <QApplication>
#include <QWidget>

#ifdef LANGFUSE_PROXY_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QVariantMap>
#endif

void showDesktopNotice(QWidget* window, const QString& title, const QString& text)
{
    QApplication::alert(window);
#ifdef LANGFUSE_PROXY_DBUS
    // Desktop Notifications Specification 1.2, org.freedesktop.Notifications.Notify.
    QDBusMessage message = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.Notifications"),
        QStringLiteral("/org/freedesktop/Notifications"), QStringLiteral("org.freedesktop.Notifications"),
        QStringLiteral("Notify"));
    message.setArguments({QApplication::applicationDisplayName(), 0U, QStringLiteral("langfuse-proxy"), title,
        text.toHtmlEscaped(), QStringList(), QVariantMap(), -1});
    QDBusConnection::sessionBus().asyncCall(message);
#else
    Q_UNUSED(title)
    Q_UNUSED(text)
#endif
}
