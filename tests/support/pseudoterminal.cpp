// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/pseudoterminal.h"

#include <QTest>

#include <clocale>
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

PseudoTerminal::PseudoTerminal(int columns, int rows)
    : m_screen(columns, rows)
{
    std::setlocale(LC_CTYPE, "C.UTF-8"); // for wcwidth()
    winsize size = {};
    size.ws_col = static_cast<unsigned short>(columns);
    size.ws_row = static_cast<unsigned short>(rows);
    if (::openpty(&m_master, &m_slave, nullptr, nullptr, &size) != 0)
        qFatal("there is no pseudo-terminal");
    ::fcntl(m_master, F_SETFL, O_NONBLOCK);
    ::fcntl(m_master, F_SETFD, FD_CLOEXEC);
    ::fcntl(m_slave, F_SETFD, FD_CLOEXEC);
    m_notifier = std::make_unique<QSocketNotifier>(m_master, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] { read(); });
}

PseudoTerminal::~PseudoTerminal()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
    m_notifier.reset();
    ::close(m_master);
    if (m_slave >= 0)
        ::close(m_slave);
}

void PseudoTerminal::start(
    const QString& program, const QStringList& arguments, QProcessEnvironment environment)
{
    if (!environment.contains(QStringLiteral("TERM")))
        environment.insert(QStringLiteral("TERM"), QStringLiteral("xterm"));
    m_process.setProcessEnvironment(environment);
    m_process.setInputChannelMode(QProcess::ForwardedInputChannel);
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.setChildProcessModifier([slave = m_slave] {
        ::setsid();
        ::ioctl(slave, TIOCSCTTY, 0);
        for (int stream : {0, 1, 2})
            ::dup2(slave, stream);
    });
    m_process.start(program, arguments);
    m_process.waitForStarted();
}

void PseudoTerminal::type(const QByteArray& keys)
{
    [[maybe_unused]] const auto written = ::write(m_master, keys.constData(), size_t(keys.size()));
}

void PseudoTerminal::resize(int columns, int rows)
{
    winsize size = {};
    size.ws_col = static_cast<unsigned short>(columns);
    size.ws_row = static_cast<unsigned short>(rows);
    m_screen.resize(columns, rows);
    ::ioctl(m_master, TIOCSWINSZ, &size);
}

bool PseudoTerminal::waitForExit(int milliseconds)
{
    const bool hasEnded
        = QTest::qWaitFor([this] { return m_process.state() == QProcess::NotRunning; }, milliseconds);
    read();
    return hasEnded && m_process.exitStatus() == QProcess::NormalExit;
}

void PseudoTerminal::read()
{
    char buffer[4096];
    for (;;) {
        const auto size = ::read(m_master, buffer, sizeof buffer);
        if (size <= 0)
            return; // the slave stays open here, so that an end is never an error
        m_bytes.append(buffer, size);
        m_screen.feed(QByteArray(buffer, size));
    }
}
