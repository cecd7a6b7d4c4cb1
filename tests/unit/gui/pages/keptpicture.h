// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// keepPicture: what a test has on its window, for people to look at: a PNG in the folder $GUI_PICTURES, when
// that is set, in light and in dark. Compares nothing.

#include <QApplication>
#include <QPalette>
#include <QWidget>

inline QPalette darkPicturePalette()
{
    QPalette dark;
    dark.setColor(QPalette::Window, QColor(0x2b2b2b));
    dark.setColor(QPalette::WindowText, QColor(0xeeeeee));
    dark.setColor(QPalette::Base, QColor(0x1e1e1e));
    dark.setColor(QPalette::AlternateBase, QColor(0x262626));
    dark.setColor(QPalette::Text, QColor(0xeeeeee));
    dark.setColor(QPalette::PlaceholderText, QColor(0x9a9a9a));
    dark.setColor(QPalette::Button, QColor(0x383838));
    dark.setColor(QPalette::ButtonText, QColor(0xeeeeee));
    dark.setColor(QPalette::ToolTipBase, QColor(0x383838));
    dark.setColor(QPalette::ToolTipText, QColor(0xeeeeee));
    dark.setColor(QPalette::Link, QColor(0x80b3ff));
    dark.setColor(QPalette::Disabled, QPalette::Text, QColor(0x8a8a8a));
    dark.setColor(QPalette::Disabled, QPalette::ButtonText, QColor(0x8a8a8a));
    dark.setColor(QPalette::Disabled, QPalette::WindowText, QColor(0x8a8a8a));
    return dark;
}

inline void keepPicture(QWidget* widget, const QString& name)
{
    const QString folder = qEnvironmentVariable("GUI_PICTURES");
    if (folder.isEmpty())
        return;
    QApplication::processEvents();
    widget->grab().save(folder + u'/' + name + QStringLiteral("-light.png"));
    const QPalette light = QApplication::palette();
    QApplication::setPalette(darkPicturePalette());
    QApplication::processEvents();
    widget->grab().save(folder + u'/' + name + QStringLiteral("-dark.png"));
    QApplication::setPalette(light);
    QApplication::processEvents();
}
