// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SourceDialogs: how the user gets to another source: the box of sources, Attach…, Open…, and files that are
// dropped on the window. Owned by the window; main thread.

#include "gui/window/tokenstore.h"

#include <QObject>

class MainWindow;
class SourceChooser;
class SourceSwitch;
struct SourceEntry;

class SourceDialogs final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SourceDialogs)

public:
    /// All must outlive this.
    SourceDialogs(MainWindow* window, SourceSwitch* sources, SourceChooser* chooser);
    ~SourceDialogs() override;

    void askForProxy();
    void askForFile();
    void show(const SourceEntry& entry);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    MainWindow* m_window;
    SourceSwitch* m_sources;
    SourceChooser* m_chooser;
    TokenStore m_tokens;
};
