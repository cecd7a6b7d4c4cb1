// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ShortcutDialog: every key of the window and what it does, from the actions themselves. Main thread.

#include <QDialog>

class ShortcutDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ShortcutDialog)

public:
    /// Of that window, which is its parent.
    explicit ShortcutDialog(QWidget* window);
    ~ShortcutDialog() override;
};
