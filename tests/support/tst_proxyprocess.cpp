// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// ProxyProcess itself: the program starts, says its port, ends as it should, and starts again.

#include "support/proxyprocess.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

#include <QFile>

class TestProxyProcess final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAndEnds();
    void startsAgainOnTheSameStore();
    void tellsWhyAStartFails();
};

static QByteArray statusOfHealth(quint16 port)
{
    RawClient client(port);
    if (!client.send("GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n"))
        return "not sent";
    const auto response = client.readResponse();
    return response ? response->statusLine : response.error().message.toUtf8();
}

/// The health probe must not reach out to the providers.
static ProxyProcess::Environment loopbackOnly()
{
    const QByteArray nobody = "http://127.0.0.1:1";
    return {{"UPSTREAM_BASE_URL", nobody}, {"ANTHROPIC_BASE_URL", nobody}, {"GEMINI_BASE_URL", nobody}};
}

void TestProxyProcess::startsAndEnds()
{
    ProxyProcess proxy(loopbackOnly());
    QVERIFY2(proxy.start(), proxy.errorText());
    QCOMPARE(statusOfHealth(proxy.port()), "HTTP/1.1 200 OK");
    QCOMPARE(proxy.logEntries(QStringLiteral("listening")).size(), 1);
    proxy.terminate();
    QCOMPARE(proxy.waitForExit(), 0);
}

void TestProxyProcess::startsAgainOnTheSameStore()
{
    ProxyProcess proxy(loopbackOnly());
    QVERIFY2(proxy.start(), proxy.errorText());
    proxy.kill();
    QCOMPARE(proxy.waitForExit(), -1);
    QVERIFY(QFile::exists(proxy.storePath()));
    QVERIFY2(proxy.start(), proxy.errorText());
    QCOMPARE(statusOfHealth(proxy.port()), "HTTP/1.1 200 OK");
}

void TestProxyProcess::tellsWhyAStartFails()
{
    ProxyProcess proxy({{"LOG_LEVEL", "loud"}});
    QVERIFY(!proxy.start());
    QCOMPARE(proxy.waitForExit(), 78); // EX_CONFIG
    QVERIFY2(QByteArray(proxy.errorText()).contains("LOG_LEVEL"), proxy.errorText());
}

REGISTER_TEST(TestProxyProcess)
#include "tst_proxyprocess.moc"
