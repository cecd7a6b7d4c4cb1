// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The acceptance checks that want the viewer whole: a client, its own proxy, a provider and Langfuse.
// README.md of this folder says where each of the twenty is tested.

#include "acceptancewindow.h"
#include "gui/connect/connectpage.h"
#include "gui/filter/filterbar.h"
#include "gui/model/calltext.h"
#include "gui/model/requestcolumns.h"
#include "support/fakelangfuse.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/sanitized.h"
#include "support/testprogram.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>
#include <QToolButton>

namespace {

using CallState = CallFacts::State;
constexpr int slowness = isSanitized ? 8 : 1;
constexpr int testCallMs = 15'000;
constexpr int acceptedWords = 8;

QByteArray postTo(const QByteArray& path, const QByteArray& body)
{
    return "POST " + path
        + " HTTP/1.1\r\nHost: x\r\nx-api-key: sk-test\r\nanthropic-version: 2023-06-01\r\n"
          "Content-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray question(const QByteArray& text)
{
    return postTo("/v1/messages",
        R"({"model":"claude-opus-4-6","max_tokens":100,"stream":true,"messages":[{"role":"user","content":")"
            + text + "\"}]}");
}

QByteArray sseEvent(const QByteArray& type, const QByteArray& members)
{
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + members + "}\n\n";
}

/// "word 0 word 1 ...", each part when `word<n>` is released; the end after the last of them.
UpstreamScript wordByWord(const ReceivedRequest&)
{
    QList<QByteArray> events{
        sseEvent("message_start",
            R"(,"message":{"id":"m","type":"message","role":"assistant","content":[],)"
            R"("model":"claude-opus-4-6","usage":{"input_tokens":10,"output_tokens":1}})")
        + sseEvent("content_block_start", R"(,"index":0,"content_block":{"type":"text","text":""})")};
    for (int n = 0; n < acceptedWords; ++n)
        events.append(sseEvent("content_block_delta",
            R"(,"index":0,"delta":{"type":"text_delta","text":"word )" + QByteArray::number(n)
                + R"( of some length, "})"));
    events.append(sseEvent("content_block_stop", R"(,"index":0)")
        + sseEvent("message_delta", R"(,"delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":42})")
        + sseEvent("message_stop", ""));
    return Answer::sse(events, {}, {.releasePrefix = "word"});
}

} // namespace

class TestAcceptance final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_upstream = std::make_unique<FakeUpstream>(wordByWord);
    }
    void cleanup()
    {
        m_viewer.reset();
        m_upstream.reset();
        QSettings().clear();
    }

    // 1
    void aCleanProfileSaysWhereToConnect()
    {
        QElapsedTimer timer;
        timer.start();
        open();
        QVERIFY2(timer.elapsed() < 1000 * slowness, qPrintable(QString::number(timer.elapsed())));
        auto* page = m_viewer->window()->findChild<ConnectPage*>();
        QTRY_VERIFY(page->isVisible());
        QGuiApplication::clipboard()->clear();
        QTest::mouseClick(page->findChild<QPushButton*>(QStringLiteral("copySnippet")), Qt::LeftButton);
        static const QRegularExpression variable(
            QStringLiteral("^export ANTHROPIC_BASE_URL='http://127\\.0\\.0\\.1:(\\d+)'$"),
            QRegularExpression::MultilineOption);
        const auto pasted = variable.match(QGuiApplication::clipboard()->text());
        QVERIFY2(pasted.hasMatch(), qPrintable(QGuiApplication::clipboard()->text()));
        RawClient client(quint16(pasted.captured(1).toInt()));
        QVERIFY(client.send(question("Are you there?")));
        QTRY_COMPARE(m_viewer->model()->rowCount(), 1);
        QVERIFY(m_viewer->window()->list()->isVisible());
        QCOMPARE(m_viewer->cell(0, RequestColumns::Request), QStringLiteral("Are you there?"));
    }

    // 2
    void theTestRequestGoesThroughAllStates()
    {
        open();
        QList<CallState> states;
        const auto note = [&] {
            const CallState state = m_viewer->model()->callAt(0).state;
            if (states.isEmpty() || states.last() != state)
                states.append(state);
        };
        connect(m_viewer->model(), &QAbstractItemModel::rowsInserted, this, note);
        connect(m_viewer->model(), &QAbstractItemModel::dataChanged, this, note);
        auto* page = m_viewer->window()->findChild<ConnectPage*>();
        QTest::mouseClick(page->findChild<QPushButton*>(QStringLiteral("sendTest")), Qt::LeftButton);
        QTRY_COMPARE(m_viewer->model()->rowCount(), 1);
        QList<qsizetype> lengths;
        const auto hasEnded = [&] {
            const CallFacts& call = m_viewer->model()->callAt(0);
            if (m_viewer->window()->list()->currentId().isEmpty())
                (void)m_viewer->window()->list()->selectCall(call.id);
            const qsizetype length = m_viewer->conversation().size();
            if (lengths.isEmpty() || lengths.last() < length)
                lengths.append(length);
            return !call.isOpen();
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), testCallMs);
        QCOMPARE(states, (QList<CallState>{CallState::Pending, CallState::Streaming, CallState::Done}));
        QVERIFY2(lengths.size() >= 5, qPrintable(QString::number(lengths.size())));
    }

    // 3
    void outDurationAndConversationGrowWithTheAnswer()
    {
        open();
        RawClient client(m_viewer->port());
        QVERIFY(client.send(question("Go on")));
        m_upstream->release("word0");
        m_upstream->release("word1");
        QTRY_COMPARE(m_viewer->model()->rowCount(), 1);
        QVERIFY(m_viewer->window()->list()->selectCall(m_viewer->model()->callAt(0).id));
        QSet<QString> outs;
        QSet<QString> durations;
        for (int n = 1; n < acceptedWords; ++n) {
            m_upstream->release("word" + QByteArray::number(n + 1));
            const QString word = QStringLiteral("word %1 ").arg(n);
            QTRY_VERIFY2(m_viewer->conversation().contains(word), qPrintable(m_viewer->conversation()));
            outs.insert(m_viewer->cell(0, RequestColumns::Output));
            const QString before = m_viewer->cell(0, RequestColumns::Duration);
            QTRY_VERIFY(m_viewer->cell(0, RequestColumns::Duration) != before);
            durations.insert(m_viewer->cell(0, RequestColumns::Duration));
        }
        QVERIFY2(outs.size() >= 5, qPrintable(QStringList(outs.values()).join(u' ')));
        QVERIFY2(durations.size() >= 5, qPrintable(QStringList(durations.values()).join(u' ')));
    }

    // 4
    void whatCameBeforeTheClientLeftIsKept()
    {
        open();
        {
            RawClient client(m_viewer->port());
            QVERIFY(client.send(question("Long story")));
            for (int n = 0; n < 4; ++n)
                m_upstream->release("word" + QByteArray::number(n));
            QTRY_VERIFY(m_viewer->model()->rowCount() == 1
                && m_viewer->model()->callAt(0).outputEstimate.value_or(0) > 10);
        }
        QTRY_COMPARE(m_viewer->model()->callAt(0).state, CallState::Cancelled);
        QVERIFY(!m_viewer->model()->callAt(0).isError());
        QVERIFY(m_viewer->window()->list()->selectCall(m_viewer->model()->callAt(0).id));
        QTRY_VERIFY2(m_viewer->conversation().contains(QStringLiteral("word 2 ")),
            qPrintable(m_viewer->conversation()));
    }

    // 5
    void failuresSpeakInTheProvidersWords_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("said");
        QTest::newRow("429")
            << 429
            << QByteArray(
                   R"({"type":"error","error":{"type":"rate_limit_error","message":"retry after 12s"}})")
            << "429 rate_limit_error: retry after 12s";
        QTest::newRow("529")
            << 529
            << QByteArray(R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})")
            << "529 overloaded_error: Overloaded";
        QTest::newRow("error in the stream")
            << 200
            << sseEvent("error", R"(,"error":{"type":"overloaded_error","message":"Overloaded at last"})")
            << "overloaded_error: Overloaded at last";
        QTest::newRow("refused") << 0 << QByteArray() << "connection";
    }
    void failuresSpeakInTheProvidersWords()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, said);
        m_upstream->setHandler([&](const ReceivedRequest&) {
            return status == 200 ? Answer::sse({body}) : Answer::json(status, body);
        });
        open();
        if (status == 0)
            m_upstream->stopListening();
        RawClient client(m_viewer->port());
        QVERIFY(client.send(question("Once more")));
        QTRY_VERIFY(m_viewer->model()->rowCount() == 1 && !m_viewer->model()->callAt(0).isOpen());
        QCOMPARE(m_viewer->model()->callAt(0).state, CallState::UpstreamError);
        QVERIFY(m_viewer->model()->callAt(0).isError());
        const QString row = m_viewer->cell(0, RequestColumns::Request);
        QVERIFY2(row.contains(said, Qt::CaseInsensitive), qPrintable(row));
        QVERIFY(m_viewer->window()->filterBar()->setFilter(QStringLiteral("state:error")));
        QCOMPARE(m_viewer->model()->rowCount(), 1);
    }

    // 16
    void langfuseGoesAndComesBack_data()
    {
        QTest::addColumn<bool>("isDown");
        QTest::addColumn<CallFacts::Delivery>("delivery");
        QTest::addColumn<QString>("said");
        // A server that is not there has refused nothing: that is no attempt of the call.
        QTest::newRow("down") << true << CallFacts::Delivery::Queued << "Langfuse cannot be reached";
        QTest::newRow("fails") << false << CallFacts::Delivery::Retrying << "Langfuse answered 503";
    }
    void langfuseGoesAndComesBack()
    {
        QFETCH(const bool, isDown);
        QFETCH(const CallFacts::Delivery, delivery);
        QFETCH(const QString, said);
        FakeLangfuse langfuse;
        if (isDown)
            langfuse.goDown();
        else
            langfuse.script({.status = 503, .body = R"({"message":"down for a moment"})"}, 1000);
        m_upstream->setHandler([](const ReceivedRequest&) {
            return Answer::json(200,
                R"({"id":"m","type":"message","role":"assistant","model":"claude-opus-4-6","content":[{"type":"text","text":"Hi"}],)"
                R"("stop_reason":"end_turn","usage":{"input_tokens":10,"output_tokens":2}})");
        });
        open({{"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()},
            {"LANGFUSE_PUBLIC_KEY", FakeLangfuseOptions().publicKey},
            {"LANGFUSE_SECRET_KEY", FakeLangfuseOptions().secretKey}});
        RawClient client(m_viewer->port());
        QVERIFY(client.send(question("Hello")));
        QTRY_VERIFY(m_viewer->model()->rowCount() == 1 && !m_viewer->model()->callAt(0).isOpen());
        const auto now = [this] { return m_viewer->model()->callAt(0).delivery; };
        QTRY_COMPARE_WITH_TIMEOUT(now(), delivery, testCallMs);
        auto* label = m_viewer->window()->findChild<QToolButton*>(QStringLiteral("deliveryLabel"));
        QTRY_VERIFY2(label->text().contains(QStringLiteral("1 queued")), qPrintable(label->text()));
        QVERIFY(m_viewer->window()->list()->selectCall(m_viewer->model()->callAt(0).id));
        m_viewer->detail()->setTab(DetailPane::Delivery);
        auto* text = m_viewer->detail()->findChild<QLabel*>(QStringLiteral("deliveryText"));
        for (const QString& row : {said, QStringLiteral("Next attempt"), CallText::delivery(delivery)})
            QTRY_VERIFY2_WITH_TIMEOUT(text->text().contains(row), qPrintable(text->text()), testCallMs);
        auto* page = m_viewer->detail()->findChild<QPushButton*>(QStringLiteral("openInLangfuse"));
        QVERIFY(!page->isEnabled());
        langfuse.clearScript();
        if (isDown)
            langfuse.comeUp();
        QTRY_COMPARE_WITH_TIMEOUT(now(), CallFacts::Delivery::Accepted, 30'000);
        QTRY_VERIFY2(text->text().contains(QStringLiteral("accepted by Langfuse")), qPrintable(text->text()));
        QTRY_VERIFY2_WITH_TIMEOUT(page->isEnabled(), qPrintable(page->toolTip()), testCallMs);
        QCOMPARE(langfuse.spans().size(), 1);
        QVERIFY2(page->toolTip().endsWith(
                     QStringLiteral("/traces/") + QString::fromLatin1(langfuse.spans().first().traceId)),
            qPrintable(page->toolTip()));
    }

private:
    void open(QHash<QByteArray, QByteArray> environment = {})
    {
        environment.insert("ANTHROPIC_BASE_URL", m_upstream->url());
        m_viewer = std::make_unique<AcceptanceWindow>(environment);
        m_viewer->window()->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_viewer->window()));
    }

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<AcceptanceWindow> m_viewer;
};

REGISTER_TEST(TestAcceptance)
#include "tst_acceptance.moc"
