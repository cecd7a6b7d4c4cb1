// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// UpstreamConnection through a manager: TLS with good and bad certificates, connect timeout, network proxies,
// and the way out to the stock manager (HTTP/2).

#include "base/bytepipe.h"
#include "support/fakeupstream.h"
#include "support/testcertificates.h"
#include "support/testprogram.h"
#include "upstream/connectionpool.h"
#include "upstreamtestcall.h"

#include <QFile>
#include <QNetworkProxy>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

namespace {

/// An HTTP proxy that answers CONNECT and then passes bytes on, both ways.
class TunnelProxy final : public QTcpServer
{
    Q_DISABLE_COPY_MOVE(TunnelProxy)

public:
    TunnelProxy()
    {
        setProxy(QNetworkProxy::NoProxy);
        connect(this, &QTcpServer::newConnection, this, [this] { serve(nextPendingConnection()); });
        listen(QHostAddress::LocalHost);
    }

    QList<QByteArray> heads; // of the CONNECT requests

private:
    void serve(QTcpSocket* client)
    {
        connect(client, &QTcpSocket::readyRead, this, [this, client] {
            if (!client->peek(16 * 1024).contains("\r\n\r\n"))
                return;
            heads.append(client->readAll());
            client->disconnect(this);
            const QByteArray authority = heads.constLast().split(' ').value(1);
            auto* server = new QTcpSocket(client);
            server->setProxy(QNetworkProxy::NoProxy);
            connect(server, &QTcpSocket::connected, client,
                [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
            connect(server, &QTcpSocket::readyRead, client, [=] { client->write(server->readAll()); });
            connect(client, &QTcpSocket::readyRead, server, [=] { server->write(client->readAll()); });
            connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::abort);
            connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
            server->connectToHost(
                QString::fromLatin1(authority.split(':').value(0)), authority.split(':').value(1).toUShort());
        });
    }
};

} // namespace

class TestUpstreamConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void speaksTlsToAKnownIssuer_data();
    void speaksTlsToAKnownIssuer();
    void resumesSessions();
    void namesCertificateProblems_data();
    void namesCertificateProblems();
    void streamsAndPausesUnderTls();
    void uploadsUnderTls();
    void failsWhenTlsBreaksOff();
    void limitsTheTimeToConnect();
    void tunnelsTlsThroughAProxy();
    void asksAProxyForPlainOriginsInAbsoluteForm();
    void namesAProxyThatIsNotThere();
    void leavesHttp2ToTheStockManager();

private:
    [[nodiscard]] UpstreamOptions trustingOptions() const;
    [[nodiscard]] static FakeUpstreamOptions tlsOptions(const ServerCertificate& certificate);

    std::unique_ptr<TestCertificates> m_certificates;
};

void TestUpstreamConnection::initTestCase()
{
    m_certificates = std::make_unique<TestCertificates>();
    QVERIFY2(m_certificates->isValid(), qPrintable(m_certificates->errorText()));
}

UpstreamOptions TestUpstreamConnection::trustingOptions() const
{
    UpstreamOptions options;
    options.extraCaCertificates = {m_certificates->ca()};
    return options;
}

FakeUpstreamOptions TestUpstreamConnection::tlsOptions(const ServerCertificate& certificate)
{
    FakeUpstreamOptions options;
    options.certificateChain = certificate.chain;
    options.privateKey = certificate.key;
    return options;
}

void TestUpstreamConnection::speaksTlsToAKnownIssuer_data()
{
    QTest::addColumn<bool>("byFile");
    QTest::newRow("extra certificate") << false;
    QTest::newRow("certificate file") << true;
}

void TestUpstreamConnection::speaksTlsToAKnownIssuer()
{
    QFETCH(bool, byFile);
    FakeUpstream upstream([](const ReceivedRequest& request) { return Answer::json(200, request.rawHead); },
        tlsOptions(m_certificates->good()));
    UpstreamOptions options = byFile ? UpstreamOptions() : trustingOptions();
    if (byFile)
        options.caCertificateFile = m_certificates->caFile();
    UpstreamAccessManager manager(options);
    for (int round = 0; round < 3; ++round) {
        UpstreamTestCall call(&manager, upstream.url(), requestHead("GET", "/", {{"A-b", "c"}}));
        QVERIFY(call.waitForFinished());
        QVERIFY2(!call.hasFailed(), qPrintable(call.error().message));
        QCOMPARE(call.requestSentCount, 1);
        QCOMPARE(call.body,
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(upstream.port())
                + "\r\nA-b: c\r\n\r\n");
    }
    QCOMPARE(upstream.connections(), 1); // kept alive, tickets that came meanwhile notwithstanding
    QCOMPARE(upstream.connectionState(1).alpn, QByteArray("http/1.1"));
}

// `openssl s_server -www` answers with a page that tells whether the session was resumed, and closes.
void TestUpstreamConnection::resumesSessions()
{
    QTemporaryDir directory;
    const auto write = [&](const QString& name, const QByteArray& bytes) {
        QFile file(directory.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    QVERIFY(write(QStringLiteral("chain.pem"), m_certificates->good().chain.constFirst().toPem()));
    QVERIFY(write(QStringLiteral("key.pem"), m_certificates->good().key.toPem()));
    QProcess server;
    server.setProcessChannelMode(QProcess::MergedChannels);
    server.start(QStringLiteral("openssl"),
        {QStringLiteral("s_server"), QStringLiteral("-www"), QStringLiteral("-accept"),
            QStringLiteral("127.0.0.1:0"), QStringLiteral("-cert"),
            directory.filePath(QStringLiteral("chain.pem")), QStringLiteral("-key"),
            directory.filePath(QStringLiteral("key.pem"))});
    QByteArray output;
    QTRY_VERIFY((output += server.readAll()).contains("ACCEPT 127.0.0.1:") && output.endsWith('\n'));
    const QByteArray port = output.mid(output.indexOf("ACCEPT 127.0.0.1:") + 17).split('\n').constFirst();

    UpstreamAccessManager manager(trustingOptions());
    QByteArrayList pages;
    for (int round = 0; round < 2; ++round) {
        UpstreamTestCall call(&manager, "https://127.0.0.1:" + port, requestHead("GET"));
        QVERIFY(call.waitForFinished());
        QVERIFY2(!call.hasFailed(), qPrintable(call.error().message));
        pages.append(call.body);
    }
    QVERIFY2(pages.at(0).contains("\nNew, TLS"), pages.at(0).constData());
    QVERIFY2(pages.at(1).contains("\nReused, TLS"), pages.at(1).constData());
    QCOMPARE(manager.pool().madeCount(), 2);
    server.kill();
    QVERIFY(server.waitForFinished());
}

void TestUpstreamConnection::namesCertificateProblems_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("expired") << "expired"
                             << "the TLS certificate of 127.0.0.1 has expired";
    QTest::newRow("self-signed") << "self-signed"
                                 << "the TLS certificate of 127.0.0.1 is self-signed";
    QTest::newRow("wrong host") << "wrong host"
                                << "the TLS certificate of 127.0.0.1 is for another host name";
    QTest::newRow("unknown issuer") << "unknown issuer"
                                    << "the TLS certificate of 127.0.0.1 comes from an unknown issuer";
}

void TestUpstreamConnection::namesCertificateProblems()
{
    QFETCH(QString, kind);
    QFETCH(QString, words);
    const ServerCertificate certificate = kind == "expired" ? m_certificates->expired()
        : kind == "self-signed"                             ? m_certificates->selfSigned()
        : kind == "wrong host"                              ? m_certificates->wrongHost()
                                                            : m_certificates->good();
    FakeUpstream upstream(
        [](const ReceivedRequest&) { return Answer::json(200, "{}"); }, tlsOptions(certificate));
    UpstreamAccessManager manager(kind == "unknown issuer" ? UpstreamOptions() : trustingOptions());
    UpstreamTestCall call(&manager, upstream.url(), requestHead("GET", "/?key=secret"));
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.error().code, ErrorCode::TlsFailed);
    QCOMPARE(call.reply->error(), QNetworkReply::SslHandshakeFailedError);
    QVERIFY2(call.error().message.startsWith(words), qPrintable(call.error().message));
    QCOMPARE(call.finishedCount, 1);
    QCOMPARE(upstream.headCount(), 0); // not a byte was sent
    QVERIFY(upstream.waitForClosed(1));
}

void TestUpstreamConnection::streamsAndPausesUnderTls()
{
    constexpr qint64 total = qint64(8) << 20;
    FakeUpstream upstream(
        [](const ReceivedRequest&) {
            return UpstreamScript()
                .send("HTTP/1.1 200 OK\r\n\r\n")
                .send(QByteArray(1 << 20, 'x'), 8)
                .close(); // the end comes while the reader is stopped
        },
        tlsOptions(m_certificates->good()));
    UpstreamAccessManager manager(trustingOptions());
    UpstreamTestCall call(&manager, upstream.url(), requestHead("GET"));
    call.readsBody = false;
    call.reply->setReadBufferSize(50000);
    qint64 got = 0;
    while (got < total) {
        QTRY_VERIFY(call.reply->bytesAvailable() > 0 || call.finishedCount > 0);
        QVERIFY2(!call.hasFailed(), qPrintable(call.error().message));
        QVERIFY(call.reply->bytesAvailable() <= 50000);
        const qint64 part = takeBodyOf(call.reply.get()).size();
        QVERIFY(part > 0);
        got += part;
    }
    QVERIFY(call.waitForFinished());
    QVERIFY2(!call.hasFailed(), qPrintable(call.error().message));
    QCOMPARE(got, total);
}

void TestUpstreamConnection::uploadsUnderTls()
{
    FakeUpstream upstream(
        [](const ReceivedRequest& request) {
            return Answer::json(200, QByteArray::number(request.body.size()));
        },
        tlsOptions(m_certificates->good()));
    UpstreamAccessManager manager(trustingOptions());
    BytePipe pipe;
    UpstreamTestCall call(&manager, upstream.url(), uploadHead("POST", -1), &pipe);
    for (int i = 0; i < 16; ++i) // four times what waits before the kernel
        pipe.append(QByteArray(64 * 1024, 'x'));
    pipe.finish();
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.body, QByteArray::number(16 * 64 * 1024));
    QCOMPARE(call.requestSentCount, 1);
    QCOMPARE(upstream.violations(), QStringList());
}

void TestUpstreamConnection::failsWhenTlsBreaksOff()
{
    FakeUpstream upstream(
        [](const ReceivedRequest&) {
            return UpstreamScript().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").close();
        },
        tlsOptions(m_certificates->good()));
    UpstreamAccessManager manager(trustingOptions());
    UpstreamTestCall call(&manager, upstream.url(), requestHead("GET"));
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.body, QByteArray("half"));
    QCOMPARE(call.error().code, ErrorCode::ConnectionFailed);
}

void TestUpstreamConnection::limitsTheTimeToConnect()
{
    FakeUpstreamOptions server = tlsOptions(m_certificates->good());
    server.hangsInHandshake = true;
    FakeUpstream upstream([](const ReceivedRequest&) { return Answer::json(200, "{}"); }, server);
    UpstreamOptions options = trustingOptions();
    options.connectTimeout = std::chrono::milliseconds(100);
    UpstreamAccessManager manager(options);
    UpstreamTestCall call(&manager, upstream.url(), requestHead("GET"));
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.error().code, ErrorCode::Timeout);
    QCOMPARE(call.reply->error(), QNetworkReply::TimeoutError);
    QVERIFY(upstream.waitForClosed(1));
}

void TestUpstreamConnection::tunnelsTlsThroughAProxy()
{
    FakeUpstream upstream([](const ReceivedRequest& request) { return Answer::json(200, request.rawHead); },
        tlsOptions(m_certificates->good()));
    TunnelProxy proxy;
    UpstreamAccessManager manager(trustingOptions());
    manager.setProxy(
        QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.serverPort()));
    for (int round = 0; round < 2; ++round) {
        UpstreamTestCall call(&manager, upstream.url(), requestHead("GET", "/through"));
        QVERIFY(call.waitForFinished());
        QVERIFY2(!call.hasFailed(), qPrintable(call.error().message));
        QVERIFY(call.body.startsWith("GET /through HTTP/1.1\r\nHost: 127.0.0.1"));
        QVERIFY(!call.body.toLower().contains("proxy"));
    }
    QCOMPARE(proxy.heads.size(), 1);
    QVERIFY(proxy.heads.constFirst().startsWith(
        "CONNECT 127.0.0.1:" + QByteArray::number(upstream.port()) + ' '));
}

void TestUpstreamConnection::asksAProxyForPlainOriginsInAbsoluteForm()
{
    FakeUpstream proxy([](const ReceivedRequest& request) { return Answer::json(200, request.rawHead); });
    UpstreamAccessManager manager({});
    manager.setProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), proxy.port(),
        QStringLiteral("user"), QStringLiteral("word")));
    UpstreamTestCall call(&manager, "http://upstream.test:81", requestHead("GET", "/a?b", {{"X", "y"}}));
    QVERIFY(call.waitForFinished());
    QVERIFY2(!call.hasFailed(), qPrintable(call.error().message));
    QCOMPARE(call.body,
        QByteArray("GET http://upstream.test:81/a?b HTTP/1.1\r\nHost: upstream.test:81\r\nX: y\r\n"
                   "Proxy-Authorization: Basic dXNlcjp3b3Jk\r\n\r\n"));
}

void TestUpstreamConnection::namesAProxyThatIsNotThere()
{
    FakeUpstream upstream(
        [](const ReceivedRequest&) { return Answer::json(200, "{}"); }, tlsOptions(m_certificates->good()));
    quint16 port = 0;
    {
        TunnelProxy proxy;
        port = proxy.serverPort();
    }
    UpstreamAccessManager manager(trustingOptions());
    manager.setProxy(QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), port));
    UpstreamTestCall call(&manager, upstream.url(), requestHead("GET"));
    QVERIFY(call.waitForFinished());
    QCOMPARE(call.reply->error(), QNetworkReply::ProxyConnectionRefusedError);
    QCOMPARE(call.error().message, QStringLiteral("connection refused by the network proxy"));
    QCOMPARE(upstream.connections(), 0);
}

// The server speaks HTTP/1.1 only; what counts is that the stock manager alters nothing it need not.
void TestUpstreamConnection::leavesHttp2ToTheStockManager()
{
    const QByteArray packed = Answer::gzipped("{\"a\":1}");
    FakeUpstream upstream(
        [&](const ReceivedRequest& request) {
            return Answer::contentLength(request.target.startsWith("/missing") ? 404 : 307,
                {{"Content-Encoding", "gzip"}, {"Location", "/elsewhere"}, {"Set-Cookie", "a=1"},
                    {"Set-Cookie", "b=2"}},
                packed);
        },
        tlsOptions(m_certificates->good()));
    UpstreamOptions options = trustingOptions();
    options.http2 = true;
    UpstreamAccessManager manager(options);
    for (const QByteArray& target : {QByteArray("/v1/a%2Fb?c=%20d"), QByteArray("/missing")}) {
        BytePipe pipe;
        pipe.append("body");
        pipe.finish();
        RequestHead head = uploadHead("PATCH", 4);
        head.target = target;
        head.headers
            = HeaderList({{"X-Two", "1"}, {"X-Two", "2"}, {"User-Agent", "test"}, {"Connection", "x"}});
        UpstreamTestCall call(&manager, upstream.url(), head, &pipe);
        QVERIFY(call.waitForFinished());
        QVERIFY2(!call.hasFailed(), qPrintable(call.error().message));
        QVERIFY(!qobject_cast<UpstreamReply*>(call.reply.get()));
        QCOMPARE(call.head().status, target == "/missing" ? 404 : 307);
        QCOMPARE(call.head().headers.values("set-cookie"), QList<QByteArray>({"a=1", "b=2"}));
        QCOMPARE(call.body, packed);

        const ReceivedRequest request = upstream.requests().constLast();
        QCOMPARE(request.method, QByteArray("PATCH"));
        QCOMPARE(request.target, target);
        QCOMPARE(request.body, QByteArray("body"));
        QCOMPARE(request.headers.value("accept-encoding"), QByteArray("identity"));
        QCOMPARE(request.headers.value("x-two"), QByteArray("1, 2"));
        QCOMPARE(request.headers.value("user-agent"), QByteArray("test"));
        QVERIFY(!request.headers.contains("cookie"));
    }
    QCOMPARE(upstream.requests().size(), 2); // no redirect was followed
    QCOMPARE(manager.pool().madeCount(), 0);
}

REGISTER_TEST(TestUpstreamConnection)
#include "tst_upstreamconnection.moc"
