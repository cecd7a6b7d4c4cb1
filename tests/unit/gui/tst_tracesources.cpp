// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The three kinds of sources say the same in the same words: a proxy of our own, another's, a store file.

#include "config/configloader.h"
#include "gui/source/enginesource.h"
#include "gui/source/filesource.h"
#include "gui/source/remotesource.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace std::chrono_literals;

namespace {

using State = SourceStatus::State;

const QByteArray adminToken = "admin-0123456789abcdef";

UpstreamScript sourceAnswer(const ReceivedRequest&)
{
    return Answer::json(200,
        R"({"id":"c","object":"chat.completion","model":"gpt-5-2025-08-07","choices":[{"index":0,)"
        R"("message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],)"
        R"("usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})");
}

QByteArray sourceRequest(const QByteArray& id)
{
    const QByteArray body = R"({"model":"gpt-5","messages":[{"role":"user","content":"Hi"}]})";
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + id
        + "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

SourceAnswer waitForAnswer(TraceSource* source, const QByteArray& method, const QByteArray& target)
{
    SourceAnswer got;
    bool isThere = false;
    source->ask(method, target, source, [&](const SourceAnswer& answer) {
        got = answer;
        isThere = true;
    });
    (void)QTest::qWaitFor([&] { return isThere; }, 10'000);
    return got;
}

QJsonArray tracesIn(const SourceAnswer& answer)
{
    return QJsonDocument::fromJson(answer.body).object().value(QLatin1String("traces")).toArray();
}

QList<QByteArray> eventTypes(const QSignalSpy& spy)
{
    QList<QByteArray> types;
    for (const QList<QVariant>& arguments : spy) {
        for (const SourceEvent& event : arguments.first().value<QList<SourceEvent>>())
            types.append(event.type);
    }
    return types;
}

} // namespace

class TestTraceSources final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_upstream = std::make_unique<FakeUpstream>(sourceAnswer);
        m_engine = std::make_unique<EngineSource>(config(), true);
    }
    void cleanup()
    {
        m_engine.reset();
        m_upstream.reset();
        m_folder.reset();
    }

    void theOwnProxyAnswersAndTells()
    {
        QSignalSpy events(m_engine.get(), &TraceSource::eventsArrived);
        m_engine->start();
        QCOMPARE(m_engine->status().state, State::Attached);
        QVERIFY(m_engine->status().url.port() > 0);
        QCOMPARE(call("r1"), 200);
        QTRY_VERIFY(eventTypes(events).contains("call.ended"));
        QVERIFY(eventTypes(events).contains("call.started"));
        QTRY_COMPARE(tracesIn(waitForAnswer(m_engine.get(), "GET", "/api/traces?limit=5")).size(), 1);
        const QString id = tracesIn(waitForAnswer(m_engine.get(), "GET", "/api/traces"))
                               .first()
                               .toObject()
                               .value(QLatin1String("id"))
                               .toString();
        const SourceAnswer body
            = waitForAnswer(m_engine.get(), "GET", "/api/traces/" + id.toLatin1() + "/request");
        QVERIFY(body.body.contains("\"Hi\""));
        QCOMPARE(waitForAnswer(m_engine.get(), "GET", "/api/health").status, 200);
        QCOMPARE(waitForAnswer(m_engine.get(), "GET", "/api/traces?limit=0").status, 400);
        QCOMPARE(waitForAnswer(m_engine.get(), "GET", "/api/events").status, 404);
        QCOMPARE(waitForAnswer(m_engine.get(), "PUT", "/api/traces").status, 405);
        QCOMPARE(waitForAnswer(m_engine.get(), "DELETE", "/api/traces?id=" + id.toLatin1()).status, 200);
        QTRY_COMPARE(tracesIn(waitForAnswer(m_engine.get(), "GET", "/api/traces")).size(), 0);
    }

    void aDroppedQuestionIsNotAnswered()
    {
        m_engine->start();
        int answers = 0;
        const quint64 ticket
            = m_engine->ask("GET", "/api/traces", this, [&](const SourceAnswer&) { ++answers; });
        m_engine->drop(ticket);
        {
            QObject context;
            m_engine->ask("GET", "/api/traces", &context, [&](const SourceAnswer&) { ++answers; });
        }
        (void)waitForAnswer(m_engine.get(), "GET", "/api/traces"); // asked last, answered last
        QCOMPARE(answers, 0);
    }

    // The window's event loop does not turn while this thread waits for the other one.
    void aStalledWindowKeepsNoClientWaiting()
    {
        m_engine->start();
        const quint16 port = quint16(m_engine->status().url.port());
        int answered = 0;
        qint64 slowestMs = 0;
        std::thread client([&] {
            for (int i = 0; i < 50; ++i) {
                QElapsedTimer timer;
                timer.start();
                RawClient connection(port);
                if (connection.send(sourceRequest("stall-" + QByteArray::number(i)))) {
                    const auto response = connection.readResponse();
                    answered += response && response->status == 200;
                }
                slowestMs = std::max(slowestMs, timer.elapsed());
            }
        });
        client.join();
        QCOMPARE(answered, 50);
        QVERIFY2(slowestMs < 1000, qPrintable(QString::number(slowestMs)));
        // And the window then learns of all of it.
        QTRY_COMPARE(tracesIn(waitForAnswer(m_engine.get(), "GET", "/api/traces")).size(), 50);
    }

    void aTakenPortIsSaid()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        EngineSource source(config({{"PORT", QByteArray::number(other.serverPort())}}), true);
        source.start();
        QCOMPARE(source.status().state, State::Refused);
        QVERIFY2(source.status().detail.contains(QString::number(other.serverPort())),
            qPrintable(source.status().detail));
        QCOMPARE(waitForAnswer(&source, "GET", "/api/traces").status, 0);
    }

    void theOwnProxyStopsInOrder()
    {
        m_engine->start();
        QCOMPARE(call("r1"), 200);
        m_engine->stop();
        QTRY_COMPARE_WITH_TIMEOUT(m_engine->status().state, State::Stopped, 10'000);
        m_engine.reset();
        // What it kept is in the file.
        FileSource file(storePath());
        file.start();
        QCOMPARE(file.status().state, State::Attached);
        QVERIFY(file.status().isReadOnly);
        QCOMPARE(tracesIn(waitForAnswer(&file, "GET", "/api/traces")).size(), 1);
        QCOMPARE(waitForAnswer(&file, "DELETE", "/api/traces?all=true").status, 405);
        QCOMPARE(waitForAnswer(&file, "GET", "/api/traces?limit=x").status, 400);
    }

    void whatIsNoStoreIsSaid()
    {
        FileSource absent(m_folder->filePath(QStringLiteral("none.db")));
        absent.start();
        QCOMPARE(absent.status().state, State::Refused);
        QVERIFY(absent.status().detail.contains(QLatin1String("none.db")));
        QFile text(m_folder->filePath(QStringLiteral("text.db")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(QByteArray(5000, 'x'));
        text.close();
        FileSource wrong(text.fileName());
        wrong.start();
        QCOMPARE(wrong.status().state, State::Refused);
    }

    void anotherProxyAnswersAndTells()
    {
        m_engine->start();
        RemoteSource remote(m_engine->status().url, Secret(adminToken), {});
        QSignalSpy events(&remote, &TraceSource::eventsArrived);
        remote.start();
        QTRY_COMPARE(remote.status().state, State::Attached);
        QTRY_VERIFY(!remote.status().version.isEmpty());
        QCOMPARE(call("r1"), 200);
        QTRY_VERIFY(eventTypes(events).contains("call.ended"));
        QCOMPARE(tracesIn(waitForAnswer(&remote, "GET", "/api/traces?limit=5")).size(), 1);
        QCOMPARE(waitForAnswer(&remote, "GET", "/api/traces/none").status, 404);
    }

    void aWrongTokenIsSaid()
    {
        m_engine->start();
        RemoteSource remote(m_engine->status().url, Secret("wrong"), {});
        remote.start();
        QTRY_COMPARE(remote.status().state, State::Refused);
        QVERIFY(!remote.status().detail.isEmpty());
        QVERIFY(!remote.status().detail.contains(QLatin1String("wrong")));
    }

    void whatIsNoProxyIsSaid()
    {
        m_upstream->setHandler([](const ReceivedRequest&) { return Answer::json(404, "{}"); });
        RemoteSource remote(QUrl::fromEncoded(m_upstream->url()), {}, {});
        remote.start();
        QTRY_COMPARE(remote.status().state, State::Incompatible);
    }

    // The connection breaks; what happened meanwhile comes when it is back, and nothing twice.
    void aLostConnectionResumes()
    {
        m_engine->start();
        QTcpServer gate; // between the two: what breaks
        QVERIFY(gate.listen(QHostAddress::LocalHost));
        const quint16 port = quint16(m_engine->status().url.port());
        QList<QPointer<QTcpSocket>> sockets;
        bool isOpen = true;
        connect(&gate, &QTcpServer::newConnection, this, [&] {
            QTcpSocket* client = gate.nextPendingConnection();
            if (!isOpen) {
                client->abort();
                return;
            }
            auto* proxy = new QTcpSocket(client);
            sockets.append(client);
            proxy->connectToHost(QHostAddress::LocalHost, port);
            const auto forward = [=] {
                if (proxy->state() == QAbstractSocket::ConnectedState)
                    proxy->write(client->readAll());
            };
            connect(client, &QTcpSocket::readyRead, proxy, forward);
            connect(proxy, &QTcpSocket::connected, proxy, forward);
            connect(proxy, &QTcpSocket::readyRead, client, [=] { client->write(proxy->readAll()); });
        });
        RemoteSource remote(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(gate.serverPort())),
            Secret(adminToken), {.firstPause = 20ms, .longestPause = 50ms});
        QSignalSpy events(&remote, &TraceSource::eventsArrived);
        QSignalSpy gaps(&remote, &TraceSource::gapNoticed);
        remote.start();
        QTRY_COMPARE(remote.status().state, State::Attached);
        QCOMPARE(call("before"), 200);
        QTRY_COMPARE(eventTypes(events).count("call.ended"), 1);
        isOpen = false;
        for (const QPointer<QTcpSocket>& socket : sockets)
            socket->abort();
        QTRY_COMPARE(remote.status().state, State::Lost);
        QTRY_VERIFY(
            remote.status().attempt >= 2 && remote.status().retryIn > 0ms); // not in the middle of one
        QCOMPARE(call("meanwhile"), 200);
        isOpen = true;
        QTRY_COMPARE(remote.status().state, State::Attached);
        QTRY_COMPARE(eventTypes(events).count("call.ended"), 2);
        QCOMPARE(gaps.size(), 0);
    }

private:
    [[nodiscard]] QString storePath() const { return m_folder->filePath(QStringLiteral("traces.db")); }
    [[nodiscard]] Config config(const QHash<QByteArray, QByteArray>& more = {}) const
    {
        SettingInputs inputs;
        inputs.environment = {{"PORT", "0"}, {"UPSTREAM_BASE_URL", m_upstream->url()},
            {"STORE_PATH", storePath().toUtf8()}, {"ADMIN_TOKEN", adminToken}};
        inputs.environment.insert(more);
        const Result<LoadedConfig> loaded = loadConfig(inputs);
        return loaded ? loaded->config : Config();
    }
    [[nodiscard]] int call(const QByteArray& id) const
    {
        RawClient client(quint16(m_engine->status().url.port()));
        if (!client.send(sourceRequest(id)))
            return 0;
        const auto response = client.readResponse();
        return response ? response->status : 0;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<EngineSource> m_engine;
};

REGISTER_TEST(TestTraceSources)
#include "tst_tracesources.moc"
