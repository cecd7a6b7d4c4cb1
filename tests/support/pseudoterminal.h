// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PseudoTerminal: a program run on a terminal of its own, and what is to be seen there. Owned by a test, used
// on its thread; waiting runs its event loop. Unix.
//
//     PseudoTerminal terminal(80, 24);
//     terminal.start(ProxyProcess::binary(), {"traces", "list"}, environment);
//     QVERIFY(terminal.waitForExit());
//     QVERIFY(terminal.screen().text().contains("200"));

#include "support/terminalscreen.h"

#include <QProcess>
#include <QSocketNotifier>

#include <memory>

class PseudoTerminal final
{
    Q_DISABLE_COPY_MOVE(PseudoTerminal)

public:
    PseudoTerminal(int columns, int rows);
    /// Kills what still runs.
    ~PseudoTerminal();

    /// TERM is xterm unless the environment says otherwise.
    void start(const QString& program, const QStringList& arguments, QProcessEnvironment environment);
    /// What somebody types: `y\n`, `\x03` for Ctrl+C.
    void type(const QByteArray& keys);
    /// Like pulling at the window's corner: the program gets SIGWINCH.
    void resize(int columns, int rows);

    [[nodiscard]] const TerminalScreen& screen() const { return m_screen; }
    /// Every byte so far.
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }
    /// False: not within that time, or by a signal.
    [[nodiscard]] bool waitForExit(int milliseconds = 30'000);
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }

private:
    void read();

    TerminalScreen m_screen;
    QByteArray m_bytes;
    int m_master = -1;
    int m_slave = -1;
    QProcess m_process;
    std::unique_ptr<QSocketNotifier> m_notifier;
};
