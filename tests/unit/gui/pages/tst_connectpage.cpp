// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The empty state: what it says of a source, what it puts on the clipboard, and the test that needs no key.

#include "config/configloader.h"
#include "gui/connect/clientsnippets.h"
#include "gui/connect/connectpage.h"
#include "gui/model/callfeed.h"
#include "gui/model/requestlistmodel.h"
#include "gui/source/enginesource.h"
#include "support/fakelangfuse.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"
#include "unit/gui/pages/keptpicture.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

namespace {

QString textOf(const QWidget& page, const char* name)
{
    const auto* label = page.findChild<QLabel*>(QLatin1String(name));
    return label && !label->isHidden() ? label->text() : QString();
}

void press(const QWidget& page, const char* name)
{
    auto* button = page.findChild<QPushButton*>(QLatin1String(name));
    QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

QList<SourceEvent> eventsOf(const QSignalSpy& spy)
{
    QList<SourceEvent> events;
    for (const QList<QVariant>& arguments : spy)
        events += arguments.first().value<QList<SourceEvent>>();
    return events;
}

qsizetype countOf(const QSignalSpy& spy, const QByteArray& type)
{
    const QList<SourceEvent> events = eventsOf(spy);
    return std::count_if(
        events.begin(), events.end(), [&](const SourceEvent& event) { return event.type == type; });
}

} // namespace

class TestConnectPage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyClientGetsTheAddress()
    {
        QStringList ids;
        for (const ClientSnippet& snippet : clientSnippets("http://127.0.0.1:3456", "corp.example")) {
            ids.append(QString::fromLatin1(snippet.id));
            QVERIFY2(snippet.text.contains(QLatin1String("http://127.0.0.1:3456")), snippet.id.constData());
            QVERIFY2(!snippet.text.contains(u'@'), snippet.id.constData());
            QVERIFY2(!snippet.title.isEmpty() && !snippet.text.endsWith(u'\n'), snippet.id.constData());
        }
        QCOMPARE(ids.join(u' '), QStringLiteral("env python typescript curl claude codex gemini"));
        const QList<ClientSnippet> all = clientSnippets("http://127.0.0.1:3456", "corp.example");
        QVERIFY(all[0].text.contains(QLatin1String("export OPENAI_BASE_URL='http://127.0.0.1:3456/v1'")));
        QVERIFY(all[0].text.contains(QLatin1String("NO_PROXY='corp.example,127.0.0.1'")));
        QCOMPARE(all[4].text, QStringLiteral("export ANTHROPIC_BASE_URL='http://127.0.0.1:3456'\nclaude"));
        QCOMPARE(all[5].text, QStringLiteral("codex -c 'openai_base_url=\"http://127.0.0.1:3456/v1\"'"));
    }

    void showsThePortAndCopiesTheTextAsItStands()
    {
        EngineSource source(config(), true);
        ConnectPage page;
        page.setSource(&source);
        show(&page);
        source.start();
        const QString address = source.status().url.toString();
        QVERIFY(source.status().url.port() > 0);
        QCOMPARE(textOf(page, "connectHeading"), QStringLiteral("Listening on ") + address);
        auto* tabs = page.findChild<QTabWidget*>(QStringLiteral("snippets"));
        QCOMPARE(tabs->count(), 7);
        keepPicture(&page, QStringLiteral("connect"));
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            QGuiApplication::clipboard()->setText(QStringLiteral("old"));
            press(page, "copySnippet");
            const auto* box = qobject_cast<QPlainTextEdit*>(tabs->currentWidget());
            QCOMPARE(QGuiApplication::clipboard()->text(), box->toPlainText());
            QVERIFY(box->toPlainText().contains(address));
            QVERIFY(box->isReadOnly());
        }
    }

    // The provider of the settings is never asked, and the key that clients need is not wanted.
    void theTestRequestStreamsThroughTheProxyWithoutAnyKey()
    {
        EngineSource source(config({{"PROXY_API_KEY", "proxy-key-0123456789"}}), true);
        ConnectPage page;
        page.setSource(&source);
        RequestListModel model;
        CallFeed feed(&source, &model, 100);
        show(&page);
        QSignalSpy events(&source, &TraceSource::eventsArrived);
        QSignalSpy progress(&feed, &CallFeed::progressed);
        source.start();
        QVERIFY(textOf(page, "keysNote").contains(QLatin1String("PROXY_API_KEY")));
        QElapsedTimer timer;
        timer.start();
        press(page, "sendTest");
        QTRY_COMPARE(countOf(events, "call.started"), 1);
        QTRY_COMPARE(model.rowCount({}), 1); // while it is open
        QCOMPARE(countOf(events, "call.ended"), 0);
        QTRY_COMPARE_WITH_TIMEOUT(countOf(events, "call.ended"), 1, 10'000);
        QVERIFY2(timer.elapsed() > 1500, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(progress.size() >= 5, qPrintable(QString::number(progress.size())));
        for (const SourceEvent& event : eventsOf(events))
            QVERIFY(event.type != "call.ended" || event.json.contains("\"status\":200"));
        QTRY_COMPARE(textOf(page, "testResult"), QStringLiteral("The test request came through."));
        QVERIFY(m_upstream->requests().isEmpty());

        // The same again, from the keyboard.
        auto* button = page.findChild<QPushButton*>(QStringLiteral("sendTest"));
        QVERIFY(button->isEnabled());
        QTest::keyClick(button, Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(countOf(events, "call.ended"), 2, 10'000);
    }

    void theTestRequestIsNotDelivered()
    {
        FakeLangfuse langfuse;
        EngineSource source(config({{"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()},
                                {"LANGFUSE_PUBLIC_KEY", "pk-lf-1"}, {"LANGFUSE_SECRET_KEY", "sk-lf-1"}}),
            true);
        QSignalSpy ended(&source, &TraceSource::testCallEnded);
        source.start();
        source.sendTestCall();
        QVERIFY(ended.wait(10'000));
        QCOMPARE(ended.first().first().toString(), QString());
        QByteArray list;
        const auto ask = [&] {
            source.ask("GET", "/api/traces", this, [&](const SourceAnswer& answer) { list = answer.body; });
            return list.contains("test_call");
        };
        QTRY_VERIFY(ask());
        QVERIFY(list.contains(R"("state":"disabled")"));
    }

    // Only who was told the token reaches the built-in provider.
    void aGuessedTokenGoesWhereAllCallsGo()
    {
        EngineSource source(config(), true);
        source.start();
        source.sendTestCall(); // from now on there is a route
        RawClient client(quint16(source.status().url.port()));
        const QByteArray body = R"({"model":"gpt-5","messages":[]})";
        QVERIFY(
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nX-Langfuse-Proxy-Test: guess\r\n"
                        "Content-Length: "
                + QByteArray::number(body.size()) + "\r\n\r\n" + body));
        QTRY_COMPARE(m_upstream->requests().size(), 1);
        QVERIFY(!m_upstream->requests().first().headers.contains("x-langfuse-proxy-test"));
    }

    void saysWhatTheSourceIs()
    {
        ScriptedSource source;
        ConnectPage page;
        show(&page);
        page.setSource(&source);
        SourceStatus status;
        status.url = QUrl(QStringLiteral("http://staging:3000/"));
        source.setState(status);
        QCOMPARE(textOf(page, "connectHeading"), QStringLiteral("Connecting to http://staging:3000…"));
        QVERIFY(page.findChild<QTabWidget*>()->isHidden());
        status.state = SourceStatus::State::Attached;
        source.setState(status);
        QCOMPARE(textOf(page, "connectHeading"), QStringLiteral("Attached to http://staging:3000"));
        QVERIFY(page.findChild<QPushButton*>(QStringLiteral("sendTest"))->isHidden()); // not ours to test
        status.state = SourceStatus::State::Refused;
        status.detail = QStringLiteral("port 3000 is in use");
        source.setState(status);
        QCOMPARE(textOf(page, "connectDetail"), status.detail);
        QVERIFY(!page.findChild<QPushButton*>(QStringLiteral("copySnippet"))->isVisible());
        status.state = SourceStatus::State::Lost;
        source.setState(status);
        QVERIFY(!page.findChild<QPushButton*>(QStringLiteral("retrySource"))->isHidden());
        page.setSource(nullptr);
        QCOMPARE(textOf(page, "connectHeading"), QStringLiteral("Nothing is open"));
    }

    void asksForWhatTheWindowDoes()
    {
        EngineSource source(config(), true);
        ConnectPage page;
        page.setSource(&source);
        show(&page);
        source.start();
        QSignalSpy open(&page, &ConnectPage::openRequested);
        QSignalSpy attach(&page, &ConnectPage::attachRequested);
        QSignalSpy settings(&page, &ConnectPage::settingsRequested);
        press(page, "openFile");
        press(page, "attachRemote");
        page.setTelemetry({{QStringLiteral("delivery"), QStringLiteral("not_configured")}});
        QVERIFY(textOf(page, "deliveryNote").contains(QLatin1String("Configure")));
        Q_EMIT page.findChild<QLabel*>(QStringLiteral("deliveryNote"))->linkActivated({});
        QCOMPARE(open.size(), 1);
        QCOMPARE(attach.size(), 1);
        QCOMPARE(settings.size(), 1);
        page.setTelemetry({{QStringLiteral("delivery"), QStringLiteral("enabled")}});
        QCOMPARE(textOf(page, "deliveryNote"), QStringLiteral("Traces are delivered to Langfuse."));
    }

    void init()
    {
        m_upstream
            = std::make_unique<FakeUpstream>([](const ReceivedRequest&) { return Answer::json(500, "{}"); });
    }
    void cleanup() { m_upstream.reset(); }

private:
    static void show(QWidget* page)
    {
        page->resize(1090, 700);
        page->show();
        QVERIFY(QTest::qWaitForWindowExposed(page));
    }
    [[nodiscard]] Config config(const QHash<QByteArray, QByteArray>& more = {}) const
    {
        SettingInputs inputs;
        inputs.environment
            = {{"PORT", "0"}, {"UPSTREAM_BASE_URL", m_upstream->url()}, {"STORE_PATH", ":memory:"}};
        inputs.environment.insert(more);
        const Result<LoadedConfig> loaded = loadConfig(inputs);
        return loaded ? loaded->config : Config();
    }

    std::unique_ptr<FakeUpstream> m_upstream;
};

REGISTER_TEST(TestConnectPage)
#include "tst_connectpage.moc"
