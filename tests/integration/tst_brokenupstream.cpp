// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the client gets from an upstream that breaks off, answers nonsense, is late, absent or not who it
// should be: 502 with a named error before the head, a visibly broken answer after it.

#include "proxiedupstream.h"
#include "support/testcertificates.h"
#include "support/testprogram.h"

#include <QJsonDocument>

namespace {

const QByteArray streamedChatRequest
    = requestText("POST", "/v1/chat/completions", "x-request-id: r\r\n", "{\"stream\":true}");
const QByteArray okLine = "HTTP/1.1 200 OK\r\n";

QJsonObject errorOf(const RawResponse& response)
{
    return QJsonDocument::fromJson(response.body).object().value(QStringLiteral("error")).toObject();
}

QString memberOf(const RawResponse& response, const char* name)
{
    return errorOf(response).value(QLatin1String(name)).toString();
}

FakeUpstreamOptions tlsOptions(const ServerCertificate& certificate)
{
    FakeUpstreamOptions options;
    options.certificateChain = certificate.chain;
    options.privateKey = certificate.key;
    return options;
}

} // namespace

class TestBrokenUpstream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsTheClientWhenTheAnswerBreaksOff_data();
    void cutsTheClientWhenTheAnswerBreaksOff();
    void resetsAClientThatCouldNotTellTheEnd();
    void answers502ToWhatIsNoAnswer_data();
    void answers502ToWhatIsNoAnswer();
    void answers502WhenUnreachable();
    void answers502WhenTheHeadIsLate();
    void cutsTheClientWhenTheStreamFallsSilent();
    void trustsTheGivenCa();
    void refusesBadCertificates_data();
    void refusesBadCertificates();
};

void TestBrokenUpstream::cutsTheClientWhenTheAnswerBreaksOff_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<bool>("isReset");
    const QByteArray chunked = okLine + "Transfer-Encoding: chunked\r\n\r\n" + Answer::chunk("part");
    const QByteArray events = okLine + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Answer::chunk("data: part\n\n");
    const QByteArray length = okLine + "Content-Length: 100\r\n\r\npart";
    QTest::newRow("chunked, reset") << chunked << QByteArray() << true;
    QTest::newRow("chunked, early end") << chunked << QByteArray() << false;
    QTest::newRow("chunked, in a chunk") << chunked << QByteArray("5\r\nab") << false;
    QTest::newRow("chunked, before the last empty line") << chunked << QByteArray("0\r\n") << false;
    QTest::newRow("chunked, bad chunk size") << chunked << QByteArray("0x5\r\nabcde\r\n0\r\n\r\n") << false;
    QTest::newRow("chunked, chunk too long") << chunked << QByteArray("2\r\nabc\r\n0\r\n\r\n") << false;
    QTest::newRow("events, reset") << events << QByteArray() << true;
    QTest::newRow("events, early end") << events << QByteArray() << false;
    QTest::newRow("length, reset") << length << QByteArray() << true;
    QTest::newRow("length, early end") << length << QByteArray("more") << false;
    QTest::newRow("to the end, reset") << okLine + "\r\npart" << QByteArray() << true;
}

void TestBrokenUpstream::cutsTheClientWhenTheAnswerBreaksOff()
{
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, end);
    QFETCH(bool, isReset);
    ProxiedUpstream site([=](const ReceivedRequest&) {
        UpstreamScript script;
        script.send(start).waitForRelease("cut").send(end);
        return isReset ? script.reset() : script.close();
    });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(streamedChatRequest));
    QVERIFY(client.readUntil("part")); // what came before the break has passed
    site.upstream.release("cut");
    const auto rest = client.readUntilClosed();
    QVERIFY(rest);
    QVERIFY2(!(*rest).contains("0\r\n\r\n"), (*rest).constData());
    QVERIFY((*rest).size() < 90);
    QCOMPARE(site.upstream.headCount(), 1); // never sent twice
}

void TestBrokenUpstream::resetsAClientThatCouldNotTellTheEnd()
{
    ProxiedUpstream site([](const ReceivedRequest&) {
        return UpstreamScript()
            .send(okLine + "Transfer-Encoding: chunked\r\n\r\n" + Answer::chunk("part"))
            .waitForRelease("cut")
            .close();
    });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send("GET /v1/x HTTP/1.0\r\nHost: a\r\n\r\n"));
    QVERIFY(client.readUntil("part"));
    site.upstream.release("cut");
    QCOMPARE(client.waitForEnd(), RawClient::End::Reset);
}

void TestBrokenUpstream::answers502ToWhatIsNoAnswer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a head") << okLine + "Content-Le";
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-leak\r\n\r\n");
    QTest::newRow("two lengths") << okLine + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nleak";
    QTest::newRow("no number") << okLine + "Content-Length: +4\r\n\r\nleak";
    QTest::newRow("length and chunked")
        << okLine + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nleak\r\n0\r\n\r\n";
    QTest::newRow("unknown transfer coding") << okLine + "Transfer-Encoding: gzip\r\n\r\nleak";
    QTest::newRow("obs-fold") << okLine + "X-A: 1\r\n leak\r\nContent-Length: 0\r\n\r\n";
    QTest::newRow("NUL") << okLine + QByteArray("X-A: \0leak\r\n", 12) + "Content-Length: 0\r\n\r\n";
    QTest::newRow("bare CR") << okLine + "X-A: 1\rleak: 2\r\nContent-Length: 0\r\n\r\n";
    QTest::newRow("space before the colon") << okLine + "Content-Length : 4\r\n\r\nleak";
    QTest::newRow("bad status") << QByteArray("HTTP/1.1 2x0 leak\r\nContent-Length: 0\r\n\r\n");
    QTest::newRow("101") << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: leak\r\n\r\n");
}

void TestBrokenUpstream::answers502ToWhatIsNoAnswer()
{
    QFETCH(QByteArray, bytes);
    ProxiedUpstream site([=](const ReceivedRequest&) { return UpstreamScript().send(bytes).close(); });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const auto response = site.exchange(streamedChatRequest);
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->statusLine, QByteArray("HTTP/1.1 502 Bad Gateway"));
    QCOMPARE(response->headers.value("x-request-id"), QByteArray("r"));
    QCOMPARE(memberOf(*response, "type"), QStringLiteral("server_error"));
    QCOMPARE(memberOf(*response, "code"), QStringLiteral("connection_error"));
    QVERIFY2(memberOf(*response, "message").startsWith(QStringLiteral("Upstream connection failed: ")),
        response->body.constData());
    QVERIFY2(!response->body.contains("leak"), response->body.constData());
    QCOMPARE(site.upstream.requests().size(), 1); // a POST is not sent again
}

void TestBrokenUpstream::answers502WhenUnreachable()
{
    ProxiedUpstream site([](const ReceivedRequest&) { return Answer::json(200, "{}"); });
    site.upstream.stopListening();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const auto response = site.exchange(streamedChatRequest);
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 502);
    QCOMPARE(memberOf(*response, "code"), QStringLiteral("connection_error"));
    QVERIFY2(response->body.contains("connection refused by"), response->body.constData());
    QVERIFY(site.upstream.startListening());
    const auto next = site.exchange(streamedChatRequest);
    QVERIFY2(next, reasonOf(next).constData());
    QCOMPARE(next->status, 200);
}

void TestBrokenUpstream::answers502WhenTheHeadIsLate()
{
    ProxiedUpstream site(
        [](const ReceivedRequest&) { return UpstreamScript().hang(); }, {{"PROXY_TIMEOUT_MS", "200"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const auto response = site.exchange(streamedChatRequest);
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 502);
    QCOMPARE(response->body,
        QByteArray(
            R"({"error":{"message":"Upstream request timed out","type":"server_error","code":"timeout"}})"));
    QVERIFY(site.upstream.waitForClosed(1));
}

void TestBrokenUpstream::cutsTheClientWhenTheStreamFallsSilent()
{
    ProxiedUpstream site(
        [](const ReceivedRequest&) {
            return UpstreamScript()
                .send(okLine + "Transfer-Encoding: chunked\r\n\r\n" + Answer::chunk("part"))
                .hang();
        },
        {{"PROXY_TIMEOUT_MS", "200"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(streamedChatRequest));
    QVERIFY(client.readUntil("part\r\n"));
    const auto rest = client.readUntilClosed();
    QVERIFY(rest);
    QCOMPARE(*rest, QByteArray());
    QVERIFY(site.upstream.waitForClosed(1));
}

void TestBrokenUpstream::trustsTheGivenCa()
{
    const TestCertificates certificates;
    QVERIFY2(certificates.isValid(), qPrintable(certificates.errorText()));
    ProxiedUpstream site([](const ReceivedRequest&) { return Answer::json(200, "{}"); },
        {{"SSL_CERT_FILE", certificates.caFile().toUtf8()}}, tlsOptions(certificates.good()));
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const auto response = site.exchange(streamedChatRequest);
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 200);
    QCOMPARE(site.upstream.connectionState(1).alpn, QByteArray("http/1.1"));
}

void TestBrokenUpstream::refusesBadCertificates_data()
{
    QTest::addColumn<ServerCertificate (TestCertificates::*)() const>("kind");
    QTest::addColumn<bool>("isCaGiven"); // else a file without any
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("self-signed") << &TestCertificates::selfSigned << true << QByteArray("is self-signed");
    QTest::newRow("expired") << &TestCertificates::expired << true << QByteArray("has expired");
    QTest::newRow("wrong host") << &TestCertificates::wrongHost << true
                                << QByteArray("is for another host name");
    QTest::newRow("unknown issuer") << &TestCertificates::good << false << QByteArray("unknown issuer");
}

void TestBrokenUpstream::refusesBadCertificates()
{
    using Kind = ServerCertificate (TestCertificates::*)() const;
    QFETCH(Kind, kind);
    QFETCH(bool, isCaGiven);
    QFETCH(QByteArray, words);
    const TestCertificates certificates;
    QVERIFY2(certificates.isValid(), qPrintable(certificates.errorText()));
    ProxyProcess::Environment environment;
    environment.insert("SSL_CERT_FILE", isCaGiven ? certificates.caFile().toUtf8() : QByteArray("/dev/null"));
    ProxiedUpstream site([](const ReceivedRequest&) { return Answer::json(200, "{}"); }, environment,
        tlsOptions((certificates.*kind)()));
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const auto response = site.exchange(streamedChatRequest);
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->status, 502);
    QCOMPARE(memberOf(*response, "code"), QStringLiteral("connection_error"));
    QVERIFY2(response->body.contains("the TLS certificate of 127.0.0.1"), response->body.constData());
    QVERIFY2(response->body.contains(words), response->body.constData());
    QCOMPARE(site.upstream.headCount(), 0);
}

REGISTER_TEST(TestBrokenUpstream)
#include "tst_brokenupstream.moc"
