// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ViewerEnd: how the viewer ends, by the last window's close, by Quit, or by SIGTERM, SIGINT and SIGHUP: the
// windows close and keep how they lay, answers that are under way may end as in the daemon, the store is
// closed, and the program quits. A second signal ends it at once. Main thread; owned by main().

#include "app/unixsignals.h"

class MainWindow;

class ViewerEnd final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ViewerEnd)

public:
    /// `window` must outlive this.
    explicit ViewerEnd(MainWindow* window, QObject* parent = nullptr);
    ~ViewerEnd() override;

    /// More than once is once.
    void begin();

Q_SIGNALS:
    /// The windows close next.
    void begun();

private:
    void takeSignal();

    MainWindow* m_window;
    UnixSignals m_signals;
    bool m_hasBegun = false;
};
