// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/proxyprocess.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

namespace {

constexpr std::chrono::milliseconds startTimeout{15000};

QByteArrayList wholeLines(const QByteArray& text)
{
    QByteArrayList lines = text.split('\n');
    lines.removeLast(); // what follows the last end of line
    return lines;
}

QList<QJsonObject> entriesOf(const QByteArray& text, const QString& message)
{
    QList<QJsonObject> entries;
    for (const QByteArray& line : wholeLines(text)) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        if (entry.value(QStringLiteral("msg")).toString() == message)
            entries.append(entry);
    }
    return entries;
}

} // namespace

ProxyProcess::ProxyProcess(Environment environment, QStringList arguments)
    : m_environment(std::move(environment))
    , m_arguments(std::move(arguments))
{
    m_process.setProgram(binary());
    m_process.setWorkingDirectory(m_directory.path());
    m_process.setStandardInputFile(QProcess::nullDevice());
}

ProxyProcess::~ProxyProcess()
{
    kill();
}

QProcessEnvironment ProxyProcess::processEnvironment() const
{
    QProcessEnvironment all;
    const QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    // What the loader, Qt and the sanitizers need; nothing else of the caller's reaches the program.
    for (const char* name : {"PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "ASAN_OPTIONS",
             "UBSAN_OPTIONS", "LSAN_OPTIONS", "QT_PLUGIN_PATH", "SYSTEMROOT"}) {
        const QString key = QString::fromLatin1(name);
        if (own.contains(key))
            all.insert(key, own.value(key));
    }
    const auto setDirectory = [&](const char* name, const QString& path) {
        all.insert(QString::fromLatin1(name), m_directory.filePath(path));
    };
    setDirectory("HOME", QStringLiteral("home"));
    all.insert(QStringLiteral("TMPDIR"), m_directory.path());
    setDirectory("XDG_CONFIG_HOME", QStringLiteral("home/config"));
    setDirectory("XDG_DATA_HOME", QStringLiteral("home/data"));
    setDirectory("XDG_STATE_HOME", QStringLiteral("home/state"));
    setDirectory("XDG_CACHE_HOME", QStringLiteral("home/cache"));
    setDirectory("XDG_RUNTIME_DIR", QStringLiteral("home/run"));
    setDirectory("STORE_PATH", QStringLiteral("traces.db"));
    all.insert(QStringLiteral("HOST"), QStringLiteral("127.0.0.1"));
    all.insert(QStringLiteral("PORT"), QStringLiteral("0"));
    all.insert(QStringLiteral("NODE_ENV"), QStringLiteral("production"));
    for (auto entry = m_environment.cbegin(); entry != m_environment.cend(); ++entry)
        all.insert(QString::fromUtf8(entry.key()), QString::fromUtf8(entry.value()));
    return all;
}

QString ProxyProcess::binary()
{
    return QStringLiteral(LANGFUSE_PROXY_BINARY);
}

void ProxyProcess::launch()
{
    for (const char* path : {"home/config", "home/data", "home/state", "home/cache", "home/run"})
        QDir(m_directory.path()).mkpath(QString::fromLatin1(path));
    readOutput();
    m_startOfRun = m_standardError.size();
    m_port = 0;
    m_process.setProcessEnvironment(processEnvironment());
    m_process.setArguments(m_arguments);
    m_process.start();
}

bool ProxyProcess::start()
{
    launch();
    const bool isListening = QTest::qWaitFor(
        [&] {
            readOutput();
            const auto entries = entriesOf(m_standardError.sliced(m_startOfRun), QStringLiteral("listening"));
            if (!entries.isEmpty())
                m_port = quint16(entries.last().value(QStringLiteral("port")).toInt());
            return m_port != 0 || m_process.state() == QProcess::NotRunning;
        },
        int(startTimeout.count()));
    if (m_port != 0)
        return true;
    m_errorText
        = isListening ? "langfuse-proxy ended: " : "langfuse-proxy did not say in time that it listens: ";
    return false;
}

const char* ProxyProcess::errorText()
{
    readOutput();
    if (m_process.error() != QProcess::UnknownError)
        m_errorText += m_process.errorString().toUtf8() + '\n';
    m_errorText += m_standardError.sliced(m_startOfRun);
    return m_errorText.constData();
}

void ProxyProcess::readOutput()
{
    if (!m_process.isOpen())
        return; // never started
    m_standardError += m_process.readAllStandardError();
    m_standardOutput += m_process.readAllStandardOutput();
}

QByteArrayList ProxyProcess::errorLines()
{
    readOutput();
    return wholeLines(m_standardError);
}

QByteArrayList ProxyProcess::outputLines()
{
    readOutput();
    return wholeLines(m_standardOutput);
}

QList<QJsonObject> ProxyProcess::logEntries(const QString& message)
{
    readOutput();
    return entriesOf(m_standardError, message);
}

void ProxyProcess::signal(int number)
{
    if (isRunning())
        ::kill(pid_t(m_process.processId()), number);
}

void ProxyProcess::kill()
{
    if (!isRunning())
        return;
    m_process.kill();
    m_process.waitForFinished();
    readOutput();
}

int ProxyProcess::waitForExit(std::chrono::milliseconds timeout)
{
    if (!QTest::qWaitFor([&] { return !isRunning(); }, int(timeout.count())))
        return -2;
    readOutput();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}
