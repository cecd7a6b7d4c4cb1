// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ChildProgram: a program in the foreground: it has our standard streams and gets our signals. Main thread.

#include "app/clientvariables.h"

#include <QProcess>

class ChildProgram final
{
    Q_DISABLE_COPY_MOVE(ChildProgram)

public:
    /// The variables are added to our environment.
    ChildProgram(const QStringList& program, const QList<ClientVariable>& variables);

    /// Runs an event loop until the program has ended: its status, 128 + a signal's number, 126 or 127 with a
    /// line on stderr when it could not be started.
    [[nodiscard]] int run();
    [[nodiscard]] bool hasStarted() const { return m_hasStarted; }

private:
    void pass(int signalNumber);

    QProcess m_process;
    bool m_hasStarted = false;
};
