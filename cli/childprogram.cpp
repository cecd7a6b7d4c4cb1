// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/childprogram.h"

#include "app/unixsignals.h"
#include "cli/exitcodes.h"

#include <QEventLoop>
#include <QStandardPaths>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

ChildProgram::ChildProgram(const QStringList& program, const QList<ClientVariable>& variables)
{
    m_process.setProgram(program.value(0));
    m_process.setArguments(program.sliced(1));
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.setInputChannelMode(QProcess::ForwardedInputChannel);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const ClientVariable& variable : variables)
        environment.insert(QString::fromUtf8(variable.name), QString::fromUtf8(variable.value));
    m_process.setProcessEnvironment(environment);
#ifdef Q_OS_UNIX
    // What UnixSignals ignores would be ignored there too.
    m_process.setChildProcessModifier([] {
        ::signal(SIGPIPE, SIG_DFL);
        ::signal(SIGXFSZ, SIG_DFL);
    });
#endif
}

int ChildProgram::run()
{
    UnixSignals signalSource;
    QEventLoop loop;
    QObject::connect(
        &signalSource, &UnixSignals::terminationRequested, &m_process, [this](int number) { pass(number); });
    QObject::connect(&m_process, &QProcess::started, &loop, [this] { m_hasStarted = true; });
    QObject::connect(&m_process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&m_process, &QProcess::errorOccurred, &loop, [&loop](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            loop.exit(1);
    });
    QMetaObject::invokeMethod(
        &m_process, [this] { m_process.start(QIODevice::ReadWrite); }, Qt::QueuedConnection);
    if (loop.exec() != 0) {
        const QString program = m_process.program();
        const bool isThere = !QStandardPaths::findExecutable(program).isEmpty() || program.contains(u'/');
        const QString why = m_process.errorString().section(QLatin1String(": "), -1); // without `execve: `
        std::fprintf(stderr, "langfuse-proxy: %s: %s\n", qPrintable(program), qPrintable(why));
        return int(isThere ? ExitCode::CannotRun : ExitCode::NotFound);
    }
    // Of a program that a signal has ended QProcess gives the signal's number.
    return m_process.exitStatus() == QProcess::CrashExit ? 128 + m_process.exitCode() : m_process.exitCode();
}

void ChildProgram::pass(int signalNumber)
{
#ifdef Q_OS_UNIX
    // Ctrl+C goes to the whole group of the terminal: the program has it already.
    if (signalNumber == SIGINT && ::isatty(STDIN_FILENO))
        return;
    if (m_process.processId() > 0)
        ::kill(pid_t(m_process.processId()), signalNumber);
#else
    Q_UNUSED(signalNumber)
    m_process.kill();
#endif
}
