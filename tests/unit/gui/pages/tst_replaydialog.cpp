// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls that are sent again, as they were and changed, through a real proxy.

#include "config/configloader.h"
#include "gui/action/replaydialog.h"
#include "gui/source/enginesource.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"
#include "unit/gui/pages/keptpicture.h"

#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace {

const QByteArray replayedBody = R"({"model":"gpt-5",  "messages":[{"role":"user","content":"Hi"}]})";

template <typename Widget>
Widget* partOf(const QDialog& dialog, const char* name)
{
    return dialog.findChild<Widget*>(QLatin1String(name));
}

} // namespace

class TestReplayDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        qunsetenv("OPENAI_API_KEY");
        m_upstream = std::make_unique<FakeUpstream>([](const ReceivedRequest& request) {
            const QByteArray said = request.body.contains("Bye") ? "Goodbye" : "Hello";
            return Answer::json(200,
                R"({"id":"c","object":"chat.completion","model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant","content":")"
                    + said
                    + R"("},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})");
        });
        start({});
    }
    void cleanup()
    {
        m_source.reset();
        m_upstream.reset();
    }

    void sendsTheStoredBytesAgain()
    {
        ReplayDialog dialog(m_source.get(), m_id);
        dialog.sendUnchanged();
        show(&dialog);
        QTRY_COMPARE(partOf<QPlainTextEdit>(dialog, "replayAnswer")->toPlainText(), QStringLiteral("Hello"));
        QCOMPARE(m_upstream->requests().size(), 2);
        QCOMPARE(m_upstream->requests().last().body, replayedBody); // two blanks included
        QVERIFY(!m_upstream->requests().last().headers.contains("authorization")); // there is no key
        QTRY_VERIFY(partOf<QPushButton>(dialog, "replayShow")->isEnabled()); // its trace is there
        QVERIFY2(partOf<QLabel>(dialog, "replayFacts")->text().contains(QStringLiteral("3 in · 2 out")),
            qPrintable(partOf<QLabel>(dialog, "replayFacts")->text()));
        QSignalSpy requested(&dialog, &ReplayDialog::callRequested);
        QTest::mouseClick(partOf<QPushButton>(dialog, "replayShow"), Qt::LeftButton);
        QCOMPARE(requested.size(), 1);
        QVERIFY(requested.first().first().toByteArray() != m_id);
        QVERIFY(!requested.first().first().toByteArray().isEmpty());
    }

    void sendsWhatWasChanged()
    {
        ReplayDialog dialog(m_source.get(), m_id);
        show(&dialog);
        auto* editor = partOf<QPlainTextEdit>(dialog, "replayBody");
        QTRY_VERIFY(editor->isEnabled());
        QVERIFY(editor->toPlainText().contains(
            QLatin1String("{\n  \"model\": \"gpt-5\",\n  \"messages\": ["))); // for reading
        QString text = editor->toPlainText();
        editor->setPlainText(QString(text).replace(QLatin1String("\"Hi\""), QLatin1String("\"Bye")));
        QVERIFY(partOf<QLabel>(dialog, "replayProblem")->text().startsWith(QLatin1String("This is no JSON")));
        editor->setPlainText(text.replace(QLatin1String("\"Hi\""), QLatin1String("\"Bye\"")));
        QVERIFY(partOf<QLabel>(dialog, "replayProblem")->isHidden());
        QCOMPARE(
            partOf<QPushButton>(dialog, "replaySend")->text().remove(u'&'), QStringLiteral("Send changed"));
        QTest::keyClicks(partOf<QLineEdit>(dialog, "replayKey"), QStringLiteral("sk-typed"));
        QCOMPARE(partOf<QLineEdit>(dialog, "replayKey")->echoMode(), QLineEdit::Password);
        QTest::mouseClick(partOf<QPushButton>(dialog, "replaySend"), Qt::LeftButton);
        QTRY_COMPARE(
            partOf<QPlainTextEdit>(dialog, "replayAnswer")->toPlainText(), QStringLiteral("Goodbye"));
        QCOMPARE(m_upstream->requests().last().headers.value("authorization"), "Bearer sk-typed");
        QVERIFY(m_upstream->requests().last().body.contains("Bye"));
        QTRY_VERIFY(partOf<QPushButton>(dialog, "replayShow")->isEnabled());
        keepPicture(&dialog, QStringLiteral("replay"));
        QTest::mouseClick(partOf<QPushButton>(dialog, "replayReset"), Qt::LeftButton);
        QVERIFY(editor->toPlainText().contains(QLatin1String("\"Hi\"")));
        QVERIFY(partOf<QPushButton>(dialog, "replaySend")->isEnabled()); // and once more, if need be
    }

    // The key of the proxy's settings goes to the provider, its door is opened, and neither is to be seen.
    void takesTheKeysOfTheProxy()
    {
        start({{"UPSTREAM_API_KEY", "sk-upstream"}, {"PROXY_API_KEY", "proxy-key-0123456789"}});
        qputenv("OPENAI_API_KEY", "sk-environment");
        ReplayDialog dialog(m_source.get(), m_id);
        dialog.sendUnchanged();
        show(&dialog);
        QTRY_COMPARE(partOf<QPlainTextEdit>(dialog, "replayAnswer")->toPlainText(), QStringLiteral("Hello"));
        QCOMPARE(m_upstream->requests().last().headers.value("authorization"), "Bearer sk-upstream");
        QCOMPARE(partOf<QLineEdit>(dialog, "replayKey")->text(), QString());
        QVERIFY(!partOf<QLineEdit>(dialog, "replayKey")->placeholderText().contains(QLatin1String("sk-")));
    }

    void takesTheKeyOfTheEnvironment()
    {
        qputenv("OPENAI_API_KEY", "sk-environment");
        ReplayDialog dialog(m_source.get(), m_id);
        dialog.sendUnchanged();
        show(&dialog);
        QTRY_COMPARE(partOf<QPlainTextEdit>(dialog, "replayAnswer")->toPlainText(), QStringLiteral("Hello"));
        QCOMPARE(m_upstream->requests().last().headers.value("authorization"), "Bearer sk-environment");
    }

    void showsTheAnswerWhileItComes()
    {
        m_upstream->setHandler([](const ReceivedRequest&) {
            UpstreamScript script;
            script.send(
                Answer::head(200, {{"Content-Type", "text/event-stream"}, {"Transfer-Encoding", "chunked"}}));
            for (const char* word : {"One ", "two ", "three"}) {
                script.send(Answer::chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                    + QByteArray(word) + "\"}}]}\n\n"));
            }
            return script.hang();
        });
        ReplayDialog dialog(m_source.get(), m_id);
        dialog.sendUnchanged();
        show(&dialog);
        QTRY_COMPARE(
            partOf<QPlainTextEdit>(dialog, "replayAnswer")->toPlainText(), QStringLiteral("One two three"));
        QVERIFY(!partOf<QPushButton>(dialog, "replayShow")->isEnabled()); // it has not ended
    }

    void saysWhyItCannot()
    {
        ScriptedSource file;
        SourceStatus status;
        status.state = SourceStatus::State::Attached;
        file.setState(status);
        ReplayDialog dialog(&file, "id-1");
        show(&dialog);
        QVERIFY(partOf<QLabel>(dialog, "replayProblem")->text().contains(QLatin1String("file")));
        QVERIFY(!partOf<QPushButton>(dialog, "replaySend")->isEnabled());
        ReplayDialog gone(m_source.get(), "no-such-call");
        show(&gone);
        QTRY_VERIFY(!partOf<QLabel>(gone, "replayProblem")->text().isEmpty());
        QVERIFY(!partOf<QPushButton>(gone, "replaySend")->isEnabled());
    }

private:
    static void show(QWidget* window)
    {
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window));
    }
    /// A proxy that has recorded one call, m_id.
    void start(const QHash<QByteArray, QByteArray>& more)
    {
        SettingInputs inputs;
        inputs.environment
            = {{"PORT", "0"}, {"UPSTREAM_BASE_URL", m_upstream->url()}, {"STORE_PATH", ":memory:"}};
        inputs.environment.insert(more);
        m_source = std::make_unique<EngineSource>(loadConfig(inputs)->config, true);
        m_id.clear();
        connect(m_source.get(), &TraceSource::eventsArrived, this, [this](const QList<SourceEvent>& events) {
            for (const SourceEvent& event : events) {
                const QJsonObject call
                    = QJsonDocument::fromJson(event.json).object().value(QLatin1String("call")).toObject();
                if (event.type == "call.ended" && m_id.isEmpty())
                    m_id = call.value(QLatin1String("id")).toString().toLatin1();
            }
        });
        m_source->start();
        RawClient client(quint16(m_source->status().url.port()));
        QVERIFY(
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        "X-Proxy-Api-Key: proxy-key-0123456789\r\nContent-Length: "
                + QByteArray::number(replayedBody.size()) + "\r\n\r\n" + replayedBody));
        QVERIFY(client.readResponse());
        QTRY_VERIFY(!m_id.isEmpty());
    }

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<EngineSource> m_source;
    QByteArray m_id;
};

REGISTER_TEST(TestReplayDialog)
#include "tst_replaydialog.moc"
