// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ProxyProcess: the real langfuse-proxy binary, run by a test in an environment of its own: loopback, any
// port, the store and every home directory in a temporary directory, no setting or key of the developer's.
// Owned by the test; used on the test's thread. Waiting functions run its event loop.
//
//     ProxyProcess proxy({{"UPSTREAM_BASE_URL", upstream.url()}});
//     QVERIFY2(proxy.start(), proxy.errorText());

#include <QByteArrayList>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

#include <chrono>

class ProxyProcess final
{
    Q_DISABLE_COPY_MOVE(ProxyProcess)

public:
    using Environment = QMap<QByteArray, QByteArray>;

    /// The entries are set over the defaults; arguments go to the command line.
    explicit ProxyProcess(Environment environment = {}, QStringList arguments = {});
    /// Kills what still runs.
    ~ProxyProcess();

    /// The program's path, for tests that run it otherwise.
    [[nodiscard]] static QString binary();

    /// Starts the binary and waits until it listens. Again after it has ended: a restart with the same
    /// directory, so with the same store.
    [[nodiscard]] bool start();
    /// Starts the binary and waits for nothing, for starts that are meant to fail.
    void launch();
    /// Why start() was false, with what the program wrote. For QVERIFY2.
    [[nodiscard]] const char* errorText();

    void setEnvironment(const QByteArray& name, const QByteArray& value) { m_environment[name] = value; }

    [[nodiscard]] quint16 port() const { return m_port; }
    /// http://127.0.0.1:PORT
    [[nodiscard]] QByteArray url() const { return "http://127.0.0.1:" + QByteArray::number(m_port); }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    /// STORE_PATH points here, unless the environment said otherwise.
    [[nodiscard]] QString storePath() const { return m_directory.filePath(QStringLiteral("traces.db")); }
    [[nodiscard]] QString directory() const { return m_directory.path(); }

    /// Whole lines so far, without their ends; of all starts.
    [[nodiscard]] QByteArrayList errorLines();
    [[nodiscard]] QByteArrayList outputLines();
    /// The lines of standard error that are JSON objects with that "msg".
    [[nodiscard]] QList<QJsonObject> logEntries(const QString& message);

    /// SIGTERM.
    void terminate() { m_process.terminate(); }
    void signal(int number);
    /// SIGKILL, and waits for the end.
    void kill();
    /// The exit code; -1 when it ended by a signal, -2 when it has not ended in time.
    [[nodiscard]] int waitForExit(std::chrono::milliseconds timeout = std::chrono::seconds(15));

private:
    void readOutput();
    [[nodiscard]] QProcessEnvironment processEnvironment() const;

    QTemporaryDir m_directory;
    Environment m_environment;
    QStringList m_arguments;
    QProcess m_process;
    QByteArray m_standardError;
    QByteArray m_standardOutput;
    qsizetype m_startOfRun = 0; // in m_standardError
    QByteArray m_errorText;
    quint16 m_port = 0;
};
