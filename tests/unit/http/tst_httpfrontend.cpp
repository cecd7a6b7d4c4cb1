// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// HttpFrontend: real sockets against the whole client-facing side, with a handler in place of the proxy.

#include "http/clientcall.h"
#include "http/httpfrontend.h"
#include "http/sluicesocket.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

#include <QPointer>
#include <QSignalSpy>

namespace {

const QByteArray get = "GET /v1/x HTTP/1.1\r\nHost: a\r\n\r\n";

/// A frontend whose calls are kept for the test to answer.
struct FrontendServer
{
    explicit FrontendServer(const HttpLimits& limits = {})
        : frontend(limits)
    {
        frontend.onApiCall([](ClientCall* call) {
            const RequestHead& head = call->head();
            call->respond(200, "application/json",
                head.path() == "/api/health" ? QByteArray("{\"ok\":1}") : head.method + ' ' + head.target);
        });
        frontend.onProxyCall([this](ClientCall* call) {
            calls.append(call);
            QObject::connect(
                call, &ClientCall::bodyArrived, call, [this](const QByteArray& bytes) { body += bytes; });
            QObject::connect(call, &ClientCall::bodyCompleted, call, [this] { ++completed; });
            QObject::connect(call, &ClientCall::bodyFailed, call, [this] { ++failed; });
            QObject::connect(call, &ClientCall::clientLeft, call, [this] { ++left; });
            if (onCall)
                onCall(call);
        });
        port = *frontend.listen(QStringLiteral("127.0.0.1"), 0);
    }

    HttpFrontend frontend;
    quint16 port = 0;
    QList<QPointer<ClientCall>> calls;
    std::function<void(ClientCall*)> onCall;
    QByteArray body;
    int completed = 0;
    int failed = 0;
    int left = 0;
};

void echo(ClientCall* call)
{
    call->startBody();
    call->respond(200, "text/plain", call->head().method + ' ' + call->head().target);
}

} // namespace

class TestHttpFrontend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void routesApiAndProxyCalls()
    {
        FrontendServer server;
        server.onCall = echo;
        RawClient client(server.port);
        QVERIFY(client.send("GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n"));
        auto health = client.readResponse();
        QVERIFY(health);
        QCOMPARE(health->body, "{\"ok\":1}");
        QVERIFY(client.send("PROPFIND /api/%00//../x?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n"));
        auto odd = client.readResponse();
        QVERIFY(odd);
        QCOMPARE(odd->body, "PROPFIND /api/%00//../x?a=%zz");
        QVERIFY(client.send("GET /apix HTTP/1.1\r\nHost: a\r\n\r\n"));
        QVERIFY(client.readResponse());
        QCOMPARE(server.calls.size(), 1);
        QVERIFY(client.send("HEAD /api/health HTTP/1.1\r\nHost: a\r\n\r\n"));
        auto head = client.readResponse("HEAD");
        QVERIFY(head);
        QCOMPARE(head->headers.value("content-length"), "8");
        QCOMPARE(client.readAvailable(), "");
    }

    /// Newer Qt closes connections that it believes idle, and ours with QHttpServer is one.
    void routesOnAfterTheRouterHasClosedItsSide()
    {
        FrontendServer server;
        server.onCall = echo;
        RawClient client(server.port);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(client.send(get + "GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n"));
            auto proxied = client.readResponse();
            QVERIFY(proxied);
            QCOMPARE(proxied->body, "GET /v1/x");
            auto health = client.readResponse();
            QVERIFY(health);
            QCOMPARE(health->body, "{\"ok\":1}");
            const QPointer<SluiceSocket> sluice = server.frontend.findChild<SluiceSocket*>();
            QVERIFY(sluice);
            sluice->disconnectFromHost();
            QTRY_VERIFY(sluice.isNull());
        }
    }

    void holdsTheSecondRequestUntilTheFirstIsAnswered()
    {
        FrontendServer server;
        RawClient client(server.port);
        QVERIFY(client.send(get + "GET /v1/second HTTP/1.1\r\nHost: a\r\n\r\n"));
        QTRY_COMPARE(server.calls.size(), 1);
        ClientCall* first = server.calls[0];
        first->startBody();
        first->sendHead({200, "OK", {}}, -1);
        first->sendBody("one");
        QVERIFY(client.readUntil("3\r\none\r\n"));
        QCOMPARE(server.calls.size(), 1);
        server.onCall = echo;
        first->sendBody("two");
        first->end();
        QVERIFY(client.readUntil("0\r\n\r\n"));
        auto second = client.readResponse();
        QVERIFY(second);
        QCOMPARE(second->body, "GET /v1/second");
    }

    void answersManyPipelinedRequestsInOrder()
    {
        FrontendServer server;
        server.onCall = echo;
        RawClient client(server.port);
        QByteArray all;
        for (int i = 0; i < 200; ++i)
            all += "GET /v1/" + QByteArray::number(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
        QVERIFY(client.send(all));
        for (int i = 0; i < 200; ++i) {
            auto response = client.readResponse();
            QVERIFY(response);
            QCOMPARE(response->body, "GET /v1/" + QByteArray::number(i));
        }
    }

    void streamsBodies()
    {
        FrontendServer server;
        server.onCall = [](ClientCall* call) { call->startBody(); };
        RawClient client(server.port);
        QVERIFY(client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"));
        QTRY_COMPARE(server.body, "abc");
        QCOMPARE(server.completed, 0);
        QVERIFY(client.send("2\r\nde\r\n0\r\n\r\n"));
        QTRY_COMPARE(server.completed, 1);
        QCOMPARE(server.body, "abcde");
        server.calls[0]->respond(200, "text/plain", "ok");
        QVERIFY(client.readResponse());
    }

    void boundsAPausedUpload()
    {
        FrontendServer server;
        server.onCall = [](ClientCall* call) {
            call->startBody();
            call->setBodyPaused(true);
        };
        RawClient client(server.port);
        client.setTimeout(std::chrono::milliseconds(500));
        const QByteArray upload(32 << 20, 'x');
        QVERIFY(client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "
            + QByteArray::number(upload.size()) + "\r\n\r\n"));
        QTRY_COMPARE(server.calls.size(), 1);
        QVERIFY(!client.send(upload)); // the kernel's buffers are full, ours are not growing
        QVERIFY(server.body.size() < (256 << 10));
    }

    void answersContinueOnlyWhenTheBodyIsWanted()
    {
        FrontendServer server;
        RawClient client(server.port);
        QVERIFY(
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
        QTRY_COMPARE(server.calls.size(), 1);
        QCOMPARE(client.readAvailable(), "");
        server.calls[0]->startBody();
        QVERIFY(client.readUntil("HTTP/1.1 100 Continue\r\n\r\n"));
        QVERIFY(client.send("ab"));
        QTRY_COMPARE(server.completed, 1);

        RawClient refused(server.port);
        QVERIFY(
            refused.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
        QTRY_COMPARE(server.calls.size(), 2);
        server.calls[1]->respond(401, "text/plain", "no");
        auto response = refused.readResponse();
        QVERIFY(response);
        QCOMPARE(response->status, 401);
        QVERIFY(response->interimHeads.isEmpty());
        QVERIFY(response->headers.hasToken("connection", "close"));
    }

    void honoursConnectionCloseAndHttp10()
    {
        FrontendServer server;
        server.onCall = echo;
        RawClient closing(server.port);
        QVERIFY(closing.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        QVERIFY(closing.readResponse());
        QCOMPARE(closing.waitForEnd(), RawClient::End::Fin);

        RawClient old(server.port);
        QVERIFY(old.send("GET / HTTP/1.0\r\n\r\n"));
        auto response = old.readResponse();
        QVERIFY(response);
        QVERIFY(response->headers.hasToken("connection", "close"));
        QCOMPARE(old.waitForEnd(), RawClient::End::Fin);

        server.onCall = [](ClientCall* call) {
            call->sendHead({200, "OK", {}}, -1);
            call->sendBody("unbounded");
            call->end();
        };
        RawClient unbounded(server.port);
        QVERIFY(unbounded.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
        auto all = unbounded.readUntilClosed();
        QVERIFY(all);
        QVERIFY(all->endsWith("\r\n\r\nunbounded"));
    }

    void refusesInTime()
    {
        HttpLimits limits;
        limits.headerTimeout = std::chrono::milliseconds(100);
        limits.idleTimeout = std::chrono::milliseconds(200);
        limits.maxBodyBytes = 1000;
        FrontendServer server(limits);
        server.onCall = [](ClientCall* call) { call->startBody(); };

        RawClient slow(server.port);
        QVERIFY(slow.send("GET / HTTP/1.1\r\nHost"));
        auto timedOut = slow.readResponse();
        QVERIFY2(timedOut, timedOut ? "" : qPrintable(timedOut.error().message));
        QCOMPARE(timedOut->status, 408);
        QVERIFY(slow.waitForEnd() != RawClient::End::Open);

        RawClient silent(server.port);
        QVERIFY(silent.waitForEnd() != RawClient::End::Open);
        QCOMPARE(silent.readAvailable(), "");

        RawClient stalled(server.port);
        QVERIFY(stalled.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"));
        auto stalledAnswer = stalled.readResponse();
        QVERIFY(stalledAnswer);
        QCOMPARE(stalledAnswer->status, 408);
        QCOMPARE(server.failed, 1);

        RawClient large(server.port);
        QVERIFY(
            large.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n" + QByteArray(1001, 'x')));
        auto tooLarge = large.readResponse();
        QVERIFY(tooLarge);
        QCOMPARE(tooLarge->status, 413);
        QCOMPARE(server.calls.size(), 1);
    }

    void noticesThatTheClientLeft()
    {
        FrontendServer server;
        server.onCall = [](ClientCall* call) {
            call->startBody();
            call->sendHead({200, "OK", {}}, -1);
            call->sendBody("x");
        };
        RawClient client(server.port);
        QVERIFY(client.send(get));
        QVERIFY(client.readUntil("1\r\nx\r\n"));
        client.reset();
        QTRY_COMPARE(server.left, 1);
        QTRY_COMPARE(server.frontend.openConnections(), 0);
    }

    void cutsVisibly()
    {
        FrontendServer server;
        server.onCall = [](ClientCall* call) {
            call->sendHead({200, "OK", {}}, call->head().target == "/chunked" ? -1 : 10);
            call->sendBody("part");
            call->cut();
        };
        for (const QByteArray& target : {QByteArray("/chunked"), QByteArray("/length")}) {
            RawClient client(server.port);
            QVERIFY(client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"));
            auto all = client.readUntilClosed();
            QVERIFY(all);
            QVERIFY(all->endsWith(target == "/chunked" ? "4\r\npart\r\n" : "\r\n\r\npart"));
        }
        RawClient old(server.port);
        QVERIFY(old.send("GET /chunked HTTP/1.0\r\n\r\n"));
        QCOMPARE(old.waitForEnd(), RawClient::End::Reset);
    }

    void survivesSmugglingAttempts()
    {
        FrontendServer server;
        server.onCall = echo;
        RawClient client(server.port);
        QVERIFY(client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: "
                            "chunked\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\nHost: a\r\n\r\n"));
        auto response = client.readResponse();
        QVERIFY(response);
        QCOMPARE(response->status, 400);
        QCOMPARE(client.readUntilClosed() ? QByteArray() : QByteArray("reset"), QByteArray());
        QCOMPARE(server.calls.size(), 0);
    }

    void takesABurstOfConnections()
    {
        FrontendServer server;
        server.onCall = echo;
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 300; ++i) {
            clients.push_back(std::make_unique<RawClient>(server.port));
            QVERIFY(clients.back()->isConnected());
            QVERIFY(clients.back()->send(get));
        }
        for (auto& client : clients)
            QVERIFY(client->readResponse());
        QCOMPARE(server.frontend.openConnections(), 300);
    }

    void stopsInOrder()
    {
        FrontendServer server;
        RawClient idle(server.port);
        RawClient busy(server.port);
        QVERIFY(busy.send(get));
        QTRY_COMPARE(server.calls.size(), 1);
        QTRY_COMPARE(server.frontend.openConnections(), 2);
        QSignalSpy isIdle(&server.frontend, &HttpFrontend::idle);
        server.frontend.stopAccepting();
        QCOMPARE(idle.waitForEnd(), RawClient::End::Fin);
        QVERIFY(!RawClient(server.port).isConnected());
        QCOMPARE(isIdle.size(), 0);
        server.calls[0]->respond(200, "text/plain", "bye");
        auto response = busy.readResponse();
        QVERIFY(response);
        QVERIFY(response->headers.hasToken("connection", "close"));
        QTRY_COMPARE(isIdle.size(), 1);
    }

    void tellsATakenPortFromABadAddress()
    {
        FrontendServer server;
        HttpFrontend second{HttpLimits()};
        QVERIFY(!second.listen(QStringLiteral("127.0.0.1"), server.port));
        QVERIFY(second.isAddressInUse());
        QVERIFY(!second.listen(QStringLiteral("example"), 0));
        QVERIFY(!second.isAddressInUse());
        QVERIFY(second.listen(QStringLiteral("localhost"), 0));
    }
};

REGISTER_TEST(TestHttpFrontend)
#include "tst_httpfrontend.moc"
