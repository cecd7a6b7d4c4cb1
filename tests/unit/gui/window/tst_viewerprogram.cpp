// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real program, from the shell: how it starts, ends, and exports without a window.

#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

/// The viewer on a display that is none, with every folder of its own.
class ViewerProcess final
{
public:
    explicit ViewerProcess(const QString& folder)
        : m_folder(folder)
    {
        m_environment = QProcessEnvironment();
        m_environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
        for (const char* name :
            {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"})
            m_environment.insert(QString::fromLatin1(name), folder);
        set("QT_QPA_PLATFORM", "offscreen");
        set("STORE_PATH", QFile::encodeName(storePath()));
        set("PORT", "0");
    }
    ~ViewerProcess()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    void set(const char* name, const QByteArray& value)
    {
        m_environment.insert(QString::fromLatin1(name), QString::fromUtf8(value));
    }
    void start(const QStringList& arguments)
    {
        m_errors.clear();
        m_process.setProcessEnvironment(m_environment);
        m_process.setWorkingDirectory(m_folder);
        m_process.setReadChannel(QProcess::StandardError); // which waitForReadyRead() waits for
        m_process.start(QStringLiteral(VIEWER_BINARY), arguments);
    }
    /// Until it has said that on standard error.
    [[nodiscard]] bool waitFor(const QByteArray& words)
    {
        while (!errors().contains(words)) {
            if (!m_process.waitForReadyRead(20'000))
                return errors().contains(words);
        }
        return true;
    }
    /// Of the proxy in it; 0: it has none.
    [[nodiscard]] quint16 waitForPort()
    {
        if (!waitFor("listening"))
            return 0;
        const qsizetype at = errors().indexOf("127.0.0.1:", errors().indexOf("listening"));
        return at < 0 ? quint16(0) : quint16(atoi(errors().constData() + at + 10));
    }
    [[nodiscard]] const QByteArray& errors()
    {
        m_errors += m_process.readAllStandardError();
        return m_errors;
    }
    void terminate() { m_process.terminate(); }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }
    /// -1: by a signal, or not at all.
    [[nodiscard]] int exitCode()
    {
        const bool hasEnded = m_process.state() == QProcess::NotRunning || m_process.waitForFinished(20'000);
        return hasEnded && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    [[nodiscard]] int run(const QStringList& arguments)
    {
        start(arguments);
        return exitCode();
    }
    [[nodiscard]] QString storePath() const { return m_folder + QStringLiteral("/traces.db"); }

private:
    QString m_folder;
    QProcessEnvironment m_environment;
    QProcess m_process;
    QByteArray m_errors;
};

namespace {

UpstreamScript wordByWord(const ReceivedRequest&)
{
    return Answer::sse({"data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-test\","
                        "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n",
                           "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"gpt-test\","
                           "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
                           "data: [DONE]\n\n"},
        {}, {.releasePrefix = "part"});
}

QByteArray streamedChat()
{
    const QByteArray body
        = R"({"model":"gpt-test","stream":true,"messages":[{"role":"user","content":"Hello?"}]})";
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-test\r\n"
           "Content-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestViewerProgram final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_upstream = std::make_unique<FakeUpstream>(wordByWord);
        m_viewer = std::make_unique<ViewerProcess>(m_folder->path());
        m_viewer->set("UPSTREAM_BASE_URL", m_upstream->url());
    }
    void cleanup()
    {
        m_viewer.reset();
        m_upstream.reset();
        m_folder.reset();
    }

    // The answer that is under way comes whole, the call is stored, the window's layout is kept.
    void aSignalEndsItInOrder()
    {
        m_viewer->start({});
        const quint16 port = m_viewer->waitForPort();
        QVERIFY2(port > 0, m_viewer->errors().constData());
        RawClient client(port);
        QVERIFY(client.send(streamedChat()));
        m_upstream->release("part0");
        QVERIFY(client.readUntil("Hello"));
        m_viewer->terminate();
        // It does not end while an answer is open, and takes no other call.
        QTRY_VERIFY(!canConnect(port));
        QVERIFY(m_viewer->isRunning());
        for (const char* part : {"part1", "part2", "part3"})
            m_upstream->release(part);
        QVERIFY(client.readUntil("[DONE]"));
        QCOMPARE(m_viewer->exitCode(), 0);
        const QByteArray layout
            = contentOf(m_folder->filePath(QStringLiteral("langfuse-proxy/langfuse-proxy-gui.conf")));
        QVERIFY(layout.contains("geometry"));
        QCOMPARE(m_viewer->run(exportArguments(QStringLiteral("jsonl"))), 0);
        QVERIFY(exported().contains("\"outcome\":\"completed\""));
    }

    void aSecondSignalEndsItAtOnce()
    {
        m_viewer->start({});
        const quint16 port = m_viewer->waitForPort();
        RawClient client(port);
        QVERIFY(client.send(streamedChat()));
        m_upstream->release("part0");
        QVERIFY(client.readUntil("Hello"));
        m_viewer->terminate();
        QTRY_VERIFY(!canConnect(port));
        m_viewer->terminate();
        QCOMPARE(m_viewer->exitCode(), 1);
    }

    // Not an end, but a dialog: the setting can be put right.
    void aWrongSettingDoesNotEndIt()
    {
        m_viewer->set("PORT", "abc");
        m_viewer->start({});
        QVERIFY2(m_viewer->waitFor("a setting is not allowed"), m_viewer->errors().constData());
        QVERIFY(m_viewer->errors().contains("PORT"));
        m_viewer->terminate();
        QCOMPARE(m_viewer->exitCode(), 0);
        QCOMPARE(m_viewer->run(
                     {QStringLiteral("--headless"), QStringLiteral("--export"), QStringLiteral("har:x.har")}),
            78); // nobody is there to put it right
    }

    void exportsWithoutAWindow()
    {
        makeCalls(2);
        m_viewer->set("QT_QPA_PLATFORM", "none");
        QCOMPARE(m_viewer->run(exportArguments(QStringLiteral("har"))), 0);
        const QJsonArray entries = QJsonDocument::fromJson(exported())
                                       .object()
                                       .value(QLatin1String("log"))
                                       .toObject()
                                       .value(QLatin1String("entries"))
                                       .toArray();
        QCOMPARE(entries.size(), 2);
        for (const char* form : {"jsonl", "records", "markdown", "html", "csv"}) {
            QCOMPARE(m_viewer->run(exportArguments(QLatin1String(form))), 0);
            QVERIFY2(exported().size() > 100, form);
        }
        QCOMPARE(exported().count('\n'), 3); // of the CSV: titles and two calls
        QCOMPARE(m_viewer->run(exportArguments(QStringLiteral("jsonl"))
                     + QStringList{QStringLiteral("--filter"), QStringLiteral("body:nothing-like-it")}),
            0);
        QCOMPARE(exported(), QByteArray());
        QCOMPARE(m_viewer->run(exportArguments(QStringLiteral("jsonl"))
                     + QStringList{QStringLiteral("--filter"), QStringLiteral("body:Hello")}),
            0);
        QCOMPARE(exported().count('\n'), 2);
    }

    // Acceptance check 18.
    void aHarComesBackAsItWas()
    {
        makeCalls(2);
        QCOMPARE(m_viewer->run(exportArguments(QStringLiteral("har"))), 0);
        const QByteArray first = exported();
        QVERIFY(first.count("gpt-test") >= 2);
        QVERIFY(!first.contains("sk-test"));
        QVERIFY(QFile::rename(
            m_folder->filePath(QStringLiteral("out")), m_folder->filePath(QStringLiteral("first.har"))));
        QCOMPARE(
            m_viewer->run(exportArguments(QStringLiteral("har")) + QStringList{QStringLiteral("first.har")}),
            0);
        QCOMPARE(exported(), first);
    }

    void anExportThatCannotBeSaysWhy()
    {
        QCOMPARE(m_viewer->run(exportArguments(QStringLiteral("har"))), 1); // no store yet
        QVERIFY(m_viewer->errors().contains("traces.db"));
        QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("out"))));
        QCOMPARE(m_viewer->run(exportArguments(QStringLiteral("har"))
                     + QStringList{QStringLiteral("--attach"), QStringLiteral("http://127.0.0.1:1")}),
            1);
    }

    // Another layout, other settings, and another program as far as files are handed over.
    void aProfileLiesApart()
    {
        QDir(m_folder->path()).mkdir(QStringLiteral("langfuse-proxy"));
        QFile saved(m_folder->filePath(QStringLiteral("langfuse-proxy/viewer-work.env")));
        QVERIFY(saved.open(QIODevice::WriteOnly) && saved.write("MAX_BODY_BYTES=abc\n") > 0);
        saved.close();
        m_viewer->start({QStringLiteral("--profile"), QStringLiteral("work")});
        QVERIFY2(m_viewer->waitFor("a setting is not allowed"), m_viewer->errors().constData());
        ViewerProcess other(m_folder->path());
        other.start({});
        QVERIFY(other.waitForPort() > 0);
        other.terminate();
        QCOMPARE(other.exitCode(), 0);
        m_viewer->terminate();
        QCOMPARE(m_viewer->exitCode(), 0);
        QVERIFY(
            QFile::exists(m_folder->filePath(QStringLiteral("langfuse-proxy/langfuse-proxy-gui-work.conf"))));
        QVERIFY(QFile::exists(m_folder->filePath(QStringLiteral("langfuse-proxy/langfuse-proxy-gui.conf"))));
    }

private:
    static bool canConnect(quint16 port)
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port);
        return socket.waitForConnected(2000);
    }
    /// In the store.
    void makeCalls(int count)
    {
        m_viewer->start({});
        const quint16 port = m_viewer->waitForPort();
        QVERIFY(port > 0);
        for (const char* part : {"part0", "part1", "part2", "part3"})
            m_upstream->release(part);
        for (int n = 0; n < count; ++n) {
            RawClient client(port);
            QVERIFY(client.send(streamedChat()));
            QVERIFY(client.readUntil("[DONE]"));
        }
        m_viewer->terminate();
        QCOMPARE(m_viewer->exitCode(), 0);
    }
    [[nodiscard]] QStringList exportArguments(const QString& form) const
    {
        return {QStringLiteral("--headless"), QStringLiteral("--export"), form + QStringLiteral(":out")};
    }
    [[nodiscard]] QByteArray exported() const { return contentOf(m_folder->filePath(QStringLiteral("out"))); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<ViewerProcess> m_viewer;
};

REGISTER_TEST(TestViewerProgram)
#include "tst_viewerprogram.moc"
