// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Progress: how far something is that takes longer than a second, on stderr: a bar on a terminal, else a line
// every ten seconds. Main thread.

#include <QByteArray>
#include <QElapsedTimer>

class Progress final
{
    Q_DISABLE_COPY_MOVE(Progress)

public:
    /// `what`: "exporting". `total`: steps; 0: not known.
    Progress(QByteArray what, qint64 total);
    /// Takes the bar away.
    ~Progress();

    void advance(qint64 steps = 1);

    /// `exporting [=====>    ]  512 / 1000`, as wide as `columns` allow. Pure.
    [[nodiscard]] static QByteArray bar(const QByteArray& what, qint64 done, qint64 total, int columns);

private:
    void show();

    QByteArray m_what;
    qint64 m_total;
    qint64 m_done = 0;
    int m_columns; // of the terminal; 0: none
    QElapsedTimer m_begun;
    qint64 m_shownAtMs = 0;
    bool m_isShown = false;
};
