// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// desktopNotice: tells people something outside of the window: through org.freedesktop.Notifications where
// there is one, and by marking the window in the task bar everywhere. Nothing waits for it. Main thread.

class QString;
class QWidget;

void showDesktopNotice(QWidget* window, const QString& title, const QString& text);
