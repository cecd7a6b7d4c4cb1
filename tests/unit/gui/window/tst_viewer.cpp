// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The viewer whole: the window with a real proxy in it, a client that calls, and a provider that answers as
// the test says; and the real program from the shell.

#include "config/configloader.h"
#include "gui/filter/filterbar.h"
#include "gui/list/calltable.h"
#include "gui/list/followmode.h"
#include "gui/source/enginesource.h"
#include "gui/window/mainwindow.h"
#include "gui/window/windowactions.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

#include <QLabel>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr int wordCount = 6;

/// An answer that comes word by word, each when the test says so.
UpstreamScript wordsInStream(const ReceivedRequest& request)
{
    if (request.body.contains("\"broken\""))
        return Answer::json(
            429, R"({"type":"error","error":{"type":"rate_limit_error","message":"retry after 12s"}})");
    QList<QByteArray> events{
        "event: message_start\ndata: "
        "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\","
        "\"role\":\"assistant\",\"content\":[],\"model\":\"claude-opus-4-6\",\"stop_reason\":null,"
        "\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":90,\"output_tokens\":1}}}\n\n",
        "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
        "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"};
    for (int n = 0; n < wordCount; ++n)
        events.append(
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
            "\"delta\":{\"type\":\"text_delta\",\"text\":\"a word that is long enough to count \"}}\n\n");
    events.append(
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
        "\"usage\":{\"output_tokens\":42}}\n\n"
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    return Answer::sse(events, {}, {.releasePrefix = "word"});
}

QByteArray messagesRequest(const QByteArray& text)
{
    const QByteArray body
        = R"({"model":"claude-opus-4-6","max_tokens":100,"stream":true,"messages":[{"role":"user","content":")"
        + text + "\"}]}";
    return "POST /v1/messages HTTP/1.1\r\nHost: x\r\nx-api-key: sk-test\r\nanthropic-version: 2023-06-01\r\n"
           "Content-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class TestViewer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_upstream = std::make_unique<FakeUpstream>(wordsInStream);
        open();
    }
    void cleanup()
    {
        m_window.reset();
        m_upstream.reset();
        m_folder.reset();
        QSettings().clear();
    }

    // Acceptance checks 2 and 3: it goes through its states, and grows while it comes.
    void aStreamedAnswerIsSeenAsItComes()
    {
        RawClient client(port());
        QVERIFY(client.send(messagesRequest("How are you?")));
        QTRY_COMPARE(m_window->model()->rowCount(), 1);
        QVERIFY(m_window->list()->isVisible());
        QVERIFY(call().isOpen());
        const QByteArray id = call().id;
        m_upstream->release("word0");
        m_upstream->release("word1");
        QTRY_COMPARE(call().state, CallFacts::State::Streaming);
        QSet<qint64> estimates;
        for (int n = 0; n < wordCount; ++n) {
            const qint64 before = call().outputEstimate.value_or(0);
            m_upstream->release("word" + QByteArray::number(n + 2));
            QTRY_VERIFY(call().outputEstimate.value_or(0) > before);
            estimates.insert(call().outputEstimate.value());
        }
        QVERIFY(estimates.size() >= 5);
        m_upstream->release("word" + QByteArray::number(wordCount + 2));
        QTRY_COMPARE(call().state, CallFacts::State::Done);
        QCOMPARE(call().id, id);
        QCOMPARE(call().inputTokens.value(), 100);
        QCOMPARE(call().cachedPercent().value(), 90.0);
        QCOMPARE(call().outputTokens.value(), 42);
        QVERIFY(call().firstTokenUs.value() <= call().durationUs.value());
        auto* counts = m_window->findChild<QLabel*>(QStringLiteral("statusCounts"));
        QTRY_COMPARE(counts->text(), QStringLiteral("1 of 1"));
    }

    // 4: not an error, and what came stays.
    void aClientThatLeavesIsNoError()
    {
        {
            RawClient client(port());
            QVERIFY(client.send(messagesRequest("Long story")));
            for (int n = 0; n < 4; ++n)
                m_upstream->release("word" + QByteArray::number(n));
            QTRY_VERIFY(m_window->model()->rowCount() == 1 && call().outputEstimate.value_or(0) > 0);
        }
        QTRY_COMPARE(call().state, CallFacts::State::Cancelled);
        QVERIFY(!call().isError());
    }

    // 5: the provider's words are in the row.
    void aRefusalIsInItsOwnWords()
    {
        RawClient client(port());
        QVERIFY(client.send(messagesRequest("broken\",\"x\":\"")));
        QTRY_VERIFY(m_window->model()->rowCount() == 1 && !call().isOpen());
        QCOMPARE(call().state, CallFacts::State::UpstreamError);
        QVERIFY(m_window->filterBar()->setFilter(QStringLiteral("status:429 state:error")));
        QCOMPARE(m_window->model()->rowCount(), 1);
        QVERIFY(m_window->filterBar()->setFilter(QStringLiteral("-status:429")));
        QCOMPARE(m_window->model()->rowCount(), 0);
    }

    // 20 and 6: what was there is there after a restart, in the same order; following goes on.
    void aRestartKeepsTheCalls()
    {
        for (int n = 0; n <= wordCount + 2; ++n)
            m_upstream->release("word" + QByteArray::number(n));
        for (int n = 1; n <= 5; ++n) {
            RawClient client(port());
            QVERIFY(client.send(messagesRequest("Question " + QByteArray::number(n))));
            QTRY_VERIFY(m_window->model()->rowCount() == n && !m_window->model()->callAt(n - 1).isOpen());
        }
        QList<QByteArray> ids;
        for (const CallFacts& call : m_window->model()->allCalls())
            ids.append(call.id);
        m_window->sources()->own()->stop();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_window->sources()->own()->status().state, SourceStatus::State::Stopped, 10'000);
        m_window.reset();
        open();
        QTRY_COMPARE(m_window->model()->rowCount(), 5);
        QList<QByteArray> again;
        for (const CallFacts& call : m_window->model()->allCalls())
            again.append(call.id);
        QCOMPARE(again, ids);
        QVERIFY(m_window->list()->follow()->isOn());
    }

    void theProgramSaysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("version") << QStringList{"--version"} << 0 << QByteArray("langfuse-proxy-gui ");
        QTest::newRow("help") << QStringList{"--help"} << 0 << QByteArray("--attach");
        QTest::newRow("option") << QStringList{"--nonsense"} << 2 << QByteArray("nonsense");
        QTest::newRow("filter") << QStringList{"--filter", "ttft:>soon"} << 2 << QByteArray("ttft");
        QTest::newRow("file") << QStringList{"/nowhere/none.db"} << 1 << QByteArray("none.db");
        QTest::newRow("port") << QStringList{"--listen", "PORT"} << 1 << QByteArray("PORT");
    }
    void theProgramSaysWhatIsWrong()
    {
        QFETCH(QStringList, arguments);
        QFETCH(const int, code);
        QFETCH(QByteArray, text);
        const QByteArray taken = QByteArray::number(port()); // by the window of this test
        arguments.replaceInStrings(
            QStringLiteral("PORT"), QStringLiteral("127.0.0.1:") + QString::fromLatin1(taken));
        text.replace("PORT", taken);
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"})
            environment.insert(QString::fromLatin1(name), m_folder->path());
        environment.insert(QStringLiteral("STORE_PATH"), m_folder->filePath(QStringLiteral("other.db")));
        // Where there is no display, help can be had nevertheless.
        const bool needsDisplay = code != 0;
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"),
            needsDisplay ? QStringLiteral("offscreen") : QStringLiteral("none"));
        program.setProcessEnvironment(environment);
        program.setWorkingDirectory(m_folder->path());
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(VIEWER_BINARY), arguments);
        QVERIFY2(program.waitForFinished(20'000), qPrintable(program.errorString()));
        const QByteArray output = program.readAll();
        QVERIFY2(output.contains(text), output.constData());
        QCOMPARE(program.exitCode(), code);
    }

private:
    void open()
    {
        SettingInputs inputs;
        inputs.environment = {{"PORT", "0"}, {"ANTHROPIC_BASE_URL", m_upstream->url()},
            {"STORE_PATH", m_folder->filePath(QStringLiteral("traces.db")).toUtf8()}};
        const Result<LoadedConfig> loaded = loadConfig(inputs);
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().message));
        m_window = std::make_unique<MainWindow>();
        m_window->setSource(std::make_unique<EngineSource>(loaded->config, true));
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QCOMPARE(m_window->sources()->own()->status().state, SourceStatus::State::Attached);
    }
    [[nodiscard]] quint16 port() const { return quint16(m_window->sources()->own()->status().url.port()); }
    [[nodiscard]] const CallFacts& call() { return m_window->model()->callAt(0); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<MainWindow> m_window;
};

REGISTER_TEST(TestViewer)
#include "tst_viewer.moc"
